//! What became of the companies' contracts.

use crate::calendar::{AS_OF, DAY, FIRST_MOMENT, Moment, stamp};
use crate::contact::{Contact, Handling};
use crate::csv::{Table, cell};
use crate::customers::Company;
use crate::desk::HalfYear;
use crate::dice::Dice;

/// What became of one company's contract, in whole dollars.
#[derive(Debug)]
pub struct Contract {
    /// Of the revenue at the start, what is still there.
    pub retained: i64,
    /// What came on top.
    pub expansion: i64,
    /// It left.
    pub churned: bool,
    /// It left, shrank, or was judged likely to.
    pub at_risk: bool,
    /// When it renews.
    renewal: Option<Moment>,
}

/// Every company's contract. Those with at least one solved by AI alone do a little better.
pub fn contracts(half_year: &HalfYear) -> Vec<Contract> {
    let mut is_served = vec![false; half_year.book.companies.len()];
    for contact in half_year.contacts.iter().filter(|contact| is_verified(contact)) {
        if let Some(customer) = contact.customer {
            is_served[half_year.book.customers[customer].company] = true;
        }
    }
    let companies = half_year.book.companies.iter().zip(is_served).zip(0..);
    companies.map(|((company, is_served), number)| contract(company, is_served, number)).collect()
}

fn is_verified(contact: &Contact) -> bool {
    let is_silent = !contact.truth.came_back && contact.closed.is_some_and(|closed| closed + 3 * DAY <= AS_OF);
    contact.handling == Handling::Ai && contact.is_resolved() && contact.confirmed.unwrap_or(is_silent)
}

fn contract(company: &Company, is_served: bool, number: u64) -> Contract {
    let mut dice = Dice::of("contract", number);
    let churned = dice.chance(if is_served { 38 } else { 62 });
    let shrunk = !churned && dice.chance(85);
    let grew = !churned && !shrunk && dice.chance(if is_served { 470 } else { 300 });
    let kept = match (churned, shrunk) {
        (true, _) => 0,
        (_, true) => dice.between(55, 95),
        _ => 100,
    };
    let grown = if grew { dice.between(6, 46) } else { 0 };
    let is_judged = dice.chance(55);
    let renewal = FIRST_MOMENT + dice.between(if churned { 40 } else { 186 }, if churned { 180 } else { 540 }) * DAY;
    Contract {
        retained: company.revenue * kept / 100,
        expansion: company.revenue * grown / 100,
        churned,
        at_risk: churned || shrunk || is_judged,
        renewal: Some(renewal).filter(|_| !dice.chance(60)),
    }
}

/// The table.
pub fn table(half_year: &HalfYear, contracts: &[Contract]) -> Table {
    const HEADER: &[&str] = &[
        "account_id",
        "segment",
        "starting_arr",
        "retained_arr",
        "expansion_arr",
        "churned",
        "at_risk",
        "renewal_date",
    ];
    let mut table = Table::with(HEADER);
    for (company, contract) in half_year.book.companies.iter().zip(contracts) {
        table.rows.push(vec![
            company.id.clone(),
            company.segment.into(),
            company.revenue.to_string(),
            contract.retained.to_string(),
            contract.expansion.to_string(),
            contract.churned.to_string(),
            contract.at_risk.to_string(),
            cell(contract.renewal.map(stamp)),
        ]);
    }
    table
}
