//! One desk under six definitions of "resolved": what each counts, and which rule makes the difference.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use kpi_core::compare::{Disagreement, Profile, Profiles, ProfilesAsk, Ruling, from_json};
use kpi_core::kpis::Population;
use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables, profiles, report};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000_000_000;
const HOUR: i64 = 60 * MINUTE;

/// So many hours after Monday, 5 January 2026, 9 o'clock.
fn at(hours: i64) -> Instant {
    Instant::from_nanos(Instant::parse("2026-01-05T09:00:00Z", None).unwrap().nanos() + hours * HOUR)
}

/// Answered at once and closed ten minutes later, by a customer of its own.
fn contact(id: &str, handling: Handling, hours: i64, outcome: Outcome) -> Interaction {
    let opened = at(hours);
    let closed = Instant::from_nanos(opened.nanos() + 10 * MINUTE);
    Interaction {
        first_response_at: Some(opened),
        customer_id: Some(id.to_owned()),
        ..Interaction::new(id, handling, opened).closed(closed, outcome)
    }
}

fn checked(mut contact: Interaction, relevant: bool, right: i64, safe: bool) -> Interaction {
    contact.intent_correct = Some(relevant);
    contact.qa_responses = Some(2);
    contact.qa_correct = Some(right);
    contact.qa_policy_ok = Some(safe);
    contact
}

/// Every way in which definitions part, one contact each. The data was taken 200 hours after the first one opened.
fn desk() -> Vec<Interaction> {
    use Handling::{Ai, AiToHuman, Human};
    use Outcome::{Abandoned, Resolved, Unresolved};
    let of = |customer: &str, contact: Interaction| Interaction { customer_id: Some(customer.to_owned()), ..contact };
    let in_session =
        |session: &str, contact: Interaction| Interaction { session_id: Some(session.to_owned()), ..contact };
    vec![
        contact("solved", Ai, 0, Resolved),
        // Nobody said anything, and the customer went away.
        contact("left", Ai, 0, Abandoned),
        contact("unresolved", Ai, 0, Unresolved),
        Interaction { confirmed: Some(false), ..contact("denied", Ai, 0, Resolved) },
        Interaction { confirmed: Some(true), customer_id: None, ..contact("confirmed", Ai, 0, Resolved) },
        // The next day on the same record; five days later on the same record.
        contact("reopened", Ai, 0, Resolved).reopened_at(at(24)),
        contact("reopened late", Ai, 0, Resolved).reopened_at(at(120)),
        // Through another door, with a session of its own.
        of("hopper", contact("elsewhere", Ai, 0, Resolved)),
        of("hopper", contact("again", Human, 24, Resolved)),
        // The chat went on with a person a day later.
        of("talker", in_session("s", contact("went on", Ai, 0, Resolved))),
        of("talker", in_session("s", contact("person", Human, 24, Resolved))),
        contact("handed over", AiToHuman, 0, Resolved),
        // Closed two hours before the data was taken.
        contact("fresh", Ai, 198, Resolved),
        Interaction { customer_id: None, ..contact("unknown", Ai, 0, Resolved) },
        Interaction { first_response_at: None, ..contact("unanswered", Ai, 0, Abandoned) },
        checked(contact("right", Ai, 0, Resolved), true, 2, true),
        checked(contact("wrong", Ai, 0, Resolved), true, 1, true),
        checked(contact("beside", Ai, 0, Abandoned), false, 2, true),
        checked(contact("unsafe", Ai, 0, Resolved), true, 2, false),
        contact("human", Human, 0, Resolved),
    ]
}

fn options() -> Options {
    Options { as_of: Some(at(200)), ..Options::default() }
}

fn found_of(contacts: &[Interaction], ask: &ProfilesAsk) -> Profiles {
    profiles(&Tables::of(contacts), &options(), ask, &Limits::default()).unwrap()
}

fn found() -> Profiles {
    found_of(&desk(), &ProfilesAsk { every_contact: true, ..ProfilesAsk::default() })
}

