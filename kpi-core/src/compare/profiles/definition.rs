//! A definition of "resolved" as data: rules in order, of which the first that holds decides. Six are built in, and a user's
//! own has the same form.

use super::happenings::{HAPPENINGS, Happening, Moment, Timed, happening};
use crate::facts::Story;
use crate::facts::rows::HOUR;
use serde::{Deserialize, Serialize};

/// What a profile says of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// It counts as resolved.
    Counted,
    /// It does not.
    NotCounted,
    /// It is too early to tell; in no rate yet.
    NotYet,
    /// The profile is not about such contacts; in no rate.
    Outside,
}

impl Ruling {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Counted, Self::NotCounted, Self::NotYet, Self::Outside];

    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::NotCounted => "not_counted",
            Self::NotYet => "not_yet",
            Self::Outside => "outside",
        }
    }
}

/// How long after closing a rule looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Within {
    /// So many hours.
    Hours(u32),
    /// As many as an option says; only `recontact_hours` is one.
    Option(String),
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What must have happened.
    pub when: String,
    /// Within how many hours of closing; without it, however late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_hours: Option<Within>,
    /// What it means.
    pub then: Ruling,
}

/// A definition of "resolved".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// What people call it; default: the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Who published it, and when.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What it counts, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub in_words: String,
    /// Whether what it counts is also given as a part of all contacts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub automation: bool,
    /// In order; the first that holds decides.
    pub rules: Vec<Rule>,
    /// What it means when none holds.
    #[serde(default = "counted", rename = "else")]
    pub otherwise: Ruling,
}

const fn counted() -> Ruling {
    Ruling::Counted
}

const BUILT_IN: [(&str, &str); 6] = [
    ("strict", include_str!("../../../data/profiles/strict.json")),
    ("intercom_fin", include_str!("../../../data/profiles/intercom_fin.json")),
    ("zendesk", include_str!("../../../data/profiles/zendesk.json")),
    ("gorgias", include_str!("../../../data/profiles/gorgias.json")),
    ("ada", include_str!("../../../data/profiles/ada.json")),
    ("chatwoot", include_str!("../../../data/profiles/chatwoot.json")),
];

impl Profile {
    /// One that is built in.
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(own, _)| *own == name)?;
        serde_json::from_str(text).ok()
    }

    /// The names of those that are built in, the strict one first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// What is wrong with it, each with how to mend it.
    pub(super) fn problems(&self) -> Vec<String> {
        let name = &self.name;
        let mut found = Vec::new();
        if name.is_empty() {
            found.push("a profile has no `name`".to_owned());
        }
        for (at, rule) in self.rules.iter().enumerate() {
            let place = format!("rule {at} of profile \"{name}\"");
            let Some(happening) = happening(&rule.when) else {
                let known: Vec<&str> = HAPPENINGS.iter().map(|h| h.name).collect();
                found.push(format!("{place} asks for \"{}\", which is none of {}", rule.when, known.join(", ")));
                continue;
            };
            match (happening.timed, &rule.within_hours) {
                (Timed::Never, Some(_)) => {
                    found.push(format!("{place}: `{}` has no `within_hours`; leave it out", rule.when));
                }
                (Timed::MustBe, None) => {
                    found.push(format!("{place}: `{}` needs `within_hours`, such as 72", rule.when));
                }
                (_, Some(Within::Option(option))) if option != "recontact_hours" => {
                    found.push(format!("{place}: `within_hours` is \"{option}\"; give hours, or \"recontact_hours\""));
                }
                _ => {}
            }
        }
        let rulings = self.rules.iter().map(|rule| rule.then).chain([self.otherwise]);
        if !rulings.clone().any(|ruling| ruling == Ruling::Counted) {
            found.push(format!("profile \"{name}\" never counts anything; let a rule, or `else`, say \"counted\""));
        }
        found
    }

    /// Ready to judge contacts; profiles with problems are not.
    pub(super) fn judge(&self, recontact: i64, as_of: i64) -> Judge {
        let rule = |rule: &Rule| {
            let within = match &rule.within_hours {
                Some(Within::Hours(hours)) => i64::from(*hours).saturating_mul(HOUR),
                Some(Within::Option(_)) => recontact,
                None => i64::MAX,
            };
            Some((happening(&rule.when)?, Moment { as_of, within }, rule.then))
        };
        Judge { rules: self.rules.iter().filter_map(rule).collect(), otherwise: self.otherwise }
    }
}

/// A profile at work.
pub(super) struct Judge {
    pub rules: Vec<(&'static Happening, Moment, Ruling)>,
    pub otherwise: Ruling,
}

/// What a profile says of a contact, and which rule says so; no rule where none holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// What it says.
    pub ruling: Ruling,
    /// The place of the rule in the profile.
    pub rule: Option<usize>,
}

impl Judge {
    pub fn decide(&self, story: &Story) -> Decision {
        let mut rules = self.rules.iter().enumerate();
        match rules.find(|(_, (happening, moment, _))| (happening.holds)(story, moment)) {
            Some((place, (_, _, ruling))) => Decision { ruling: *ruling, rule: Some(place) },
            None => Decision { ruling: self.otherwise, rule: None },
        }
    }
}
