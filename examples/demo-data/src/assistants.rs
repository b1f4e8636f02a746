//! The three AI agents, and what becomes of a contact in their hands.

use crate::calendar::{Moment, day_of, is_open};
use crate::contact::Outcome;
use crate::dice::Dice;
use crate::story;
use crate::topics::{Home, OUTAGE, Topic};

/// What one AI agent is like. All chances are in permille.
#[derive(Debug)]
pub struct Assistant {
    /// Its id in the data.
    pub name: &'static str,
    /// Problems that it truly solves, on an ordinary topic.
    skill: i64,
    /// What it does with those it does not solve: hand over, give up, lose the customer. The rest it calls solved.
    failing: [i64; 3],
    /// Problems it could have solved and hands over all the same.
    needless: i64,
    /// Confidence it shows, in hundredths, above what it should be when it is wrong.
    swagger: i64,
    /// Answers that are right.
    pub accuracy: i64,
    /// Handovers with the full context.
    pub context: i64,
    /// Handovers with a good summary.
    pub summary: i64,
}

/// Does most of the product questions, well and honestly.
pub static ARIA: Assistant = Assistant {
    name: "aria",
    skill: 780,
    failing: [620, 140, 120],
    needless: 40,
    swagger: 0,
    accuracy: 922,
    context: 870,
    summary: 900,
};

/// Calls nearly everything solved; many of its customers are back within three days.
pub static BILLING_BOT: Assistant = Assistant {
    name: "billing-bot",
    skill: 640,
    failing: [130, 30, 220],
    needless: 12,
    swagger: 16,
    accuracy: 858,
    context: 640,
    summary: 720,
};

/// Sorts and hands over a lot, and does that properly.
pub static TRIAGE: Assistant = Assistant {
    name: "triage",
    skill: 470,
    failing: [860, 50, 50],
    needless: 150,
    swagger: -4,
    accuracy: 922,
    context: 965,
    summary: 960,
};

/// The AI agent that a contact meets first.
pub fn first_in_line(topic: Option<&Topic>, channel: &str, dice: &mut Dice) -> &'static Assistant {
    let triage_share = match (topic.map(|topic| topic.home), channel) {
        (Some(Home::Billing), _) => return if dice.chance(80) { &TRIAGE } else { &BILLING_BOT },
        (Some(Home::Technical), _) => 430,
        (_, "voice") => 600,
        (_, "email") => 200,
        _ => 70,
    };
    if dice.chance(triage_share) { &TRIAGE } else { &ARIA }
}

/// What the AI makes of a contact.
#[derive(Debug)]
pub struct Verdict {
    /// The truth: it was within reach of the AI.
    pub within_reach: bool,
    /// How it ends, or why a person has to take over.
    pub ending: Result<Outcome, &'static str>,
    /// Confidence in hundredths.
    pub confidence: i64,
}

/// What a contact is like for the AI.
#[derive(Debug)]
pub struct Case<'a> {
    /// What it is about.
    pub topic: Option<&'a Topic>,
    /// Size of the customer's company.
    pub segment: Option<&'a str>,
    /// When it came in.
    pub opened: Moment,
    /// How often this customer has come with it before.
    pub attempt: u8,
}

impl Assistant {
    /// Whether it solves the case, what it says about it, and how sure it sounds.
    pub fn work_on(&self, case: &Case, dice: &mut Dice) -> Verdict {
        let day = day_of(case.opened);
        let solved = dice.chance(self.odds(case, day));
        let is_unsure = dice.chance(story::drift(day) * 75 / 1000 + 8);
        let ending = if is_unsure {
            Err("low_confidence")
        } else if solved {
            self.end_solved(dice)
        } else {
            self.end_unsolved(case, dice)
        };
        let confidence = self.confidence(solved, &ending, day, dice);
        Verdict { within_reach: solved, ending, confidence }
    }

    /// Chance of truly solving the case, in permille.
    fn odds(&self, case: &Case, day: i64) -> i64 {
        let model = if story::is_new_model(case.opened) { 50 } else { -30 };
        let segment = if case.segment == Some("enterprise") { -130 } else { 30 };
        let topic = case.topic.map_or(-20, |topic| topic.ease);
        let outage = if case.topic.is_some_and(|topic| topic.name == OUTAGE) { 500 } else { 90 };
        let odds = self.skill + model + segment + topic - 180 * i64::from(case.attempt);
        (odds - outage * story::incident(day) / 1000).clamp(40, 970)
    }

    fn end_solved(&self, dice: &mut Dice) -> Result<Outcome, &'static str> {
        if dice.chance(self.needless) {
            const WHY: &[(&str, i64)] =
                &[("customer_request", 520), ("low_confidence", 200), ("sentiment", 160), ("policy", 120)];
            return Err(dice.pick(WHY));
        }
        Ok(if dice.chance(24) { Outcome::Abandoned } else { Outcome::Resolved })
    }

    fn end_unsolved(&self, case: &Case, dice: &mut Dice) -> Result<Outcome, &'static str> {
        const WHY: &[(&str, i64)] = &[
            ("complexity", 300),
            ("customer_request", 210),
            ("low_confidence", 150),
            ("policy", 100),
            ("edge_case", 90),
            ("accuracy", 75),
            ("sentiment", 75),
        ];
        let [hand_over, give_up, lose] = self.failing;
        // At night nobody is there to hand over to, so a little more is lost or left unsolved.
        let hand_over = if is_open(case.opened) { hand_over } else { hand_over * 82 / 100 };
        let claim = 1000 - hand_over - give_up - lose;
        match dice.place([hand_over, give_up, lose, claim].into_iter()) {
            0 => Err(dice.pick(WHY)),
            1 => Ok(Outcome::Unresolved),
            2 => Ok(Outcome::Abandoned),
            _ => Ok(Outcome::Resolved),
        }
    }

    fn confidence(&self, solved: bool, ending: &Result<Outcome, &str>, day: i64, dice: &mut Dice) -> i64 {
        let shown = match ending {
            Err("low_confidence") => dice.bell(12, 49),
            _ if solved => dice.bell(62, 102),
            _ => dice.bell(38, 92) + self.swagger,
        };
        (shown - 5 * story::drift(day) / 1000).clamp(3, 99)
    }
}
