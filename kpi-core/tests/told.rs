//! What verbs found, told in text and Markdown: nothing is lost, nothing overflows, and no claim stands without its evidence.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::{CompareAsk, CorrectedAsk, DriftAsk, GatesAsk, from_json};
use kpi_core::input::{Table, rows_from_csv};
use kpi_core::kpis::Population;
use kpi_core::options::Milestone;
use kpi_core::render::{
    Findings, Tell, TextStyle, View, html, markdown, markdown_of, markdown_view, text, text_of, text_view,
};
use kpi_core::{Instant, Limits, Options, Tables, compare, corrected, drift, gates};
use std::path::Path;
use std::sync::LazyLock;
use unicode_width::UnicodeWidthStr;

fn data(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data").join(name)).unwrap()
}

static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    let milestones = vec![Milestone { at: Instant::parse("2026-03-01T00:00:00Z", None).unwrap(), label: "v|2".into() }];
    Options { milestones, ..Options::from_json(&data("options.json")).unwrap() }
});

static TABLES: LazyLock<Tables<'static>> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for table in Table::ALL {
        let text = data(&format!("{}.csv", table.name()));
        tables.push(rows_from_csv(table, &text, &OPTIONS, &Limits::default()).unwrap());
    }
    tables
});

static FOUND: LazyLock<Findings> =
    LazyLock::new(|| Findings::of(&TABLES, &OPTIONS, &["language"], &Limits::default()).unwrap());

fn plain() -> TextStyle {
    TextStyle::default()
}

/// Both renderings of an answer: no line of the text is too wide, and every row of a Markdown table has all its cells.
fn both(found: &impl Tell) -> (String, String) {
    let (lines, marked) = (text_of(found, &plain()), markdown_of(found));
    narrow(&lines);
    whole(&marked);
    (lines, marked)
}

fn narrow(lines: &str) {
    for line in lines.lines() {
        assert!(line.width() <= 80, "{line}");
    }
}

fn whole(marked: &str) {
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut columns = 0;
    for line in marked.lines() {
        if line.starts_with('|') {
            columns = if columns == 0 { cells(line) } else { columns };
            assert_eq!(cells(line), columns, "{line}");
        } else {
            columns = 0;
        }
    }
}

#[test]
fn every_answer_of_the_demo_fits_a_terminal_and_is_whole_in_markdown() {
    let found = &*FOUND;
    for (lines, _) in [
        both(&found.warnings),
        both(found.trends.as_ref().unwrap()),
        both(&found.profiles),
        both(&found.biases[0]),
        both(&found.curves),
    ] {
        assert!(lines.lines().count() > 5);
    }
    narrow(&text(found.dossier(), &plain()));
    whole(&markdown(found.dossier()));
}

#[test]
fn definitions_stand_beside_their_interval_their_base_and_who_came_back() {
    let (lines, marked) = both(&FOUND.profiles);
    let strict = &FOUND.profiles.profiles[0];
    assert!(lines.contains("Intercom Fin") && lines.contains("Counted, though the customer came back"));
    let row = marked.lines().find(|line| line.starts_with("| Verified ")).unwrap();
    assert!(row.contains("9,564") && row.contains(" to ") && row.contains("16,0"), "{row}: {:?}", strict.rate);
}

#[test]
fn a_comparison_says_what_chance_may_explain() {
    let ask: CompareAsk = from_json(
        r#"{"a": {"when": {"language": "en"}}, "b": {"when": {"language": "de"}}, "kpis": ["resolution_rate", "csat", "net_savings"],
            "margin": {"resolution_rate": "0.05"}}"#,
    )
    .unwrap();
    let found = compare(&TABLES, &OPTIONS, &ask, &Limits::default()).unwrap();
    let (lines, _) = both(&found);
    assert!(lines.contains("eyond chance") || lines.contains("hance may explain it"), "{lines}");
    assert!(lines.contains("within a margin of 5"), "{lines}");
}

