//! The order of kpi-core's modules: data flows down the list and never up, so a module imports only earlier ones.

use crate::house::House;
use std::fmt::Write;
use std::path::Path;

/// The modules of kpi-core, each after everything it may import. Tests may look anywhere.
pub const MODULES: &[&str] = &[
    "error",
    "threads",
    "units",
    "calendar",
    "options",
    "input",
    "check",
    "facts",
    "tally",
    "evidence",
    "kpis",
    "report",
    "compare",
    "money",
    "importers",
    "render",
    "verbs",
];

const SOURCE: &str = "kpi-core/src";

/// An import: where it stands, and the name behind `crate::`.
#[derive(Debug, PartialEq, Eq)]
struct Import {
    line: usize,
    name: String,
}

/// Fails with every import that points up the list.
pub fn check(house: &House) -> Result<(), String> {
    let mut problems = undeclared(&house.read(&format!("{SOURCE}/lib.rs"))?);
    let root = house.root.join(SOURCE);
    for file in house.files(SOURCE, ".rs")? {
        let path = file.strip_prefix(&root).unwrap_or(&file);
        let Some(place) = Place::of(path) else { continue };
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{} cannot be read: {e}.", file.display()))?;
        for import in imports(&text, place.depth) {
            if let Some(problem) = judge(&place.module, &import.name) {
                problems.push(format!("{}:{}: {problem}", house.short(&file), import.line));
            }
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let mut text = problems.join("\n");
    let _ = write!(text, "\nThe order is {} (xtask/src/order.rs).", MODULES.join(" < "));
    Err(text)
}

/// Modules that the library has and the list does not.
fn undeclared(lib: &str) -> Vec<String> {
    let names = lib.lines().filter_map(|line| {
        let line = line.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    let missing = names.filter(|name| !MODULES.contains(name) && *name != "tests");
    missing.map(|name| format!("{SOURCE}/lib.rs: `{name}` has no place in the order of modules")).collect()
}

/// What is wrong with an import, if anything is.
fn judge(module: &str, name: &str) -> Option<String> {
    let rank = |name: &str| MODULES.iter().position(|m| *m == name);
    match (rank(module), rank(name)) {
        (Some(own), Some(other)) if other <= own => None,
        (Some(_), Some(_)) => Some(format!("`{module}` imports `{name}`, which comes after it")),
        (Some(_), None) => Some(format!("`{module}` imports `crate::{name}`; import it from the module that has it")),
        (None, _) => Some(format!("`{module}` has no place in the order of modules")),
    }
}

/// Which module a file belongs to, and how deep its own path is.
struct Place {
    module: String,
    depth: usize,
}

impl Place {
    /// Nothing for the crate's root and for tests.
    fn of(path: &Path) -> Option<Self> {
        let mut parts: Vec<String> = path.iter().map(|p| p.to_string_lossy().trim_end_matches(".rs").into()).collect();
        if parts.iter().any(|part| part == "tests") || parts == ["lib"] {
            return None;
        }
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        Some(Self { module: parts.first()?.clone(), depth: parts.len() })
    }
}

/// Everything that a file takes from the root of its crate, by `crate::` or by enough `super::`.
fn imports(text: &str, depth: usize) -> Vec<Import> {
    let code = code_of(text);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| begins_word(&code, *at)) {
        found.extend(names_behind(&code, at + "crate::".len()));
    }
    let root = "super::".repeat(depth);
    for (at, _) in code.match_indices(&root).filter(|(at, _)| begins_word(&code, *at)) {
        found.extend(names_behind(&code, at + root.len()));
    }
    found.sort_by_key(|import| import.line);
    found
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a path begins here, and not in the middle of a name or of a longer path.
fn begins_word(code: &str, at: usize) -> bool {
    !code[..at].ends_with(|c: char| is_name(c) || c == ':')
}

/// The name at this place, or each first name of the group in braces.
fn names_behind(code: &str, at: usize) -> Vec<Import> {
    let first = |from: usize| {
        let name: String = code[from..].chars().take_while(|c| is_name(*c)).collect();
        (!name.is_empty()).then(|| Import { line: 1 + code[..from].matches('\n').count(), name })
    };
    if !code[at..].starts_with('{') {
        return first(at).into_iter().collect();
    }
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, false);
    for (offset, c) in code[at..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && fresh && is_name(c) {
            names.extend(first(at + offset));
        }
        fresh = depth == 1 && (matches!(c, '{' | ',') || (fresh && c.is_whitespace()));
    }
    names
}

/// The text with comments and test modules blanked out, line for line.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            skip_item(line, &mut lines, &mut code);
        } else {
            code += without_comment(line);
            code.push('\n');
        }
    }
    code
}

