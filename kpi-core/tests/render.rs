//! What the renderings of a report show, and what they must never show.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::calendar::Every;
use kpi_core::input::{Table, rows_from_csv, tables_from_json};
use kpi_core::kpis::Population;
use kpi_core::render::{TextStyle, fragment, html, text};
use kpi_core::report::{Report, report};
use kpi_core::{Limits, Options, Tables};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use unicode_width::UnicodeWidthStr;

fn data(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data").join(name)).unwrap()
}

fn of_csv(files: &[(Table, &str)], options: &Options) -> Report {
    let limits = Limits::default();
    let mut tables = Tables::default();
    for (table, name) in files {
        tables.push(rows_from_csv(*table, &data(name), options, &limits).unwrap());
    }
    report(&tables, options, &limits).unwrap()
}

fn bundled() -> Options {
    Options::from_json(&data("options.json")).unwrap()
}

/// The bundled half year, by AI agent and month.
static DEMO: LazyLock<Report> = LazyLock::new(|| demo(&bundled()));

fn demo(options: &Options) -> Report {
    let files = [
        (Table::Interactions, "interactions.csv"),
        (Table::Costs, "costs.csv"),
        (Table::Accounts, "accounts.csv"),
        (Table::Signals, "signals.csv"),
        (Table::Fixes, "fixes.csv"),
    ];
    of_csv(&files, options)
}

/// The same by topic and week: many groups and many periods.
static WEEKLY: LazyLock<Report> = LazyLock::new(|| {
    demo(&Options { by: vec!["issue".to_owned(), "segment".to_owned()], every: Some(Every::Week), ..bundled() })
});

/// The same with these figures only.
fn demo_of(kpis: &[&str]) -> Report {
    demo(&Options { kpis: Some(kpis.iter().map(|id| (*id).to_owned()).collect()), ..bundled() })
}

/// 300 rows as they come from a real export.
static MESSY: LazyLock<Report> = LazyLock::new(|| {
    let options = Options::from_json(
        r#"{"on_invalid": "quarantine", "currency": "USD", "by": ["channel", "language"], "every": "week"}"#,
    );
    of_csv(&[(Table::Interactions, "messy.csv")], &options.unwrap())
});

static EMPTY: LazyLock<Report> =
    LazyLock::new(|| report(&Tables::default(), &Options::default(), &Limits::default()).unwrap());

fn of_json(tables: &str, options: &str) -> Report {
    let (options, limits) = (Options::from_json(options).unwrap(), Limits::default());
    report(&tables_from_json(tables, &options, &limits).unwrap(), &options, &limits).unwrap()
}

fn plain(width: usize) -> TextStyle {
    TextStyle { colour: false, width }
}

fn written(name: &str, content: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("render");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, content).unwrap();
    file
}

/// Writes the renderings where one can look at them.
#[test]
fn reports_are_written_to_look_at() {
    for (name, report) in all() {
        let page = written(&format!("{name}.html"), &html(report, "Half a year of support"));
        let lines = written(&format!("{name}.txt"), &text(report, &plain(80)));
        assert!(page.metadata().unwrap().len() > 1000 && lines.metadata().unwrap().len() > 500);
    }
}

