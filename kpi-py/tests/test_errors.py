"""Errors keep their code, their message and their problems on the way to Python."""

import pickle
import re
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

import supportkpi
from supportkpi import SupportKpiError, _supportkpi
from supportkpi._options import Options

ROW: dict[str, Any] = {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z"}


def failure(*arguments: Any, **options: Any) -> SupportKpiError:
    with pytest.raises(SupportKpiError) as caught:
        supportkpi.report(*arguments, **options)
    return caught.value


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([{"id": "1"}], {}, "invalid_rows"),
        ([ROW], {"colour": "red"}, "invalid_option"),
        ([ROW], {"by": "agent_id"}, "invalid_option"),
        ([ROW], {"confidence_level": 95}, "invalid_option"),
        ([ROW], {"low_confidence_threshold": float("nan")}, "invalid_option"),
        ([ROW], {"kpis": ["csta"]}, "unknown_kpi"),
        ("[{]", {}, "malformed_input"),
        ("{}", {}, "malformed_input"),
        ("[" * 100, {}, "limit_exceeded"),
    ],
)
def test_codes(rows: Any, options: dict[str, Any], code: str) -> None:
    error = failure(rows, **options)
    assert isinstance(error, ValueError)
    assert error.code == code
    assert len(str(error)) > 10
    assert bool(error.problems) == (code == "invalid_rows")


def test_problems() -> None:
    error = failure([ROW, {**ROW, "id": "2", "csat": "good"}])
    [problem] = error.problems
    assert (problem.table, problem.rule, problem.count) == ("interactions", "wrong_type", 1)
    [example] = problem.examples
    assert (example.row, example.id, example.column, example.value) == (1, "2", "csat", "good")


def test_an_error_travels_between_processes() -> None:
    error = failure([{"id": "1"}])
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.code, copy.problems) == (type(error), str(error), error.code, error.problems)


def test_options_of_every_type() -> None:
    options: Options = {
        "as_of": datetime(2026, 1, 12, tzinfo=timezone.utc),
        "by": ("agent_id",),
        "every": None,
        "low_confidence_threshold": Decimal("0.5"),
        "baseline": {"cost_per_contact": Decimal("9.20")},
        "business_hours": {
            "time_zone": "UTC",
            "weekly": {"mon": [["09:00", "17:00"]]},
            "holidays": [date(2026, 12, 25)],
        },
    }
    assert supportkpi.report([ROW], **options).as_of == datetime(2026, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize("option", [object(), {"a": object()}, [object()], {5: 1}])
def test_an_option_of_another_type(option: Any) -> None:
    with pytest.raises(TypeError, match="^baseline"):
        supportkpi.report([ROW], baseline=option)


def test_an_option_that_contains_itself() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(TypeError, match="nests deeper than any option does"):
        supportkpi.report([ROW], targets=loop)


def test_the_typed_options_are_those_of_the_core() -> None:
    known = re.findall(r"`(\w+)`", str(failure([ROW], colour="red")))
    assert known[0] == "colour"
    assert list(Options.__annotations__) == known[1:], "add it to python/supportkpi/_options.py"


def test_a_panic_is_an_ordinary_exception(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SupportKpiError, match="defect of supportkpi, please report it: on purpose") as caught:
        _supportkpi.panic_on_purpose()
    assert caught.value.code == "internal"
    assert capfd.readouterr().out == ""
