//! What definitions count, and where and why they differ.

use super::definition::{Decision, Profile, Ruling};
use super::happenings::happening;
use crate::compare::told::Told;
use crate::evidence::{Interval, wilson};
use crate::facts::Story;
use crate::input::Column;
use crate::kpis::Undefined;
use crate::units::Instant;
use std::collections::BTreeMap;

/// A part of contacts, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileRate {
    /// How many count.
    pub counted: u64,
    /// Of how many.
    pub n: u64,
    /// Counted over n, or why there is none.
    pub value: Result<f64, Undefined>,
    /// Where the true rate may lie.
    pub interval: Option<Interval>,
}

impl ProfileRate {
    fn of(counted: u64, n: u64, z: f64) -> Self {
        let value = if n > 0 { Ok(counted as f64 / n as f64) } else { Err(Undefined::NoDenominator) };
        Self { counted, n, value, interval: wilson(counted, n, z) }
    }
}

/// A rule that cannot hold, since no contact has what it looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blind {
    /// The place of the rule in its profile.
    pub rule: usize,
    /// The columns that it looks at.
    pub columns: Vec<Column>,
}

/// What one definition counts.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileFound {
    /// The definition.
    pub profile: Profile,
    /// What it counts, of all that it judges.
    pub rate: ProfileRate,
    /// Where asked for: what it counts, of all contacts, those that no AI met among them.
    pub automation: Option<ProfileRate>,
    /// Contacts by what is said of them, in the order of [`Ruling::ALL`].
    pub by_ruling: [u64; 4],
    /// Contacts by the rule that decides; what no rule decides comes last.
    pub by_rule: Vec<u64>,
    /// Of those that it counts and that are mature: whose customer came back within the recontact window.
    pub came_back: ProfileRate,
    /// Contacts that it counts, and the one that it is held against does not.
    pub more: u64,
    /// Contacts that it does not count, and the one that it is held against does.
    pub less: u64,
    /// Rules that see nothing in this data.
    pub blind: Vec<Blind>,
}

impl ProfileFound {
    /// How many contacts count.
    pub fn counted(&self) -> u64 {
        self.by_ruling[Ruling::Counted as usize]
    }
}

/// What two definitions count together and apart, among the contacts that AI met.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// The place of one of them.
    pub a: usize,
    /// The place of the other.
    pub b: usize,
    /// Both count it.
    pub both: u64,
    /// Only the first does.
    pub only_a: u64,
    /// Only the other does.
    pub only_b: u64,
    /// Neither does.
    pub neither: u64,
}

impl Overlap {
    /// Counted by both, of all that either counts (Jaccard's index); nothing where neither counts any.
    pub fn agreement(&self) -> Option<f64> {
        let either = self.both + self.only_a + self.only_b;
        (either > 0).then(|| self.both as f64 / either as f64)
    }
}

/// Contacts on which a definition and the one it is held against disagree, for the same reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The place of the definition.
    pub profile: usize,
    /// What it says of them.
    pub own: Decision,
    /// What the other one says of them.
    pub other: Decision,
    /// How many there are.
    pub contacts: u64,
    /// The ids of the first, in the order of the rows.
    pub examples: Vec<String>,
}

/// What definitions count of one combination of the dimensions in `by`.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileGroup {
    /// Dimensions and their values.
    pub by: Vec<(String, Option<String>)>,
    /// One for each definition.
    pub rates: Vec<ProfileRate>,
}

/// One input under several definitions of "resolved".
#[derive(Debug, Clone, PartialEq)]
pub struct Profiles {
    /// The moment the data was taken.
    pub as_of: Option<Instant>,
    /// Of every interval.
    pub confidence_level: f64,
    /// The recontact window.
    pub recontact_hours: u64,
    /// Contacts that are used.
    pub contacts: u64,
    /// Those that AI met.
    pub ai_fronted: u64,
    /// In the order in which they were asked for.
    pub profiles: Vec<ProfileFound>,
    /// The place of the one that all are held against: the strict one, or else the first.
    pub held_against: usize,
    /// Every pair.
    pub overlaps: Vec<Overlap>,
    /// By definition, most contacts first.
    pub disagreements: Vec<Disagreement>,
    /// By combination, where the option `by` names dimensions.
    pub groups: Vec<ProfileGroup>,
    /// If asked for, the id of every contact and what each definition makes of it, in the order of the rows.
    pub every_contact: Vec<(String, Vec<Decision>)>,
}

