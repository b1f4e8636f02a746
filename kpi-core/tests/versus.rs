//! A against B: exact differences, Newcombe's and Welch's intervals, Holm's adjustment, parity, and sides that are honest.
//!
//! Numbers that stand beside a call are what that call of statsmodels 0.15 gives.

#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

mod lot;

use kpi_core::compare::{CompareAsk, compare};
use kpi_core::input::tables_from_json;
use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables, report};
use lot::Lot;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const LIMITS: fn() -> Limits = Limits::default;

/// A contact of AI that was opened on a day of January at nine and closed at ten.
fn contact(id: impl Into<String>, day: u32, own: &Value) -> Value {
    let at = |hour: u32| format!("2026-01-{day:02}T{hour:02}:00:00Z");
    let mut row =
        json!({"id": id.into(), "handling": "ai", "opened_at": at(9), "closed_at": at(10), "outcome": "resolved"});
    row.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    row
}

fn tried(rows: &[Value], options: &Value, ask: &Value) -> kpi_core::Result<Value> {
    let mut all = json!({"as_of": "2026-02-01T00:00:00Z"});
    all.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
    let options = Options::from_json(&all.to_string()).unwrap();
    let ask: CompareAsk = serde_json::from_value(ask.clone()).unwrap();
    let tables = json!({"interactions": rows}).to_string();
    let tables = tables_from_json(&tables, &ask.options_for_reading(&options), &LIMITS()).unwrap();
    compare(&tables, &options, &ask, &LIMITS()).map(|found| serde_json::from_str(&found.to_json()).unwrap())
}

fn compared(rows: &[Value], options: &Value, ask: &Value) -> Value {
    tried(rows, options, ask).unwrap()
}

fn figure<'f>(found: &'f Value, id: &str, population: &str) -> &'f Value {
    let all = found["figures"].as_array().unwrap();
    all.iter().find(|f| f["id"] == id && f["population"] == population).unwrap()
}

fn close(found: &Value, theirs: f64) {
    assert!((found.as_f64().unwrap() - theirs).abs() < 1e-9, "{found} instead of {theirs}");
}

/// So many contacts of a segment, of which so many were resolved, answers and satisfied customers among them.
fn segment(name: &str, [resolved, all, satisfied, answered]: [usize; 4]) -> Vec<Value> {
    let row = |n: usize| {
        let outcome = if n < resolved { "resolved" } else { "unresolved" };
        let mut own = json!({"segment": name, "outcome": outcome});
        if n < answered {
            own["csat"] = json!(if n < satisfied { 5 } else { 1 });
        }
        contact(format!("{name}-{n}"), 5, &own)
    };
    (0..all).map(row).collect()
}

fn smb_against_enterprise() -> Vec<Value> {
    [segment("smb", [45, 60, 30, 40]), segment("enterprise", [33, 60, 22, 40])].concat()
}

fn between_segments(more: &Value) -> Value {
    let mut ask = json!({"a": {"when": {"segment": "smb"}}, "b": {"when": {"segment": "enterprise"}}});
    ask.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ask
}

