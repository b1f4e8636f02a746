"""What is measured, and what came of it."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import desk

HERE = Path(__file__).parent
OURS = "supportkpi"
ENGINES = (OURS, "Polars", "DuckDB")
SIZES = (10_000, 1_000_000, 10_000_000)
LINE = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
"""Sizes that a time per contact is compared over."""
VERY_LARGE = 50_000_000
JSON_ROWS = 1_000_000
TIMEOUT = 3600


@dataclass(frozen=True)
class Setting:
    """One way to ask, which some engines are compared in."""

    title: str
    rows: int
    threads: int
    source: str = "memory"
    """`memory`, `parquet` or `json`."""
    order: str = "time"
    engines: tuple[str, ...] = ENGINES
    whole: bool = False
    """The whole catalogue, and not only the figures that are written by hand."""

    @property
    def file(self) -> str:
        """The name of its table's file."""
        name = f"desk-{self.rows}" + ("-shuffled" if self.order == "shuffled" else "")
        return f"{name}.{'jsonl' if self.source == 'json' else 'parquet'}"

    @property
    def repeat(self) -> int:
        """How often a process runs it: a short run is easier to disturb."""
        return 5 if self.rows <= 100_000 else 3


@dataclass
class Measured:
    """What came of a setting for one engine."""

    setting: Setting
    engine: str
    size: int
    """Bytes of its table's file."""
    seconds: list[float] = field(default_factory=list)
    """A median for each process."""
    beyond: list[int] = field(default_factory=list)
    """Peak of memory above the loaded state, for each process."""
    failure: str | None = None

    @property
    def median(self) -> float | None:
        """In seconds."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def peak(self) -> float | None:
        """In bytes."""
        return statistics.median(self.beyond) if self.beyond else None

    @property
    def per_contact(self) -> float | None:
        """Bytes beyond the loaded state for each contact."""
        return None if self.peak is None else self.peak / self.setting.rows


def settings(most: int, very_large: bool) -> list[Setting]:
    """Everything that is measured with tables of up to so many contacts."""
    sizes = [rows for rows in SIZES if rows <= most] or [most]
    sizes += [most] if most < SIZES[-1] and most not in sizes else []
    largest, small = sizes[-1], min(JSON_ROWS, most)
    found = [Setting("in memory", rows, threads) for threads in (2, 1) for rows in sizes]
    found += [Setting("in memory, whole catalogue", rows, 2, engines=(OURS,), whole=True) for rows in sizes]
    found.append(Setting("Parquet file", largest, 2, "parquet"))
    found.append(Setting("in memory, shuffled", largest, 2, order="shuffled"))
    # Of sizes that are measured anyway, the line takes what is known.
    line = [Setting("in memory", rows, 2, engines=(OURS,)) for rows in LINE if rows <= most and rows not in sizes]
    found += line
    found.append(Setting("JSON text", small, 2, "json", engines=(OURS,)))
    if very_large:
        found.append(Setting("Parquet file", VERY_LARGE, 2, "parquet", engines=(OURS,)))
    return found


def make_table(setting: Setting, data: Path) -> Path:
    """The file of a setting's table, made if it is not there."""
    path = data / setting.file
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        print(f"making {path}", file=sys.stderr)
        if setting.source == "json":
            desk.write_json_lines(make_table(Setting(setting.title, setting.rows, 1), data), path)
        else:
            desk.write(path, setting.rows, order=setting.order)
    return path


def measure(setting: Setting, data: Path, rounds: int) -> list[Measured]:
    """Lets the engines take turns, so that a noisy moment is nobody's alone; whoever begins changes by round."""
    path = make_table(setting, data)
    size = path.stat().st_size
    found = [Measured(setting, engine, size) for engine in setting.engines]
    for turn in range(rounds):
        first = turn % len(found)
        for one in found[first:] + found[:first]:
            if one.failure is None:
                run_once(one, path)
    return found


def run_once(one: Measured, path: Path) -> None:
    """One process."""
    setting = one.setting
    task = {
        **{"engine": one.engine, "path": str(path), "source": setting.source, "threads": setting.threads},
        **{"whole": setting.whole, "repeat": setting.repeat},
    }
    command = [sys.executable, str(HERE / "worker.py"), json.dumps(task)]
    limits = {name: str(setting.threads) for name in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS")}
    try:
        done = subprocess.run(
            command, env={**os.environ, **limits}, capture_output=True, text=True, timeout=TIMEOUT, check=True
        )
    except subprocess.TimeoutExpired:
        one.failure = f"took more than {TIMEOUT} s"
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines()
        one.failure = said[-1] if said else f"ended with {error.returncode}"
    else:
        told = json.loads(done.stdout.splitlines()[-1])
        one.seconds.append(statistics.median(told["seconds"]))
        if told["beyond"] is not None:
            one.beyond.append(told["beyond"])


def compared(found: list[Measured]) -> Iterator[tuple[Measured, Measured]]:
    """Each of the others with supportkpi in the same setting."""
    ours = {one.setting: one for one in found if one.engine == OURS}
    for other in found:
        if other.engine != OURS and other.setting in ours:
            yield ours[other.setting], other


def on_the_line(found: list[Measured]) -> list[tuple[int, float]]:
    """Contacts and seconds of supportkpi in memory with two threads."""
    points = {
        one.setting.rows: one.median
        for one in found
        if (one.engine, one.setting.title, one.setting.threads) == (OURS, "in memory", 2)
        and one.setting.rows >= LINE[0]
    }
    return sorted((rows, seconds) for rows, seconds in points.items() if seconds is not None)


def exponent(points: list[tuple[int, float]]) -> float | None:
    """The slope of log time over log contacts: 1 is linear."""
    if len(points) < 3:
        return None
    x, y = [math.log(rows) for rows, _ in points], [math.log(seconds) for _, seconds in points]
    return statistics.linear_regression(x, y).slope