impl Profiles {
    /// Which rule made the difference, in words: that of the side that does not count it.
    pub fn reason(&self, found: &Disagreement) -> &'static str {
        let (profile, decision) = match found.own.ruling {
            Ruling::Counted => (self.held_against, found.other),
            _ => (found.profile, found.own),
        };
        self.words(profile, decision)
    }

    /// The rule behind a decision, in words.
    pub fn words(&self, profile: usize, decision: Decision) -> &'static str {
        let rules = self.profiles.get(profile).map(|found| &found.profile.rules);
        let rule = rules.zip(decision.rule).and_then(|(rules, place)| rules.get(place));
        rule.and_then(|rule| happening(&rule.when)).map_or("nothing speaks against it", |happening| happening.words)
    }
}

/// The values of a combination of dimensions, each after whether it is missing.
type Values = Vec<(bool, Option<String>)>;

/// Contacts with what every definition says of them.
pub(super) struct Desk<'d> {
    pub told: &'d Told,
    pub profiles: &'d [Profile],
    /// By contact, then by profile.
    pub decisions: &'d [Vec<Decision>],
    pub z: f64,
}

impl Desk<'_> {
    /// Contacts with what one definition says of them.
    fn of(&self, profile: usize) -> impl Iterator<Item = (&Story, Decision)> {
        let own = self.decisions.iter().filter_map(move |decisions| decisions.get(profile).copied());
        self.told.stories.iter().zip(own)
    }

    pub fn found(&self, held_against: usize) -> Vec<ProfileFound> {
        (0..self.profiles.len()).filter_map(|place| self.one(place, held_against)).collect()
    }

    fn one(&self, place: usize, held_against: usize) -> Option<ProfileFound> {
        let profile = self.profiles.get(place)?;
        let (mut by_ruling, mut by_rule) = ([0; 4], vec![0; profile.rules.len() + 1]);
        let (mut back, mut mature, mut more, mut less) = (0, 0, 0, 0);
        for ((story, own), (_, other)) in self.of(place).zip(self.of(held_against)) {
            by_ruling[own.ruling as usize] += 1;
            if let Some(count) = by_rule.get_mut(own.rule.unwrap_or(profile.rules.len())) {
                *count += 1;
            }
            let (counts, other_counts) = (own.counts(), other.counts());
            more += u64::from(counts && !other_counts);
            less += u64::from(!counts && other_counts);
            if counts && story.is_mature(self.told.window, self.told.as_of) {
                mature += 1;
                back += u64::from(story.is_back_within(self.told.window));
            }
        }
        let counted = by_ruling[Ruling::Counted as usize];
        let judged = counted + by_ruling[Ruling::NotCounted as usize];
        let mut rate = ProfileRate::of(counted, judged, self.z);
        let (blind, vital) = self.blind(profile);
        if let Some(columns) = vital {
            rate = ProfileRate { value: Err(Undefined::MissingInput(columns.into())), interval: None, ..rate };
        }
        let all = self.told.stories.len() as u64;
        Some(ProfileFound {
            automation: profile.automation.then(|| ProfileRate::of(counted, all, self.z)),
            profile: profile.clone(),
            rate,
            by_ruling,
            by_rule,
            came_back: ProfileRate::of(back, mature, self.z),
            more,
            less,
            blind,
        })
    }

    /// Rules that see nothing, and the columns of one that the profile cannot do without.
    fn blind(&self, profile: &Profile) -> (Vec<Blind>, Option<Vec<Column>>) {
        let (mut blind, mut vital) = (Vec::new(), None);
        for (rule, happening) in profile.rules.iter().enumerate().filter_map(|(at, r)| Some((at, happening(&r.when)?)))
        {
            let columns = happening.seen_in;
            let unseen = !columns.is_empty() && !columns.iter().any(|column| self.told.present.contains(column));
            if unseen {
                blind.push(Blind { rule, columns: columns.to_vec() });
                if happening.vital {
                    vital.get_or_insert_with(|| columns.to_vec());
                }
            }
        }
        (blind, vital)
    }

    pub fn overlaps(&self) -> Vec<Overlap> {
        let places = 0..self.profiles.len();
        let pairs = places.clone().flat_map(|a| places.clone().skip(a + 1).map(move |b| (a, b)));
        pairs.map(|(a, b)| self.overlap(a, b)).collect()
    }

    fn overlap(&self, a: usize, b: usize) -> Overlap {
        let mut found = Overlap { a, b, both: 0, only_a: 0, only_b: 0, neither: 0 };
        for ((_, first), (_, other)) in self.of(a).zip(self.of(b)).filter(|((story, _), _)| story.is_ai_fronted()) {
            match (first.counts(), other.counts()) {
                (true, true) => found.both += 1,
                (true, false) => found.only_a += 1,
                (false, true) => found.only_b += 1,
                (false, false) => found.neither += 1,
            }
        }
        found
    }

    pub fn disagreements(&self, held_against: usize, most: usize) -> Vec<Disagreement> {
        let mut all = Vec::new();
        for profile in (0..self.profiles.len()).filter(|place| *place != held_against) {
            let mut alike: BTreeMap<(Decision, Decision), Vec<&str>> = BTreeMap::new();
            for ((story, own), (_, other)) in self.of(profile).zip(self.of(held_against)) {
                if own.counts() != other.counts() {
                    alike.entry((own, other)).or_default().push(&story.id);
                }
            }
            let found = alike.into_iter().map(|((own, other), ids)| Disagreement {
                profile,
                own,
                other,
                contacts: ids.len() as u64,
                examples: ids.into_iter().take(most).map(str::to_owned).collect(),
            });
            let mut found: Vec<Disagreement> = found.collect();
            // Equal ones stay in the order of rules.
            found.sort_by_key(|found| std::cmp::Reverse(found.contacts));
            all.extend(found);
        }
        all
    }

    pub fn groups(&self, by: &[String]) -> Vec<ProfileGroup> {
        if by.is_empty() {
            return Vec::new();
        }
        // A missing value sorts last, as in a report.
        let key = |story: &Story| -> Values { story.by.iter().map(|value| (value.is_none(), value.clone())).collect() };
        let mut counts: BTreeMap<Values, Vec<(u64, u64)>> = BTreeMap::new();
        for (story, decisions) in self.told.stories.iter().zip(self.decisions) {
            let own = counts.entry(key(story)).or_insert_with(|| vec![(0, 0); self.profiles.len()]);
            for (count, decision) in own.iter_mut().zip(decisions) {
                count.0 += u64::from(decision.counts());
                count.1 += u64::from(matches!(decision.ruling, Ruling::Counted | Ruling::NotCounted));
            }
        }
        let group = |values: Values, counts: Vec<(u64, u64)>| ProfileGroup {
            by: by.iter().cloned().zip(values.into_iter().map(|(_, value)| value)).collect(),
            rates: counts.into_iter().map(|(counted, n)| ProfileRate::of(counted, n, self.z)).collect(),
        };
        counts.into_iter().map(|(values, counts)| group(values, counts)).collect()
    }

    pub fn every_contact(&self) -> Vec<(String, Vec<Decision>)> {
        self.told.stories.iter().map(|story| story.id.clone()).zip(self.decisions.iter().cloned()).collect()
    }
}

impl Decision {
    /// Whether the contact counts as resolved.
    pub fn counts(self) -> bool {
        self.ruling == Ruling::Counted
    }
}