#[test]
fn a_difference_of_proportions_is_newcombes_and_its_p_value_knows_how_many_were_tested() {
    let asked = json!({"kpis": ["interactions", "autonomous_resolution_rate", "deflection_rate"]});
    let found = compared(&smb_against_enterprise(), &json!({}), &between_segments(&asked));
    assert_eq!((&found["schema"], &found["tests"]), (&json!("supportkpi.compare/1"), &json!(1)), "all are deflected");
    let asked = json!({"kpis": ["autonomous_resolution_rate", "csat"]});
    let all = compared(&smb_against_enterprise(), &json!({}), &between_segments(&asked));
    let rate = figure(&all, "autonomous_resolution_rate", "ai_fronted");
    assert_eq!((&rate["method"], &rate["basis"]), (&json!("newcombe"), &json!("adjusted_p_value")));
    close(&rate["difference"], 0.2);
    // confint_proportions_2indep(45, 60, 33, 60, method="newcomb", compare="diff")
    close(&rate["low"], 0.029_300_086_773_429_296);
    close(&rate["high"], 0.355_410_490_165_605_64);
    // proportions_ztest([45, 33], [60, 60])
    close(&rate["p_value"], 0.021_637_202_053_317_827);
    let csat = figure(&all, "csat", "ai");
    // confint_proportions_2indep(30, 40, 22, 40, method="newcomb", compare="diff"); proportions_ztest([30, 22], [40, 40])
    close(&csat["low"], -0.008_613_203_905_400_851);
    close(&csat["high"], 0.386_299_452_218_789_25);
    close(&csat["p_value"], 0.060_761_236_663_897_9);
    // csat is there of `all` and of `ai`; the same contacts. multipletests([.0216, .0608, .0608], method="holm")
    assert_eq!(all["tests"], json!(3));
    close(&rate["adjusted_p_value"], 3.0 * 0.021_637_202_053_317_827);
    close(&csat["adjusted_p_value"], 2.0 * 0.060_761_236_663_897_9);
    assert_eq!((&rate["distinguishable"], &csat["distinguishable"]), (&json!(false), &json!(false)));
    let alone = compared(
        &smb_against_enterprise(),
        &json!({}),
        &between_segments(&json!({"kpis": ["autonomous_resolution_rate"]})),
    );
    assert_eq!(
        figure(&alone, "autonomous_resolution_rate", "ai_fronted")["distinguishable"],
        json!(true),
        "alone it is"
    );
}

#[test]
fn equal_rates_of_unequal_samples_differ_by_nothing_at_all() {
    let rows = [segment("smb", [1, 3, 0, 0]), segment("enterprise", [2, 6, 0, 0])].concat();
    let found =
        compared(&rows, &json!({}), &between_segments(&json!({"kpis": ["resolution_rate", "interactions", "csat"]})));
    assert_eq!(figure(&found, "resolution_rate", "ai")["difference"], json!(0.0));
    assert_eq!(figure(&found, "interactions", "all")["difference"], json!(-3));
    let csat = figure(&found, "csat", "ai");
    assert_eq!((&csat["difference"], &csat["not_compared"]), (&Value::Null, &json!("undefined")));
    assert_eq!(csat["a"]["undefined"], json!("missing_input"), "and each side says why");
    let people = figure(&found, "resolution_rate", "human");
    assert_eq!((&people["a"]["undefined"], &people["not_compared"]), (&json!("no_data"), &json!("undefined")));
}

#[test]
fn means_are_compared_by_welchs_error() {
    let seconds = |of: &str, all: u32, first: u32, step: u32| -> Vec<Value> {
        (0..all)
            .map(|n| contact(format!("{of}{n}"), 5, &json!({"segment": of, "ai_handle_seconds": first + step * n})))
            .collect()
    };
    let rows = [seconds("smb", 10, 60, 10), seconds("enterprise", 8, 90, 15)].concat();
    let found = compared(&rows, &json!({}), &between_segments(&json!({"kpis": ["handle_time_mean"]})));
    let mean = figure(&found, "handle_time_mean", "ai");
    // CompareMeans(DescrStatsW(60, 70, … 150), DescrStatsW(90, 105, … 195)).zconfint_diff(usevar="unequal"), .ztest_ind(…)
    close(&mean["difference"], -37.5);
    close(&mean["low"], -69.128_782_797_041_51);
    close(&mean["high"], -5.871_217_202_958_494);
    close(&mean["p_value"], 0.020_136_751_550_346_35);
}

#[test]
fn answers_of_one_conversation_count_as_what_they_are_worth() {
    let answers = |of: &str, checked: &[(u32, u32)]| -> Vec<Value> {
        let own = |(n, (right, all)): (usize, &(u32, u32))| {
            contact(format!("{of}{n}"), 5, &json!({"segment": of, "qa_correct": right, "qa_responses": all}))
        };
        checked.iter().enumerate().map(own).collect()
    };
    let rows = [
        answers("smb", &[(4, 4), (2, 6), (5, 5), (1, 3), (6, 6), (3, 3)]),
        answers("enterprise", &[(1, 4), (2, 6), (5, 5), (0, 3), (2, 6), (1, 3)]),
    ];
    let found = compared(&rows.concat(), &json!({}), &between_segments(&json!({"kpis": ["answer_accuracy"]})));
    let accuracy = figure(&found, "answer_accuracy", "ai_fronted");
    // deff 3.378 and 2.046, so 27 answers are worth n1 = 7.99342… and n2 = 13.19674…;
    // confint_proportions_2indep(p1 * n1, n1, p2 * n2, n2, method="newcomb"), proportions_ztest([p1 * n1, p2 * n2], [n1, n2])
    close(&accuracy["low"], -0.057_585_456_896_931_34);
    close(&accuracy["high"], 0.639_038_924_938_339_7);
    close(&accuracy["p_value"], 0.096_893_067_025_768_97);
    assert_eq!(accuracy["method"], json!("mover"));
}