/// The ids for which a definition says this.
fn said(found: &Profiles, name: &str, ruling: Ruling) -> Vec<String> {
    let place = found.profiles.iter().position(|p| p.profile.name == name).unwrap();
    let own = found.every_contact.iter().filter(|(_, said)| said[place].ruling == ruling);
    own.map(|(id, _)| id.clone()).collect()
}

fn why(found: &Profiles, name: &str, id: &str) -> Vec<&'static str> {
    let has = |d: &&Disagreement| {
        found.profiles[d.profile].profile.name == name && d.examples.iter().any(|example| example == id)
    };
    found.disagreements.iter().filter(has).map(|d| found.reason(d)).collect()
}

#[test]
fn strict_counts_what_was_confirmed_or_followed_by_the_silence_of_a_known_customer() {
    let found = found();
    // A session that goes on is one matter: what follows in it is no return (SPEC 3.4).
    let counted = ["solved", "confirmed", "reopened late", "went on", "right", "wrong", "unsafe"];
    assert_eq!(said(&found, "strict", Ruling::Counted), counted);
    assert_eq!(said(&found, "strict", Ruling::NotYet), ["fresh"]);
    assert_eq!(said(&found, "strict", Ruling::Outside), ["again", "person", "unknown", "human"]);
}

#[test]
fn fin_counts_whoever_left_and_takes_back_the_same_conversation_only() {
    let found = found();
    let not = ["unresolved", "denied", "reopened", "reopened late", "went on", "handed over", "unanswered"];
    assert_eq!(said(&found, "intercom_fin", Ruling::NotCounted), not);
    assert!(said(&found, "intercom_fin", Ruling::Counted).contains(&"elsewhere".to_owned()));
    assert!(said(&found, "intercom_fin", Ruling::NotYet).is_empty(), "it is charged at once");
}

#[test]
fn zendesk_waits_72_hours_on_the_same_conversation() {
    let found = found();
    assert_eq!(
        said(&found, "zendesk", Ruling::NotCounted),
        ["unresolved", "denied", "reopened", "went on", "handed over"]
    );
    assert_eq!(said(&found, "zendesk", Ruling::NotYet), ["fresh"]);
}

#[test]
fn gorgias_asks_only_whether_a_person_was_on_it() {
    let found = found();
    assert_eq!(said(&found, "gorgias", Ruling::NotCounted), ["went on", "handed over"]);
    assert!(said(&found, "gorgias", Ruling::Counted).contains(&"denied".to_owned()));
}

#[test]
fn ada_has_a_rate_of_what_was_checked() {
    let found = found();
    assert_eq!(said(&found, "ada", Ruling::Counted), ["right"]);
    assert_eq!(said(&found, "ada", Ruling::NotCounted), ["wrong", "beside", "unsafe"]);
    let ada = found.profiles.iter().find(|p| p.profile.name == "ada").unwrap();
    assert_eq!((ada.rate.counted, ada.rate.n, ada.rate.value.clone()), (1, 4, Ok(0.25)));
}

#[test]
fn chatwoot_waits_for_seven_days() {
    let found = found();
    let not = ["left", "unresolved", "reopened", "reopened late", "went on", "handed over", "unanswered", "beside"];
    assert_eq!(said(&found, "chatwoot", Ruling::NotCounted), not);
}

#[test]
fn the_rule_that_made_the_difference_is_that_of_the_side_that_does_not_count_it() {
    let found = found();
    assert_eq!(why(&found, "intercom_fin", "left"), ["nobody called it resolved"]);
    assert_eq!(why(&found, "intercom_fin", "elsewhere"), ["the customer came back, there or by another contact"]);
    assert_eq!(
        why(&found, "intercom_fin", "reopened late"),
        ["the same conversation came back"],
        "strict waits 72 hours"
    );
    assert_eq!(why(&found, "intercom_fin", "fresh"), ["the customer still has time to come back"]);
    assert_eq!(why(&found, "gorgias", "denied"), ["the customer said it is not solved"]);
    assert_eq!(why(&found, "zendesk", "unknown"), ["nobody would know if they came back"]);
    assert_eq!(why(&found, "ada", "solved"), ["it was not checked for relevance, accuracy and safety"]);
    assert_eq!(why(&found, "zendesk", "solved"), [""; 0], "both count it");
}

