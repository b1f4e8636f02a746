//! Contacts of one customer are alike: intervals that know it, with the option `cluster`.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

mod lot;

use kpi_core::compare::WarningsAsk;
use kpi_core::kpis::Population;
use kpi_core::report::Value;
use kpi_core::{Handling, Instant, Interaction, Limits, Options, Outcome, Tables, report, tally, trends, warnings};
use lot::Lot;

const MINUTE: i64 = 60_000_000_000;
const HOUR: i64 = 60 * MINUTE;

/// One contact of AI alone that took so many seconds.
fn contact(id: usize, customer: &str, resolved: bool, seconds: i64) -> Interaction {
    let opened = Instant::from_nanos(i64::try_from(id).unwrap() * HOUR);
    let outcome = if resolved { Outcome::Resolved } else { Outcome::Unresolved };
    Interaction {
        customer_id: (!customer.is_empty()).then(|| customer.to_owned()),
        ai_handle_seconds: Some(seconds.into()),
        language: Some(if id.is_multiple_of(2) { "en" } else { "de" }.into()),
        ..Interaction::new(id.to_string(), Handling::Ai, opened)
            .closed(Instant::from_nanos(opened.nanos() + MINUTE), outcome)
    }
}

/// Of each customer: how many contacts, how many of them resolved.
fn desk(customers: &[(usize, usize)]) -> Vec<Interaction> {
    let own = customers.iter().enumerate().flat_map(|(customer, (all, resolved))| {
        (0..*all).map(move |n| (format!("k{customer}"), n < *resolved, i64::try_from(10 * customer + n).unwrap()))
    });
    own.enumerate().map(|(id, (customer, resolved, seconds))| contact(id, &customer, resolved, seconds)).collect()
}

const ALIKE: [(usize, usize); 8] = [(3, 3), (3, 0), (2, 2), (4, 1), (5, 5), (1, 0), (2, 2), (4, 4)];

fn options(cluster: Option<&str>) -> Options {
    Options {
        kpis: Some(vec!["resolution_rate".into(), "handle_time_mean".into(), "interactions".into()]),
        cluster: cluster.map(str::to_owned),
        ..Options::default()
    }
}

fn found(rows: &[Interaction], options: &Options, id: &str, by: &[(&str, Option<&str>)]) -> Value {
    let report = report(&Tables::of(rows), options, &Limits::default()).unwrap();
    report.value(id, Population::Ai, by, None).unwrap().clone()
}

fn close(found: f64, theirs: f64) {
    assert!((found - theirs).abs() < 1e-9, "{found} instead of {theirs}");
}

#[test]
fn a_proportion_has_the_spread_of_customers() {
    let value = found(&desk(&ALIKE), &options(Some("customer_id")), "resolution_rate", &[]);
    assert_eq!((value.counts(), value.method), (Some((17, 24)), Some("wilson_clustered")));
    // x = contacts and y = resolved ones of each customer, m = 8, p = 17/24:
    // v = m/(m-1) * ((y - p*x)**2).sum() / x.sum()**2; deff = v / (p*(1-p)/24)
    // statsmodels.stats.proportion.proportion_confint(17/deff, 24/deff, method="wilson")
    let interval = value.interval.unwrap();
    close(interval.low, 0.369_982_472_754);
    close(interval.high, 0.909_446_752_002);
    let plain = found(&desk(&ALIKE), &options(None), "resolution_rate", &[]).interval.unwrap();
    assert!(interval.high - interval.low > plain.high - plain.low);
}

#[test]
fn a_mean_has_the_spread_of_customers() {
    let value = found(&desk(&ALIKE), &options(Some("customer_id")), "handle_time_mean", &[]);
    assert_eq!(value.method, Some("normal_clustered"));
    // statsmodels.api.OLS(seconds, ones).fit(cov_type="cluster", cov_kwds={"groups": customer, "use_correction": False})
    // .bse[0] * sqrt(8/7), and scipy.stats.norm.ppf(0.975) of them on either side
    close(value.interval.unwrap().low, 18.459_895_798_708);
    close(value.interval.unwrap().high, 54.040_104_201_292);
}

