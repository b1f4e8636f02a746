"""What is measured is told as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import pages
import plan

FEW = plan.Setting("in memory", 2_000_000, 2)


def measured(engine: str, seconds: float, mebibytes: int) -> plan.Measured:
    """A measurement that nobody made."""
    return plan.Measured(FEW, engine, 1, [seconds], [mebibytes * 2**20])


FOUND = [measured(plan.OURS, 2.0, 300), measured("Polars", 1.5, 400), measured("DuckDB", 4.0, 200)]


def test_a_loss_is_called_one() -> None:
    """In the table and in words."""
    cells = [pages.row(one, FOUND)[-1] for one in FOUND]
    assert cells == ["", "0.75 × the time: supportkpi loses", "2.00 × the time"]
    assert pages.losses(FOUND) == [
        "- In memory, 2,000,000 contacts, 2 threads: Polars takes 1.5 s, supportkpi 2 s, 1.33 times as long.",
        "- In memory, 2,000,000 contacts, 2 threads: DuckDB needs 200 MiB at its peak, supportkpi 300 MiB.",
    ]


def test_a_failure_is_no_secret() -> None:
    """It stands where a time would, and among the losses."""
    failed = plan.Measured(FEW, plan.OURS, 1, failure="ended with -9")
    assert pages.row(failed, [failed])[-1] == "failed: ended with -9"
    assert pages.losses([failed]) == ["- In memory, 2,000,000 contacts, 2 threads: supportkpi failed."]


def test_linear_time_has_the_exponent_1() -> None:
    """And a square has 2."""
    assert plan.exponent([(10, 0.1), (100, 1.0), (1000, 10.0)]) == pytest.approx(1)
    assert plan.exponent([(10, 1.0), (100, 100.0), (1000, 10_000.0)]) == pytest.approx(2)
    assert plan.exponent([(10, 0.1), (100, 1.0)]) is None


def test_no_setting_is_measured_twice() -> None:
    """Whatever the largest table is."""
    for most in (5_000, 100_000, 300_000, 10_000_000):
        settings = plan.settings(most, very_large=True)
        files = [(one, engine) for one in settings for engine in one.engines]
        assert len(files) == len(set(files))
        assert max(one.rows for one in settings if one.rows != plan.VERY_LARGE) == most


@pytest.mark.parametrize("source", ["memory", "parquet"])
def test_every_engine_can_be_measured(source: str, tmp_path: Path) -> None:
    """Each in a process of its own."""
    found = plan.measure(plan.Setting("tried", 1_000, 1, source), tmp_path, rounds=1)
    assert [(one.engine, one.failure, len(one.seconds)) for one in found] == [(name, None, 1) for name in plan.ENGINES]
    assert "## Tried" in pages.page(found, 1, "python benches/run.py")
