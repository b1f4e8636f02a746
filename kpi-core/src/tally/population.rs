//! Populations: which of the three handlings' cells a figure adds up.

/// Whose contacts a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// Everybody's.
    All,
    /// Only AI worked on them.
    Ai,
    /// Only people worked on them.
    Human,
    /// AI first, then people.
    AiToHuman,
    /// AI took part.
    AiFronted,
    /// People closed them.
    People,
}

impl Population {
    /// Every population.
    pub const ALL: [Self; 6] = [Self::All, Self::Ai, Self::Human, Self::AiToHuman, Self::AiFronted, Self::People];

    /// The name in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Ai => "ai",
            Self::Human => "human",
            Self::AiToHuman => "ai_to_human",
            Self::AiFronted => "ai_fronted",
            Self::People => "people",
        }
    }

    /// In words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::All => "all contacts",
            Self::Ai => "only AI",
            Self::Human => "only people",
            Self::AiToHuman => "AI, then people",
            Self::AiFronted => "AI took part",
            Self::People => "closed by people",
        }
    }

    /// Which of the three handlings (AI, people, AI to people) belong to it.
    pub const fn handlings(self) -> &'static [usize] {
        match self {
            Self::All => &[0, 1, 2],
            Self::Ai => &[0],
            Self::Human => &[1],
            Self::AiToHuman => &[2],
            Self::AiFronted => &[0, 2],
            Self::People => &[1, 2],
        }
    }
}
