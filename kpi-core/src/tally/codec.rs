//! A tally as bytes: magic, version, checksum, then everything in an order that does not depend on how it was gathered.

use super::bytes::{Reader, Writer, corrupt};
use super::cell::{Bin, Cell, Sample, Sessions, Sum};
use super::costs::CostEntry;
use super::measures::Plan;
use super::progress::Progress;
use super::state::{Group, RowCounts, Tally, Topic};
use crate::error::{Code, Error, Example, Problem, Result};
use crate::input::{Column, Table};
use crate::options::{Options, Quantiles};
use crate::units::{Clusters, Moments};
use sha2::{Digest, Sha256};

const MAGIC: &[u8; 8] = b"SKPITALY";
/// The version of the layout; older ones are refused by the catalogue's version, newer ones by this.
const VERSION: u8 = 2;

impl Tally {
    /// The state as bytes, the same for the same rows in any order.
    pub fn encode(&self, catalogue: &str) -> Vec<u8> {
        let mut w = Writer::default();
        w.text(catalogue);
        w.text(&serde_json::to_string(&self.options).unwrap_or_default());
        self.write_groups(&mut w);
        self.write_rest(&mut w);
        super::revenue_codec::write(&self.revenue, &mut w);
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend_from_slice(&Sha256::digest(&w.0));
        bytes.extend_from_slice(&w.0);
        bytes
    }

    /// The state back from bytes; `plan` says what the options ask for.
    ///
    /// # Errors
    /// When the bytes are no tally, were changed, or come from a newer version or another catalogue.
    pub fn decode(bytes: &[u8], catalogue: &str, plan: impl FnOnce(&Options) -> Result<Plan>) -> Result<Self> {
        let body = open(bytes)?;
        let mut r = Reader(body);
        let theirs = r.text()?;
        if theirs != catalogue {
            let text = format!(
                "The tally was made with catalogue {theirs}, and this is {catalogue}. Make it again from the rows."
            );
            return Err(Error::new(Code::OptionsDiffer, text));
        }
        let options: Options = serde_json::from_str(&r.text()?).map_err(|_| corrupt())?;
        let plan = plan(&options)?;
        let mut tally = Self::empty(options, plan);
        tally.read_pins(&mut r)?;
        tally.read_groups(&mut r)?;
        tally.read_rest(&mut r)?;
        tally.revenue = super::revenue_codec::read(&mut r)?;
        if r.0.is_empty() { Ok(tally) } else { Err(corrupt()) }
    }

    fn write_groups(&self, w: &mut Writer) {
        w.list(self.pins.iter(), |w, pins| {
            w.list(pins.iter(), |w, (name, value)| {
                w.text(name);
                w.text(value);
            });
        });
        w.list(self.groups.iter(), |w, ((combination, period), group)| {
            write_combination(w, combination);
            w.signed(*period);
            group.outcomes.iter().for_each(|n| w.count(*n));
            group.cells.iter().for_each(|cell| write_cell(w, cell));
        });
        w.list(self.in_progress.iter(), |w, (combination, spans)| {
            write_combination(w, combination);
            for which in [0, 1] {
                w.ascending(&spans.seconds(which));
            }
        });
    }

    fn read_pins(&mut self, r: &mut Reader<'_>) -> Result<()> {
        self.pins = r.list(|r| r.list(|r| Ok((r.text()?, r.text()?))))?;
        Ok(())
    }

    fn read_groups(&mut self, r: &mut Reader<'_>) -> Result<()> {
        let sketch = self.options.quantiles == Quantiles::Sketch;
        let empty = Cell::new(&self.plan, sketch, self.pins.len());
        for _ in 0..r.len()? {
            let key = (read_combination(r)?, r.signed()?);
            let mut group = Group::new(&self.plan, sketch, self.pins.len());
            for n in &mut group.outcomes {
                *n = r.count()?;
            }
            for cell in &mut group.cells {
                *cell = read_cell(r, &empty)?;
            }
            self.groups.insert(key, group);
        }
        self.in_progress = r.list(|r| {
            let combination = read_combination(r)?;
            let (starts, ends) = (r.ascending()?, r.ascending()?);
            Ok((combination, Progress::from_seconds(&starts, &ends)))
        })?;
        Ok(())
    }

