//! Which issues of people the AI should take next: what it would save, what could go wrong, and what is missing to be sure
//! (SPEC 7.9).

use super::from_report::{months, six_places};
use super::problems::{Problems, decimal, plain, refused, text};
use crate::error::Result;
use crate::input::{Limits, Tables};
use crate::kpis::{Flag, Population};
use crate::options::Options;
use crate::report::{GroupReport, Report, Value, report};
use crate::tally::OUTCOMES;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// The figures that candidates are found from.
const FIGURES: [&str; 6] = [
    "autonomous_resolution_rate",
    "escalation_rate",
    "recontact_rate_72h",
    "throughput_per_hour",
    "policy_compliance_rate",
    "cost_per_contact",
];

/// What is assumed where the record of an issue does not say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CandidatesAsk {
    /// Contacts that a record must have to stand on its own; under it the record of all issues takes its place, and is named.
    pub smallest: u64,
    /// What a contact of people costs, where costs are not in the data.
    pub human_cost_per_contact: Option<Decimal>,
    /// The part of contacts that the AI would resolve, where it has never met any.
    pub assumed_containment: Option<Decimal>,
    /// What it costs to hand over what the AI tried and failed, as a part of a contact of people.
    pub handover_part: Decimal,
    /// What an answer against policy costs. Only the desk knows it.
    pub cost_per_breach: Option<Decimal>,
}

impl Default for CandidatesAsk {
    fn default() -> Self {
        Self {
            smallest: 30,
            human_cost_per_contact: None,
            assumed_containment: None,
            handover_part: decimal(3, 1),
            cost_per_breach: None,
        }
    }
}

/// Whose record a rate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// The issue's own.
    Own,
    /// That of all issues together.
    AllIssues,
    /// None: it was assumed.
    Assumed,
}

impl Record {
    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::AllIssues => "all_issues",
            Self::Assumed => "assumed",
        }
    }
}

/// A rate of the record, and how far off it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The rate.
    pub rate: Decimal,
    /// The lower end of its interval.
    pub low: Decimal,
    /// The upper end of its interval.
    pub high: Decimal,
    /// How many contacts it rests on.
    pub n: u64,
    /// Whose record it is.
    pub record: Record,
}

/// One sum: what would be saved, and what would go off it, by the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    /// Contacts × cost of people × containment.
    pub gross: Decimal,
    /// The part of that which comes back to people, as customers do.
    pub recontacts: Decimal,
    /// Handing over what the AI tried and failed.
    pub escalations: Decimal,
    /// Answers against policy; nothing where it is not known what one costs.
    pub breaches: Option<Decimal>,
    /// What is left.
    pub net: Decimal,
}

/// One issue that people handle now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The issue.
    pub issue: String,
    /// Contacts of people in the data.
    pub contacts: u64,
    /// The same by the month.
    pub contacts_per_month: Decimal,
    /// What one costs.
    pub human_cost_per_contact: Option<Decimal>,
    /// What the AI resolves.
    pub containment: Option<Seen>,
    /// Which of those come back.
    pub recontact: Option<Seen>,
    /// What the AI hands over.
    pub escalation: Option<Seen>,
    /// Answers against policy.
    pub breach: Option<Seen>,
    /// What is to be expected.
    pub expected: Option<Saving>,
    /// The same at the bad end of every interval.
    pub cautious: Option<Saving>,
    /// What is missing to be sure; nothing is when it is empty.
    pub missing: Vec<&'static str>,
}

/// Issues that people handle now, the most worth automating first.
///
/// What the AI itself would cost is not taken off: it is much the same for every issue, and belongs to the plan
/// ([`super::roi()`]). People's contacts of an issue may be harder than those that the AI met: whoever routes, routes for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// Of all amounts.
    pub currency: String,
    /// Months that the data covers.
    pub months: Decimal,
    /// By expected saving, and then by name; those whose saving cannot be estimated last.
    pub candidates: Vec<Candidate>,
    /// Contacts of people without an issue.
    pub without_issue: u64,
}

/// Ranks issues that people handle now.
///
/// # Errors
/// As [`report`], and when an assumption makes no sense.
pub fn candidates(tables: &Tables<'_>, options: &Options, ask: &CandidatesAsk, limits: &Limits) -> Result<Candidates> {
    candidates_from_report(&report(tables, &options_for_candidates(options), limits)?, ask)
}

/// The options of a report that candidates can be found from.
#[must_use]
pub fn options_for_candidates(options: &Options) -> Options {
    let kpis = FIGURES.map(str::to_owned).to_vec();
    Options { by: vec!["issue".into()], every: None, kpis: Some(kpis), targets: Vec::new(), ..options.clone() }
}

