"""A desk may call our columns otherwise, and have other words for who handled a contact."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import supportkpi
from supportkpi import InvalidOption, InvalidRows, Report, Translated, handling_from

START = datetime(2026, 1, 5, 9, tzinfo=timezone.utc)
WORDS = ["bot", "agent", "bot, agent", "lead"]
ROWS: list[dict[str, Any]] = [
    {
        "ticket_id": str(n),
        "assignee": WORDS[n % 4],
        "created": START + timedelta(hours=n),
        "team": f"t{n % 3}",
        "id": "not this one",
        "note": "nobody reads this",
    }
    for n in range(40)
]
HANDLING = handling_from("assignee", ai="bot", human=["agent", "lead"], ai_to_human="bot, agent")
COLUMNS: dict[str, str | Translated] = {"id": "ticket_id", "opened_at": "created", "handling": HANDLING, "desk": "team"}
OURS = [
    {
        "id": row["ticket_id"],
        "handling": {"bot": "ai", "bot, agent": "ai_to_human"}.get(row["assignee"], "human"),
        "opened_at": row["created"],
        "desk": row["team"],
    }
    for row in ROWS
]


@dataclass(frozen=True, slots=True)
class Ticket:
    ticket_id: str
    assignee: str
    created: datetime
    team: str
    note: object = field(default_factory=object)


def duck(table: pa.Table) -> Any:
    return duckdb.sql("select * from table_of_tickets", connection=_connected(table))


def _connected(table: pa.Table) -> Any:
    connection = duckdb.connect()
    connection.register("table_of_tickets", table)
    return connection


def parquet(table: pa.Table, folder: Path) -> str:
    pq.write_table(table, folder / "tickets.parquet", row_group_size=7)
    return str(folder / "tickets.parquet")


FORMS: dict[str, Callable[[pa.Table, Path], Any]] = {
    "dicts": lambda table, folder: ROWS,
    "json": lambda table, folder: json.dumps([{**row, "created": row["created"].isoformat()} for row in ROWS]),
    "dataclasses": lambda table, folder: [
        Ticket(row["ticket_id"], row["assignee"], row["created"], row["team"]) for row in ROWS
    ],
    "pyarrow": lambda table, folder: table,
    "pyarrow dictionary": lambda table, folder: table.set_column(
        1, "assignee", table.column("assignee").dictionary_encode()
    ),
    "polars": lambda table, folder: pl.DataFrame(table),
    "polars categorical": lambda table, folder: pl.DataFrame(table).with_columns(
        pl.col("assignee").cast(pl.Categorical)
    ),
    "polars lazy": lambda table, folder: pl.DataFrame(table).lazy(),
    "pandas": lambda table, folder: pd.DataFrame(ROWS),
    "duckdb": lambda table, folder: duck(table),
    "parquet": parquet,
}


@pytest.fixture(scope="module")
def expected() -> Report:
    return supportkpi.report(OURS, by=["desk"], every="day")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_by_other_names(form: str, expected: Report, tmp_path: Path) -> None:
    given = FORMS[form](pa.Table.from_pylist(ROWS), tmp_path)
    assert supportkpi.report(given, columns=COLUMNS, by=["desk"], every="day") == expected


def test_other_verbs_and_tables_have_names_too() -> None:
    costs: list[dict[str, Any]] = [
        {"kind": "platform", "scope": "ai", "sum": "12.50", "start": START, "end": START + timedelta(days=1)}
    ]
    renamed: Any = {**COLUMNS, "costs": {"layer": "kind", "amount": "sum"}}
    plain = [{"layer": c["kind"], "amount": c["sum"], **{n: c[n] for n in ("scope", "start", "end")}} for c in costs]
    report = supportkpi.report(ROWS, costs=costs, columns=renamed, by=["desk"])
    assert report == supportkpi.report(OURS, costs=plain, by=["desk"])
    bias = supportkpi.bias(ROWS, dimension="desk", smallest=2, columns=COLUMNS)
    assert bias == supportkpi.bias(OURS, dimension="desk", smallest=2)


def test_two_columns_may_change_names() -> None:
    rows = [{"id": row["handling"], "handling": row["id"], "opened_at": row["opened_at"]} for row in OURS]
    swapped = supportkpi.report(rows, columns={"id": "handling", "handling": "id"})
    assert swapped == supportkpi.report(OURS)


def test_flags_and_numbers_may_say_who_handled_a_contact() -> None:
    rows = [{"id": str(n), "opened_at": START, "bot": n % 2 == 0, "kind": n % 2} for n in range(10)]
    flag, number = handling_from("bot", ai="true", human="false"), handling_from("kind", ai="0", human="1")
    dicts = supportkpi.report(rows, columns={"handling": flag})
    assert dicts["interactions", "ai"].value == 5
    assert dicts == supportkpi.report(rows, columns={"handling": number})
    assert dicts == supportkpi.report(pl.DataFrame(rows), columns={"handling": flag})
    assert dicts == supportkpi.report(pl.DataFrame(rows), columns={"handling": number})


@pytest.mark.parametrize("frame", [list, pl.DataFrame, pd.DataFrame])
def test_a_word_of_nobody_is_named_with_its_row(frame: Callable[[Any], Any]) -> None:
    rows = [*ROWS[:3], {**ROWS[3], "assignee": "the boss"}]
    with pytest.raises(InvalidRows) as caught:
        supportkpi.report(frame(rows), columns=COLUMNS, by=["desk"])
    assert caught.value.rows == [
        {
            "table": "interactions",
            "rule": "unknown_value",
            "row": 3,
            "id": "3",
            "column": "handling",
            "value": "the boss",
        }
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_column_that_is_not_there(form: str, tmp_path: Path) -> None:
    given = FORMS[form](pa.Table.from_pylist(ROWS), tmp_path)
    with pytest.raises(InvalidOption, match="^columns: interactions has no column `channel_name`, which `channel`"):
        supportkpi.report(given, columns={**COLUMNS, "channel": "channel_name"}, by=["desk"])


def refused(columns: Any, **options: Any) -> str:
    with pytest.raises(InvalidOption) as caught:
        supportkpi.report(ROWS, columns=columns, **options)
    return str(caught.value)


def test_a_column_of_ours_that_does_not_exist() -> None:
    misspelt = refused({"custmer_id": "note"})
    assert misspelt.startswith(
        "columns: interactions have no column `custmer_id` that anything reads. Did you mean `cust"
    )
    assert "when an option such as `by` names it" in refused(COLUMNS), "desk is read with by=['desk'] only"
    assert 'columns={"id": "ticket_id"}' in refused({"ticket_id": "id"})


def test_one_column_cannot_be_two() -> None:
    text = refused({"id": "ticket_id", "customer_id": "ticket_id"})
    assert text.startswith("columns: `ticket_id` of interactions cannot be both `")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["id"], "columns is a list; give a dict of our names to yours"),
        ({"id": 5}, "columns: id is a int; give the name of your column"),
        ({"costs": "sum"}, r"columns\['costs'\] is a str; give a dict"),
        ({"costs": {"amount": 5}}, "columns: costs.amount is a int"),
    ],
)
def test_what_is_no_name(columns: Any, says: str) -> None:
    with pytest.raises(TypeError, match=f"^{says}"):
        supportkpi.report(ROWS, columns=columns)


def test_words_that_say_nothing_or_two_things() -> None:
    with pytest.raises(ValueError, match="^handling_from: 'bot' cannot be both ai and human"):
        handling_from("assignee", ai="bot", human=["agent", "bot"])
    with pytest.raises(ValueError, match="^handling_from: say what stands in 'assignee'"):
        handling_from("assignee")


def test_a_class_of_rows_is_no_row() -> None:
    with pytest.raises(TypeError, match="row 0: a .* is no row; give a dict with columns for keys, or a dataclass"):
        supportkpi.report([Ticket])  # type: ignore[arg-type]
