"""supportkpi and the queries by hand agree on every figure of the same table."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import by_duckdb
import by_polars
import desk
import supportkpi
from figures import FIGURES, PARTITION, Answer, Group, Reading, read

ROWS = 50_000
NEAR = {"confidence_mean": 1e-7, "sentiment_shift": 1e-7}
"""Queries add floats of 32 bits up as doubles, supportkpi adds the decimals that they stand for: half a last digit."""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk's contacts."""
    path = tmp_path_factory.mktemp("desk") / "contacts.parquet"
    desk.write(path, ROWS, seed=5)
    return path


@pytest.fixture(scope="module")
def ours(table: Path) -> Answer:
    """What supportkpi says."""
    return read(supportkpi.report(table, by=["agent_id"], every="week", kpis=list(FIGURES), threads=2).to_json())


def polars(table: Path) -> Answer:
    """What Polars says of a table in memory."""
    return by_polars.answer(by_polars.load(table))


def polars_file(table: Path) -> Answer:
    """What Polars says of a file."""
    return by_polars.answer(by_polars.scan(table))


def duck(table: Path) -> Answer:
    """What DuckDB says of a table of its own."""
    database = by_duckdb.connect(2)
    by_duckdb.load(database, table)
    return by_duckdb.answer(database)


def duck_file(table: Path) -> Answer:
    """What DuckDB says of a file."""
    database = by_duckdb.connect(2)
    by_duckdb.scan(database, table)
    return by_duckdb.answer(database)


def same(figure: str, ours: Reading, theirs: Reading) -> bool:
    """Counts and money are equal, all else is but for the last bits."""
    if ours.value is not None and theirs.denominator is not None and figure not in NEAR:
        whole = (theirs.numerator, theirs.denominator)
        if (ours.numerator, ours.denominator) != whole:
            return False
    if isinstance(ours.value, float) and theirs.value is not None:
        return math.isclose(ours.value, float(theirs.value), rel_tol=1e-9, abs_tol=NEAR.get(figure, 0))
    return bool(ours.value == theirs.value)


@pytest.mark.parametrize("by_hand", [polars, polars_file, duck, duck_file])
def test_agrees(by_hand: Any, table: Path, ours: Answer) -> None:
    """Every figure of every group that a query by hand computes."""
    theirs: Answer = by_hand(table)
    assert theirs.keys() == ours.keys()
    differ: list[tuple[Group, tuple[str, str], Reading, Reading]] = [
        (group, name, ours[group][name], reading)
        for group, figures in theirs.items()
        for name, reading in figures.items()
        if not same(name[0], ours[group][name], reading)
    ]
    assert differ == []


def test_nothing_is_left_out(table: Path, ours: Answer) -> None:
    """By hand, the total has every figure for every population, and so has supportkpi."""
    listed = {(figure, population) for figure, populations in FIGURES.items() for population in populations}
    listed |= {("outcomes", outcome) for outcome in PARTITION}
    assert polars(table)["total", None].keys() == duck(table)["total", None].keys() == listed
    assert ours["total", None].keys() == listed


def test_the_desk_is_sound_and_has_its_traps(table: Path) -> None:
    """No row breaks a rule, and each of the planted returns is there."""
    report = supportkpi.report(table, kpis=["interactions"], on_invalid="quarantine").to_dict()
    assert report["counts"] == {"rows_in": ROWS, "rows_used": ROWS, "rows_quarantined": 0, "rows_out_of_scope": 0}
    rows = pq.read_table(table)
    assert pc.sum(pc.equal(rows["opened_at"], rows["closed_at"])).as_py() > 0
    assert pc.min(rows["opened_at"]).as_py().year == 2025
    assert 0 < rows["outcome"].null_count < ROWS / 100
    delays = gaps(table)
    assert set(desk.PLANTED_RETURNS) <= delays


def gaps(table: Path) -> set[int]:
    """Milliseconds between the closing of contacts and openings of the same customer and issue."""
    database = by_duckdb.connect(2)
    by_duckdb.scan(database, table)
    pairs = "contacts a join contacts b using (customer_id, issue)"
    found = database.execute(f"select epoch_ms(b.opened_at) - epoch_ms(a.closed_at) from {pairs}").fetchall()
    return {gap for (gap,) in found}


def test_same_seed_same_rows_in_any_order(tmp_path: Path) -> None:
    """Shuffled, it is the same table."""
    prints: list[str] = []
    for order in ("time", "time", "shuffled"):
        path = tmp_path / f"{len(prints)}.parquet"
        desk.write(path, 20_000, seed=3, order=order)
        prints.append(supportkpi.report(path, kpis=["interactions"]).fingerprint)
    assert len(set(prints)) == 1
    firsts = [pq.read_table(tmp_path / f"{at}.parquet", columns=["id"])["id"][0].as_py() for at in (0, 2)]
    assert firsts[0] != firsts[1]


def test_json_lines_are_the_same_rows(tmp_path: Path) -> None:
    """Written as JSON, nothing is lost."""
    table, lines = tmp_path / "few.parquet", tmp_path / "few.jsonl"
    desk.write(table, 2_000)
    desk.write_json_lines(table, lines)
    text = f"[{','.join(lines.read_text().splitlines())}]"
    kpis = list(FIGURES)
    assert supportkpi.report(text, kpis=kpis).to_json() == supportkpi.report(table, kpis=kpis).to_json()
