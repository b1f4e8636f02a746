"""Every conformance case gives the same bytes as in Rust, from dicts and from JSON text."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import supportkpi
from conftest import CASES, MONEY, VERBS
from supportkpi import _supportkpi


def answer(tables: dict[str, Any], options: dict[str, Any]) -> str | dict[str, Any]:
    try:
        return supportkpi.report(tables.pop("interactions"), **tables, **options).to_json()
    except supportkpi.SupportKpiError as error:
        return {"code": error.code, "message": str(error), "problems": [p.rule for p in error.problems]}


def expected(canonical: Path, case: Path) -> str | dict[str, Any]:
    failure = canonical / f"{case.stem}.error.json"
    if not failure.exists():
        return (canonical / case.name).read_text("utf-8")
    error: dict[str, Any] = json.loads(failure.read_text("utf-8"))
    return {**error, "problems": [problem["rule"] for problem in error["problems"]]}


def test_there_are_cases() -> None:
    assert len(CASES) > 100
    assert VERBS
    assert MONEY


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
@pytest.mark.parametrize("decimals", [float, Decimal])
def test_rows_as_dicts(case: Path, decimals: type[float | Decimal], canonical: Path) -> None:
    read = json.loads(case.read_text("utf-8"), parse_float=decimals)
    options = json.loads(case.read_text("utf-8"))["options"]
    assert answer(read["tables"], options) == expected(canonical, case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_rows_as_text(case: Path, canonical: Path) -> None:
    read = json.loads(case.read_text("utf-8"))
    tables = {name: json.dumps(rows) for name, rows in read["tables"].items()}
    assert answer(tables, read["options"]) == expected(canonical, case)


@pytest.mark.parametrize("case", [*VERBS, *MONEY], ids=lambda case: case.stem)
def test_verbs_and_calculators(case: Path, canonical: Path) -> None:
    read = json.loads(case.read_text("utf-8"))
    verb, ask = read["verb"], read["ask"]
    tables, options = read.get("tables", {}), read.get("options", {})
    canonical_text = (canonical / case.name).read_text("utf-8")
    text = _supportkpi.answer(verb, tables, ask, options) if "tables" in read else _supportkpi.calculate(verb, ask)
    assert text == canonical_text
    if verb == "scenarios":
        ask["scenarios"] = {one["name"]: one["changes"] for one in ask["scenarios"]}
    answer = getattr(supportkpi, verb)(**tables, **ask, **options)
    plain = answer.to_dict() if isinstance(answer, supportkpi.Report) else answer
    assert plain == json.loads(canonical_text)


def test_the_catalogue(canonical: Path) -> None:
    assert _supportkpi.catalogue() == (canonical / "catalogue.json").read_text("utf-8")
    assert "verified_resolution_rate" in {figure["id"] for figure in supportkpi.catalogue()}