#[test]
fn not_worse_by_a_margin_is_shown_and_not_concluded_from_no_difference() {
    let verdict = |resolved: usize, all: usize, of: usize, margin: f64, kpi: &str| {
        let rows = [segment("smb", [resolved, all, 0, 0]), segment("enterprise", [of, all, 0, 0])].concat();
        let asked = json!({"kpis": [kpi], "margin": {kpi: margin}});
        let found = compared(&rows, &json!({}), &between_segments(&asked));
        let parity = found["figures"][0]["parity"].clone();
        (parity["verdict"].as_str().unwrap().to_owned(), parity["bound"].clone())
    };
    // confint_proportions_2indep(450, 600, 460, 600, method="newcomb", compare="diff", alpha=0.10): 95 % on one side.
    let (said, bound) = verdict(450, 600, 460, 0.1, "autonomous_resolution_rate");
    assert_eq!(said, "non_inferior");
    close(&bound, -0.057_254_402_014_159_95);
    // The same with (45, 60, 46, 60), (300, 600, 460, 600): a tenth of the contacts says nothing, and a far worse rate does.
    let (said, bound) = verdict(45, 60, 46, 0.1, "autonomous_resolution_rate");
    assert_eq!(said, "inconclusive");
    close(&bound, -0.144_029_718_595_038_27);
    assert_eq!(verdict(300, 600, 460, 0.1, "autonomous_resolution_rate").0, "inferior");
    assert_eq!(verdict(450, 600, 460, 0.05, "autonomous_resolution_rate").0, "inconclusive");
}

#[test]
fn where_less_is_better_the_bound_is_above() {
    let times = |of: &str, first: u32| -> Vec<Value> {
        (0..50)
            .map(|n| contact(format!("{of}{n}"), 5, &json!({"segment": of, "ai_handle_seconds": first + n % 10})))
            .collect()
    };
    let rows = [times("smb", 63), times("enterprise", 60)].concat();
    let asked = |margin: u32| json!({"kpis": ["handle_time_mean"], "margin": {"handle_time_mean": margin}});
    for (margin, verdict) in [(5, "non_inferior"), (1, "inferior"), (3, "inconclusive")] {
        let found = compared(&rows, &json!({}), &between_segments(&asked(margin)));
        let parity = &figure(&found, "handle_time_mean", "ai")["parity"];
        assert_eq!(parity["verdict"], json!(verdict));
        // 3 seconds more, the variance of 0 to 9 five times over is 8.418…, z is 1.644854.
        assert!((parity["bound"].as_f64().unwrap() - 3.954_47).abs() < 1e-4, "{parity}");
    }
}

#[test]
fn a_customer_who_comes_back_on_the_other_side_came_back() {
    let rows = [
        contact("old", 5, &json!({"customer_id": "ann", "model_version": "v1"})),
        contact("new", 6, &json!({"customer_id": "ann", "model_version": "v2"})),
    ];
    let ask = json!({"a": {"when": {"model_version": "v2"}}, "b": {"when": {"model_version": "v1"}}, "kpis": ["recontact_rate_72h"]});
    let found = compared(&rows, &json!({}), &ask);
    let recontact = figure(&found, "recontact_rate_72h", "ai");
    assert_eq!((&recontact["a"]["value"], &recontact["b"]["value"]), (&json!(0.0), &json!(1.0)));
}

