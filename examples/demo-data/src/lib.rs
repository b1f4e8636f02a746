//! Half a year of a made-up support desk of a software company, always the same to the last byte: the demo data of
//! `supportkpi`. The README says what is planted in it.

mod accounts;
mod assistants;
mod calendar;
mod contact;
mod csv;
mod customers;
mod desk;
mod dice;
mod feedback;
mod fixes;
mod interactions;
mod ledger;
mod messy;
mod options;
mod signals;
mod stages;
mod story;
mod topics;
mod usage;

/// Every file of the bundle with its name.
pub fn bundle() -> Vec<(&'static str, String)> {
    let half_year = desk::HalfYear::live();
    let interactions = interactions::table(&half_year);
    let contracts = accounts::contracts(&half_year);
    vec![
        ("interactions.csv", interactions.to_csv()),
        ("costs.csv", ledger::table().to_csv()),
        ("accounts.csv", accounts::table(&half_year, &contracts).to_csv()),
        ("signals.csv", signals::table(&half_year, &contracts).to_csv()),
        ("fixes.csv", fixes::table(&half_year).to_csv()),
        ("options.json", options::JSON.to_owned()),
        ("messy.csv", messy::table(&interactions).to_csv()),
    ]
}
