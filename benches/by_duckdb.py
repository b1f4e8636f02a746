"""The figures by hand in DuckDB, as somebody would write them who knows it well.

The queries follow the same plan as those for Polars: a cube for all that adds up, and a narrow table for returns,
distributions, quantiles and peaks.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

from figures import BINS, HANDLINGS, IN_TOTAL, QUANTILES, RETURNS, SUMS, Answer, Found, Group, work_out

HOUR = 3_600_000_000
SECONDS_OF_WEEK = 7 * 24 * 3600
MONDAY = 4 * 24 * 3600
"""1970-01-05 in seconds, a Monday."""
WEEK = f"((epoch_us(opened_at) // 1000000 - {MONDAY}) // {SECONDS_OF_WEEK})::integer"
"""The number of the week since 1970."""
ROLL_UP = "grouping sets ((handling), (handling, agent_id), (handling, week))"

AS_OF = """
select epoch_us(greatest(max(opened_at), max(first_response_at), max(closed_at), max(escalated_at),
                         max(human_first_response_at)))
from contacts
"""

CUBE = f"""
create or replace temp table cube as
with rows as (
  select *, {WEEK} as week, outcome = 'resolved' as solved, outcome is not null as ended,
    customer_id is not null as named,
    epoch_us(closed_at) <= $as_of - {72 * HOUR} as old72, epoch_us(closed_at) <= $as_of - {48 * HOUR} as old48,
    solved and confirmed is null as unasked, input_tokens::bigint + output_tokens as token,
    sentiment_end::double - sentiment_start as shift
  from contacts)
select handling, agent_id, week,
  count(*) as rows, count(outcome) as closed, count(*) filter (solved) as resolved,
  count(*) filter (outcome = 'abandoned') as abandoned,
  count(*) filter (solved and confirmed) as confirmed, count(*) filter (solved and not confirmed) as denied,
  count(*) filter (unasked and not named) as nameless, count(*) filter (unasked and named and old72) as silent,
  count(*) filter (old72 and (named or confirmed is not null)) as settled,
  count(*) filter (old72 and solved and confirmed) as settled_yes,
  count(*) filter (old72 and named) as mature72, count(*) filter (old72 and named and solved) as mature72_resolved,
  count(*) filter (old48 and named) as mature48, count(*) filter (old48 and named and solved) as mature48_resolved,
  count(context_transferred) as context_n, count(*) filter (context_transferred) as context_yes,
  count(resolved_in_session) as session_n, count(*) filter (resolved_in_session) as session_yes,
  count(*) filter (resolved_in_session is null and old72 and named) as session_silent,
  count(*) filter (resolved_in_session is null and old72 and named and solved) as session_silent_yes,
  count(csat) as csat_n, count(*) filter (csat >= 4) as csat_good, count(ces) as ces_n, sum(ces) as ces_sum,
  count(nps) as nps_n, count(*) filter (nps >= 9) as promoters, count(*) filter (nps <= 6) as detractors,
  sum(qa_responses) as answers, sum(qa_correct) as correct, sum(qa_hallucinated) as made_up,
  count(qa_policy_ok) as policy_n, count(*) filter (qa_policy_ok) as policy_yes,
  sum(cost_api) as api, sum(cost_infrastructure) as infrastructure, sum(cost_human) as labour,
  sum(cost_api) filter (ended) as api_closed, sum(cost_infrastructure) filter (ended) as infrastructure_closed,
  sum(cost_human) filter (ended) as labour_closed, sum(revenue) filter (solved) as revenue,
  sum(token) as tokens, count(token) as tokens_n, sum(token) filter (ended) as tokens_closed,
  count(token) filter (solved) as tokens_resolved_n,
  sum(api_calls) as calls, sum(api_calls_cached) as cached, sum(api_calls_retried) as retried,
  count(ai_handle_seconds) as ai_handle_n, sum(ai_handle_seconds) as ai_handle,
  count(human_handle_seconds) as human_handle_n, sum(human_handle_seconds) as human_handle,
  count(confidence) as confidence_n, sum(confidence::double) as confidence,
  count(shift) as sentiment_n, sum(shift) as sentiment
