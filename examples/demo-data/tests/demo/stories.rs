//! The stories that the README tells can be seen in the files.

use std::collections::BTreeMap;

use crate::checker::Sheet;
use crate::checker::cells::instant;

const THREE_DAYS: i64 = 72 * 3600;

/// Shares of a group of contacts, in thousandths.
struct Shares {
    claimed: i64,
    escalated: i64,
    recontacted: i64,
}

struct Desk {
    sheet: Sheet,
    /// Openings of each customer's contacts, by issue.
    openings: BTreeMap<(String, String), Vec<i64>>,
}

impl Desk {
    fn open() -> Self {
        let bundle = demo_data::bundle();
        let text = bundle.iter().find(|(name, _)| *name == "interactions.csv").map_or("", |(_, text)| text.as_str());
        let sheet = Sheet::read(text);
        let mut openings: BTreeMap<_, Vec<i64>> = BTreeMap::new();
        for row in 0..sheet.rows.len() {
            let whose = (sheet.text(row, "customer_id").to_owned(), sheet.text(row, "issue").to_owned());
            openings.entry(whose).or_default().extend(instant(sheet.text(row, "opened_at")));
        }
        Self { sheet, openings }
    }

    /// In-scope rows that fit.
    fn rows(&self, fits: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Vec<usize> {
        let is_fit = |row: &usize| {
            let text = |column: &str| self.sheet.text(*row, column).to_owned();
            text("in_scope").is_empty() && fits(&text)
        };
        (0..self.sheet.rows.len()).filter(is_fit).collect()
    }

    fn with(&self, column: &str, value: &str) -> Vec<usize> {
        self.rows(|text| text(column) == value)
    }

    fn share(&self, rows: &[usize], fits: impl Fn(&dyn Fn(&str) -> String) -> bool) -> i64 {
        let hits = rows.iter().filter(|&&row| fits(&|column| self.sheet.text(row, column).to_owned())).count();
        thousandths(hits, rows.len())
    }

    fn shares(&self, rows: &[usize]) -> Shares {
        let is = |row: usize, column: &str, value: &str| self.sheet.text(row, column) == value;
        let escalated = rows.iter().filter(|&&row| is(row, "handling", "ai_to_human")).count();
        let closed: Vec<usize> =
            rows.iter().copied().filter(|&row| is(row, "handling", "ai") && !is(row, "outcome", "")).collect();
        let claimed: Vec<usize> = closed.iter().copied().filter(|&row| is(row, "outcome", "resolved")).collect();
        let over = closed.len() + escalated;
        Shares {
            claimed: thousandths(claimed.len(), over),
            escalated: thousandths(escalated, over),
            recontacted: thousandths(claimed.iter().filter(|&&row| self.came_back(row)).count(), claimed.len()),
        }
    }

    fn came_back(&self, row: usize) -> bool {
        let at = |column: &str| instant(self.sheet.text(row, column)).ok();
        let Some(closed) = at("closed_at") else { return false };
        let in_time = |at: &i64| *at > closed && *at <= closed + THREE_DAYS;
        let whose = (self.sheet.text(row, "customer_id").to_owned(), self.sheet.text(row, "issue").to_owned());
        let others = self.openings.get(&whose).filter(|_| !whose.0.is_empty());
        at("reopened_at").is_some_and(|at| in_time(&at)) || others.is_some_and(|others| others.iter().any(in_time))
    }

    /// Sum of one column over the sum of another, in thousandths.
    fn ratio(&self, rows: &[usize], part: &str, whole: &str) -> i64 {
        let sum = |column: &str| -> usize {
            rows.iter().filter_map(|&row| self.sheet.text(row, column).parse::<usize>().ok()).sum()
        };
        thousandths(sum(part), sum(whole))
    }
}

fn thousandths(part: usize, whole: usize) -> i64 {
    i64::try_from(part * 1000 / whole.max(1)).unwrap_or(0)
}

#[test]
fn billing_bot_claims_most_and_its_customers_come_back() {
    let desk = Desk::open();
    let [aria, billing, triage] =
        ["aria", "billing-bot", "triage"].map(|name| desk.shares(&desk.with("agent_id", name)));
    assert!(billing.claimed > aria.claimed + 50 && aria.claimed > triage.claimed);
    assert!(billing.recontacted > 2 * aria.recontacted);
    assert!(triage.escalated > 450 && billing.escalated < 120);
}

#[test]
fn the_second_model_is_better_and_needs_fewer_tokens() {
    let desk = Desk::open();
    let [first, second] = ["m1", "m2"].map(|name| desk.with("model_version", name));
    assert!(desk.shares(&second).claimed > desk.shares(&first).claimed + 10);
    assert!(desk.ratio(&second, "qa_correct", "qa_responses") > desk.ratio(&first, "qa_correct", "qa_responses") + 25);
    let tokens = |rows: &[usize]| desk.ratio(rows, "input_tokens", "api_calls");
    assert!(tokens(&second) * 100 < tokens(&first) * 85);
}

#[test]
fn enterprise_is_served_worse_by_ai() {
    let desk = Desk::open();
    let [enterprise, smb] = ["enterprise", "smb"].map(|name| desk.shares(&desk.with("segment", name)));
    assert!(enterprise.claimed < smb.claimed - 60 && enterprise.recontacted > smb.recontacted + 30);
}

#[test]
fn the_week_of_18_may_stands_out() {
    let desk = Desk::open();
    let week = desk.rows(|text| ("2026-05-18".."2026-05-25").contains(&text("opened_at").as_str()));
    let before = desk.rows(|text| ("2026-05-04".."2026-05-18").contains(&text("opened_at").as_str()));
    assert!(desk.shares(&week).escalated > desk.shares(&before).escalated + 100);
    for (part, whole) in [("unanswered_messages", "customer_messages"), ("api_calls_retried", "api_calls")] {
        assert!(desk.ratio(&week, part, whole) > 3 * desk.ratio(&before, part, whole), "{part}");
    }
}

#[test]
fn june_gives_early_warnings() {
    let desk = Desk::open();
    let [may, june] = ["2026-05", "2026-06"].map(|month| desk.rows(|text| text("opened_at").starts_with(month)));
    let rejected = |rows: &[usize]| desk.ratio(rows, "drafts_rejected", "drafts_offered");
    assert!(rejected(&june) > rejected(&may) + 50);
    let unsure = |rows: &[usize]| desk.share(rows, |text| text("escalation_reason") == "low_confidence");
    assert!(unsure(&june) > unsure(&may) + 15);
}

#[test]
fn two_topics_are_new_in_spring() {
    let desk = Desk::open();
    for (topic, from) in [("ai_assistant_setup", "2026-04-13"), ("einvoice_format", "2026-05-03")] {
        let rows = desk.with("issue", topic);
        assert!(rows.len() > 150, "{topic}: {}", rows.len());
        assert!(rows.iter().all(|&row| desk.sheet.text(row, "opened_at") > from), "{topic}");
    }
}

#[test]
fn people_get_more_answers_to_surveys() {
    let desk = Desk::open();
    let rate = |handling: &str| {
        let asked = desk.rows(|text| text("handling") == handling && text("survey_sent") == "true");
        desk.share(&asked, |text| !text("csat").is_empty())
    };
    assert!(rate("human") > rate("ai") + 100);
}
