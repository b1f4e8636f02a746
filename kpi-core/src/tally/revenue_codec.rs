//! The revenue part of a tally as bytes.

use super::bytes::{Reader, Writer, corrupt};
use super::revenue::{AccountFacts, FixFacts, Revenue, SignalFacts};
use crate::error::Result;
use crate::units::Day;

pub(super) fn write(revenue: &Revenue, w: &mut Writer) {
    w.list(revenue.accounts.iter(), |w, (id, a)| {
        w.text(id);
        for sum in [&a.starting, &a.retained, &a.expansion] {
            w.option(sum.as_ref(), Writer::sum);
        }
        w.flag(a.at_risk);
        w.option(a.renews.as_ref(), |w, day| w.signed(i64::from(day.0)));
    });
    w.list(revenue.served.iter(), |w, id| w.text(id));
    for s in &revenue.signals {
        for n in [s.count, s.good, s.bad, s.same_day, s.valued, s.good_valued, s.labelled] {
            w.count(n);
        }
        w.sum(&s.value);
        w.sum(&s.good_value);
    }
    w.list(revenue.churn_accounts.iter(), |w, id| w.text(id));
    w.list(revenue.wishes.iter(), |w, (wish, accounts)| {
        w.text(wish);
        w.list(accounts.iter(), |w, id| w.text(id));
    });
    w.list(revenue.fixes.iter(), |w, (id, fix)| {
        w.text(id);
        w.option(fix.took.as_ref(), |w, nanos| w.signed(*nanos));
        w.flag(fix.recurred);
    });
}

pub(super) fn read(r: &mut Reader<'_>) -> Result<Revenue> {
    let accounts = r.list(|r| Ok((r.text()?, read_account(r)?)))?;
    let served = r.list(Reader::text)?;
    let mut signals: [SignalFacts; 4] = Default::default();
    for signal in &mut signals {
        *signal = SignalFacts {
            count: r.count()?,
            good: r.count()?,
            bad: r.count()?,
            same_day: r.count()?,
            valued: r.count()?,
            good_valued: r.count()?,
            labelled: r.count()?,
            value: r.sum()?,
            good_value: r.sum()?,
        };
    }
    Ok(Revenue {
        accounts,
        served,
        signals,
        churn_accounts: r.list(Reader::text)?,
        wishes: r.list(|r| Ok((r.text()?, r.list(Reader::text)?)))?,
        fixes: r.list(|r| Ok((r.text()?, FixFacts { took: r.option(Reader::signed)?, recurred: r.flag()? })))?,
    })
}

fn read_account(r: &mut Reader<'_>) -> Result<AccountFacts> {
    Ok(AccountFacts {
        starting: r.option(Reader::sum)?,
        retained: r.option(Reader::sum)?,
        expansion: r.option(Reader::sum)?,
        at_risk: r.flag()?,
        renews: r.option(|r| i32::try_from(r.signed()?).map(Day).map_err(|_| corrupt()))?,
    })
}