from rows group by handling, agent_id, week
"""

NARROW = f"""
create or replace temp table narrow as
select case handling when 'ai' then 0 when 'human' then 1 else 2 end::tinyint as who,
  coalesce(list_position($agents, agent_id), 0)::tinyint as agent, {WEEK}::smallint as week,
  case when customer_id is not null then hash(customer_id, issue) end as whose,
  epoch_us(opened_at) as opened, epoch_us(closed_at) as closed, epoch_us(coalesce(escalated_at, closed_at)) as over,
  outcome = 'resolved' as solved, confirmed, resolved_in_session as in_session,
  case when confidence is not null then least(floor(confidence * 10::float), 9) end::tinyint as bin,
  case when solved then closed - opened end as resolution, epoch_us(first_response_at) - opened as response,
  epoch_us(human_first_response_at) - epoch_us(escalated_at) as wait
from contacts
"""
"""Whose contact it is and about what is a number of 64 bits, which makes the join much quicker; among ten million pairs
of texts the odds that two have the same number are one in some hundred thousands."""

RETURNED = f"""
create or replace temp table returned as
with back as (
  select a.rowid as row, min(b.opened - a.closed) as gap
  from narrow a join narrow b
    on a.whose = b.whose and b.opened > a.closed and b.opened <= a.closed + {72 * HOUR}
  group by a.rowid)
select who, agent, week,
  count(*) filter (solved and confirmed is null) as back_silent,
  count(*) filter (solved and confirmed is null and closed <= $as_of - {72 * HOUR}) as back_silent_mature,
  count(*) filter (solved and closed <= $as_of - {72 * HOUR}) as back72,
  count(*) filter (solved and closed <= $as_of - {48 * HOUR} and gap <= {48 * HOUR}) as back48,
  count(*) filter (closed <= $as_of - {48 * HOUR} and gap <= {48 * HOUR}) as back48_closed,
  count(*) filter (solved and in_session is null and closed <= $as_of - {72 * HOUR}) as back_session
from back join narrow on narrow.rowid = back.row group by who, agent, week
"""
BINNED = """
select agent, week, grouping(agent, week), who, bin, count(*) from narrow where bin is not null
group by grouping sets ((who, bin), (who, bin, agent), (who, bin, week))
"""

REASONS = f"""
select agent_id, week, grouping(agent_id, week), escalation_reason, sum(n)::bigint
from (select agent_id, {WEEK} as week, escalation_reason, count(*) as n
      from contacts where escalation_reason is not null group by all)
