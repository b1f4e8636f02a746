"""What type checkers see, checked by `mypy --strict` and run here."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from supportkpi import Report, Share, Value, report


def test_types() -> None:
    computed: Report = report("[]", by=["agent_id"], every="week", on_invalid="quarantine", baseline={"csat": 0.8})
    value: Value = computed["interactions"]
    number: float | int | Decimal | tuple[Share, ...] | None = value.value
    assert number is None or isinstance(number, int)
    report("[]", every="fortnight") if value.n else None  # type: ignore[arg-type]
    report("[]", colour="red") if value.n else None  # type: ignore[call-arg]


def test_types_of_tables() -> None:
    frame = pl.DataFrame({"id": ["1"], "handling": ["ai"], "opened_at": ["2026-01-05T09:00:00Z"]})
    relation = duckdb.sql("select '1' as id, 'ai' as handling, timestamptz '2026-01-05 09:00:00+00' as opened_at")
    assert relation is not None
    for computed in (
        report(frame, threads=2),
        report(frame.lazy()),
        report(relation),
        report(frame.to_dicts()),
    ):
        assert computed["interactions"].value == 1
    with pytest.raises(FileNotFoundError):
        report(Path("nowhere"))
    with pytest.raises(TypeError):
        report(5)  # type: ignore[arg-type]


def test_the_stub_of_the_native_module_is_true() -> None:
    config = Path(__file__).parents[1] / "pyproject.toml"
    command = [sys.executable, "-m", "mypy.stubtest", "supportkpi._supportkpi", "--mypy-config-file", str(config)]
    checked = subprocess.run(command, check=False, capture_output=True, text=True, cwd=config.parent)
    assert checked.stdout.startswith("Success: no issues found"), checked.stdout