#[test]
fn customers_who_came_once_change_next_to_nothing() {
    let once: Vec<(usize, usize)> = (0..200).map(|n| (1, usize::from(n % 3 > 0))).collect();
    let clustered = found(&desk(&once), &options(Some("customer_id")), "resolution_rate", &[]).interval.unwrap();
    let plain = found(&desk(&once), &options(None), "resolution_rate", &[]).interval.unwrap();
    assert!((clustered.low - plain.low).abs() < 0.001 && (clustered.high - plain.high).abs() < 0.001);
}

#[test]
fn each_group_has_its_own_and_counts_have_none() {
    let grouped = Options { by: vec!["language".into()], ..options(Some("customer_id")) };
    let english = found(&desk(&ALIKE), &grouped, "resolution_rate", &[("language", Some("en"))]);
    let alone: Vec<Interaction> =
        desk(&ALIKE).into_iter().filter(|row| row.language.as_deref() == Some("en")).collect();
    assert_eq!(english.interval, found(&alone, &options(Some("customer_id")), "resolution_rate", &[]).interval);
    let total = found(&desk(&ALIKE), &grouped, "resolution_rate", &[]);
    assert_eq!(total.interval, found(&desk(&ALIKE), &options(Some("customer_id")), "resolution_rate", &[]).interval);
    assert_eq!(found(&desk(&ALIKE), &grouped, "interactions", &[]).interval, None);
}

#[test]
fn contacts_of_unknown_customers_are_each_one_of_their_own() {
    let mut rows = desk(&ALIKE);
    let singles: Vec<(usize, usize)> = ALIKE.into_iter().chain([(1, 1), (1, 1), (1, 0)]).collect();
    rows.extend((0..3).map(|n| contact(24 + n, "", n < 2, 80)));
    let options = options(Some("customer_id"));
    let value = found(&rows, &options, "resolution_rate", &[]);
    assert_eq!(value.interval, found(&desk(&singles), &options, "resolution_rate", &[]).interval);
    assert_eq!(found(&rows, &options, "handle_time_mean", &[]).method, Some("normal_clustered"));
}

#[test]
fn where_it_would_be_passed_over_it_is_refused() {
    let rows = desk(&ALIKE);
    let (tables, options, limits) = (Tables::of(&rows), options(Some("customer_id")), Limits::default());
    let every = Options { every: Some(kpi_core::calendar::Every::Day), ..options.clone() };
    assert_eq!(
        trends(&tables, &every, &limits).unwrap_err().to_string(),
        "`cluster` is for the intervals of a report; leave it out for trends, which take each contact for itself."
    );
    assert!(warnings(&tables, &every, &WarningsAsk::default(), &limits).is_err());
    let part = Options { as_of: Some(Instant::from_nanos(HOUR)), currency: Some("USD".into()), ..options.clone() };
    assert!(tally(&tables, &part, &limits).unwrap_err().to_string().contains("`cluster` needs all contacts at once"));
    let both = Options { by: vec!["customer_id".into()], ..options };
    assert_eq!(
        report(&tables, &both, &limits).unwrap_err().to_string(),
        "`cluster` and `by` both name \"customer_id\"; a group that is one cluster has no spread."
    );
}

/// A customer's matters are all easy or all hard. Of 1,000 intervals that cover in 95 %, fewer than 93 % do once in 500 times.
#[test]
fn clustered_intervals_hold_the_truth_and_plain_ones_do_not() {
    let truth = 0.6 * 0.95 + 0.4 * 0.3;
    let mut lot = Lot(11);
    let (mut clustered, mut plain) = (0, 0);
    for _ in 0..1000 {
        let customers: Vec<(usize, usize)> = (0..70)
            .map(|_| {
                let share = if lot.hits(1, 0.6) == 1 { 0.95 } else { 0.3 };
                let all = if lot.hits(1, 0.5) == 1 { 2 } else { 5 };
                (all, lot.hits(all, share))
            })
            .collect();
        let rows = desk(&customers);
        let holds = |cluster| {
            let asked = Options { kpis: Some(vec!["resolution_rate".into()]), ..options(cluster) };
            let interval = found(&rows, &asked, "resolution_rate", &[]).interval.unwrap();
            u32::from(interval.low <= truth && truth <= interval.high)
        };
        clustered += holds(Some("customer_id"));
        plain += holds(None);
    }
    assert!((930..=970).contains(&clustered), "{clustered}");
    assert!(plain < 930, "{plain}");
}
