"""A made-up support desk: half a year of its contacts, the same ones for the same seed.

python benches/desk.py ROWS OUT.parquet [--order shuffled] [--json-lines FILE]

The table has the columns that the tables' documentation names, and breaks no rule. A customer has some four contacts,
a few have very many, and about one contact in seven is a return. What tells careful queries from careless ones is
planted: returns in the very instant of closing, after exactly 48 and 72 hours and a millisecond later, contacts that
take no time, a crowd at midnight on Sunday, a first week that begins in the year before, confidence on the edges of
bins, callers without a name, contacts that are still open when the table ends, or closed exactly 72 hours before.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Array = npt.NDArray[Any]

SECOND = 1000
"""Instants and durations are milliseconds here."""
HOUR = 3600 * SECOND
WEEK = 7 * 24 * HOUR
WEEKS = 26
START = int(np.datetime64("2025-12-29T00:00:00", "ms").astype(np.int64))
"""Monday of the first week of 2026."""
END = START + WEEKS * WEEK
LAST = END - 1
"""A contact comes in the last millisecond, and nothing later is known."""

BLOCK = 250_000
"""Rows that are made and written at a time; a row group."""
AI, HUMAN, HANDED_OVER = range(3)
HANDLINGS = ["ai", "human", "ai_to_human"]
AGENTS = ["atlas", "basil", "clover", "delphi", "ember"]
CHANNELS = ["email", "chat", "phone", "app", "portal", "social"]
WRITTEN_SLOWLY = np.array([True, False, False, False, True, True])
"""Channels on which people answer in hours."""
SEGMENTS = ["consumer", "small_business", "mid_market", "enterprise", "public_sector"]
MODELS = ["2025.4", "2026.1", "2026.2"]
REASONS = ["customer_request", "low_confidence", "complexity", "sentiment", "policy", "accuracy", "edge_case"]
OUTCOMES = ["resolved", "unresolved", "abandoned"]
PRODUCTS = ["mobile", "broadband", "tv", "billing", "shop"]
ISSUES = [f"{product}/{topic:02}" for product in PRODUCTS for topic in range(40)]
PLANTED_RETURNS = (0, 1, 48 * HOUR, 48 * HOUR + 1, 72 * HOUR, 72 * HOUR + 1)
"""Milliseconds after closing."""

DAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.6, 0.5)
HOURS = (2, 1, 1, 1, 1, 2, 4, 8, 13, 17, 18, 17, 15, 15, 16, 16, 15, 14, 13, 12, 11, 8, 5, 3)


@dataclass
class Contacts:
    """Who came when and with what, and how long it took: all that must be known of a contact before its returns are."""

    customer: Array
    issue: Array
    channel: Array
    handling: Array
    opened: Array
    handover: Array
    """From opening to handover, if there is one."""
    wait: Array
    """For a person, from the handover or from opening."""
    span: Array
    """From opening to closing."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.opened)

    def take(self, rows: Array | slice) -> Contacts:
        """Some of them."""
        return Contacts(*(getattr(self, field.name)[rows] for field in fields(self)))


def arrivals(rng: np.random.Generator, n: int) -> Array:
    """When contacts arrive: more by day than by night, more on Mondays, and more as the months go by."""
    rhythm = np.outer(np.linspace(1, 1.4, WEEKS), np.outer(DAYS, HOURS).ravel()).ravel()
    each = rng.multinomial(n, rhythm / rhythm.sum())
    hours = np.repeat(np.arange(len(rhythm), dtype=np.int64), each)
    opened: Array = START + hours * HOUR + rng.integers(0, HOUR, n)
    return opened


def spread(rng: np.random.Generator, n: int, seconds: float, sigma: float, most: float) -> Array:
    """Log-normal durations around a median, in milliseconds."""
    drawn: Array = np.exp(rng.standard_normal(n, np.float32) * np.float32(sigma)) * np.float32(seconds * SECOND)
    return drawn.clip(0, most * SECOND).astype(np.int32)