#[test]
fn what_is_counted_beside_strict_and_who_of_it_came_back_stand_together() {
    let found = found();
    let fin = &found.profiles[1];
    assert_eq!(fin.profile.name, "intercom_fin");
    // left, elsewhere, fresh, unknown, beside; and the other way reopened late and went on.
    assert_eq!((fin.counted(), fin.more, fin.less), (10, 5, 2));
    // Of the ten: not mature are confirmed and unknown (nobody known) and fresh; elsewhere came back.
    assert_eq!((fin.came_back.counted, fin.came_back.n), (1, 7));
    let automation = fin.automation.as_ref().unwrap();
    assert_eq!((automation.counted, automation.n), (10, 20), "of all contacts: involvement times resolution");
    assert_eq!((found.contacts, found.ai_fronted), (20, 17));
    assert_eq!(fin.rate.n, 17);
}

#[test]
fn overlaps_add_up_to_the_contacts_that_ai_met() {
    let found = found();
    assert_eq!(found.overlaps.len(), 15);
    for overlap in &found.overlaps {
        assert_eq!(overlap.both + overlap.only_a + overlap.only_b + overlap.neither, 17);
    }
    let fin = &found.overlaps[0];
    assert_eq!((fin.a, fin.b, fin.both, fin.only_a, fin.only_b), (0, 1, 5, 2, 5));
    assert_eq!(fin.agreement(), Some(5.0 / 12.0));
}

#[test]
fn strict_is_the_reports_verified_containment() {
    let found = found();
    let report = report(&Tables::of(&desk()), &options(), &Limits::default()).unwrap();
    let value = report.value("verified_containment_rate", Population::AiFronted, &[], None).unwrap();
    let strict = &found.profiles[0].rate;
    assert_eq!((strict.value.clone().ok(), strict.n), (value.number(), value.n));
    assert_eq!(strict.interval, value.interval);
}

#[test]
fn the_order_of_rows_changes_nothing_but_which_examples_are_first() {
    let ask = ProfilesAsk { examples: Some(0), ..ProfilesAsk::default() };
    let mut back = desk();
    back.reverse();
    assert_eq!(found_of(&desk(), &ask).to_json(), found_of(&back, &ask).to_json());
}

#[test]
fn rules_without_their_columns_see_nothing_and_say_so() {
    let bare: Vec<Interaction> = (0..3)
        .map(|n| Interaction { customer_id: None, ..contact(&n.to_string(), Handling::Ai, 0, Outcome::Resolved) })
        .collect();
    let found: Value = serde_json::from_str(&found_of(&bare, &ProfilesAsk::default()).to_json()).unwrap();
    let profile = |name: &str| found["profiles"].as_array().unwrap().iter().find(|p| p["name"] == name).unwrap();
    let missing = json!({"reason": "missing_input", "columns": ["customer_id", "confirmed"]});
    assert_eq!(
        (&profile("strict")["rate"]["undefined"], &profile("strict")["rate"]["value"]),
        (&missing, &Value::Null)
    );
    assert_eq!(profile("ada")["rate"]["undefined"]["reason"], "missing_input");
    assert_eq!(profile("zendesk")["rate"]["value"], 1.0);
    let unseen = json!({"when": "same_conversation_came_back", "columns": ["reopened_at", "session_id"]});
    assert!(profile("zendesk")["blind"].as_array().unwrap().contains(&unseen), "{}", profile("zendesk")["blind"]);
}

