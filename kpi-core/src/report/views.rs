//! Views: which figures somebody looks at, in which order, under which question (SPEC 6.5). Ten are built in, as data; a
//! user's own has the same form.

use crate::error::{Code, Error, Result};
use crate::kpis::{Population, find};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::LazyLock;

/// A figure of a population.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// What it is called here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The KPI.
    pub kpi: String,
    /// Whose contacts.
    #[serde(serialize_with = "write_one", deserialize_with = "read_one")]
    pub population: Population,
}

/// A sentence, left out unless every figure in it has a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// With `{}` for each figure.
    pub text: String,
    /// In the order of their places.
    pub figures: Vec<Cite>,
}

/// A figure that a view shows, and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewFigure {
    /// What it is called here; default: its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The KPI.
    pub kpi: String,
    /// Whose contacts, each with a value of its own.
    #[serde(serialize_with = "write_all", deserialize_with = "read_all")]
    pub populations: Vec<Population>,
    /// Without one of these in the report it is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Cite>,
    /// Shown beside it where they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Cite>,
}

/// A question and what answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub title: String,
    /// The answer in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sentences: Vec<Sentence>,
    /// The answer in numbers.
    pub figures: Vec<ViewFigure>,
}

/// What somebody looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Its name.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Whom it is for, or what it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// In order.
    pub questions: Vec<Question>,
}

const BUILT_IN: [&str; 10] = [
    include_str!("../../data/views/executive.json"),
    include_str!("../../data/views/operations.json"),
    include_str!("../../data/views/customer.json"),
    include_str!("../../data/views/finance.json"),
    include_str!("../../data/views/integrity.json"),
    include_str!("../../data/views/tiers.json"),
    include_str!("../../data/views/heart.json"),
    include_str!("../../data/views/runrate_12.json"),
    include_str!("../../data/views/leading.json"),
    include_str!("../../data/views/ninety_day_review.json"),
];

static VIEWS: LazyLock<Vec<View>> =
    LazyLock::new(|| BUILT_IN.iter().filter_map(|text| serde_json::from_str(text).ok()).collect());

impl View {
    /// All that are built in, the executive one first.
    pub fn all() -> &'static [Self] {
        &VIEWS
    }

    /// One that is built in.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|view| view.name == name)
    }

    /// Reads a view of the user's own.
    ///
    /// # Errors
    /// When the text is no view, or names a figure that does not exist or has no such population.
    pub fn from_json(text: &str) -> Result<Self> {
        let view: Self = serde_json::from_str(text)
            .map_err(|e| Error::new(Code::InvalidOption, format!("The view cannot be read: {e}.")))?;
        let wrong = view.problems();
        if wrong.is_empty() {
            return Ok(view);
        }
        Err(Error::new(Code::InvalidOption, format!("The view \"{}\": {}.", view.name, wrong.join("; "))))
    }

    /// Every figure of a population that it names anywhere.
    fn places(&self) -> impl Iterator<Item = (&str, Population)> {
        self.questions.iter().flat_map(|question| {
            let said = question.sentences.iter().flat_map(|sentence| &sentence.figures);
            let beside = question.figures.iter().flat_map(|figure| figure.evidence.iter().chain(&figure.beside));
            let own = question.figures.iter().flat_map(|f| f.populations.iter().map(|p| (f.kpi.as_str(), *p)));
            own.chain(said.chain(beside).map(|cite| (cite.kpi.as_str(), cite.population)))
        })
    }

    fn problems(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (id, population) in self.places() {
            match find(id) {
                None => wrong.push(format!("the catalogue has no KPI \"{id}\"")),
                Some(kpi) if !kpi.populations.contains(&population) => {
                    let known: Vec<&str> = kpi.populations.iter().map(|p| p.name()).collect();
                    wrong.push(format!("`{id}` is only there of {}, not of {}", known.join(", "), population.name()));
                }
                Some(_) => {}
            }
        }
        for sentence in self.questions.iter().flat_map(|question| &question.sentences) {
            if sentence.text.matches("{}").count() != sentence.figures.len() {
                wrong.push(format!("\"{}\" needs a figure for each {{}}", sentence.text));
            }
        }
        wrong.dedup();
        wrong
    }
}

