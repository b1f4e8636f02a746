"""The same rows give the same bytes, whichever library holds them."""

import csv
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import supportkpi
from conftest import CASES, ROOT
from supportkpi import Report, SupportKpiError

Dicts = list[dict[str, Any]]
Make = Callable[[pa.Table, Path], Any]

OPTIONS: dict[str, Any] = {"by": ["agent_id", "desk"], "every": "month"}
CODED = pa.dictionary(pa.int8(), pa.string())
TIME, MONEY, TEXT = pa.timestamp("us", "UTC"), pa.decimal128(18, 6), pa.string()
WORDS = {"handling": CODED, "outcome": CODED, "channel": CODED, "agent_id": CODED, "desk": pa.int64()}
FLAGS = {"in_scope", "confirmed", "escalation_needed", "context_transferred", "survey_sent", "intent_correct"} | {
    *("qa_policy_ok", "qa_data_ok", "qa_brand_ok", "qa_summary_ok", "converted")
}
FLOATS = {"sentiment_start", "sentiment_end", "confidence"}
TEXTS = {"id", "customer_id", "account_id", "issue", "session_id", "human_agent_id", "model_version", "segment"} | {
    *("language", "priority", "escalation_reason")
}


def arrow_type(column: str) -> Any:
    if column in WORDS:
        return WORDS[column]
    if column.endswith("_at"):
        return TIME
    if column.startswith("cost_") or column == "revenue":
        return MONEY
    if column in FLOATS:
        return pa.float64()
    return pa.bool_() if column in FLAGS else TEXT if column in TEXTS else pa.int32()


def cell(column: str, text: str) -> Any:
    kind = arrow_type(column)
    if text == "":
        return None
    if kind == TIME:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    if kind == MONEY:
        return Decimal(text)
    if kind == pa.bool_():
        return text == "true"
    if kind in (TEXT, CODED):
        return text
    return float(text) if kind == pa.float64() else int(text)


@pytest.fixture(scope="module")
def dicts() -> Dicts:
    """The bundled desk, its first weeks, with a column of its own to group by."""
    with (ROOT / "examples" / "data" / "interactions.csv").open(encoding="utf-8") as file:
        rows = [row for row, _ in zip(csv.DictReader(file), range(4000), strict=False)]
    return [{**{k: cell(k, v) for k, v in row.items()}, "desk": n % 3} for n, row in enumerate(rows)]


@pytest.fixture(scope="module")
def table(dicts: Dicts) -> pa.Table:
    return pa.Table.from_pylist(dicts, pa.schema([(column, arrow_type(column)) for column in dicts[0]]))


@pytest.fixture(scope="module")
def expected(dicts: Dicts) -> str:
    text = supportkpi.report(dicts, **OPTIONS).to_json()
    assert text.count('"by":{') > 20
    return text