#[test]
fn each_combination_of_by_has_its_rates() {
    let contacts: Vec<Interaction> = (0..6)
        .map(|n| Interaction {
            language: Some(if n < 4 { "en" } else { "de" }.into()),
            ..contact(&n.to_string(), Handling::Ai, 0, if n % 2 == 0 { Outcome::Resolved } else { Outcome::Unresolved })
        })
        .collect();
    let options = Options { by: vec!["language".into()], ..options() };
    let found = profiles(&Tables::of(&contacts), &options, &ProfilesAsk::default(), &Limits::default()).unwrap();
    let rates: Vec<_> =
        found.groups.iter().map(|g| (g.by[0].1.clone().unwrap(), g.rates[0].counted, g.rates[0].n)).collect();
    assert_eq!(rates, [("de".to_owned(), 1, 2), ("en".to_owned(), 2, 4)]);
}

#[test]
fn a_definition_of_ones_own_is_rules_in_the_same_words() {
    let ask: ProfilesAsk = from_json(
        r#"{"profiles": ["strict", {"name": "ours", "in_words": "Closed within our own rules.", "rules": [
            {"when": "person_on_it", "then": "outside"},
            {"when": "said_solved", "then": "counted"},
            {"when": "customer_came_back", "within_hours": 48, "then": "not_counted"}], "else": "not_yet"}]}"#,
    )
    .unwrap();
    let found = found_of(&desk(), &ProfilesAsk { every_contact: true, ..ask });
    assert_eq!(said(&found, "ours", Ruling::Counted), ["confirmed"]);
    assert_eq!(said(&found, "ours", Ruling::NotCounted), ["reopened", "elsewhere"]);
    assert_eq!(found.profiles[1].rate.value, Ok(1.0 / 3.0));
}

fn refused(ask: &str) -> String {
    let ask: ProfilesAsk = from_json(ask).unwrap();
    profiles(&Tables::of(&desk()), &options(), &ask, &Limits::default()).unwrap_err().to_string()
}

#[test]
fn what_makes_no_sense_is_said_all_at_once_with_how_to_mend_it() {
    assert_eq!(
        refused(r#"{"profiles": ["fin"]}"#),
        "`profiles`: there is no profile \"fin\"; there are strict, intercom_fin, zendesk, gorgias, ada, chatwoot."
    );
    assert_eq!(
        refused(r#"{"profiles": ["ada", "ada"]}"#),
        "`profiles`: two profiles are called \"ada\"; give each a name of its own."
    );
    let several = refused(
        r#"{"profiles": [{"name": "x", "rules": [{"when": "handed_over", "within_hours": 3, "then": "outside"},
            {"when": "time_not_over", "then": "not_yet"}, {"when": "gave_up", "then": "outside"}, {"when": "sulked", "then": "outside"},
            {"when": "person_on_it", "within_hours": "days", "then": "outside"}], "else": "outside"}]}"#,
    );
    for part in [
        "rule 0 of profile \"x\": `handed_over` has no `within_hours`; leave it out",
        "rule 1 of profile \"x\": `time_not_over` needs `within_hours`, such as 72",
        "rule 3 of profile \"x\" asks for \"sulked\", which is none of ai_took_no_part, handed_over",
        "rule 4 of profile \"x\": `within_hours` is \"days\"; give hours, or \"recontact_hours\"",
        "profile \"x\" never counts anything; let a rule, or `else`, say \"counted\"",
    ] {
        assert!(several.contains(part), "{several}");
    }
    assert_eq!(
        refused(r#"{"profiles": []}"#),
        "`profiles`: the list is empty; name a profile, or leave it out for all six."
    );
}

#[test]
fn the_documentations_own_definition_is_read() {
    let page = include_str!("../../docs/profiles.md");
    let ask = page.split_once("```json\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    let found = found_of(&desk(), &from_json::<ProfilesAsk>(ask).unwrap());
    assert_eq!(
        found.profiles.iter().map(|p| p.profile.name.as_str()).collect::<Vec<_>>(),
        ["strict", "zendesk", "ours"]
    );
    for name in Profile::names() {
        assert!(page.contains(&format!("| `{name}` |")), "{name} is not in docs/profiles.md");
    }
}
