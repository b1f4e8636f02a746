"""Measurements as tables: for a terminal, and for the documentation."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from figures import FIGURES
from plan import OURS, Measured, compared, exponent, on_the_line

PACKAGES = ("supportkpi", "polars", "duckdb", "pyarrow")
BIG_ENOUGH = 1_000_000
"""Contacts from which on memory says something; below, it is what libraries load when they are first used."""

Table = list[list[str]]
HEAD = ["what", "contacts", "threads", "engine", "median", "fastest to slowest", "peak of memory", "against supportkpi"]


def seconds(value: float | None) -> str:
    """With three digits."""
    if value is None:
        return "–"
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def bytes_(value: float | None) -> str:
    """In mebibytes."""
    return "–" if value is None else f"{value / 2**20:,.0f} MiB"


def ratio(ours: float | None, other: float | None) -> str:
    """How many times as much the other one takes, and in words when it takes less."""
    if not ours or other is None:
        return "–"
    times = other / ours
    return f"{times:.2f} × the time" if times >= 1 else f"{times:.2f} × the time: supportkpi loses"


def row(one: Measured, found: list[Measured]) -> list[str]:
    """One measurement."""
    setting = one.setting
    beside = next((ours for ours in found if ours.engine == OURS and ours.setting == setting), None)
    against = "" if one.engine == OURS or beside is None else ratio(beside.median, one.median)
    if one.failure is not None:
        against = f"failed: {one.failure}"[:60]
    spread = f"{seconds(min(one.seconds))} to {seconds(max(one.seconds))}" if one.seconds else "–"
    if setting.source == "json" and one.median:
        against = f"{one.size / 1e6 / one.median:.0f} MB/s"
    return [
        *(setting.title, f"{setting.rows:,}", str(setting.threads), one.engine, seconds(one.median), spread),
        *(bytes_(one.peak), against),
    ]


def aligned(table: Table) -> str:
    """Columns under one another."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table
    )


def marked(table: Table) -> str:
    """As Markdown."""
    lines = ["| " + " | ".join(line) + " |" for line in table]
    return "\n".join([lines[0], "|" + " --- |" * len(table[0]), *lines[1:]])


def terminal(found: list[Measured]) -> str:
    """Everything, for a terminal."""
    lines = aligned([HEAD, *(row(one, found) for one in found)])
    memory = "\n".join(beyond(found))
    return "\n\n".join([lines, *linear(found), *filter(None, [memory]), "Where it loses:\n" + "\n".join(losses(found))])


def linear(found: list[Measured]) -> Iterator[str]:
    """How time grows with contacts."""
    points = on_the_line(found)
    slope = exponent(points)
    if slope is None:
        return
    per = ", ".join(f"{taken / rows * 1e9:.0f} ns of {rows:,}" for rows, taken in points)
    yield f"Time grows with the number of contacts to the power of {slope:.2f} (1 is linear). A contact takes {per}."


def losses(found: list[Measured]) -> list[str]:
    """Where another engine is better, in words."""
    said = [f"- {setting_in_words(one)}: supportkpi failed." for one in found if one.engine == OURS and one.failure]
    for ours, other in compared(found):
        what = setting_in_words(ours)
        if ours.median and other.median and other.median < ours.median:
            said.append(
                f"- {what}: {other.engine} takes {seconds(other.median)}, supportkpi {seconds(ours.median)}, "
                f"{ours.median / other.median:.2f} times as long."
            )
        hidden = other.engine == "Polars" and ours.setting.source == "memory"
        if hidden or ours.setting.rows < BIG_ENOUGH or ours.peak is None or other.peak is None:
            continue
        if other.peak >= ours.peak:
            continue
        said.append(f"- {what}: {other.engine} needs {bytes_(other.peak)} at its peak, supportkpi {bytes_(ours.peak)}.")
    return said or ["- Nowhere in this run."]


def setting_in_words(one: Measured) -> str:
    """A setting as the beginning of a sentence."""
    setting = one.setting
    threads = "1 thread" if setting.threads == 1 else f"{setting.threads} threads"
    return f"{setting.title[:1].upper()}{setting.title[1:]}, {setting.rows:,} contacts, {threads}"


