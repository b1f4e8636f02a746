"""The figures by hand in Polars, as somebody would write them who knows it well.

Everything that adds up is one pass into a small cube of handling, agent and week. Returns are a join of contacts with
themselves, of which few pairs survive. Quantiles and peaks read a narrow frame. POLARS_MAX_THREADS must be set before
this is imported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import polars as pl

from figures import BINS, IN_TOTAL, QUANTILES, RETURNS, SUMS, Answer, Found, Group, work_out

HOUR = 3_600_000_000
"""In microseconds, as the table has its instants."""
SECONDS_OF_WEEK = 7 * 24 * 3600
MONDAY = 4 * 24 * 3600
"""1970-01-05 in seconds, a Monday."""
GROUPS: tuple[list[str], ...] = ([], ["agent_id"], ["week"])
CUBE = ["handling", "agent_id", "week"]

COLLECT: dict[str, Literal["streaming", "in-memory"]] = {
    "cube": "streaming",
    "returns": "in-memory",
    "narrow": "in-memory",
    "quantiles": "in-memory",
    "peaks": "in-memory",
}
"""Which engine is faster for what."""

c = pl.col


def at(column: str) -> pl.Expr:
    """An instant as microseconds."""
    return c(column).to_physical()


def week(opened: pl.Expr) -> pl.Expr:
    """The number of the week since 1970 of an opening in microseconds; the report's zone is UTC."""
    return ((opened // 1_000_000 - MONDAY) // SECONDS_OF_WEEK).cast(pl.Int32).alias("week")


def first_day(number: int) -> str:
    """A week's Monday."""
    return str(dt.date(1970, 1, 5) + dt.timedelta(weeks=number))


def load(path: Path) -> pl.LazyFrame:
    """The table in memory."""
    return pl.read_parquet(path).rechunk().lazy()


def scan(path: Path) -> pl.LazyFrame:
    """The table where it is."""
    return pl.scan_parquet(path)


def answer(table: pl.LazyFrame) -> Answer:
    """Every figure in total, by agent and by week."""
    groups: dict[Group, Found] = {}
    as_of = int(
        table.select(
            pl.max_horizontal(
                at(name).max()
                for name in ("opened_at", "first_response_at", "closed_at", "escalated_at", "human_first_response_at")
            )
        )
        .collect(engine=COLLECT["cube"])
        .item()
    )
    add_up(groups, SUMS, cube(table, as_of))
    narrow = narrowed(table).collect(engine=COLLECT["narrow"]).rechunk().with_row_index("row").lazy()
    add_up(groups, RETURNS, returns(narrow, as_of))
    bins(groups, narrow)
    reasons(groups, narrow)
    quantiles(groups, narrow)
    peaks(groups, narrow, as_of)
    return work_out(groups)


def group_keys(frame: pl.DataFrame) -> Iterator[tuple[Group, dict[str, Any]]]:
    """Rows with the group that they are about; a frame has `agent_id`, `week` or neither."""
    for row in frame.iter_rows(named=True):
        if "agent_id" in row:
            yield ("agent", row["agent_id"]), row
        elif "week" in row:
            yield ("week", first_day(row["week"])), row
        else:
            yield ("total", None), row


def add_up(groups: dict[Group, Found], names: tuple[str, ...], small: pl.DataFrame) -> None:
    """Rolls a cube up to the groups."""
    for key in GROUPS:
        for group, row in group_keys(small.group_by("handling", *key).agg(c(names).sum())):
            groups.setdefault(group, Found()).sums[row["handling"]].update({name: row[name] for name in names})


def mature(hours: int, as_of: int) -> pl.Expr:
    """Whether the customer had so much time to come back; null and false are the same to whoever counts."""
    return c("customer_id").is_not_null() & (at("closed_at") <= as_of - hours * HOUR)


def cube(table: pl.LazyFrame, as_of: int) -> pl.DataFrame:
    """All that adds up, by handling, agent and week."""
    resolved, closed = c("outcome") == "resolved", c("outcome").is_not_null()
    rows = table.with_columns(
        week(at("opened_at")),
        resolved=resolved,
        closed=closed,
        mature72=mature(72, as_of),
        mature48=mature(48, as_of),
        settled=(at("closed_at") <= as_of - 72 * HOUR)
        & (c("customer_id").is_not_null() | c("confirmed").is_not_null()),
        silent=resolved & c("confirmed").is_null(),
        tokens=c("input_tokens").cast(pl.Int64) + c("output_tokens").cast(pl.Int64),
        sure=c("confidence").cast(pl.Float64),
        shift=c("sentiment_end").cast(pl.Float64) - c("sentiment_start").cast(pl.Float64),
    )
    return rows.group_by(CUBE).agg(*outcomes(), *opinions(), *work()).collect(engine=COLLECT["cube"])


def outcomes() -> list[pl.Expr]:
    """How contacts ended."""
    resolved, mature72, silent = c("resolved"), c("mature72"), c("silent")
    asked_in_session = c("resolved_in_session").is_not_null()
    return [
        pl.len().alias("rows"),
        c("closed").sum(),
        resolved.sum(),
        (c("outcome") == "abandoned").sum().alias("abandoned"),
        (resolved & c("confirmed")).sum().alias("confirmed"),
        (resolved & ~c("confirmed")).sum().alias("denied"),
        (silent & c("customer_id").is_null()).sum().alias("nameless"),
        (silent & mature72).sum().alias("silent"),
        c("settled").sum(),
        (c("settled") & resolved & c("confirmed")).sum().alias("settled_yes"),
        mature72.sum(),
        (mature72 & resolved).sum().alias("mature72_resolved"),
        c("mature48").sum(),
        (c("mature48") & resolved).sum().alias("mature48_resolved"),
        c("context_transferred").count().alias("context_n"),
        c("context_transferred").sum().alias("context_yes"),
        c("resolved_in_session").count().alias("session_n"),
        c("resolved_in_session").sum().alias("session_yes"),
        (~asked_in_session & mature72).sum().alias("session_silent"),
        (~asked_in_session & mature72 & resolved).sum().alias("session_silent_yes"),
    ]


def opinions() -> list[pl.Expr]:
    """What customers and auditors said."""
    return [
        c("csat").count().alias("csat_n"),
        (c("csat") >= 4).sum().alias("csat_good"),
        c("ces").count().alias("ces_n"),
        c("ces").cast(pl.Int64).sum().alias("ces_sum"),
        c("nps").count().alias("nps_n"),
        (c("nps") >= 9).sum().alias("promoters"),
        (c("nps") <= 6).sum().alias("detractors"),
        c("qa_responses").cast(pl.Int64).sum().alias("answers"),
        c("qa_correct").cast(pl.Int64).sum().alias("correct"),
        c("qa_hallucinated").cast(pl.Int64).sum().alias("made_up"),
        c("qa_policy_ok").count().alias("policy_n"),
        c("qa_policy_ok").sum().alias("policy_yes"),
        c("sure").count().alias("confidence_n"),
        c("sure").sum().alias("confidence"),
        c("shift").count().alias("sentiment_n"),
        c("shift").sum().alias("sentiment"),
    ]


def work() -> list[pl.Expr]:
    """What contacts took, cost and brought."""
    resolved, closed = c("resolved"), c("closed")
    layers = {"api": "cost_api", "infrastructure": "cost_infrastructure", "labour": "cost_human"}
    return [
        *(c(column).sum().alias(layer) for layer, column in layers.items()),
        *(pl.when(closed).then(c(column)).sum().alias(f"{layer}_closed") for layer, column in layers.items()),
        pl.when(resolved).then(c("revenue")).sum().alias("revenue"),
        c("tokens").sum(),
        c("tokens").count().alias("tokens_n"),
        pl.when(closed).then(c("tokens")).sum().alias("tokens_closed"),
        (resolved & c("tokens").is_not_null()).sum().alias("tokens_resolved_n"),
        c("api_calls").cast(pl.Int64).sum().alias("calls"),
        c("api_calls_cached").cast(pl.Int64).sum().alias("cached"),
        c("api_calls_retried").cast(pl.Int64).sum().alias("retried"),
        c("ai_handle_seconds").count().alias("ai_handle_n"),
        c("ai_handle_seconds").cast(pl.Int64).sum().alias("ai_handle"),
        c("human_handle_seconds").count().alias("human_handle_n"),
        c("human_handle_seconds").cast(pl.Int64).sum().alias("human_handle"),
    ]


def returns(narrow: pl.LazyFrame, as_of: int) -> pl.DataFrame:
    """What adds up over contacts after which the customer came back about the same thing within 72 hours.

    Pairs are few but rows are many, so that the join carries only what finds them.
    """
    named = narrow.filter(c("named"))
    ended = named.filter(c("closed").is_not_null()).select("row", "whose", "closed")
    back = (
        ended.join(named.select("whose", next="opened"), on="whose")
        .with_columns(gap=c("next") - c("closed"))
        .filter((c("gap") > 0) & (c("gap") <= 72 * HOUR))
        .group_by("row")
        .agg(c("gap").min())
    )
    mature72, mature48 = c("closed") <= as_of - 72 * HOUR, c("closed") <= as_of - 48 * HOUR
    resolved, within48 = c("resolution").is_not_null(), mature48 & (c("gap") <= 48 * HOUR)
    silent = resolved & c("confirmed").is_null()
    sums = {
        "back_silent": silent,
        "back_silent_mature": silent & mature72,
        "back72": resolved & mature72,
        "back48": resolved & within48,
        "back48_closed": within48,
        "back_session": resolved & mature72 & c("resolved_in_session").is_null(),
    }
    rows = back.collect(engine=COLLECT["returns"])
    kept = narrow.select(*CUBE, "resolution", "confirmed", "resolved_in_session", "closed").collect()
    found = kept[rows["row"]].with_columns(rows["gap"])
    return found.group_by(CUBE).agg(expr.sum().alias(name) for name, expr in sums.items())


def bins(groups: dict[Group, Found], narrow: pl.LazyFrame) -> None:
    """How sure the AI was, in ten steps."""
    known = narrow.filter(c("bin").is_not_null())
    counted = known.group_by(*CUBE, "bin").agg(n=pl.len()).collect(engine=COLLECT["cube"])
    for key in GROUPS:
        for group, row in group_keys(counted.group_by("handling", "bin", *key).agg(c("n").sum())):
            groups[group].sums[row["handling"]][BINS[row["bin"]]] = row["n"]


def reasons(groups: dict[Group, Found], narrow: pl.LazyFrame) -> None:
    """Why contacts were handed over."""
    given = narrow.filter(c("escalation_reason").is_not_null())
    counted = given.group_by("agent_id", "week", "escalation_reason").agg(n=pl.len()).collect(engine=COLLECT["cube"])
    for key in GROUPS:
        for group, row in group_keys(counted.group_by("escalation_reason", *key).agg(c("n").sum())):
            groups[group].reasons[row["escalation_reason"]] = row["n"]


def narrowed(table: pl.LazyFrame) -> pl.LazyFrame:
    """What returns, distributions, quantiles and peaks are made of.

    Whose contact it is and about what is a number of 64 bits: two texts take a join more than twice as long, and
    among ten million pairs of texts the odds that two have the same number are one in some hundred thousands.
    """
    by_ai = c("handling") != "human"
    response = at("first_response_at") - at("opened_at")
    return table.select(
        *("handling", "agent_id", "confirmed", "resolved_in_session", "escalation_reason"),
        week(at("opened_at")),
        whose=c("customer_id").hash(1) ^ c("issue").hash(2),
        named=c("customer_id").is_not_null(),
        by_ai=by_ai,
        bin=(c("confidence") * 10).floor().clip(0, 9).cast(pl.Int8),
        opened=at("opened_at"),
        closed=at("closed_at"),
        over=pl.coalesce(at("escalated_at"), at("closed_at")),
        resolution=pl.when(c("outcome") == "resolved").then(at("closed_at") - at("opened_at")),
        response_ai=pl.when(by_ai).then(response),
        response_human=pl.when(~by_ai).then(response),
        handover_wait=at("human_first_response_at") - at("escalated_at"),
    )


def quantiles(groups: dict[Group, Found], narrow: pl.LazyFrame) -> None:
    """Waits and durations: the smallest value that at least so many do not pass."""
    in_total = {name: c("resolution").filter(c("handling") == handling) for name, handling in IN_TOTAL.items()}
    everywhere = {name: c(name) for name in QUANTILES if name not in in_total}

    def asked(of: dict[str, pl.Expr]) -> Iterator[pl.Expr]:
        for name, values in of.items():
            known = values.drop_nulls()
            yield pl.concat_list(known.quantile(q, "equiprobable") for q in QUANTILES[name][1]).alias(name)

    frames = [narrow.select(asked(everywhere | in_total))]
    frames += [narrow.group_by(key).agg(asked(everywhere)) for key in ("agent_id", "week")]
    for frame in frames:
        for group, row in group_keys(frame.collect(engine=COLLECT["quantiles"])):
            for name in QUANTILES:
                if name in row:
                    values = row[name]
                    groups[group].quantiles[name] = None if values is None or values[0] is None else values


def peaks(groups: dict[Group, Found], narrow: pl.LazyFrame, as_of: int) -> None:
    """The most contacts that the AI had in hand in one second.

    An event is its second times four, plus 0 for an end, 1 for the start of a week, 2 for a beginning: sorted, ends
    come first within a second, and what is counted at a beginning or at a week's start is in hand in that second. Half
    a year fits into 32 bits.
    """
    beginning, end = c("opened") // 1_000_000, c("over").fill_null(as_of) // 1_000_000
    zero = int(narrow.select(c("week").min()).collect().item()) * SECONDS_OF_WEEK + MONDAY
    in_hand = narrow.filter("by_ai").select(
        "agent_id",
        start=((beginning - zero) * 4 + 2).cast(pl.Int32),
        stop=((pl.max_horizontal(end, beginning + 1) - zero) * 4).cast(pl.Int32),
    )
    in_hand = in_hand.collect(engine=COLLECT["narrow"]).lazy()
    mondays = pl.LazyFrame({"event": range(1, (as_of // 1_000_000 - zero) * 4, SECONDS_OF_WEEK * 4)})
    events = pl.concat(
        [in_hand.select(event="start"), in_hand.select(event="stop"), mondays.select(c("event").cast(pl.Int32))]
    ).select(c("event").sort())
    level = ((c("event") & 3) - 1).cum_sum()
    by_week = (
        events.with_columns(level=level)
        .filter(c("event") & 3 > 0)
        .group_by(week=c("event") // (SECONDS_OF_WEEK * 4))
        .agg(c("level").max())
    )
    found = by_week.collect(engine=COLLECT["peaks"])
    groups["total", None].peak = found["level"].max()  # type: ignore[assignment]
    for number, peak in found.iter_rows():
        group = groups.get(("week", first_day(number + zero // SECONDS_OF_WEEK)))
        if group is not None:
            group.peak = peak
    one_agent = ((c("start").append(c("stop")).sort() & 3) - 1).cum_sum().max()
    for agent, peak in in_hand.group_by("agent_id").agg(one_agent).collect(engine=COLLECT["peaks"]).iter_rows():
        groups["agent", agent].peak = peak