#[test]
fn drift_gates_and_corrected_rates_are_told_with_their_evidence() {
    let sides = r#"{"a": {"from": "2026-05-01T00:00:00Z"}, "b": {"until": "2026-03-01T00:00:00Z"}}"#;
    let ask: DriftAsk = from_json(sides).unwrap();
    let (lines, _) = both(&drift(&TABLES, &OPTIONS, &ask, &Limits::default()).unwrap());
    assert!(lines.contains("stability index") && lines.contains("0.9-1.0"), "{lines}");
    let ask: GatesAsk = from_json(
        r#"{"gates": [{"kpi": "verified_containment_rate", "at_least": "0.55"}, {"kpi": "csat", "population": "ai", "at_least": "0.99"}], "treated": {}}"#,
    )
    .unwrap();
    let (lines, _) = both(&gates(&TABLES, &OPTIONS, &ask, &Limits::default()).unwrap());
    assert!(lines.contains("✓ passes") && lines.contains("✗ fails") && lines.contains("n = "), "{lines}");
    let ask: CorrectedAsk = from_json(
        r#"{"kpi": "autonomous_resolution_rate", "true_positives": 95, "false_negatives": 5, "true_negatives": 80, "false_positives": 20}"#,
    )
    .unwrap();
    let (lines, _) = both(&corrected(&TABLES, &OPTIONS, &ask, &Limits::default()).unwrap());
    assert!(lines.contains("As it probably is: 65 % (95 % interval 60 to 71 %)"), "{lines}");
}

#[test]
fn every_view_fits_and_answers_its_questions() {
    for view in View::all() {
        let (lines, marked) = (text_view(FOUND.dossier(), view, &plain()), markdown_view(FOUND.dossier(), view));
        narrow(&lines);
        whole(&marked);
        for question in &view.questions {
            assert!(marked.contains(&question.title), "{} lacks {}", view.name, question.title);
        }
    }
    let review = markdown_view(FOUND.dossier(), View::named("ninety_day_review").unwrap());
    let row = review.lines().find(|line| line.starts_with("| CSAT (only AI)")).unwrap();
    assert!(row.contains("84 %") && row.contains("points"), "before, and the change: {row}");
}

#[test]
fn no_rendering_has_satisfaction_or_deflection_without_its_evidence() {
    let options = Options { kpis: Some(vec!["csat".into(), "deflection_rate".into()]), ..OPTIONS.clone() };
    let alone = kpi_core::report(&TABLES, &options, &Limits::default()).unwrap();
    let shown = |id: &str, population| {
        let value = FOUND.report.value(id, population, &[], None).unwrap();
        format!("{:.1}", value.number().unwrap() * 100.0)
    };
    let marked: String =
        View::all().iter().map(|view| markdown_view(&alone, view)).collect::<String>() + &markdown(&alone);
    for (id, population) in [("csat", Population::Ai), ("csat", Population::All), ("deflection_rate", Population::All)]
    {
        assert!(!marked.contains(&shown(id, population)), "{id}");
    }
    // With their evidence they are there, and it is beside them.
    let review = markdown_view(FOUND.dossier(), View::named("executive").unwrap());
    assert!(review.contains(&shown("deflection_rate", Population::All)));
    assert!(review.contains(&shown("deflected_recontact_rate_48h", Population::Ai)));
}

#[test]
fn what_comes_from_data_is_no_markup_and_milestones_stand_on_the_charts() {
    let page = html(FOUND.dossier(), "Demo");
    assert!(page.contains("Marked on the charts: 1: v|2, 1 March 2026."));
    assert!(page.contains("class=\"milestone\""));
    let ask: CompareAsk = from_json(r#"{"milestone": "v|2", "kpis": ["resolution_rate"]}"#).unwrap();
    let marked = markdown_of(&compare(&TABLES, &OPTIONS, &ask, &Limits::default()).unwrap());
    assert!(marked.contains("v\\|2") && !marked.contains("v|2"), "a bar would end a cell: {marked}");
}