/// Groups and rows whose names try to break out.
static HOSTILE: LazyLock<Report> = LazyLock::new(|| {
    let tables = r#"{"interactions": [
      {"id": "1", "handling": "ai", "issue": "<script>alert(1)</script>", "channel": "\" onload=\"x", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:05:00Z", "outcome": "resolved"},
      {"id": "2", "handling": "human", "issue": "\u001b[2J\u202eabc", "channel": "サポート窓口の名前がとても長いときにどうなるか", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T10:05:00Z", "outcome": "resolved"},
      {"id": "<b>3</b>", "handling": "<script>robot</script>", "opened_at": "2026-01-05T10:00:00Z"}]}"#;
    of_json(tables, r#"{"by": ["issue", "channel"], "every": "day", "on_invalid": "quarantine", "currency": "CHF"}"#)
});

fn all() -> [(&'static str, &'static Report); 5] {
    [("demo", &*DEMO), ("weekly", &*WEEKLY), ("messy", &*MESSY), ("empty", &*EMPTY), ("hostile", &*HOSTILE)]
}

#[test]
fn no_line_of_a_text_report_is_wider_than_asked() {
    for (name, report) in all() {
        for width in [60, 72, 80, 100, 160] {
            for line in text(report, &plain(width)).lines() {
                assert!(line.width() <= width, "{name}, {width} columns, {} wide: {line}", line.width());
            }
        }
        let narrow = text(report, &plain(10));
        assert!(narrow.lines().all(|l| l.width() <= 60), "{name}: fewer than 60 columns are taken as 60");
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    let coloured = text(&*DEMO, &TextStyle { colour: true, width: 80 });
    let mut bare = coloured.clone();
    for code in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[33m"] {
        assert!(coloured.contains(code), "the demo has something of every colour");
        bare = bare.replace(code, "");
    }
    assert_eq!(bare, text(&*DEMO, &plain(80)));
    assert!(!text(&*DEMO, &TextStyle::default()).contains('\u{1b}'));
}

#[test]
fn the_first_page_answers_four_questions_with_six_figures() {
    let page = html(&*DEMO, "Demo");
    assert_eq!(page.matches("<article class=\"question\">").count(), 4);
    assert_eq!(page.matches("<div class=\"card\">").count(), 6);
    let lines = text(&*DEMO, &plain(80));
    for question in ["GETTING RESOLVED?", "AI WORKING?", "PEOPLE EFFECTIVE?", "IS IT WORTH?"] {
        assert_eq!(lines.matches(question).count(), 1, "{question}");
    }
}

/// The parts of a page in which a reader takes figures together.
fn blocks<'p>(page: &'p str, open: &str, close: &str) -> Vec<&'p str> {
    page.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

fn shown(report: &Report, id: &str, population: Population, page: bool) -> String {
    let value = report.total().unwrap().value(id, population).unwrap().number().unwrap();
    format!("{:.1}{}%", value * 100.0, if page { '\u{202f}' } else { ' ' })
}

#[test]
fn deflection_never_stands_without_recontact() {
    let deflection = |page| shown(&DEMO, "deflection_rate", Population::All, page);
    let back = |page| shown(&DEMO, "deflected_recontact_rate_48h", Population::Ai, page);
    let page = html(&*DEMO, "Demo");
    let cards = blocks(&page, "<div class=\"card\">", "<details>");
    let with: Vec<_> = cards.iter().filter(|c| c.contains("(deflection)")).collect();
    assert_eq!(with.len(), 1);
    assert!(with[0].contains(&deflection(true)) && with[0].contains(&back(true)));
    let figures = blocks(&page, "<tbody", "</tbody>");
    let at = figures.iter().position(|f| f.contains(">Deflection rate</th>")).unwrap();
    assert!(figures[at].contains(&deflection(true)));
    assert!(figures[at + 1].contains("Recontact rate of deflected contacts") && figures[at + 1].contains(&back(true)));
    let lines = text(&*DEMO, &plain(80));
    for block in lines.split("\n\n").filter(|b| b.contains("deflection") || b.contains("without a person")) {
        assert!(block.contains(&deflection(false)) && block.contains(&back(false)), "{block}");
    }
}

#[test]
fn a_report_of_deflection_alone_does_not_show_it() {
    let report = demo_of(&["deflection_rate"]);
    let page = html(&report, "Demo");
    assert!(!page.contains(&shown(&report, "deflection_rate", Population::All, true)));
    assert!(page.contains("Not shown without its evidence: ask for deflected_recontact_rate_48h too."));
    assert!(!text(&report, &plain(80)).contains(&shown(&report, "deflection_rate", Population::All, false)));
}

#[test]
fn satisfaction_is_shown_by_ai_and_people_with_its_response_rate() {
    let csat = |population, page| shown(&DEMO, "csat", population, page);
    let answers = |population, page| shown(&DEMO, "csat_response_rate", population, page);
    let page = html(&*DEMO, "Demo");
    let figures = blocks(&page, "<tbody", "</tbody>");
    let at = figures.iter().position(|f| f.contains(">CSAT</th>")).unwrap();
    for population in [Population::All, Population::Ai, Population::People] {
        assert!(figures[at].contains(&csat(population, true)), "{population:?}");
        assert!(figures[at + 1].contains(&answers(population, true)), "{population:?}");
    }
    let glance = blocks(&page, "id=\"glance\"", "</section>")[0];
    let cards = blocks(glance, "<div class=\"card\">", "<details>");
    let card = cards.iter().find(|c| c.contains("<h4>CSAT")).unwrap();
    for population in [Population::Ai, Population::People] {
        assert!(card.contains(&csat(population, true)) && card.contains(&answers(population, true)), "{population:?}");
    }
    // The two together are in the table of all figures only, never at a glance and never in the text.
    assert!(!glance.contains(&csat(Population::All, true)));
    assert!(!text(&*DEMO, &plain(80)).contains(&csat(Population::All, false)));
}

#[test]
fn a_report_of_satisfaction_alone_does_not_show_it() {
    let report = demo_of(&["csat"]);
    let page = html(&report, "Demo");
    let lines = text(&report, &plain(80));
    for population in [Population::All, Population::Ai, Population::People] {
        assert!(!page.contains(&shown(&report, "csat", population, true)), "{population:?}");
        assert!(!lines.contains(&shown(&report, "csat", population, false)), "{population:?}");
    }
    assert!(page.contains("Not shown without its evidence: ask for csat_response_rate too."));
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for (name, report) in all() {
        let page = html(report, "A title");
        for banned in [
            "http://",
            "https://",
            "<script",
            "<link",
            "<img",
            "<iframe",
            "@import",
            "url(http",
            " src=",
            "javascript:",
        ] {
            assert!(!page.contains(banned), "{name} has {banned}");
        }
        assert!(page.split("href=\"").skip(1).all(|link| link.starts_with('#')), "{name} links to itself only");
    }
}

#[test]
fn what_comes_from_data_is_text() {
    let page = html(&*HOSTILE, "<script>alert('title')</script>");
    assert!(page.contains("<h1>&lt;script&gt;alert(&#39;title&#39;)&lt;/script&gt;</h1>"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "a dimension's value");
    assert!(page.contains("&quot; onload=&quot;x"), "a value that closes an attribute");
    assert!(page.contains("&lt;script&gt;robot&lt;/script&gt;"), "a value that breaks a rule");
    for bad in ["<script", "\u{1b}", "\u{202e}", "<b>3"] {
        assert!(!page.contains(bad) && !text(&*HOSTILE, &plain(160)).contains(['\u{1b}', '\u{202e}']), "{bad:?}");
    }
}

#[test]
fn a_page_is_well_formed() {
    for (name, report) in all() {
        let page = html(report, "A title");
        let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|t| t.split('"').next().unwrap()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name} has an id twice");
        for link in page.split("href=\"#").skip(1).map(|t| t.split('"').next().unwrap()) {
            assert!(unique.contains(link), "{name} links to #{link}, which is nowhere");
        }
        for used in page.split("aria-labelledby=\"").skip(1).map(|t| t.split('"').next().unwrap()) {
            assert!(unique.contains(used), "{name} is labelled by #{used}, which is nowhere");
        }
        assert_eq!(unclosed(&page), Vec::<String>::new(), "{name}");
        let levels: Vec<u32> =
            page.split("<h").skip(1).filter_map(|t| t.chars().next().and_then(|c| c.to_digit(10))).collect();
        assert_eq!(levels.first(), Some(&1), "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name} skips a heading: {levels:?}");
        let tables = page.matches("<table").count();
        assert_eq!(tables, page.matches("<caption").count(), "{name} has a table without a caption");
    }
}

/// Elements that are not closed in the order in which they were opened.
fn unclosed(page: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for tag in page.split('<').skip(1).map(|t| t.split('>').next().unwrap()) {
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if tag.starts_with('!') || tag.ends_with('/') || name == "meta" || name.is_empty() {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop().as_ref() != Some(&name) {
            return vec![format!("</{name}> closes something else")];
        }
    }
    open
}

#[test]
fn a_fragment_keeps_the_rules_of_the_page() {
    for (name, report) in all() {
        let fragment = fragment(report);
        assert_eq!(unclosed(&fragment), Vec::<String>::new(), "{name}");
        assert!(fragment.starts_with("<div class=\"supportkpi\">") && fragment.len() < 200_000, "{name}");
    }
    let report = demo_of(&["deflection_rate"]);
    let alone = fragment(&report);
    assert!(alone.contains("Not shown without its evidence: ask for deflected_recontact_rate_48h too"));
    assert!(!alone.contains(&shown(&report, "deflection_rate", Population::All, true)));
    assert!(fragment(&EMPTY).contains("0 contacts used"));
}

#[test]
fn a_report_with_nothing_in_it_says_so() {
    let lines = text(&*EMPTY, &plain(80));
    assert!(lines.contains("There are no contacts.") && lines.contains("no data"), "{lines}");
    assert!(html(&*EMPTY, "Nothing").contains("There are no contacts."));
    let mut bare = EMPTY.clone();
    bare.groups.clear();
    assert!(!text(&bare, &plain(80)).is_empty() && html(&bare, "Nothing").ends_with("</html>\n"));
}

#[test]
fn problems_are_listed_with_their_first_rows() {
    let (page, lines) = (html(&*MESSY, "Messy"), text(&*MESSY, &plain(80)));
    for problem in &MESSY.invalid {
        let rule = problem.rule.replace('_', " ");
        assert!(lines.contains(&rule), "{rule}");
        assert!(page.to_lowercase().contains(&rule), "{rule}");
        let id = problem.examples.first().and_then(|e| e.id.clone()).unwrap_or_default();
        assert!(lines.contains(&id) && page.contains(&id), "{rule}: {id}");
    }
    let counts = MESSY.counts;
    assert!(counts.rows_quarantined > 0 && counts.rows_used > 0);
    assert!(lines.contains(&format!("{} in quarantine", counts.rows_quarantined)));
}

#[test]
fn the_same_report_is_the_same_text_and_page() {
    let again = demo(&bundled());
    assert_eq!(html(&*DEMO, "Demo"), html(&again, "Demo"));
    assert_eq!(text(&*DEMO, &plain(80)), text(&again, &plain(80)));
}