def customers(rng: np.random.Generator, n: int) -> Array:
    """Who comes: four contacts each on average, with a long tail."""
    known = max(1, n // 4)
    eagerness = np.minimum(rng.pareto(1.8, known) + 0.4, 400)
    visits = rng.poisson(eagerness * (n / eagerness.sum()))
    drawn = np.repeat(np.arange(known, dtype=np.int32), visits)
    if len(drawn) < n:
        drawn = np.concatenate([drawn, rng.integers(0, known, n - len(drawn), np.int32)])
    return rng.permutation(drawn)[:n]


def contacts(rng: np.random.Generator, n: int) -> Contacts:
    """All contacts in the order of their opening."""
    channel = rng.choice(len(CHANNELS), n, p=[0.26, 0.33, 0.14, 0.12, 0.1, 0.05]).astype(np.int8)
    handling = rng.choice(3, n, p=[0.6, 0.23, 0.17]).astype(np.int8)
    slow = WRITTEN_SLOWLY[channel]
    alone = np.where(rng.random(n) < 0.02, 24 * HOUR, spread(rng, n, 210, 0.95, 10 * 3600))  # closed by a timer
    alone[rng.random(n) < 0.0002] = 0
    handover = spread(rng, n, 140, 0.85, 5 * 3600)
    wait = np.where(slow, spread(rng, n, 6000, 1.1, 40 * 3600), spread(rng, n, 200, 1.0, 3 * 3600))
    work = np.where(slow, spread(rng, n, 8000, 1.2, 7 * 86400), spread(rng, n, 560, 0.8, 6 * 3600))
    span = np.choose(handling, [alone, wait + work, handover + wait + work]).astype(np.int32)
    issue = (len(ISSUES) * rng.random(n) ** 2).astype(np.int16)
    made = Contacts(
        customers(rng, n), issue, channel, handling, arrivals(rng, n), handover, wait.astype(np.int32), span
    )
    bring_back(rng, made)
    plant(rng, made)
    return made.take(np.argsort(made.opened, kind="stable"))


def bring_back(rng: np.random.Generator, made: Contacts) -> None:
    """Turns one contact in seven into a return to another one."""
    n = len(made)
    returns = np.flatnonzero(rng.random(n) < 0.145)
    firsts = np.setdiff1d(np.arange(n), returns, assume_unique=True)
    if len(firsts) == 0:
        return
    first = rng.choice(firsts, len(returns))
    delay = (rng.exponential(50, len(returns)) * HOUR).astype(np.int64)
    planted = rng.integers(0, 250, len(returns))
    for kind, exact in enumerate(PLANTED_RETURNS):
        delay[planted == kind] = exact
    opened = made.opened[first] + made.span[first] + delay
    in_time = opened < END
    returns, first = returns[in_time], first[in_time]
    made.opened[returns] = opened[in_time]
    made.customer[returns] = made.customer[first]
    made.issue[returns] = made.issue[first]


def plant(rng: np.random.Generator, made: Contacts) -> None:
    """Puts contacts where peaks and windows are decided.

    In the last second of a week very many come at once; half of them are over within it, and the others are in hand
    when the next week begins. At the end of the table the AI hangs. And contacts close exactly so long before the end
    that their customers have just had the time to come back, as some do.
    """
    drawn = rng.random(len(made))
    at_once, hanging = np.flatnonzero(drawn < 0.001), np.flatnonzero(drawn > 0.9995)
    made.handling[at_once], made.handling[hanging] = AI, AI
    made.opened[at_once] = START + 12 * WEEK - SECOND
    made.span[at_once] = np.where(np.arange(len(at_once)) % 2, 0, 90 * SECOND)
    made.opened[hanging] = END - rng.integers(1, 2 * HOUR, len(hanging))
    made.span[hanging] = 6 * HOUR
    made.opened[-1:] = LAST
    just, again = np.array_split(np.flatnonzero((drawn[:-1] > 0.001) & (drawn[:-1] < 0.003))[:80], 2)
    made.opened[just] = LAST - np.where(np.arange(len(just)) % 2, 48, 72) * HOUR - made.span[just]
    just = just[: len(again)]
    made.opened[again] = made.opened[just] + made.span[just] + HOUR
    made.customer[again], made.issue[again] = made.customer[just], made.issue[just]


def number(values: Array, kind: pa.DataType, known: Array | None = None) -> pa.Array:
    """A column of numbers, null where it is not known."""
    return pa.array(values, mask=None if known is None else ~known).cast(kind)


def instant(milliseconds: Array, known: Array | None = None) -> pa.Array:
    """A column of instants in microseconds; one after the end of the table is not known yet."""
    seen = milliseconds <= LAST if known is None else known & (milliseconds <= LAST)
    return pa.array(milliseconds * 1000, mask=~seen).cast(pa.timestamp("us", tz="UTC"))


def money(micros: Array, known: Array) -> pa.Array:
    """A column of amounts with six decimal places."""
    words = np.stack([micros, micros >> 63], axis=1).astype(np.int64)
    valid = pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
    return pa.Array.from_buffers(pa.decimal128(18, 6), len(micros), [valid, pa.py_buffer(words)])


def label(names: list[str], drawn: Array, known: Array | None = None) -> pa.Array:
    """A column of names."""
    return pa.array(names).take(pa.array(drawn.astype(np.int32), mask=None if known is None else ~known))


def numbered(prefix: str, values: Array, known: Array | None = None) -> pa.Array:
    """A column of names with a number in them."""
    digits = pc.utf8_lpad(pa.array(values, mask=None if known is None else ~known).cast(pa.string()), 8, "0")
    return pc.binary_join_element_wise(prefix, digits, "-")


def yes_no(rng: np.random.Generator, share: float | Array, known: Array) -> pa.Array:
    """A column of yes and no."""
    return pa.array(rng.random(len(known)) < share, mask=~known)


def block(seed: int, at: int, some: Contacts) -> pa.Table:
    """The rows of some contacts, the first of which is number `at`."""
    rng = np.random.default_rng([seed, 1, at])
    n = len(some)
    closed_at = some.opened + some.span
    closed = closed_at <= LAST
    # A handover that is still to come is none yet.
    handling = np.where(
        (some.handling == HANDED_OVER) & (some.opened + some.handover > LAST), np.int8(AI), some.handling
    )
    outcome = rng.random(n)
    outcome = np.where(outcome < np.array([0.79, 0.88, 0.83])[handling], 0, np.where(outcome < 0.93, 1, 2))
    return pa.table(
        {
            "id": numbered("t", np.arange(at, at + n)),
            "customer_id": numbered("c", some.customer, rng.random(n) < 0.98),
            "issue": label(ISSUES, some.issue),
            "channel": label(CHANNELS, some.channel),
            "segment": label(SEGMENTS, rng.choice(5, n, p=[0.5, 0.22, 0.15, 0.09, 0.04])),
            "handling": label(HANDLINGS, handling),
            "outcome": label(OUTCOMES, outcome, closed),
            **course(rng, some, handling, closed_at),
            **opinions(rng, handling, closed, outcome == 0),
            **audits(rng, handling, closed & (outcome == 0)),
            **bills(rng, handling, np.minimum(some.span // SECOND, 3600)),
        }
    )


def course(rng: np.random.Generator, some: Contacts, handling: Array, closed_at: Array) -> dict[str, pa.Array]:
    """How a contact went."""
    n = len(some)
    handed_over, by_ai = handling == HANDED_OVER, handling != HUMAN
    first = np.where(by_ai, spread(rng, n, 2.4, 0.6, 90), some.wait)
    escalated_at = some.opened + some.handover
    answered = handed_over & (rng.random(n) < 0.96)
    model = np.clip((some.opened - START) * 3 // (END - START) - (rng.random(n) < 0.1), 0, 2)
    return {
        "agent_id": label(AGENTS, rng.choice(5, n, p=[0.38, 0.25, 0.17, 0.12, 0.08]), by_ai),
        "model_version": label(MODELS, model, by_ai),
        "opened_at": instant(some.opened),
        "first_response_at": instant(np.minimum(some.opened + first, closed_at), rng.random(n) < 0.995),
        "closed_at": instant(closed_at),
        "escalated_at": instant(escalated_at, handed_over),
        "escalation_reason": label(
            REASONS,
            rng.choice(7, n, p=[0.3, 0.24, 0.17, 0.12, 0.09, 0.05, 0.03]),
            handed_over & (rng.random(n) < 0.96),
        ),
        "human_first_response_at": instant(escalated_at + some.wait, answered),
        "context_transferred": yes_no(rng, 0.77, handed_over & (rng.random(n) < 0.9)),
    }


def opinions(rng: np.random.Generator, handling: Array, closed: Array, solved: Array) -> dict[str, pa.Array]:
    """What customers said and how they sounded."""
    n = len(handling)
    mood = rng.standard_normal(n) + solved + np.array([0.1, 0.4, -0.05])[handling]
    answers = closed & (rng.random(n) < np.array([0.14, 0.3, 0.22])[handling])
    start = np.clip(rng.normal(-0.1, 0.4, n), -1, 1).astype(np.float32)
    end = np.clip(start + 0.1 + 0.15 * mood, -1, 1).astype(np.float32)
    return {
        "resolved_in_session": yes_no(rng, 0.82, closed & (handling == HANDED_OVER) & (rng.random(n) < 0.5)),
        "confirmed": yes_no(rng, 0.87, closed & (rng.random(n) < np.where(solved, 0.28, 0.04))),
        "csat": number(np.clip(np.rint(3 + mood), 1, 5), pa.int8(), answers),
        "ces": number(np.clip(np.rint(4 + 1.3 * mood), 1, 7), pa.int8(), closed & (rng.random(n) < 0.11)),
        "nps": number(np.clip(np.rint(6.2 + 2 * mood), 0, 10), pa.int8(), closed & (rng.random(n) < 0.07)),
        "sentiment_start": number(start, pa.float32()),
        "sentiment_end": number(end, pa.float32(), closed),
    }


def audits(rng: np.random.Generator, handling: Array, solved: Array) -> dict[str, pa.Array]:
    """How sure the AI was, and what those who checked it found."""
    n = len(handling)
    by_ai = handling != HUMAN
    checked = by_ai & (rng.random(n) < 0.06)
    answers = rng.integers(1, 7, n)
    right = rng.binomial(answers, np.where(solved, 0.95, 0.86))
    confidence = rng.beta(5, 2, n).astype(np.float32)
    edge = rng.random(n) < 0.02
    confidence[edge] = (rng.integers(0, 11, n)[edge] / 10).astype(np.float32)
    return {
        "confidence": number(confidence, pa.float32(), by_ai & (rng.random(n) < 0.97)),
        "qa_responses": number(answers, pa.int32(), checked),
        "qa_correct": number(right, pa.int32(), checked),
        "qa_hallucinated": number(rng.binomial(answers - right, 0.35), pa.int32(), checked),
        "qa_policy_ok": yes_no(rng, 0.97, by_ai & (rng.random(n) < 0.04)),
    }


def bills(rng: np.random.Generator, handling: Array, seconds: Array) -> dict[str, pa.Array]:
    """What a contact took and cost, and what it brought."""
    n = len(handling)
    by_ai, by_people = handling != HUMAN, handling != AI
    calls = 1 + rng.poisson(3.5, n)
    read = spread(rng, n, 2600, 0.75, 100_000) // SECOND
    wrote = spread(rng, n, 420, 0.6, 9_000) // SECOND
    work = spread(rng, n, 520, 0.65, 3 * 3600) // SECOND
    worked = by_people & (rng.random(n) < 0.97)
    return {
        "api_calls": number(calls, pa.int32(), by_ai),
        "api_calls_cached": number(rng.binomial(calls, 0.38), pa.int32(), by_ai),
        "api_calls_retried": number(rng.binomial(calls, 0.04), pa.int32(), by_ai),
        "input_tokens": number(read, pa.int32(), by_ai),
        "output_tokens": number(wrote, pa.int32(), by_ai),
        "cost_api": money(read.astype(np.int64) * 3 + wrote.astype(np.int64) * 15, by_ai),
        "cost_infrastructure": money(900 + calls * 133, by_ai),
        "cost_human": money(work.astype(np.int64) * 8_611, worked),
        "revenue": money(rng.integers(4_000_000, 250_000_000, n), rng.random(n) < 0.07),
        "ai_handle_seconds": number(seconds, pa.int32(), handling == AI),
        "human_handle_seconds": number(work, pa.int32(), worked),
    }


def blocks(rows: int, seed: int, order: str) -> Iterator[pa.Table]:
    """The table, some rows at a time; shuffled or not, they are the same rows."""
    rng = np.random.default_rng([seed, 0])
    everyone = contacts(rng, rows)
    in_time = (block(seed, at, everyone.take(slice(at, at + BLOCK))) for at in range(0, rows, BLOCK))
    if order == "time":
        yield from in_time
        return
    pieces = -(-rows // BLOCK)
    hands: list[list[pa.Table]] = [[] for _ in range(pieces)]
    for dealt in in_time:
        for hand, cards in zip(hands, np.array_split(rng.permutation(dealt.num_rows), pieces), strict=True):
            hand.append(dealt.take(pa.array(cards)))
    while hands:
        gathered = pa.concat_tables(hands.pop()).combine_chunks()
        yield gathered.take(pa.array(rng.permutation(gathered.num_rows)))


def write(path: Path, rows: int, seed: int = 1, order: str = "time") -> None:
    """Writes the table as Parquet; the file is there when it is whole."""
    unfinished = path.with_name(path.name + ".part")
    writer: pq.ParquetWriter | None = None
    for part in blocks(rows, seed, order):
        writer = writer or pq.ParquetWriter(unfinished, part.schema)
        writer.write_table(part, row_group_size=BLOCK)
    if writer is not None:
        writer.close()
        unfinished.replace(path)


def write_json_lines(parquet: Path, path: Path) -> None:
    """Writes the same rows as JSON, one a line; money as text, so that it stays exact."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w") as lines:
        for batch in pq.ParquetFile(parquet).iter_batches(50_000):
            table = pa.Table.from_batches([batch])
            for at, column in enumerate(table.schema):
                if pa.types.is_timestamp(column.type):
                    text = pc.strftime(table[column.name].cast(pa.timestamp("ms", tz="UTC")), "%Y-%m-%dT%H:%M:%SZ")
                    table = table.set_column(at, column.name, text)
                elif pa.types.is_decimal(column.type):
                    table = table.set_column(at, column.name, table[column.name].cast(pa.string()))
                elif pa.types.is_float32(column.type):  # its own digits, not those of the nearest double
                    digits = table[column.name].cast(pa.string())
                    table = table.set_column(at, column.name, digits.cast(pa.float64()))
            lines.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in table.to_pylist())
    unfinished.replace(path)


def main() -> None:
    """Writes what the command line asks for."""
    words = argparse.ArgumentParser(description="Writes the contacts of a made-up support desk.")
    words.add_argument("rows", type=int)
    words.add_argument("out", type=Path, help="a Parquet file")
    words.add_argument("--order", choices=["time", "shuffled"], default="time")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--json-lines", type=Path, metavar="FILE", help="also write the rows as JSON, one a line")
    asked = words.parse_args()
    write(asked.out, asked.rows, asked.seed, asked.order)
    if asked.json_lines:
        write_json_lines(asked.out, asked.json_lines)


if __name__ == "__main__":
    main()