#[test]
fn counts_of_unequal_times_are_compared_by_the_day_and_never_as_they_are() {
    // One contact a day; ten days before, five after.
    let rows: Vec<Value> = (1..=15).map(|day| contact(day.to_string(), day, &json!({"revenue": "10"}))).collect();
    let sides = |from: &str| {
        json!({"a": {"from": "2026-01-11T00:00:00Z", "until": "2026-01-16T00:00:00Z"}, "b": {"from": from, "until": "2026-01-11T00:00:00Z"},
            "kpis": ["interactions", "incremental_revenue", "throughput_per_hour", "peak_concurrency", "resolution_rate"]})
    };
    let found = compared(&rows, &json!({}), &sides("2026-01-01T00:00:00Z"));
    assert_eq!(found["equal_lengths"], json!(false));
    // The first contact came at nine, so the days before are 9.625.
    assert_eq!((&found["a"]["days"], &found["b"]["days"]), (&json!(5.0), &json!(9.625)));
    let count = figure(&found, "interactions", "all");
    assert_eq!((&count["difference"], &count["not_compared"]), (&Value::Null, &json!("unequal_lengths")));
    close(&count["per_day"]["difference"], 1.0 - 10.0 / 9.625);
    close(&figure(&found, "incremental_revenue", "ai_fronted")["per_day"]["a"], 10.0);
    let peak = figure(&found, "peak_concurrency", "ai_fronted");
    assert_eq!((&peak["not_compared"], &peak["per_day"]), (&json!("unequal_lengths"), &Value::Null));
    close(&figure(&found, "throughput_per_hour", "ai")["a"]["value"], 1.0 / 24.0);
    assert_eq!(figure(&found, "resolution_rate", "ai")["difference"], json!(0.0), "a rate is no matter of length");
    let found = compared(&rows, &json!({}), &sides("2026-01-06T00:00:00Z"));
    assert_eq!(found["equal_lengths"], json!(true));
    assert_eq!(figure(&found, "interactions", "all")["difference"], json!(0));
    assert_eq!(figure(&found, "incremental_revenue", "ai_fronted")["difference"], json!("0"));
}

