"""What may stand in a cell, and what Python gets to hear of everything else."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any

import pytest

import supportkpi
from supportkpi import SupportKpiError

UTC = timezone.utc


class Handling(str, Enum):
    AI = "ai"


class Score(IntEnum):
    GOOD = 5


class MissingTime(datetime):
    """What pandas has for a time that is missing."""

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        return "NaT"


def row(**cells: Any) -> dict[str, Any]:
    closed = {"closed_at": datetime(2026, 1, 5, 10, tzinfo=UTC), "outcome": "resolved"}
    return {"id": "1", "handling": "ai", "opened_at": datetime(2026, 1, 5, 9, tzinfo=UTC), **closed, **cells}


def rules(*rows: Mapping[str, Any], **options: Any) -> list[tuple[str, str, str | None]]:
    with pytest.raises(SupportKpiError) as caught:
        supportkpi.report(rows, **options)
    assert caught.value.code == "invalid_rows"
    return [(p.rule, e.column, e.value) for p in caught.value.problems for e in p.examples]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("opened_at", "2026-01-05T09:00:00Z"),
        ("opened_at", datetime(2026, 1, 5, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
        ("opened_at", datetime(2026, 1, 5, 9, 53, 28, tzinfo=timezone(timedelta(minutes=53, seconds=28)))),
        ("handling", Handling.AI),
        ("csat", Score.GOOD),
        ("csat", 5),
        ("csat", 5.0),
        ("csat", Decimal("5.0")),
        ("cost_api", Decimal("1E-2")),
        ("cost_api", "0.01"),
        ("cost_api", 0.01),
        ("confirmed", True),
        ("agent_id", "naïve “quotes” \\ \n \U0001f600"),
        ("an_unknown_column", object()),
        ("reopened_at", None),
        ("reopened_at", MissingTime(2026, 1, 1)),
    ],
)
def test_what_a_cell_may_be(column: str, cell: Any) -> None:
    report = supportkpi.report([row(**{column: cell})], by=["agent_id"])
    assert report["interactions"].value == 1


def test_decimals_keep_their_digits() -> None:
    cost = Decimal("0.1234567890123456789012345678")
    day = {"start": datetime(2026, 1, 5, tzinfo=UTC), "end": datetime(2026, 1, 6, tzinfo=UTC)}
    costs = [{"layer": "platform", "scope": "ai", "amount": cost, **day}]
    report = supportkpi.report([row()], costs=costs)
    assert report.to_dict()["ledger"]["total"] == str(cost)


@pytest.mark.parametrize("cell", [float("nan"), Decimal("NaN"), Decimal("-sNaN")])
def test_nan_is_a_number_that_is_not_finite(cell: float | Decimal) -> None:
    assert rules(row(csat=cell, cost_api=cell)) == [("not_finite", "csat", "NaN"), ("not_finite", "cost_api", "NaN")]


def test_infinity_is_a_number_that_is_not_finite() -> None:
    assert rules(row(cost_api=float("-inf"))) == [("not_finite", "cost_api", "-inf")]
    assert rules(row(cost_api=Decimal("Infinity"))) == [("not_finite", "cost_api", "inf")]


def test_nan_is_no_text() -> None:
    assert rules(row(customer_id=float("nan"))) == [("wrong_type", "customer_id", "NaN")]


def test_a_time_without_a_zone_needs_the_option() -> None:
    naive = row(opened_at=datetime(2026, 1, 5, 9))
    assert rules(naive) == [("naive_timestamp", "opened_at", "2026-01-05T09:00:00")]
    assert supportkpi.report([naive], naive_timezone="UTC")["interactions"].value == 1


def test_a_number_that_is_larger_than_any_integer_type() -> None:
    assert rules(row(input_tokens=10**30))[0][:2] == ("out_of_range", "input_tokens")


@pytest.mark.parametrize("cell", [[5], {"a": 1}, b"ai", object(), 1j, {1}])
def test_a_cell_of_another_type_is_named_with_its_place(cell: Any) -> None:
    with pytest.raises(TypeError, match=r"^interactions, row 1, column csat: cannot read a "):
        supportkpi.report([row(), row(id="2", csat=cell)])


def test_text_that_is_not_unicode_is_named_with_its_place() -> None:
    with pytest.raises(ValueError, match="^costs, row 0, column layer: .*surrogates") as caught:
        supportkpi.report([row()], costs=[{"layer": "\ud800"}])
    assert not isinstance(caught.value, SupportKpiError)


@pytest.mark.parametrize("rows", [5, {"id": "1"}, b"[]", row()])
def test_a_table_that_is_no_table(rows: Any) -> None:
    with pytest.raises(TypeError, match=r"^interactions is a \w+; give a list of dicts"):
        supportkpi.report(rows)


@pytest.mark.parametrize("rows", [["id"], [None], [[("id", "1")]]])
def test_a_row_that_is_no_row(rows: Any) -> None:
    with pytest.raises(TypeError, match="^interactions, row 0: a .* is no row"):
        supportkpi.report(rows)


def test_a_column_without_a_name() -> None:
    with pytest.raises(TypeError, match="^interactions, row 0: the column 5 has no text for a name"):
        supportkpi.report([{5: 1}])  # type: ignore[arg-type]


def test_rows_may_come_from_anything_that_gives_mappings() -> None:
    assert supportkpi.report(MappingProxyType(row(id=str(i))) for i in range(3))["interactions"].value == 3


def test_what_an_iterator_raises_comes_through() -> None:
    def rows() -> Any:
        yield row()
        raise LookupError("the connection is gone")

    with pytest.raises(LookupError, match="the connection is gone"):
        supportkpi.report(rows())
