"""A report as a table of any library of data frames: one row a value."""

import io
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import supportkpi
from supportkpi import Report

CONTACT = {"handling": "ai", "closed_at": "2026-01-12T10:00:00Z", "outcome": "resolved"}
ROWS: list[dict[str, Any]] = [
    {**CONTACT, "id": "1", "opened_at": "2026-01-05T09:00:00Z", "agent_id": "a", "cost_api": "0.10", "csat": 5},
    {**CONTACT, "id": "2", "opened_at": "2026-01-12T09:00:00Z", "agent_id": "b", "cost_api": "0.2000005", "csat": 1},
    {**CONTACT, "id": "3", "opened_at": "2026-01-12T09:30:00Z", "cost_api": "0.05"},
]


@pytest.fixture(scope="module")
def report() -> Report:
    return supportkpi.report(ROWS, by=["agent_id"], every="week", baseline={"cost_per_contact": "9.20"})


def test_one_row_a_value_in_the_order_of_the_report(report: Report) -> None:
    rows = pl.DataFrame(report).to_dicts()
    assert len(rows) == len(report)
    for row, value in zip(rows, report, strict=True):
        assert (row["id"], row["population"], row["unit"]) == (value.id, value.population, value.unit)
        assert (row["n"], row["low"], row["high"]) == (value.n, value.low, value.high)
        assert (row["method"], row["p_value"], row["band"]) == (value.method, value.p_value, value.band)
        assert row["undefined"] == (value.undefined and value.undefined.reason)
        assert row["flags"] == " ".join(value.flags)
        assert row["agent_id"] == value.by.get("agent_id")
        assert (row["every"], row["period_start"]) == (
            (value.period.every, value.period.start) if value.period else (None, None)
        )
        assert row["numerator"] == (None if value.numerator is None else float(value.numerator))
        number = value.value
        if isinstance(number, Decimal):
            assert (row["money"], row["value"]) == (number, float(number))
        elif not isinstance(number, tuple):
            assert (row["money"], row["value"]) == (None, number)


def test_polars(report: Report) -> None:
    frame = pl.DataFrame(report)
    assert frame.schema["period_start"] == pl.Datetime("us", "UTC")
    assert frame.schema["money"] == pl.Decimal(38, 6)
    assert frame.schema["n"] == pl.Int64
    weeks = frame.filter(pl.col("period_start") == datetime(2026, 1, 12, tzinfo=timezone.utc), pl.col("id") == "csat")
    assert weeks["value"].drop_nulls().to_list()[0] == 0.0


def test_pandas(report: Report) -> None:
    frame = pd.DataFrame.from_arrow(report)
    assert len(frame) == len(report)
    total = frame[(frame["id"] == "interactions") & (frame["population"] == "all")].iloc[0]
    assert total["value"] == 3.0
    assert frame["money"].dropna().map(type).unique().tolist() == [Decimal]


def test_pyarrow_and_duckdb(report: Report) -> None:
    tidy = pa.table(report)
    assert tidy.num_rows == len(report)
    assert tidy.column("money").type == pa.decimal128(38, 6)
    counted = duckdb.sql("select count(*) from tidy")
    assert counted is not None
    assert counted.limit(1).fetchall() == [(len(report),)]


def test_the_table_survives_a_journey(report: Report) -> None:
    assert pa.table(Report(report.to_json())) == pa.table(report)
    written = io.BytesIO()
    pl.DataFrame(report).write_parquet(written)
    written.seek(0)
    assert pl.read_parquet(written).equals(pl.DataFrame(report))


def test_a_dimension_with_the_name_of_a_column_of_ours() -> None:
    rows = [{**row, "band": "gold"} for row in ROWS]
    frame = pl.DataFrame(supportkpi.report(rows, by=["band"], kpis=["interactions"]))
    assert frame.columns[0] == "by_band"
    assert frame["by_band"].to_list()[-1] == "gold"
    assert frame["band"].null_count() == len(frame)


def test_a_report_without_rows() -> None:
    report = supportkpi.report("[]", kpis=["interactions"])
    assert pl.DataFrame(report)["value"].to_list() == [value.value for value in report]


def test_what_is_no_report() -> None:
    with pytest.raises(ValueError, match="this is no report"):
        pl.DataFrame(Report("{}"))
