//! From rows to a tally: clerks go through the rows, drawers are closed, and what was counted becomes groups.

use super::clerk::{Clerk, Desk};
use super::costs;
use super::measures::Plan;
use super::state::{RowCounts, Tally};
use super::sum_up::{Shared, sum_up};
use crate::calendar::OpenHours;
use crate::check::{Ids, Known, OwnCurrency, SideTables, Span, error_of, rows_sharing};
use crate::error::{Code, Error, Result};
use crate::facts::returns::Windows;
use crate::facts::rows::{HOUR, Settings};
use crate::facts::service::Policy;
use crate::facts::stories::{Story, note_returns};
use crate::input::source::{Source, read_all};
use crate::input::text::Amount;
use crate::input::watch::Watched;
use crate::input::{Column, Limits, Table, Tables};
use crate::options::{LaborRate, OnInvalid, Options};
use crate::units::Instant;

/// Counts the sound, in-scope rows of an input: `contacts`, and the costs, accounts, signals and fixes of `tables`.
///
/// # Errors
/// When rows break rules (unless they are quarantined), the input passes the limits, or it cannot be read.
pub fn count(
    contacts: &dyn Source,
    tables: &Tables<'_>,
    options: &Options,
    limits: &Limits,
    plan: &Plan,
) -> Result<Tally> {
    counted(contacts, tables, options, limits, plan, false).map(|(tally, _)| tally)
}

/// The same, with what happened to each used contact, in the order of the rows. It takes one thread, and some 300 bytes
/// a contact.
///
/// # Errors
/// As [`count`].
pub fn stories(
    contacts: &dyn Source,
    tables: &Tables<'_>,
    options: &Options,
    limits: &Limits,
    plan: &Plan,
) -> Result<(Tally, Vec<Story>)> {
    let (tally, mut stories) =
        counted(contacts, tables, options, &Limits { threads: 1, ..limits.clone() }, plan, true)?;
    note_returns(&mut stories);
    Ok((tally, stories))
}

fn counted(
    contacts: &dyn Source,
    tables: &Tables<'_>,
    options: &Options,
    limits: &Limits,
    plan: &Plan,
    telling: bool,
) -> Result<(Tally, Vec<Story>)> {
    limits.check_rows(Table::Interactions, usize::try_from(contacts.rows()).unwrap_or(usize::MAX))?;
    let contacts = &Watched::new(contacts, &limits.watch);
    let mut sides = SideTables::check(tables, options, limits)?;
    let (entries, pins) = costs::read(tables, &sides, options);
    let most = usize::try_from(contacts.rows() / limits.rows_a_thread.max(1)).unwrap_or(usize::MAX);
    let threads = limits.threads.min(most).min(contacts.pieces()).max(1);
    let mut settings = settings(options);
    let mut known = Known {
        as_of: options.as_of,
        currency: options.currency.clone().map_or(OwnCurrency::Any, OwnCurrency::Is),
        duplicates: Vec::new(),
    };
    // Opening hours are laid out for the time that the rows span, and service levels judge open contacts by the moment
    // the data was taken; both are known only after a first look.
    let mut counting = options.business_hours.is_none() && options.sla.is_none();
    let mut ids_are_known = false;
    loop {
        let (settings_now, rows) = (&settings, contacts.rows());
        let desk = Desk { options, plan, settings: settings_now, known: &known, pins: &pins, rows, counting, telling };
        let mut clerks: Vec<Clerk<'_>> = (0..threads).map(|_| Clerk::new(&desk)).collect();
        read_all(contacts, &mut clerks, Clerk::add)?;
        let mut learned = known.clone();
        let ids: Vec<Ids> = clerks.iter_mut().map(|clerk| std::mem::take(&mut clerk.ids)).collect();
        if !std::mem::replace(&mut ids_are_known, true) && !Ids::are_unique(ids) {
            learned.duplicates = rows_sharing(contacts, Column::Id, threads)?;
        }
        if known.currency == OwnCurrency::Any && currency_of(&clerks).is_mixed() {
            learned.currency = OwnCurrency::Undecided;
        }
        if learned != known {
            drop(clerks);
            known = learned;
            continue;
        }
        let mut span = sides.span;
        for clerk in &clerks {
            span.merge(clerk.checker.span);
        }
        if counting {
            let stories = clerks.iter_mut().flat_map(|clerk| std::mem::take(&mut clerk.stories)).collect();
            let mut tally = finish(clerks, &mut sides, span, &desk, limits, threads)?;
            tally.costs = entries;
            let Tally { revenue, present, digest, .. } = &mut tally;
            revenue.read(tables, &sides, options, plan, present, digest);
            return Ok((tally, stories));
        }
        drop(clerks);
        settings.as_of = options.as_of.map_or_else(|| span.nanos().map_or(0, |(_, to)| to), Instant::nanos);
        settings.open_hours = open_hours(options, span)?;
        counting = true;
    }
}