def machine() -> Iterator[str]:
    """Where it ran."""
    try:
        told = Path("/proc/cpuinfo").read_text().splitlines()
        models = [line.split(":", 1)[1].strip() for line in told if line.startswith("model name")]
        memory = int(Path("/proc/meminfo").read_text().split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        models, memory = [], 0
    yield f"- Processor: {models[0] if models else platform.processor() or 'unknown'}, {os.cpu_count()} cores"
    yield f"- Memory: {memory / 2**30:.0f} GiB" if memory else "- Memory: unknown"
    yield f"- System: {platform.system()}, {platform.machine()}"
    yield f"- Python {platform.python_version()}, " + ", ".join(f"{name} {known(name)}" for name in PACKAGES)


def known(package: str) -> str:
    """A package's version."""
    try:
        return version(package)
    except PackageNotFoundError:  # a build that was copied into place
        return str(getattr(import_module(package), "__version__", "of unknown version"))


INTRO = """<!-- Written by `{command}`; run it again rather than change it. -->

# How fast it is

The same figures of the same contacts, from `supportkpi` and from queries that somebody who knows Polars and DuckDB
well would write by hand. A test asserts that all three agree on every one of them: counts and money exactly. Everything
is in [benches](../benches/README.md).

## What is compared, and what is not

- By hand: {figures} figures with their populations, {readings} values of the total and the same by agent and by week:
  one total, six agents (nobody is one), 26 weeks. Percentiles of a single handling's times are in the total only.
- supportkpi: the same figures and groups with all populations, and each agent in each week as well, 189 groups in all;
  each value with its interval, evidence and flags. It also checks every rule on every row, ids for duplicates too, and
  makes a fingerprint of the rows, while the queries take the rows on trust. *Whole catalogue* is every figure there is.
- The queries are tuned: one pass for all that adds up, a join on hashed keys for returns, few sorts for all peaks, and
  whichever engine of Polars is faster for a part. A first draft would be slower.
- DuckDB has its table in its own form, Polars in a data frame, and supportkpi reads an Arrow table where it is.

Each measurement is a process of its own that is kept to its number of cores. The table is loaded before the clock
starts, except where it is read from a Parquet file. One run warms up, the next ones count; engines take turns. A time
is the median over {rounds} processes of the median of their runs. The peak of memory is what the first run takes beyond
the loaded table. Polars keeps what loading took and works in that, so of tables in memory its peak says nothing.

## Machine

{machine}

`{command}`
"""


def page(found: list[Measured], rounds: int, command: str) -> str:
    """The page of the documentation."""
    readings = sum(map(len, FIGURES.values()))
    intro = INTRO.format(
        command=command, figures=len(FIGURES), readings=readings, rounds=rounds, machine="\n".join(machine())
    )
    parts = [intro.rstrip()]
    for title in dict.fromkeys(one.setting.title for one in found):
        some = [one for one in found if one.setting.title == title]
        some.sort(key=lambda one: (-one.setting.threads, one.setting.rows))
        head = [*HEAD[1:-1], "rate" if some[0].setting.source == "json" else HEAD[-1]]
        lines = marked([head, *(row(one, found)[1:] for one in some)])
        parts.append("\n\n".join([f"## {title[:1].upper()}{title[1:]}", lines, *remarks(some, found)]))
    parts.append("## From small to large\n\n" + ("\n".join(linear(found)) or "Not measured."))
    parts.append("## Memory\n\n" + ("\n".join(beyond(found)) or "Not measured."))
    parts.append("## Where it loses\n\n" + "\n".join(losses(found)))
    return "\n\n".join(parts) + "\n"


def beyond(found: list[Measured]) -> Iterator[str]:
    """Bytes for each contact, beyond the table itself."""
    for one in found:
        if one.engine == OURS and one.per_contact is not None and one.setting.rows >= BIG_ENOUGH:
            yield f"- {setting_in_words(one)}: {one.per_contact:.0f} bytes a contact beyond what was loaded."


def remarks(some: list[Measured], found: list[Measured]) -> Iterator[str]:
    """How much longer it takes than the same in memory, in order and with fewer figures."""
    plain = {
        (one.engine, one.setting.rows, one.setting.threads): one.median
        for one in found
        if one.setting.title == "in memory"
    }
    said = []
    for one in some:
        usual = plain.get((one.engine, one.setting.rows, one.setting.threads))
        if one.setting.title != "in memory" and usual and one.median and one.setting.source == "memory":
            said.append(f"{one.engine} with {one.setting.rows:,} contacts {one.median / usual:.2f}")
    if said:
        yield f"Times as long as in memory, in the order of time and with the figures by hand: {', '.join(said)}."