def polars(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def sql(query: str) -> Any:
    return duckdb.sql(query)


def of_duckdb(table: pa.Table, _: Path) -> Any:
    return duckdb.from_arrow(table)


def of_duckdb_enum(table: pa.Table, _: Path) -> Any:
    return duckdb.from_arrow(table).project("* replace (handling::enum('ai', 'human', 'ai_to_human') as handling)")


def of_pandas_query(table: pa.Table, _: Path) -> Any:
    """DuckDB asks the interpreter for the cells of pandas, while we ask DuckDB."""
    return duckdb.from_df(table.to_pandas())


def of_polars_codes(table: pa.Table, _: Path) -> Any:
    words = pl.Enum(["ai", "human", "ai_to_human"])
    return polars(table).with_columns(pl.col("handling").cast(words), pl.col("issue").cast(pl.Categorical))


def parquet(table: pa.Table, folder: Path, **how: Any) -> Path:
    path = folder / "desk.parquet"
    pq.write_table(table, path, row_group_size=700, **how)
    return path


def parquet_of_polars(table: pa.Table, folder: Path) -> Path:
    polars(table).write_parquet(folder / "desk.parquet", row_group_size=900)
    return folder / "desk.parquet"


def parquet_of_duckdb(table: pa.Table, folder: Path) -> Path:
    duckdb.from_arrow(table).write_parquet(str(folder / "desk.parquet"))
    return folder / "desk.parquet"


FORMS: dict[str, Make] = {
    "pyarrow table": lambda table, _: table,
    "pyarrow slice": lambda table, _: pa.concat_tables([table.slice(0, 1001), table.slice(1001)]),
    "pyarrow batch": lambda table, _: table.combine_chunks().to_batches()[0],
    "pyarrow reader": lambda table, _: table.to_reader(max_chunksize=333),
    "pyarrow generator": lambda table, _: pa.RecordBatchReader.from_batches(table.schema, iter(table.to_batches())),
    "pandas": lambda table, _: table.to_pandas(),
    "pandas of arrow": lambda table, _: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas by id": lambda table, _: table.to_pandas().set_index("id"),
    "polars": lambda table, _: polars(table),
    "polars codes": of_polars_codes,
    "polars lazy": lambda table, _: polars(table).lazy(),
    "polars scan": lambda table, folder: pl.scan_parquet(parquet(table, folder)),
    "duckdb": of_duckdb,
    "duckdb enum": of_duckdb_enum,
    "duckdb of pandas": of_pandas_query,
    "parquet": parquet,
    "parquet as text": lambda table, folder: str(parquet(table, folder)),
    "parquet zstd": lambda table, folder: parquet(table, folder, compression="zstd"),
    "parquet lz4": lambda table, folder: parquet(table, folder, compression="lz4"),
    "parquet plain": lambda table, folder: parquet(table, folder, compression="none", use_dictionary=False),
    "parquet v2": lambda table, folder: parquet(table, folder, data_page_version="2.0", store_schema=False),
    "parquet of polars": parquet_of_polars,
    "parquet of duckdb": parquet_of_duckdb,
}


@pytest.mark.parametrize("make", FORMS.values(), ids=FORMS)
def test_every_form_gives_the_same_bytes(make: Make, table: pa.Table, tmp_path: Path, expected: str) -> None:
    assert supportkpi.report(make(table, tmp_path), **OPTIONS).to_json() == expected


def answer(tables: dict[str, Any], options: dict[str, Any]) -> str | tuple[str, list[str]]:
    try:
        others = {name: rows for name, rows in tables.items() if name != "interactions"}
        return supportkpi.report(tables["interactions"], **others, **options).to_json()
    except SupportKpiError as error:
        return error.code, [problem.rule for problem in error.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_conformance_cases(case: Path, tmp_path: Path) -> None:
    read = json.loads(case.read_text("utf-8"))
    frames = {}
    for name, rows in read["tables"].items():
        try:
            frames[name] = pl.from_dicts(rows, infer_schema_length=None) if rows else pl.DataFrame()
        except (TypeError, pl.exceptions.PolarsError):
            pytest.skip("a column of several types is none of Arrow's")
    files = {name: tmp_path / f"{name}.parquet" for name in frames}
    for name, path in files.items():
        frames[name].write_parquet(path)
    # Where a column mixes whole numbers and others, Polars makes them all others.
    same = answer({name: frame.to_dicts() for name, frame in frames.items()}, read["options"])
    assert answer(frames, read["options"]) == same
    assert answer({name: frame.lazy() for name, frame in frames.items()}, read["options"]) == same
    assert answer({name: frame.to_arrow() for name, frame in frames.items()}, read["options"]) == same
    assert answer(files, read["options"]) == same


ROW: dict[str, Any] = {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z"}


def test_broken_rows_are_named_over_all_batches() -> None:
    table = pa.table({**{k: [v] * 4 for k, v in ROW.items()}, "id": list("abcd"), "csat": [5, 4, 3, 9]})
    with pytest.raises(SupportKpiError) as caught:
        supportkpi.report(table.to_reader(max_chunksize=1))
    [problem] = caught.value.problems
    assert (problem.rule, problem.examples[0].row, problem.examples[0].id) == ("out_of_range", 3, "d")


def test_a_column_of_another_type_is_an_ordinary_error() -> None:
    with pytest.raises(SupportKpiError) as caught:
        supportkpi.report(pl.DataFrame({**ROW, "csat": [[5]]}))
    assert [(p.rule, p.examples[0].value) for p in caught.value.problems] == [("wrong_type", "[5]")]


@pytest.mark.parametrize("frame", [pa.table({"id": ["1"]}), pl.DataFrame({"id": ["1"]}), pd.DataFrame({"id": ["1"]})])
def test_columns_that_are_not_there(frame: Any) -> None:
    with pytest.raises(SupportKpiError, match="missing_required") as caught:
        supportkpi.report(frame)
    assert {example.column for p in caught.value.problems for example in p.examples} == {"handling", "opened_at"}


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table, lambda rows: duckdb.from_arrow(pa.table(rows))])
def test_rows_without_any_known_column_still_count(make: Callable[[dict[str, list[int]]], Any]) -> None:
    with pytest.raises(SupportKpiError) as caught:
        supportkpi.report(make({"a": [1, 2], "b": [3, 4]}))
    assert {problem.count for problem in caught.value.problems} == {6}


def test_a_nan_of_polars_is_a_number_and_one_of_pandas_is_missing() -> None:
    with pytest.raises(SupportKpiError, match="not_finite"):
        supportkpi.report(pl.DataFrame({**ROW, "csat": [float("nan")]}))
    assert supportkpi.report(pd.DataFrame({**ROW, "csat": [float("nan")]}))["csat"].undefined is not None


def test_columns_that_nobody_reads_may_hold_anything() -> None:
    mixed = pd.DataFrame({**ROW, "note": [object()]})
    mixed[5] = 1
    assert supportkpi.report(mixed)["interactions"].value == 1
    objects = pl.DataFrame({**{k: [v] for k, v in ROW.items()}, "note": pl.Series([object()], dtype=pl.Object)})
    assert supportkpi.report(objects)["interactions"].value == 1
    odd = sql("select '1' as id, 'ai' as handling, '2026-01-05T09:00:00Z' as opened_at, 1 as \"a\"\"b\", 2 as b")
    assert supportkpi.report(odd, by=['a"b'])["interactions"].value == 1


def test_a_lazy_frame_reads_no_more_than_it_must() -> None:
    def fail(_: pl.Series) -> pl.Series:
        raise AssertionError("nobody reads this column")

    lazy = pl.LazyFrame(ROW).with_columns(pl.col("id").map_batches(fail, return_dtype=pl.String).alias("note"))
    assert supportkpi.report(lazy)["interactions"].value == 1


def test_a_column_twice() -> None:
    twice = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"])], names=["id", "id"])
    for given in (twice, twice.to_pandas(), sql("select 1 as id, 2 as id, 3 as note")):
        with pytest.raises((SupportKpiError, ValueError), match="(?i)twice|duplicate"):
            supportkpi.report(given)


@pytest.mark.parametrize("series", [pl.Series([1]), pd.Series([1]), pa.chunked_array([[1]])])
def test_what_has_no_columns(series: Any) -> None:
    with pytest.raises(TypeError, match=r"^interactions: a [\w.]+ is no table with named columns; give a data frame"):
        supportkpi.report(series)


def test_what_breaks_off_midway() -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield from pa.Table.from_pylist([ROW]).to_batches()
        raise LookupError("the connection is gone")

    reader = pa.RecordBatchReader.from_batches(pa.Table.from_pylist([ROW]).schema, batches())
    with pytest.raises(RuntimeError, match="^interactions: its Arrow stream broke off: .*the connection is gone"):
        supportkpi.report(reader)


def test_what_a_frame_raises_comes_through() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise LookupError("the connection is gone")

    class Odd:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return "no capsule"

    with pytest.raises(LookupError, match="^'?the connection is gone"):
        supportkpi.report(Broken())
    with pytest.raises(TypeError, match=r"^interactions: a .*Odd is no table"):
        supportkpi.report(Odd())


def test_other_threads_run_meanwhile(table: pa.Table, expected: str) -> None:
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda: reports.append(supportkpi.report(table, **OPTIONS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [report.to_json() for report in reports] == [expected] * 4


@pytest.mark.parametrize("library", ["polars", "duckdb"])
def test_no_other_library_is_needed(library: str, table: pa.Table, tmp_path: Path) -> None:
    path = parquet(table, tmp_path)
    code = f"""
import sys
import {library} as library
import supportkpi
for name in ("pyarrow", "pandas", "numpy"):
    assert name == "numpy" or name not in sys.modules, name
    sys.modules[name] = None
given = library.read_parquet({str(path)!r})
first, second = supportkpi.report(given), supportkpi.report({str(path)!r})
assert first == second and first["interactions"].value > 1000
print("the same")
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("the same\n", "")
