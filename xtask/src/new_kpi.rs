//! `new-kpi`: the block of a new figure, with every question that it must answer.

use crate::Done;
use crate::house::House;

pub const HELP: &str = "
cargo xtask new-kpi FAMILY ID

Adds the block of a new figure to kpi-core/src/kpis/FAMILY.rs, and its entry to the catalogue.

The workspace compiles with it, but the tests fail until its texts, its worked example and its laws are there.
FAMILY is the name of a file: volume, returns, load, escalation, handovers, speed, promises, experience, integrity, cost, value
or revenue. ID is in snake_case.
";

const KPIS: &str = "kpi-core/src/kpis";

/// The files of the catalogue in its order, each with the family of its figures.
const FILES: [(&str, &str); 12] = [
    ("volume", "Volume"),
    ("returns", "Volume"),
    ("load", "Volume"),
    ("escalation", "Escalation"),
    ("handovers", "Escalation"),
    ("speed", "Speed"),
    ("promises", "Speed"),
    ("experience", "Experience"),
    ("integrity", "Integrity"),
    ("cost", "Cost"),
    ("value", "Cost"),
    ("revenue", "Revenue"),
];

pub fn run(house: &House, words: &[String]) -> Done {
    let [file, id] = words else { return Err(HELP.trim().into()) };
    let Some((file, family)) = FILES.iter().find(|(name, _)| name == file) else {
        return Err(format!("There is no family `{file}`; there are {}.", FILES.map(|(name, _)| name).join(", ")));
    };
    if !is_id(id) {
        return Err(format!("`{id}` is no id: lower-case letters, digits and `_`, and a letter first."));
    }
    let (block_path, list_path) = (format!("{KPIS}/{file}.rs"), format!("{KPIS}/mod.rs"));
    let (blocks, list) = (house.read(&block_path)?, house.read(&list_path)?);
    let list = listed(&list, file, id)?;
    let blocks = format!("{}\n\n{}", blocks.trim_end(), block(&blocks, family, id));
    for (path, text) in [(&block_path, blocks), (&list_path, list)] {
        std::fs::write(house.root.join(path), text).map_err(|e| format!("{path} cannot be written: {e}."))?;
    }
    println!("Added {} to {block_path} and {list_path}.", id.to_uppercase());
    println!(
        "Next: answer every empty field, write a worked example, `cargo test -p kpi-core {id}`, `cargo xtask gen`."
    );
    Ok(())
}

fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The list of the catalogue with one more entry, at the end of its file's.
fn listed(list: &str, file: &str, id: &str) -> Result<String, String> {
    let entry = format!("        {} {id},", id.to_uppercase());
    if list.lines().any(|line| line == entry) {
        return Err(format!("The catalogue has `{id}` already."));
    }
    let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
    let begin = lines.iter().position(|l| l == "catalogue! {").ok_or("kpis/mod.rs has no `catalogue! {`.")?;
    let find = |from: usize, wanted: &str| lines[from..].iter().position(|l| l == wanted).map(|at| from + at);
    let end_of = |name: &str| find(begin, &format!("    {name} {{")).and_then(|at| find(at, "    }"));
    if let Some(end) = end_of(file) {
        lines.insert(end, entry);
    } else {
        let before = FILES.iter().map(|(name, _)| *name).take_while(|name| *name != file);
        let at = before.filter_map(end_of).max().unwrap_or(begin) + 1;
        let block = [format!("    {file} {{"), entry, "    }".into()];
        lines.splice(at..at, block);
    }
    Ok(lines.join("\n") + "\n")
}

