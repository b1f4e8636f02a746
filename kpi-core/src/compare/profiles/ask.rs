//! Which definitions are asked for.

use super::definition::Profile;
use crate::error::{Code, Error, Result};
use serde::{Deserialize, Serialize};

/// A definition by name, or one of the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ProfileAsk {
    /// One that is built in.
    Named(String),
    /// The user's own.
    Own(Box<Profile>),
}

/// Which definitions are held beside one another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProfilesAsk {
    /// Definitions; default: all six that are built in.
    pub profiles: Option<Vec<ProfileAsk>>,
    /// How many contacts are named for each reason of a disagreement; default 3.
    pub examples: Option<usize>,
    /// Whether to say of every contact what each definition makes of it.
    pub every_contact: bool,
}

impl ProfilesAsk {
    const EXAMPLES: usize = 3;

    pub(super) fn examples(&self) -> usize {
        self.examples.unwrap_or(Self::EXAMPLES)
    }

    /// The definitions, if all of them make sense.
    pub(super) fn chosen(&self) -> Result<Vec<Profile>> {
        let refuse = |text: String| Err(Error::new(Code::InvalidOption, text));
        let Some(asked) = &self.profiles else {
            return Ok(Profile::names().filter_map(Profile::built_in).collect());
        };
        let mut chosen: Vec<Profile> = Vec::new();
        let mut wrong = Vec::new();
        for ask in asked {
            let profile = match ask {
                ProfileAsk::Own(own) => (**own).clone(),
                ProfileAsk::Named(name) => {
                    let Some(profile) = Profile::built_in(name) else {
                        let known: Vec<&str> = Profile::names().collect();
                        wrong.push(format!("there is no profile \"{name}\"; there are {}", known.join(", ")));
                        continue;
                    };
                    profile
                }
            };
            if chosen.iter().any(|other| other.name == profile.name) {
                wrong.push(format!("two profiles are called \"{}\"; give each a name of its own", profile.name));
            }
            wrong.extend(profile.problems());
            chosen.push(profile);
        }
        if asked.is_empty() {
            wrong.push("the list is empty; name a profile, or leave it out for all six".to_owned());
        }
        if wrong.is_empty() { Ok(chosen) } else { refuse(format!("`profiles`: {}.", wrong.join("; "))) }
    }
}