/// All views that are built in, as JSON.
pub fn views_json() -> String {
    serde_json::json!({"schema": "supportkpi.views/1", "views": View::all()}).to_string()
}

fn named<E: serde::de::Error>(name: &str) -> std::result::Result<Population, E> {
    let found = Population::ALL.into_iter().find(|population| population.name() == name);
    found.ok_or_else(|| {
        let known = Population::ALL.map(Population::name).join(", ");
        E::custom(format!("\"{name}\" is no population; there are {known}"))
    })
}

fn read_one<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Population, D::Error> {
    named(&String::deserialize(deserializer)?)
}

fn read_all<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Vec<Population>, D::Error> {
    Vec::<String>::deserialize(deserializer)?.iter().map(|name| named(name)).collect()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn write_one<S: Serializer>(population: &Population, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(population.name())
}

fn write_all<S: Serializer>(populations: &[Population], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_seq(populations.iter().map(|population| population.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::CATALOGUE;
    use std::collections::BTreeSet;

    #[test]
    fn ten_views_are_built_in_and_sound() {
        assert_eq!(View::all().len(), BUILT_IN.len());
        for view in View::all() {
            assert_eq!(view.problems(), Vec::<String>::new(), "{}", view.name);
        }
    }

    #[test]
    fn a_view_shows_the_figures_that_the_catalogue_says_belong_to_it() {
        for view in View::all() {
            let shown: BTreeSet<&str> = view.places().map(|(id, _)| id).collect();
            let own = view.questions.iter().flat_map(|q| &q.figures).map(|figure| figure.kpi.as_str());
            let own: BTreeSet<&str> = own.collect();
            for kpi in CATALOGUE {
                let belongs = kpi.views.contains(&view.name.as_str());
                assert!(!belongs || shown.contains(kpi.id), "{} is missing in {}", kpi.id, view.name);
                assert!(belongs || !own.contains(kpi.id), "{} is in {}, and does not say so", kpi.id, view.name);
            }
        }
        let known: BTreeSet<&str> = View::all().iter().map(|view| view.name.as_str()).collect();
        assert!(CATALOGUE.iter().flat_map(|kpi| kpi.views).all(|name| known.contains(name)));
    }

    #[test]
    fn the_executive_view_answers_four_questions_with_six_figures_in_words_too() {
        let executive = View::named("executive").unwrap();
        assert_eq!(executive.questions.len(), 4);
        assert_eq!(executive.questions.iter().map(|q| q.figures.len()).sum::<usize>(), 6);
        assert!(executive.questions.iter().all(|q| !q.sentences.is_empty()));
    }

    #[test]
    fn a_view_that_makes_no_sense_says_why() {
        let refused = |text: &str| View::from_json(text).unwrap_err().to_string();
        let view = |figure: &str, sentence: &str| {
            let figure = format!(r#"[{{"kpi": "{figure}", "populations": ["all", "people"]}}]"#);
            format!(
                r#"{{"name": "ours", "title": "Ours", "questions": [{{"title": "?", "figures": {figure}, "sentences": [{{"text": "{sentence}", "figures": []}}]}}]}}"#
            )
        };
        assert_eq!(refused(&view("cast", "")), "The view \"ours\": the catalogue has no KPI \"cast\".");
        assert_eq!(refused(&view("nps", "It is {}.")), "The view \"ours\": \"It is {}.\" needs a figure for each {}.");
        assert_eq!(
            refused(&view("deflection_rate", "")),
            "The view \"ours\": `deflection_rate` is only there of all, not of people."
        );
        let unknown = view("nps", "").replace("people", "robots");
        assert!(
            refused(&unknown).contains("\"robots\" is no population; there are all, ai, human"),
            "{}",
            refused(&unknown)
        );
        assert_eq!(View::from_json(&view("nps", "")).map(|view| view.questions.len()), Ok(1));
    }
}