/// The same out of a report that is by `issue` alone.
///
/// # Errors
/// When the report is not by `issue`, covers no time, or an assumption makes no sense.
pub fn candidates_from_report(report: &Report, ask: &CandidatesAsk) -> Result<Candidates> {
    ask.validate()?;
    let by_issue = |group: &&GroupReport| matches!(group.key.by.as_slice(), [(dimension, _)] if dimension == "issue");
    let issues: Vec<&GroupReport> = report.combinations().filter(by_issue).collect();
    if issues.is_empty() {
        return Err(refused(
            "The report is not by issue; ask for it with `by` [\"issue\"], of contacts that have one.",
        ));
    }
    let total = report.total().ok_or_else(|| refused("The report has no total."))?;
    let covered = months(total);
    let covered = covered.ok_or_else(|| refused("The report covers no time, so nothing is known by the month."))?;
    let (mut candidates, mut without_issue) = (Vec::new(), 0);
    for group in issues {
        let contacts = by_people(group);
        match group.key.by.first().and_then(|(_, issue)| issue.clone()) {
            None => without_issue = contacts,
            Some(issue) if contacts > 0 => candidates.push(ask.candidate(issue, contacts, covered, group, total)),
            Some(_) => {}
        }
    }
    candidates.sort_by(|a, b| {
        let worth = |c: &Candidate| c.expected.map(|saving| saving.net);
        worth(b).cmp(&worth(a)).then_with(|| a.issue.cmp(&b.issue))
    });
    Ok(Candidates { currency: report.currency.clone(), months: covered.round_dp(6), candidates, without_issue })
}

/// Closed contacts that came to a person at once.
fn by_people(group: &GroupReport) -> u64 {
    OUTCOMES.iter().zip(group.outcomes).filter(|(class, _)| **class == "human").map(|(_, count)| count).sum()
}

impl CandidatesAsk {
    fn validate(&self) -> Result<()> {
        let mut wrong = Problems::default();
        let (nought, one, most) = (Decimal::ZERO, Decimal::ONE, decimal(1_000_000, 0));
        wrong.unless(self.smallest > 0, || {
            "`smallest` is 0; a rate needs at least 1 contact, and some 30 to say anything".into()
        });
        wrong.within("human_cost_per_contact", self.human_cost_per_contact.unwrap_or(nought), nought, most);
        wrong.within("assumed_containment", self.assumed_containment.unwrap_or(nought), nought, one);
        wrong.within("handover_part", self.handover_part, nought, decimal(10, 0));
        wrong.within("cost_per_breach", self.cost_per_breach.unwrap_or(nought), nought, decimal(1_000_000_000, 0));
        wrong.finish()
    }

    fn candidate(
        &self,
        issue: String,
        contacts: u64,
        months: Decimal,
        group: &GroupReport,
        total: &GroupReport,
    ) -> Candidate {
        let seen = |id, population| self.seen(group, total, id, population);
        let containment = seen("autonomous_resolution_rate", Population::AiFronted).or_else(|| self.assumed());
        let compliance = seen("policy_compliance_rate", Population::AiFronted);
        let mut found = Candidate {
            contacts,
            contacts_per_month: (Decimal::from(contacts) / months).round_dp(6),
            human_cost_per_contact: own_cost(group).or(self.human_cost_per_contact).or_else(|| own_cost(total)),
            containment,
            recontact: seen("recontact_rate_72h", Population::Ai),
            escalation: seen("escalation_rate", Population::AiFronted),
            breach: compliance.map(Seen::turned),
            expected: None,
            cautious: None,
            missing: Vec::new(),
            issue,
        };
        found.expected = self.saving(&found, |seen| seen.rate, |seen| seen.rate);
        found.cautious = self.saving(&found, |seen| seen.low, |seen| seen.high);
        found.missing = self.missing(&found, group);
        found
    }

    fn assumed(&self) -> Option<Seen> {
        let rate = self.assumed_containment?;
        Some(Seen { rate, low: rate, high: rate, n: 0, record: Record::Assumed })
    }

    /// The issue's own rate, and where it has too few contacts that of all issues.
    fn seen(&self, group: &GroupReport, total: &GroupReport, id: &str, population: Population) -> Option<Seen> {
        let of = |group: &GroupReport, record| {
            group
                .value(id, population)
                .filter(|value| value.n >= self.smallest)
                .and_then(|value| Seen::of(value, record))
        };
        of(group, Record::Own).or_else(|| of(total, Record::AllIssues))
    }

    /// By the month; `good` and `bad` say which end of an interval is taken of what helps and of what harms.
    fn saving(&self, c: &Candidate, good: fn(&Seen) -> Decimal, bad: fn(&Seen) -> Decimal) -> Option<Saving> {
        let (cost, containment) = (c.human_cost_per_contact?, c.containment.as_ref()?);
        let harm = |seen: &Option<Seen>| seen.as_ref().map_or(Decimal::ZERO, bad);
        let gross = (c.contacts_per_month * cost * good(containment)).round_dp(6);
        let recontacts = (gross * harm(&c.recontact)).round_dp(6);
        let escalations = (c.contacts_per_month * harm(&c.escalation) * cost * self.handover_part).round_dp(6);
        let breaches = self.cost_per_breach.zip(c.breach.as_ref());
        let breaches = breaches.map(|(each, seen)| (c.contacts_per_month * bad(seen) * each).round_dp(6));
        let net = gross - recontacts - escalations - breaches.unwrap_or_default();
        Some(Saving { gross, recontacts, escalations, breaches, net })
    }