/// The block, with names as the file knows them.
fn block(file: &str, family: &str, id: &str) -> String {
    let imports: Vec<&str> =
        file.split("\nuse ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(u, _)| u).collect();
    // The last name of a path is imported; one that more of the path follows is not.
    let last = |import: &str, name: &str| {
        import.split([',', '{', '}']).any(|path| path.trim().rsplit("::").next() == Some(name))
    };
    let known = |name: &str| imports.iter().any(|import| last(import, name));
    let mut text = TEMPLATE.replace("ID", &id.to_uppercase()).replace("$id", id).replace("$family", family);
    for name in ["Kpi", "Family", "Unit", "Better", "Population", "Formula", "Timing", "Tier", "Example"] {
        let path = if known(name) { name.to_owned() } else { format!("super::kpi::{name}") };
        text = text.replace(&format!("@{name}"), &path);
    }
    let text = if known("All") { text.replace("super::kpi::Population::All", "All") } else { text };
    text.replace("@ROWS", if known("ROWS") { "ROWS" } else { "super::shared::ROWS" })
}

/// Every field of `Kpi`, without an answer that a test would take for one.
const TEMPLATE: &str = r##"/// What it is, in one line.
pub static ID: @Kpi = @Kpi {
    id: "$id",
    name: "",
    also_called: &[],
    family: @Family::$family,
    means: "",
    misleads: "",
    words: "",
    tex: r"",
    unit: @Unit::Count,
    better: @Better::Neither,
    populations: &[@Population::All],
    needs: &[],
    inputs: &[],
    formula: @Formula::Rows(&@ROWS),
    ripening: None,
    doubts: &[],
    sources: &[],
    views: &[],
    timing: @Timing::Lagging,
    tier: @Tier::Activity,
    benchmark: None,
    example: @Example { tables: r#"{"interactions": []}"#, options: "{}", working: "", expect: &[] },
    laws: &[],
};
"##;

#[cfg(test)]
mod tests {
    use super::{FILES, TEMPLATE, block, is_id, listed};

    /// The names of the fields of a struct in Rust source.
    fn fields<'s>(source: &'s str, name: &str) -> Vec<&'s str> {
        let body = source.split_once(&format!("pub struct {name} {{")).and_then(|(_, rest)| rest.split_once("\n}"));
        let lines = body.into_iter().flat_map(|(body, _)| body.lines());
        lines.filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':').map(|(field, _)| field)).collect()
    }

    #[test]
    fn the_template_answers_every_field() {
        let source = include_str!("../../kpi-core/src/kpis/kpi.rs");
        for name in ["Kpi", "Example"] {
            let fields = fields(source, name);
            assert!(fields.len() > 3, "{name} was not found");
            for field in fields {
                assert!(TEMPLATE.contains(&format!(" {field}: ")), "the template of new-kpi lacks {name}.{field}");
            }
        }
    }

    #[test]
    fn the_block_uses_the_names_that_its_file_imports() {
        let bare = block("//! Speed.\n", "Speed", "wait");
        assert!(bare.contains("pub static WAIT: super::kpi::Kpi = super::kpi::Kpi {") && bare.contains("id: \"wait\""));
        assert!(!bare.contains(['@', '$', '\\']));
        let file = "//! Speed.\n\nuse super::kpi::Population::{Ai, All};\nuse super::kpi::{Better, Kpi,\n    Unit};\n";
        let imported = block(file, "Speed", "wait");
        assert!(imported.contains("populations: &[All]") && imported.contains("unit: Unit::Count"));
        assert!(
            imported.contains("pub static WAIT: Kpi = Kpi {") && imported.contains("family: super::kpi::Family::Speed")
        );
    }

    const LIST: &str = "catalogue! {\n    volume {\n        A a,\n    }\n    cost {\n        B b,\n    }\n}\n";

    #[test]
    fn an_entry_goes_to_the_end_of_its_file() {
        let wanted = LIST.replace("        A a,\n", "        A a,\n        C c,\n");
        assert_eq!(listed(LIST, "volume", "c"), Ok(wanted));
        assert!(listed(LIST, "volume", "a").is_err());
    }

    #[test]
    fn a_file_without_entries_takes_its_place_in_the_order() {
        let wanted = LIST.replace("    cost {", "    speed {\n        C c,\n    }\n    cost {");
        assert_eq!(listed(LIST, "speed", "c"), Ok(wanted));
        assert_eq!(
            listed("catalogue! {\n}\n", "cost", "c"),
            Ok("catalogue! {\n    cost {\n        C c,\n    }\n}\n".into())
        );
    }

    #[test]
    fn every_file_of_the_catalogue_is_known_and_in_its_order() {
        let list = include_str!("../../kpi-core/src/kpis/mod.rs");
        let list = list.split_once("\ncatalogue! {").map_or("", |(_, list)| list);
        let blocks: Vec<&str> = list.lines().filter_map(|l| l.strip_prefix("    ")?.strip_suffix(" {")).collect();
        assert_eq!(blocks, FILES.map(|(name, _)| name));
    }

    #[test]
    fn an_id_is_in_snake_case() {
        assert!(is_id("recontact_rate_72h") && !is_id("72h") && !is_id("Rate") && !is_id(""));
    }
}