#[test]
fn what_was_spent_after_the_change_is_not_carried_by_contacts_before_it() {
    let rows: Vec<Value> = (1..=10).map(|day| contact(day.to_string(), day, &json!({}))).collect();
    let costs = json!([{"layer": "licences", "scope": "ai", "amount": "50", "start": "2026-01-06T00:00:00Z", "end": "2026-01-11T00:00:00Z"}]);
    let options = Options::from_json(r#"{"as_of": "2026-01-11T00:00:00Z"}"#).unwrap();
    let ask: CompareAsk = serde_json::from_value(json!({"a": {"from": "2026-01-06T00:00:00Z"}, "b": {"until": "2026-01-06T00:00:00Z"}, "kpis": ["cost_per_contact"]})).unwrap();
    let tables = json!({"interactions": rows, "costs": costs}).to_string();
    let tables = tables_from_json(&tables, &options, &LIMITS()).unwrap();
    let found: Value = serde_json::from_str(&compare(&tables, &options, &ask, &LIMITS()).unwrap().to_json()).unwrap();
    let cost = figure(&found, "cost_per_contact", "ai");
    assert_eq!(
        (&cost["a"]["value"], &cost["b"]["value"], &cost["difference"]),
        (&json!("10"), &json!("0"), &json!("10"))
    );
}

#[test]
fn a_milestone_is_asked_for_with_as_many_days_before_as_after() {
    let rows: Vec<Value> = (1..=20)
        .map(|day| contact(day.to_string(), day, &json!({"outcome": if day < 15 { "unresolved" } else { "resolved" }})))
        .collect();
    let options =
        json!({"as_of": "2026-01-21T12:00:00Z", "milestones": [{"at": "2026-01-15T00:00:00Z", "label": "v2"}]});
    let found = compared(&rows, &options, &json!({"milestone": "v2", "kpis": ["interactions", "resolution_rate"]}));
    assert_eq!(found["milestone"], json!({"at": "2026-01-15T00:00:00Z", "label": "v2"}));
    // The data ends six and a half days after it, so six whole days are taken on both sides.
    assert_eq!(
        (&found["a"]["from"], &found["a"]["until"]),
        (&json!("2026-01-15T00:00:00Z"), &json!("2026-01-21T00:00:00Z"))
    );
    assert_eq!(
        (&found["b"]["from"], &found["b"]["until"]),
        (&json!("2026-01-09T00:00:00Z"), &json!("2026-01-15T00:00:00Z"))
    );
    assert_eq!(
        (&found["a"]["label"], &found["b"]["label"], &found["equal_lengths"]),
        (&json!("after v2"), &json!("before v2"), &json!(true))
    );
    assert_eq!(figure(&found, "interactions", "all")["difference"], json!(0));
    assert_eq!(figure(&found, "resolution_rate", "ai")["difference"], json!(1.0));
    let found = compared(&rows, &options, &json!({"milestone": "v2", "days": 2, "kpis": ["interactions"]}));
    assert_eq!(found["b"]["from"], json!("2026-01-13T00:00:00Z"));
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_way_out() {
    let rows = [contact("x", 5, &json!({"channel": "chat"})), contact("y", 6, &json!({"channel": "mail"}))];
    let milestones = json!({"milestones": [{"at": "2026-01-05T12:00:00Z", "label": "v2"}]});
    let cases = [
        (
            json!({"a": {"when": {"channel": ["chat", "mail"]}}, "b": {"when": {"channel": "mail"}}}),
            "Contact \"y\" is on both sides",
        ),
        (
            json!({"a": {"when": {"channel": "chat"}}, "b": {"when": {"channel": "post"}}}),
            "Side `b` has no contact: `channel` is [\"post\"]",
        ),
        (json!({"a": {"when": {"chanel": "chat"}}, "b": {}}), "asks for \"chanel\", which no contact has"),
        (json!({"a": {"from": "2026-01-05T00:00:00Z", "until": "2026-01-05T00:00:00Z"}, "b": {}}), "`a` ends"),
        (json!({"a": {"when": {"channel": []}}, "b": {}}), "is an empty list"),
        (json!({"a": {"when": {"channel": "chat"}}}), "either both sides"),
        (json!({"a": {}, "b": {}, "days": 3}), "`days` goes with `milestone`"),
        (json!({"milestone": "v3"}), "none that is called \"v3\": \"v2\""),
        (json!({"milestone": "v2"}), "does not reach a whole day"),
        (json!({"a": {}, "b": {}, "kpis": ["resolution"]}), "no KPI \"resolution\""),
        (json!({"a": {}, "b": {}, "kpis": ["csat"], "margin": {"nps": 5}}), "not among the figures asked for"),
        (json!({"a": {}, "b": {}, "margin": {"csat": 0}}), "above 0"),
        (json!({"a": {}, "b": {}, "margin": {"interactions": 1}}), "no good direction"),
    ];
    for (ask, said) in cases {
        let refused = tried(&rows, &milestones, &ask).unwrap_err().to_string();
        assert!(refused.contains(said), "{ask}: {refused}");
    }
    let unknown = serde_json::from_value::<CompareAsk>(json!({"a": {}, "b": {}, "kpi": []})).unwrap_err();
    assert!(unknown.to_string().contains("unknown field `kpi`"));
}

#[test]
fn milestones_without_a_label_or_with_one_label_are_refused() {
    let options = |milestones: Value| Options::from_json(&json!({"milestones": milestones}).to_string());
    let at = "2026-01-05T12:00:00Z";
    let said = options(json!([{"at": at, "label": "v2"}, {"at": at, "label": "v2"}])).unwrap_err().to_string();
    assert!(said.contains("two that are called \"v2\""), "{said}");
    assert!(options(json!([{"at": at, "label": " "}])).unwrap_err().to_string().contains("has no label"));
}

#[test]
fn null_stands_for_contacts_without_a_value_and_own_columns_may_tell_sides_apart() {
    let rows = [
        contact("x", 5, &json!({"group": "ai"})),
        contact("y", 6, &json!({})),
        contact("z", 6, &json!({"group": "other"})),
    ];
    let found = compared(
        &rows,
        &json!({}),
        &json!({"a": {"when": {"group": "ai"}}, "b": {"when": {"group": null}}, "kpis": ["interactions"]}),
    );
    assert_eq!((&found["a"]["contacts"], &found["b"]["contacts"]), (&json!(1), &json!(1)));
    assert_eq!(found["b"]["when"], json!({"group": [null]}));
}

#[test]
fn figures_of_the_whole_are_named_and_not_compared() {
    let found = compared(
        &smb_against_enterprise(),
        &json!({}),
        &between_segments(&json!({"kpis": ["nrr", "resolution_rate"]})),
    );
    assert_eq!(found["left_out"], json!(["nrr"]));
    assert_eq!(found["figures"].as_array().unwrap().len(), 4);
}

/// Two weeks of a desk with everything that moves between its rows: customers who return, sessions, costs of half the time.
fn two_weeks() -> Value {
    let row = |n: usize| {
        let segment = if n.is_multiple_of(3) { "smb" } else { "enterprise" };
        let handling = ["ai", "human", "ai_to_human"][n % 4 % 3];
        let at = |minutes: usize| format!("2026-01-{:02}T{:02}:{:02}:00Z", 5 + n % 14, 8 + n % 10, minutes);
        json!({"id": n.to_string(), "handling": handling, "segment": segment, "opened_at": at(n % 20), "first_response_at": at(n % 20 + 1),
            "closed_at": at(n % 20 + 5 + n % 7), "outcome": if n.is_multiple_of(5) { "unresolved" } else { "resolved" }, "customer_id": format!("c{}", n % 40),
            "session_id": if n.is_multiple_of(6) { json!(format!("s{}", n % 8)) } else { Value::Null }, "issue": format!("i{}", n % 3),
            "csat": 1 + n % 5, "ai_handle_seconds": 30 + n % 50, "cost_api": "0.07", "qa_responses": 1 + n % 4, "qa_correct": n % 4 / 2, "human_agent_id": format!("h{}", n % 5)})
    };
    let cost = |layer: &str, scope: &str, start: u32, end: u32| json!({"layer": layer, "scope": scope, "amount": "123.45", "start": format!("2026-01-{start:02}T00:00:00Z"), "end": format!("2026-01-{end:02}T00:00:00Z")});
    json!({"interactions": (0..200).map(row).collect::<Vec<_>>(), "costs": [cost("licences", "ai", 5, 19), cost("management", "human", 9, 15)]})
}

#[test]
fn a_side_has_the_figures_that_a_report_gives_the_same_contacts() {
    let options = |own: Value| {
        let mut all = json!({"as_of": "2026-01-19T00:00:00Z", "baseline": {"cost_per_contact": 9, "closed_per_agent_per_week": 20}});
        all.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        Options::from_json(&all.to_string()).unwrap()
    };
    let tables = tables_from_json(&two_weeks().to_string(), &options(json!({})), &LIMITS()).unwrap();
    let compared =
        |ask: Value| compare(&tables, &options(json!({})), &serde_json::from_value(ask).unwrap(), &LIMITS()).unwrap();
    let by_segment = report(&tables, &options(json!({"by": ["segment"]})), &LIMITS()).unwrap();
    let found = compared(between_segments(&json!({})));
    assert!(found.figures.len() > 100);
    for figure in &found.figures {
        let of = |segment| by_segment.value(figure.id, figure.population, &[("segment", Some(segment))], None).unwrap();
        assert_eq!((&figure.a, &figure.b), (of("smb"), of("enterprise")));
    }
    let week = |day: u32| json!({"from": format!("2026-01-{day:02}T00:00:00Z"), "until": format!("2026-01-{:02}T00:00:00Z", day + 7)});
    let by_week = report(&tables, &options(json!({"every": "week"})), &LIMITS()).unwrap();
    let [first, second] =
        [5, 12].map(|day| Some(Instant::parse(&format!("2026-01-{day:02}T00:00:00Z"), None).unwrap()));
    let found = compared(json!({"a": week(12), "b": week(5)}));
    for figure in &found.figures {
        // What is new, and what was in progress whenever it was opened, are matters of periods.
        if !["new_topic_rate", "peak_concurrency"].contains(&figure.id) {
            let of = |period| by_week.value(figure.id, figure.population, &[], period).unwrap();
            assert_eq!((&figure.a, &figure.b), (of(second), of(first)));
        }
    }
}

#[test]
fn neither_batches_nor_threads_matter() {
    let rows: Vec<Interaction> = (0..600_usize)
        .map(|n| Interaction {
            segment: Some(["smb", "enterprise", "public"][n % 3].to_owned()),
            customer_id: Some(format!("c{}", n % 97)),
            ..Interaction::new(
                n.to_string(),
                Handling::Ai,
                Instant::from_nanos(i64::try_from(n).unwrap() * 3_600_000_000_000),
            )
            .closed(Instant::from_nanos(i64::try_from(n + n % 5).unwrap() * 3_600_000_000_000), Outcome::Resolved)
        })
        .collect();
    let ask: CompareAsk = serde_json::from_value(between_segments(&json!({"kpis": null}))).unwrap();
    let found = |piece: usize, threads: usize| {
        let mut tables = Tables::default();
        rows.chunks(piece).for_each(|rows| tables.push(Interaction::batch(rows)));
        let limits = Limits { threads, rows_a_thread: 1, ..Limits::default() };
        compare(&tables, &Options::default(), &ask, &limits).unwrap().to_json()
    };
    let whole = found(600, 1);
    assert!(whole.contains(r#""contacts":200"#));
    for (piece, threads) in [(600, 4), (7, 1), (64, 3), (1, 2)] {
        assert_eq!(found(piece, threads), whole, "{piece} rows a batch, {threads} threads");
    }
}

fn rows_of(cells: &[(bool, u8, bool)]) -> Vec<Value> {
    let row = |(n, (side, day, good)): (usize, &(bool, u8, bool))| {
        let outcome = if *good { "resolved" } else { "abandoned" };
        let own = json!({"segment": if *side { "smb" } else { "enterprise" }, "outcome": outcome, "customer_id": format!("c{}", n % 3),
            "csat": 1 + day % 5, "ai_handle_seconds": day, "cost_api": "0.25"});
        contact(n.to_string(), u32::from(1 + day % 20), &own)
    };
    cells.iter().enumerate().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn swapping_the_sides_negates_every_difference_and_order_changes_nothing(
        mut cells in prop::collection::vec((any::<bool>(), 0_u8..20, any::<bool>()), 2..40)
    ) {
        cells[0].0 = true;
        cells[1].0 = false;
        let mut rows = rows_of(&cells);
        let found = compared(&rows, &json!({}), &between_segments(&json!({})));
        rows.reverse();
        prop_assert_eq!(&found, &compared(&rows, &json!({}), &between_segments(&json!({}))));
        let swapped = json!({"a": {"when": {"segment": "enterprise"}}, "b": {"when": {"segment": "smb"}}});
        let swapped = compared(&rows, &json!({}), &swapped);
        for (one, other) in found["figures"].as_array().unwrap().iter().zip(swapped["figures"].as_array().unwrap()) {
            let negated = |field: &str, of: &str| match (one[field].as_f64(), other[of].as_f64()) {
                (Some(a), Some(b)) => (a + b).abs() <= 1e-9 * a.abs().max(1.0),
                (a, b) => a.is_none() && b.is_none(),
            };
            prop_assert!(negated("difference", "difference") && negated("low", "high") && negated("high", "low"), "{} {}", one, other);
            let p = |of: &Value| of["p_value"].as_f64().unwrap_or(-1.0);
            prop_assert!((p(one) - p(other)).abs() < 1e-12, "{} {}", one, other);
            prop_assert_eq!(&one["a"], &other["b"]);
        }
    }
}

#[test]
fn where_nothing_differs_a_finding_is_rare_and_what_is_worse_by_the_margin_rarely_passes() {
    let (mut lot, mut found_something, mut passed) = (Lot(2026), 0, 0);
    let worlds = 300;
    for _ in 0..worlds {
        // Alike: 70 % on both sides. Worse by exactly the margin of ten points: 70 and 80 %.
        let alike = [lot.hits(120, 0.7), lot.hits(120, 0.7)];
        let worse = [lot.hits(120, 0.7), lot.hits(120, 0.8)];
        let world = |[a, b]: [usize; 2], margin: &Value| {
            let rows = [segment("smb", [a, 120, a, 120]), segment("enterprise", [b, 120, b, 120])].concat();
            let asked = json!({"kpis": ["autonomous_resolution_rate"], "margin": margin});
            compared(&rows, &json!({}), &between_segments(&asked))["figures"][0].clone()
        };
        found_something += usize::from(world(alike, &Value::Object(Map::new()))["distinguishable"] == json!(true));
        let margin = json!({"autonomous_resolution_rate": 0.1});
        passed += usize::from(world(worse, &margin)["parity"]["verdict"] == json!("non_inferior"));
    }
    // One of twenty is 15 of 300; three standard deviations more are 26.
    assert!((4..=26).contains(&found_something), "{found_something} of {worlds}");
    assert!((4..=26).contains(&passed), "{passed} of {worlds}");
}