    fn write_rest(&self, w: &mut Writer) {
        w.list(self.topics.iter(), |w, (issue, topic)| {
            w.text(issue);
            w.signed(topic.first_period);
            w.list(topic.contacts.iter(), |w, (combination, n)| {
                write_combination(w, combination);
                w.count(*n);
            });
        });
        w.list(self.costs.iter(), |w, c| {
            w.text(&c.layer);
            w.flag(c.of_ai);
            w.sum(&c.amount);
            w.signed(c.start);
            w.signed(c.end);
            w.count(c.pins as u64);
        });
        let c = &self.counts;
        for n in [c.rows_in, c.rows_used, c.rows_quarantined, c.rows_out_of_scope] {
            w.count(n);
        }
        w.list(self.problems.iter(), write_problem);
        w.option(self.opened.as_ref(), |w, (first, last)| {
            w.signed(*first);
            w.signed(*last);
        });
        w.list(self.present.iter(), |w, column| w.text(&column.full_name()));
        w.raw(&self.digest.to_bytes());
    }

    fn read_rest(&mut self, r: &mut Reader<'_>) -> Result<()> {
        self.topics = r.list(|r| {
            let issue = r.text()?;
            let first_period = r.signed()?;
            let contacts = r.list(|r| Ok((read_combination(r)?, r.count()?)))?;
            Ok((issue, Topic { first_period, contacts }))
        })?;
        self.costs = r.list(|r| {
            Ok(CostEntry {
                layer: r.text()?,
                of_ai: r.flag()?,
                amount: r.sum()?,
                start: r.signed()?,
                end: r.signed()?,
                pins: usize::try_from(r.count()?).map_err(|_| corrupt())?,
            })
        })?;
        self.counts = RowCounts {
            rows_in: r.count()?,
            rows_used: r.count()?,
            rows_quarantined: r.count()?,
            rows_out_of_scope: r.count()?,
        };
        self.problems = r.list(read_problem)?;
        self.opened = r.option(|r| Ok((r.signed()?, r.signed()?)))?;
        self.present = r.list(|r| {
            let name = r.text()?;
            Column::ALL.iter().copied().find(|c| c.full_name() == name).ok_or_else(corrupt)
        })?;
        self.digest = super::digest::Digest::from_bytes(r.raw(32)?);
        Ok(())
    }
}

/// Magic, version and checksum, each with its own error.
fn open(bytes: &[u8]) -> Result<&[u8]> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        return Err(Error::new(Code::StateCorrupt, "These bytes are no tally of supportkpi."));
    };
    match rest.split_first() {
        Some((&VERSION, rest)) => {
            let (sum, body) = rest.split_at_checked(32).ok_or_else(corrupt)?;
            if sum == Sha256::digest(body).as_slice() { Ok(body) } else { Err(corrupt()) }
        }
        Some((newer, _)) if *newer > VERSION => {
            let text = format!(
                "The tally has layout {newer}, and this version of supportkpi reads up to {VERSION}. Update supportkpi."
            );
            Err(Error::new(Code::StateNewer, text))
        }
        _ => Err(corrupt()),
    }
}

fn write_combination(w: &mut Writer, combination: &[Option<String>]) {
    w.list(combination.iter(), |w, value| w.option(value.as_ref(), |w, text| w.text(text)));
}

fn read_combination(r: &mut Reader<'_>) -> Result<Vec<Option<String>>> {
    r.list(|r| r.option(Reader::text))
}

fn write_problem(w: &mut Writer, problem: &Problem) {
    w.text(problem.table);
    w.text(problem.rule);
    w.count(problem.count);
    w.list(problem.examples.iter(), |w, e| {
        w.count(e.row);
        w.option(e.id.as_ref(), |w, t| w.text(t));
        w.text(&e.column);
        w.option(e.value.as_ref(), |w, t| w.text(t));
    });
}

