//! `gen`: the files that are written from the code, so that they cannot say anything else.

mod example;
mod figures;
mod plan;
mod tables;
mod words;

use crate::house::House;
use crate::{Done, refuse};
use kpi_core::kpis::CATALOGUE;
use std::collections::BTreeMap;

pub const HELP: &str = "
cargo xtask gen [--check]

Writes the reference pages under `docs`, and the types of plans, from the code.

Pages come from the catalogue, the columns, the rules and the inputs of a plan; types are those of Python and JavaScript.

  --check   writes nothing; fails if a page is not what the code says, and names it
";

/// Folders in which every file is generated: one that the code no longer gives has to go.
const OWNED: &[&str] = &["docs/kpis"];

/// What stands first in a generated file.
const NOTICE: &str = "Written by `cargo xtask gen` from the code; change it there.";

/// Every generated file by its path, with its text.
pub fn pages() -> BTreeMap<String, String> {
    let mut pages = figures::pages(CATALOGUE);
    pages.insert("docs/tables.md".into(), tables::page());
    pages.insert("docs/plan.md".into(), plan::page());
    pages.insert("kpi-node/lib/plan.d.ts".into(), plan::typescript());
    pages.insert("kpi-py/python/supportkpi/_plan.py".into(), plan::python());
    let noticed = |(path, text): (String, String)| (path.clone(), noticed(&path, text.trim()));
    pages.into_iter().map(noticed).collect()
}

/// A file's text behind the notice, in a comment of its language.
fn noticed(path: &str, text: &str) -> String {
    let notice = match path.rsplit('.').next() {
        Some("py") => format!("# {NOTICE}\n"),
        Some("ts") => format!("// {NOTICE}\n"),
        _ => format!("<!-- {NOTICE} -->\n\n"),
    };
    format!("{notice}{text}\n")
}

pub fn run(house: &House, words: &[String]) -> Done {
    match words {
        [] => write(house),
        [word] if word == "--check" => check(house).map(|()| println!("Every generated file is what the code says.")),
        [.., word] => Err(refuse("gen", word)),
    }
}

fn write(house: &House) -> Done {
    let stale = stale(house, &pages())?;
    for (path, text) in &stale {
        let file = house.root.join(path);
        let done = match text {
            Some(text) => {
                file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&file, text))
            }
            None => std::fs::remove_file(&file),
        };
        done.map_err(|e| format!("{path} cannot be written: {e}."))?;
        println!("{} {path}", if text.is_some() { "wrote" } else { "removed" });
    }
    if stale.is_empty() {
        println!("Nothing to write.");
    }
    Ok(())
}

/// Fails with the names of all files that are not what the code says. Writes nothing.
pub fn check(house: &House) -> Done {
    let stale = stale(house, &pages())?;
    if stale.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = stale.keys().map(String::as_str).collect();
    Err(format!("Stale: {}. `cargo xtask gen` mends it.", names.join(", ")))
}

/// Files that differ, with what they should hold; nothing for those that should not be there.
fn stale(house: &House, pages: &BTreeMap<String, String>) -> Result<BTreeMap<String, Option<String>>, String> {
    let differs =
        |(path, text): &(&String, &String)| std::fs::read_to_string(house.root.join(path)).ok().as_ref() != Some(text);
    let mut stale: BTreeMap<String, Option<String>> =
        pages.iter().filter(differs).map(|(path, text)| (path.clone(), Some(text.clone()))).collect();
    for folder in OWNED.iter().filter(|folder| house.has(folder)) {
        let files = house.files(folder, "")?;
        let left = files.iter().map(|file| house.short(file)).filter(|path| !pages.contains_key(path));
        stale.extend(left.map(|path| (path, None)));
    }
    Ok(stale)
}

/// A table in Markdown.
fn table<const N: usize>(heads: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&heads.map(str::to_owned));
    text += &line(&heads.map(|_| "---".to_owned()));
    for row in rows {
        text += &line(&row.map(|cell| cell_text(&cell)));
    }
    text
}

/// Text that may stand in a cell.
fn cell_text(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Words as code.
fn code(word: &str) -> String {
    format!("`{word}`")
}

#[cfg(test)]
mod tests {
    use super::{House, pages, stale};
    use kpi_core::check::RULES;
    use kpi_core::input::Column;
    use kpi_core::kpis::CATALOGUE;
    use kpi_core::money::roi::INPUTS;
    use std::path::PathBuf;

    #[test]
    fn pages_are_the_same_each_time_and_end_with_one_newline() {
        let once = pages();
        assert_eq!(once, pages());
        for (path, text) in once {
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
            assert!(text.lines().all(|line| line == line.trim_end()), "{path} has blanks at the end of a line");
        }
    }

    #[test]
    fn nothing_is_left_out() {
        let pages = pages();
        for kpi in CATALOGUE {
            let page = &pages[&format!("docs/kpis/{}.md", kpi.family.name())];
            assert!(page.contains(&format!("`{}`", kpi.id)) && page.contains(kpi.means), "{}", kpi.id);
        }
        let plan = ["docs/plan.md", "kpi-node/lib/plan.d.ts", "kpi-py/python/supportkpi/_plan.py"];
        assert!(INPUTS.iter().all(|input| plan.iter().all(|path| pages[*path].contains(input.id))));
        let tables = &pages["docs/tables.md"];
        assert!(Column::ALL.iter().all(|c| tables.contains(&format!("`{}`", c.name()))));
        assert!(RULES.iter().all(|r| tables.contains(&format!("`{}`", r.name))));
    }

    #[test]
    fn a_changed_a_missing_and_a_forgotten_file_are_stale() {
        let root = std::env::temp_dir().join(format!("xtask-gen-{}", std::process::id()));
        let house = House { root: root.clone(), target: PathBuf::new() };
        assert!(std::fs::create_dir_all(root.join("docs/kpis")).is_ok());
        for (path, text) in
            [("docs/kpis/same.md", "same\n"), ("docs/kpis/changed.md", "old\n"), ("docs/kpis/left.md", "")]
        {
            assert!(std::fs::write(root.join(path), text).is_ok());
        }
        let pages = ["same", "changed", "missing"].map(|name| (format!("docs/kpis/{name}.md"), format!("{name}\n")));
        let found = stale(&house, &pages.into());
        let _ = std::fs::remove_dir_all(&root);
        let found: Vec<_> = found.into_iter().flatten().map(|(path, text)| (path, text.is_some())).collect();
        let wanted = [("changed", true), ("left", false), ("missing", true)];
        assert_eq!(found, wanted.map(|(name, write)| (format!("docs/kpis/{name}.md"), write)));
    }
}
