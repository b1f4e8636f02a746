//! Definitions beside one another as JSON.

use super::definition::{Decision, Ruling};
use super::found::{Disagreement, Overlap, ProfileFound, ProfileGroup, ProfileRate, Profiles};
use crate::input::Column;
use crate::kpis::Undefined;
use serde_json::{Map, Value, json};

impl Profiles {
    /// As JSON, the same bytes everywhere.
    pub fn to_json(&self) -> String {
        let profiles: Vec<Value> = self.profiles.iter().map(profile).collect();
        let overlaps: Vec<Value> = self.overlaps.iter().map(|found| self.overlap(found)).collect();
        let disagreements: Vec<Value> = self.disagreements.iter().map(|found| self.disagreement(found)).collect();
        let groups: Vec<Value> = self.groups.iter().map(|group| self.group(group)).collect();
        let mut answer = json!({
            "schema": "supportkpi.profiles/1",
            "as_of": self.as_of,
            "confidence_level": self.confidence_level,
            "recontact_hours": self.recontact_hours,
            "contacts": self.contacts,
            "ai_fronted": self.ai_fronted,
            "held_against": self.name(self.held_against),
            "profiles": profiles,
            "overlaps": overlaps,
            "disagreements": disagreements,
            "groups": groups,
        });
        if !self.every_contact.is_empty() {
            let contacts: Vec<Value> = self.every_contact.iter().map(|(id, own)| self.contact(id, own)).collect();
            answer["every_contact"] = contacts.into();
        }
        answer.to_string()
    }

    fn name(&self, profile: usize) -> &str {
        self.profiles.get(profile).map_or("", |found| &found.profile.name)
    }

    fn overlap(&self, found: &Overlap) -> Value {
        json!({
            "a": self.name(found.a),
            "b": self.name(found.b),
            "both": found.both,
            "only_a": found.only_a,
            "only_b": found.only_b,
            "neither": found.neither,
            "agreement": found.agreement(),
        })
    }

    fn disagreement(&self, found: &Disagreement) -> Value {
        json!({
            "profile": self.name(found.profile),
            "own": self.decision(found.profile, found.own),
            "other": self.decision(self.held_against, found.other),
            "because": self.reason(found),
            "contacts": found.contacts,
            "examples": found.examples,
        })
    }

    fn decision(&self, profile: usize, decision: Decision) -> Value {
        let rules = self.profiles.get(profile).map(|found| &found.profile.rules);
        let rule = rules.zip(decision.rule).and_then(|(rules, place)| rules.get(place));
        json!({"ruling": decision.ruling, "rule": rule.map_or("else", |rule| &rule.when)})
    }

    fn group(&self, group: &ProfileGroup) -> Value {
        let by: Map<String, Value> = group.by.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let rates: Map<String, Value> =
            group.rates.iter().enumerate().map(|(at, own)| (self.name(at).to_owned(), rate(own))).collect();
        json!({"by": by, "rates": rates})
    }

    fn contact(&self, id: &str, own: &[Decision]) -> Value {
        let said: Map<String, Value> =
            own.iter().enumerate().map(|(at, own)| (self.name(at).to_owned(), self.decision(at, *own))).collect();
        json!({"id": id, "profiles": said})
    }
}

fn profile(found: &ProfileFound) -> Value {
    let own = &found.profile;
    let rulings: Map<String, Value> =
        Ruling::ALL.iter().zip(found.by_ruling).map(|(ruling, n)| (ruling.name().to_owned(), json!(n))).collect();
    let rules = own.rules.iter().map(|rule| (rule.when.as_str(), &rule.within_hours, rule.then));
    let rules = rules.chain([("else", &None, own.otherwise)]).zip(&found.by_rule);
    let rules: Vec<Value> = rules
        .map(|((when, within_hours, then), contacts)| {
            json!({"when": when, "within_hours": within_hours, "then": then, "contacts": contacts})
        })
        .collect();
    let blind: Vec<Value> = found
        .blind
        .iter()
        .filter_map(|blind| Some((own.rules.get(blind.rule)?, blind)))
        .map(|(rule, blind)| json!({"when": rule.when, "columns": names(&blind.columns)}))
        .collect();
    json!({
        "name": own.name,
        "title": own.title(),
        "source": own.source,
        "in_words": own.in_words,
        "rulings": rulings,
        "rate": rate(&found.rate),
        "automation": found.automation.as_ref().map(rate),
        "came_back": rate(&found.came_back),
        "more": found.more,
        "less": found.less,
        "rules": rules,
        "blind": blind,
    })
}

fn names(columns: &[Column]) -> Vec<&'static str> {
    columns.iter().map(|column| column.name()).collect()
}

fn rate(rate: &ProfileRate) -> Value {
    let undefined = rate.value.as_ref().err().map(|reason| match reason {
        Undefined::MissingInput(columns) => json!({"reason": reason.name(), "columns": names(columns)}),
        _ => json!({"reason": reason.name()}),
    });
    json!({
        "counted": rate.counted,
        "n": rate.n,
        "value": rate.value.as_ref().ok(),
        "undefined": undefined,
        "low": rate.interval.map(|interval| interval.low),
        "high": rate.interval.map(|interval| interval.high),
    })
}