group by grouping sets ((escalation_reason), (agent_id, escalation_reason), (week, escalation_reason))
"""

EVERYWHERE = """
quantile_disc(resolution, [0.5, 0.9, 0.95]) as resolution,
quantile_disc(response, [0.5, 0.9]) filter (who <> 1) as response_ai,
quantile_disc(response, [0.5, 0.9]) filter (who = 1) as response_human,
quantile_disc(wait, [0.5, 0.9]) as handover_wait
"""
QUANTILES_BY_GROUP = f"""
select agent, week, grouping(agent, week), {EVERYWHERE} from narrow group by grouping sets ((), (agent), (week))
"""
QUANTILES_BY_HANDLING = "select who, quantile_disc(resolution, [0.5, 0.9, 0.95]) from narrow group by who"

EVENTS = f"""
create or replace temp table events as
with in_hand as (
  select agent, opened // 1000000 - $zero as start,
    greatest(coalesce(over, $as_of) // 1000000 - $zero, start + 1) as stop
  from narrow where who <> 1)
select event from (
  select ((start * 4 + 2) * 32 + agent)::integer as event from in_hand
  union all select (stop * 4 * 32 + agent)::integer from in_hand
  union all select (unnest(range(1, ($as_of // 1000000 - $zero) * 4, {SECONDS_OF_WEEK * 4})) * 32)::integer)
order by event
"""
"""An event is its second times four, plus 0 for an end, 1 for the start of a week, 2 for a beginning, and in the five
lowest bits its agent. Sorted, ends come first within a second, and what is counted at a beginning or at a week's start
is in hand in that second. Half a year fits into 32 bits."""

PEAK_BY_WEEK = f"""
select (event >> 7) // {SECONDS_OF_WEEK}, max(level)
from (select event, sum((event >> 5 & 3) - 1) over (rows unbounded preceding) as level from events)
where event >> 5 & 3 > 0 group by all
"""
PEAK_OF_AGENT = """
select max(level)
from (select sum((event >> 5 & 3) - 1) over (rows unbounded preceding) as level
      from (select event from events where event & 31 = $agent and event >> 5 & 3 <> 1))
"""


def connect(threads: int) -> duckdb.DuckDBPyConnection:
    """A database in memory."""
    database = duckdb.connect()
    database.execute(f"set threads = {threads}; set TimeZone = 'UTC'; set preserve_insertion_order = false")
    return database


def load(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Reads the table into memory, in DuckDB's own form."""
    database.execute("create or replace table contacts as select * from read_parquet($path)", {"path": str(path)})


def scan(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Leaves the table where it is."""
    database.read_parquet(str(path)).create_view("contacts", replace=True)


def first_day(number: int) -> str:
    """A week's Monday."""
    return str(dt.date(1970, 1, 5) + dt.timedelta(weeks=number))


def answer(database: duckdb.DuckDBPyConnection) -> Answer:
    """Every figure in total, by agent and by week."""
    groups: dict[Group, Found] = {}
    as_of = int(fetch(database, AS_OF)[0][0])
    database.execute(CUBE, {"as_of": as_of})
    sums = ", ".join(f"sum({name})" for name in SUMS)
    rolled = f"select agent_id, week, grouping(agent_id, week), handling, {sums} from cube group by {ROLL_UP}"
    for agent, week, level, handling, *values in fetch(database, rolled):
        found = groups.setdefault(group_of(agent, week, level), Found())
        found.sums[handling].update(zip(SUMS, values, strict=True))
    for agent, week, level, reason, n in fetch(database, REASONS):
        groups[group_of(agent, week, level)].reasons[reason] = n
    agents = [None, *sorted(name for kind, name in groups if kind == "agent" and name is not None)]
    database.execute(NARROW, {"agents": agents[1:]})
    returns(database, groups, agents, as_of)
    quantiles(database, groups, agents)
    peaks(database, groups, agents, as_of)
    for table in ("cube", "returned", "narrow", "events"):
        database.execute(f"drop table {table}")
    return work_out(groups)


def fetch(database: duckdb.DuckDBPyConnection, query: str, **named: Any) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    return database.execute(query, named or None).fetchall()


def group_of(agent: str | None, week: int | None, level: int) -> Group:
    """The group that a row of a roll-up is about: the bits of `grouping` say what was left out."""
    if level == 3:
        return ("total", None)
    return ("agent", agent) if level == 1 else ("week", first_day(week or 0))


Agents = list[str | None]
"""Agents by their number; 0 is none."""


def returns(database: duckdb.DuckDBPyConnection, groups: dict[Group, Found], agents: Agents, as_of: int) -> None:
    """Customers who came back, and how sure the AI was."""
    database.execute(RETURNED, {"as_of": as_of})
    sums = ", ".join(f"sum({name})" for name in RETURNS)
    sets = "grouping sets ((who), (who, agent), (who, week))"
    for agent, week, level, who, *values in fetch(
        database, f"select agent, week, grouping(agent, week), who, {sums} from returned group by {sets}"
    ):
        found = groups[group_of(agents[agent or 0], week, level)]
        found.sums[HANDLINGS[who]].update(zip(RETURNS, values, strict=True))
    for agent, week, level, who, number, n in fetch(database, BINNED):
        groups[group_of(agents[agent or 0], week, level)].sums[HANDLINGS[who]][BINS[number]] = n


def quantiles(database: duckdb.DuckDBPyConnection, groups: dict[Group, Found], agents: Agents) -> None:
    """Waits and durations: the smallest value that at least so many do not pass."""
    everywhere = [name for name in QUANTILES if name not in IN_TOTAL]
    for agent, week, level, *values in fetch(database, QUANTILES_BY_GROUP):
        groups[group_of(agents[agent or 0], week, level)].quantiles.update(zip(everywhere, values, strict=True))
    for who, values in fetch(database, QUANTILES_BY_HANDLING):
        groups["total", None].quantiles[f"resolution_{HANDLINGS[who]}"] = values


def peaks(database: duckdb.DuckDBPyConnection, groups: dict[Group, Found], agents: Agents, as_of: int) -> None:
    """The most contacts that the AI had in hand in one second."""
    first = min(week for kind, week in groups if kind == "week" and week is not None)
    zero = int(dt.datetime.fromisoformat(first).replace(tzinfo=dt.timezone.utc).timestamp())
    database.execute("set preserve_insertion_order = true")  # a level counts events in their order
    database.execute(EVENTS, {"as_of": as_of, "zero": zero})
    for number, peak in fetch(database, PEAK_BY_WEEK):
        total, week = groups["total", None], groups.get(("week", first_day(number + zero // SECONDS_OF_WEEK)))
        total.peak = max(total.peak, int(peak))
        if week is not None:
            week.peak = int(peak)
    for number, agent in enumerate(agents):
        if ("agent", agent) in groups:
            groups["agent", agent].peak = int(fetch(database, PEAK_OF_AGENT, agent=number)[0][0] or 0)
    database.execute("set preserve_insertion_order = false")