/// The currencies that rows are in.
enum Currency {
    None,
    One(String),
    Several,
}

impl Currency {
    const fn is_mixed(&self) -> bool {
        matches!(self, Self::Several)
    }
}

fn currency_of(clerks: &[Clerk<'_>]) -> Currency {
    let mut found = Currency::None;
    for code in clerks.iter().flat_map(|clerk| clerk.checker.currencies_seen()) {
        match &found {
            Currency::None => found = Currency::One(code.to_owned()),
            Currency::One(one) if one == code => {}
            _ => return Currency::Several,
        }
    }
    found
}

fn settings(options: &Options) -> Settings {
    Settings {
        as_of: options.as_of.map_or(0, Instant::nanos),
        window: i64::from(options.recontact_hours) * HOUR,
        low_confidence: Amount::from_decimal(options.low_confidence_threshold),
        open_hours: None,
        policy: options.sla.as_deref().map(Policy::new),
        labor: options.labor.as_ref().and_then(LaborRate::new),
        zones: options.zones(),
    }
}

fn open_hours(options: &Options, span: Span) -> Result<Option<OpenHours>> {
    let (Some(hours), Some((from, to))) = (&options.business_hours, span.ends()) else { return Ok(None) };
    let to = options.as_of.map_or(to, |at| at.max(to));
    let hours = OpenHours::spanning(hours, options.zone(), from, to);
    hours
        .map(Some)
        .map_err(|problems| Error::new(Code::InvalidOption, format!("`business_hours`: {}.", problems.join("; "))))
}

/// A contact that is on two sides would be held against itself.
fn refuse_two_sides(clerks: &[Clerk<'_>]) -> Result<()> {
    let Some(id) = clerks.iter().filter_map(|clerk| clerk.sorter.twice.as_ref()).min() else { return Ok(()) };
    let text = format!(
        "Contact \"{}\" is on both sides, and others may be. Make the sides exclude one another: give each other values in `when`, or let one end (`until`) where the other begins (`from`).",
        String::from_utf8_lossy(id)
    );
    Err(Error::new(Code::InvalidOption, text))
}

/// Everything after the last row.
fn finish(
    mut clerks: Vec<Clerk<'_>>,
    sides: &mut SideTables,
    span: Span,
    desk: &Desk<'_>,
    limits: &Limits,
    threads: usize,
) -> Result<Tally> {
    span.check(limits)?;
    let options = desk.options;
    let mut findings = std::mem::take(&mut sides.findings);
    let (mut opened, mut used, mut broken) = (Span::default(), [0; 2], 0);
    for clerk in &mut clerks {
        findings.merge(std::mem::take(&mut clerk.checker.findings));
        opened.merge(clerk.opened);
        used.iter_mut().zip(clerk.used).for_each(|(a, b)| *a += b);
        broken += clerk.checker.broken_rows;
    }
    let problems = findings.finish();
    if options.on_invalid == OnInvalid::Error && !problems.is_empty() {
        return Err(error_of(problems));
    }
    refuse_two_sides(&clerks)?;
    let as_of = options.as_of.or_else(|| span.ends().map(|(_, to)| to));
    let currency = match (&desk.known.currency, currency_of(&clerks)) {
        (OwnCurrency::Is(own), _) => own.clone(),
        (OwnCurrency::Any, Currency::One(own)) => own,
        _ => "USD".into(),
    };
    let (rows_used, rows_out_of_scope) = (used[0], used[1]);
    let found = Options { as_of, currency: Some(currency), ..options.clone() };
    let mut tally = Tally {
        counts: RowCounts { rows_in: desk.rows, rows_used, rows_quarantined: broken, rows_out_of_scope },
        opened: opened.nanos(),
        problems,
        pins: desk.pins.to_vec(),
        ..Tally::empty(found, desk.plan.clone())
    };
    let windows = Windows { own: desk.settings.window, as_of: as_of.map_or(0, Instant::nanos) };
    let shared = Shared::of(&clerks);
    let closing = shared.close(&mut clerks, &windows, threads, &limits.watch);
    limits.watch.check()?;
    sum_up(&mut tally, clerks, &shared, &closing, &windows);
    Ok(tally)
}