/// Passes over the item behind `#[cfg(test)]`, to the line that closes it at the same indent.
fn skip_item<'t>(attribute: &str, lines: &mut impl Iterator<Item = &'t str>, code: &mut String) {
    code.push('\n');
    let indent: String = attribute.chars().take_while(|c| c.is_whitespace()).collect();
    let mut open = false;
    for line in lines {
        code.push('\n');
        let own = line.starts_with(&indent) && !line[indent.len()..].starts_with(char::is_whitespace);
        let closes = own && line.trim_start().starts_with('}');
        if closes || (!open && line.ends_with(';')) {
            break;
        }
        open |= line.ends_with('{');
    }
}

fn without_comment(line: &str) -> &str {
    let outside = |at: usize| line[..at].replace("\\\"", "").matches('"').count().is_multiple_of(2);
    line.match_indices("//").find(|(at, _)| outside(*at)).map_or(line, |(at, _)| &line[..at])
}

#[cfg(test)]
mod tests {
    use super::{Place, imports, judge, undeclared};
    use std::path::Path;

    fn names(text: &str, depth: usize) -> Vec<(usize, String)> {
        imports(text, depth).into_iter().map(|i| (i.line, i.name)).collect()
    }

    #[test]
    fn finds_single_grouped_and_inline_imports() {
        let text = "use crate::error::Error;\nuse crate::{\n    input::{Column, Table},\n    units::Day, options,\n};\nfn f() -> crate::tally::Cell { todo() }\n";
        let wanted = [(1, "error"), (3, "input"), (4, "units"), (4, "options"), (6, "tally")];
        assert_eq!(names(text, 1), wanted.map(|(line, name)| (line, name.to_owned())));
    }

    #[test]
    fn counts_super_only_when_it_reaches_the_root() {
        assert_eq!(names("use super::super::report::Report;\nuse super::kpi::Kpi;", 2), [(1, "report".to_owned())]);
        assert_eq!(names("use super::units::Day;", 1), [(1, "units".to_owned())]);
        assert!(names("use super::super::kpi::Kpi;", 3).is_empty());
    }

    #[test]
    fn comments_and_tests_may_name_anything() {
        let text = "//! See [`crate::report`].\nlet url = \"https://x\"; crate::units::f(); // crate::money\n#[cfg(test)]\nmod tests {\n    use crate::render::html;\n}\n#[cfg(test)]\nmod more;\nuse crate::input::Table;\n";
        assert_eq!(names(text, 1), [(2, "units".to_owned()), (9, "input".to_owned())]);
    }

    #[test]
    fn a_module_imports_itself_and_earlier_ones() {
        assert_eq!(judge("kpis", "tally"), None);
        assert_eq!(judge("kpis", "kpis"), None);
        assert!(judge("units", "options").is_some_and(|p| p.contains("comes after it")));
        assert!(judge("kpis", "Report").is_some_and(|p| p.contains("from the module that has it")));
    }

    #[test]
    fn knows_the_module_of_a_file() {
        let place = |path| Place::of(Path::new(path)).map(|p| (p.module, p.depth));
        assert_eq!(place("kpis/kpi.rs"), Some(("kpis".into(), 2)));
        assert_eq!(place("kpis/mod.rs"), Some(("kpis".into(), 1)));
        assert_eq!(place("options.rs"), Some(("options".into(), 1)));
        assert_eq!(place("units/exact/wide.rs"), Some(("units".into(), 3)));
        assert_eq!(place("units/exact/tests.rs"), None);
        assert_eq!(place("lib.rs"), None);
    }

    #[test]
    fn a_new_module_must_be_placed() {
        assert_eq!(undeclared("pub mod units;\nmod cellar;\npub use units::Day;\n").len(), 1);
    }
}