fn read_problem(r: &mut Reader<'_>) -> Result<Problem> {
    let (table, rule) = (r.text()?, r.text()?);
    Ok(Problem {
        table: Table::ALL.iter().map(|t| t.name()).find(|t| *t == table).ok_or_else(corrupt)?,
        rule: crate::check::RULES.iter().map(|known| known.name).find(|known| *known == rule).ok_or_else(corrupt)?,
        count: r.count()?,
        examples: r.list(|r| {
            Ok(Example {
                row: r.count()?,
                id: r.option(Reader::text)?,
                column: r.text()?,
                value: r.option(Reader::text)?,
            })
        })?,
    })
}

fn write_cell(w: &mut Writer, cell: &Cell) {
    w.count(cell.rows);
    w.list(cell.counts.iter(), |w, n| w.count(*n));
    w.list(cell.spreads.iter(), |w, m| w.raw(&m.to_bytes()));
    w.list(cell.parts.iter(), |w, m| w.raw(&m.to_bytes()));
    w.list(cell.totals.iter(), |w, t| {
        w.sum(&t.amount);
        w.count(t.known);
    });
    w.list(cell.times.iter(), |w, sample| match sample {
        Sample::Exact(_) => w.ascending(&sample.sorted()),
        Sample::Sketch(buckets) => w.list(buckets.iter(), |w, (bucket, n)| {
            w.count(u64::from(*bucket));
            w.count(*n);
        }),
    });
    w.list(cell.breakdowns.iter(), |w, found| {
        w.list(found.iter(), |w, (key, n)| {
            w.text(key);
            w.count(*n);
        });
    });
    w.list(cell.binned.iter(), |w, bins| {
        w.list(bins.iter(), |w, bin| {
            w.count(bin.rows);
            w.count(bin.hits);
            w.sum(&bin.sum);
        });
    });
    let s = cell.sessions;
    for n in [s.all, s.mature, s.held, s.maturing] {
        w.count(n);
    }
    w.list(cell.human_agents.iter(), |w, agent| w.text(agent));
    w.list(cell.carriers.iter(), |w, n| w.count(*n));
}

fn read_cell(r: &mut Reader<'_>, like: &Cell) -> Result<Cell> {
    let sketch = like.times.first().is_some_and(|s| matches!(s, Sample::Sketch(_)));
    Ok(Cell {
        rows: r.count()?,
        counts: r.exactly(like.counts.len(), Reader::count)?,
        spreads: r.exactly(like.spreads.len(), |r| Moments::from_bytes(r.raw(Moments::BYTES)?).ok_or_else(corrupt))?,
        parts: r.exactly(like.parts.len(), |r| Clusters::from_bytes(r.raw(Clusters::BYTES)?).ok_or_else(corrupt))?,
        totals: r.exactly(like.totals.len(), |r| Ok(Sum { amount: r.sum()?, known: r.count()? }))?,
        times: r.exactly(like.times.len(), |r| read_sample(r, sketch))?,
        breakdowns: r.exactly(like.breakdowns.len(), |r| r.list(|r| Ok((r.text()?, r.count()?))))?,
        binned: r.exactly(like.binned.len(), |r| {
            r.list(|r| Ok(Bin { rows: r.count()?, hits: r.count()?, sum: r.sum()? }))
        })?,
        sessions: Sessions { all: r.count()?, mature: r.count()?, held: r.count()?, maturing: r.count()? },
        human_agents: r.list(Reader::text)?,
        carriers: r.exactly(like.carriers.len(), Reader::count)?,
    })
}

fn read_sample(r: &mut Reader<'_>, sketch: bool) -> Result<Sample> {
    if sketch {
        return Ok(Sample::Sketch(r.list(|r| Ok((u32::try_from(r.count()?).map_err(|_| corrupt())?, r.count()?)))?));
    }
    Ok(Sample::of(r.ascending()?))
}