    fn missing(&self, c: &Candidate, group: &GroupReport) -> Vec<&'static str> {
        let borrowed = |seen: &Option<Seen>| seen.as_ref().is_none_or(|seen| seen.record != Record::Own);
        let small = c.contacts < self.smallest;
        let immature = group.value("recontact_rate_72h", Population::Ai).is_some_and(|v| v.has(Flag::Immature));
        [
            ("more_contacts", small),
            ("cost_of_people", own_cost(group).is_none()),
            ("containment_record", borrowed(&c.containment)),
            ("recontact_record", borrowed(&c.recontact)),
            ("escalation_record", borrowed(&c.escalation)),
            ("policy_record", borrowed(&c.breach)),
            ("cost_per_breach", self.cost_per_breach.is_none()),
            ("time_for_recontacts", immature),
        ]
        .into_iter()
        .filter_map(|(what, is_missing)| is_missing.then_some(what))
        .collect()
    }
}

/// No single contact costs more.
const MOST_EACH: Decimal = decimal(1_000_000_000, 0);

/// What a contact of people costs; nothing where nobody recorded a cost.
fn own_cost(group: &GroupReport) -> Option<Decimal> {
    let possible = |cost: &Decimal| *cost > Decimal::ZERO && *cost <= MOST_EACH;
    six_places(group.value("cost_per_contact", Population::Human)?).filter(possible)
}

impl Seen {
    fn of(value: &Value, record: Record) -> Option<Self> {
        let rate = six_places(value)?;
        let end = |end: f64| Decimal::from_f64(end).map_or(rate, |end| end.round_dp(6));
        let (low, high) = value.interval.map_or((rate, rate), |interval| (end(interval.low), end(interval.high)));
        Some(Self { rate, low, high, n: value.n, record })
    }

    /// The rate of what is not in it.
    fn turned(self) -> Self {
        let one = Decimal::ONE;
        Self { rate: one - self.rate, low: one - self.high, high: one - self.low, ..self }
    }

    fn to_json(self) -> Json {
        json!({
            "rate": text(self.rate),
            "low": text(self.low),
            "high": text(self.high),
            "n": self.n,
            "record": self.record.name(),
        })
    }
}

impl Saving {
    fn to_json(self) -> Json {
        json!({
            "gross": text(self.gross),
            "recontacts": text(self.recontacts),
            "escalations": text(self.escalations),
            "breaches": self.breaches.map(plain),
            "net": text(self.net),
        })
    }
}

impl Candidate {
    /// Why it stands where it stands, in sentences.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = vec![format!("People handle {} contacts a month.", plain(self.contacts_per_month))];
        if let Some(cost) = self.human_cost_per_contact {
            reasons.push(format!("Each costs {}.", plain(cost)));
        }
        let mut rate = |what: &str, seen: Option<Seen>| {
            let Some(seen) = seen else { return };
            let whose = match seen.record {
                Record::Own => format!("in {} contacts of this issue", seen.n),
                Record::AllIssues => format!("in {} contacts of all issues", seen.n),
                Record::Assumed => "as assumed".into(),
            };
            reasons.push(format!("{what} {} {whose}.", plain(seen.rate)));
        };
        rate("The AI resolves a part of", self.containment);
        rate("Customers come back after a part of", self.recontact);
        rate("It hands over a part of", self.escalation);
        rate("It answers against policy in a part of", self.breach);
        reasons
    }

    fn to_json(&self) -> Json {
        json!({
            "issue": self.issue,
            "contacts": self.contacts,
            "contacts_per_month": text(self.contacts_per_month),
            "human_cost_per_contact": self.human_cost_per_contact.map(plain),
            "containment": self.containment.map(Seen::to_json),
            "recontact": self.recontact.map(Seen::to_json),
            "escalation": self.escalation.map(Seen::to_json),
            "breach": self.breach.map(Seen::to_json),
            "expected": self.expected.map(Saving::to_json),
            "cautious": self.cautious.map(Saving::to_json),
            "reasons": self.reasons(),
            "missing": self.missing,
        })
    }
}

impl Candidates {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let candidates: Vec<Json> = self.candidates.iter().map(Candidate::to_json).collect();
        json!({
            "schema": "supportkpi.candidates/1",
            "currency": self.currency,
            "months": text(self.months),
            "candidates": candidates,
            "without_issue": self.without_issue,
        })
        .to_string()
    }
}
