"""A report and its values."""

import copy
import json
import pickle
import threading
import time
from dataclasses import FrozenInstanceError
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

import supportkpi
from supportkpi import Report, Undefined

ROWS: list[dict[str, Any]] = [
    {"id": "1", "handling": "ai", "agent_id": "a", "opened_at": "2026-01-05T09:00:00Z"},
    {"id": "2", "handling": "ai", "agent_id": "b", "opened_at": "2026-01-12T09:00:00Z"},
    {"id": "3", "handling": "human", "opened_at": "2026-01-13T09:00:00Z"},
]
KPIS = ["interactions", "open_interactions", "first_contact_resolution"]


@pytest.fixture(scope="module")
def report() -> Report:
    return supportkpi.report(ROWS, by=["agent_id"], every="week", kpis=KPIS)


def test_values_of_the_total(report: Report) -> None:
    assert report["interactions"].value == 3
    assert report["interactions", "ai"].value == 2
    assert report["interactions", "ai"] == report.value("interactions", "ai")
    assert isinstance(report["interactions"].value, int)


def test_values_of_groups(report: Report) -> None:
    assert report.value("interactions", by={"agent_id": "a"}).value == 1
    assert report.value("interactions", by={"agent_id": None}).value == 1
    week = datetime(2026, 1, 12, tzinfo=timezone.utc)
    for period in (week, "2026-01-12T00:00:00Z"):
        value = report.value("interactions", period=period)
        assert value.value == 2
        assert value.period is not None
        assert report.value("interactions", period=value.period) is value
    value = report.value("interactions", by={"agent_id": "b"}, period=week)
    assert (value.value, value.by) == (1, {"agent_id": "b"})


def test_why_there_is_no_value(report: Report) -> None:
    value = report["first_contact_resolution"]
    assert value.value is None
    assert value.undefined == Undefined("missing_input", columns=("customer_id",))


def test_money_is_decimal_and_what_was_divided_too() -> None:
    case = supportkpi.report(
        [{**ROWS[0], "closed_at": "2026-01-05T09:30:00Z", "outcome": "resolved"}], kpis=["autonomous_resolution_rate"]
    )
    value = case["autonomous_resolution_rate", "ai_fronted"]
    assert (value.value, value.numerator, value.denominator, value.n) == (1.0, Decimal(1), Decimal(1), 1)
    assert value.low is not None
    assert value.low < 1


def test_what_is_not_there(report: Report) -> None:
    with pytest.raises(KeyError, match="no value of csat for the population all.*left out of `kpis`"):
        report["csat"]
    with pytest.raises(KeyError, match="no value of interactions for the population robots; it has all, ai"):
        report["interactions", "robots"]
    with pytest.raises(
        KeyError, match=r"no group by {'agent_id': 'z'}; the first groups are by {}; by {'agent_id': 'a'}"
    ):
        report.value("interactions", by={"agent_id": "z"})
    with pytest.raises(ValueError, match="needs a time zone"):
        report.value("interactions", period=datetime(2026, 1, 12))


def test_all_values(report: Report) -> None:
    values = list(report)
    assert len(values) == len(report) == sum(len(group["values"]) for group in report.to_dict()["groups"])
    assert values[0] is report["interactions"]
    assert len(set(values)) == len(values)


def test_values_are_frozen(report: Report) -> None:
    with pytest.raises(FrozenInstanceError):
        report["interactions"].value = 4  # type: ignore[misc]


def test_nothing_is_read_before_somebody_looks_inside(report: Report) -> None:
    text = Report("no JSON")
    assert text.to_json() == "no JSON"
    assert text == pickle.loads(pickle.dumps(text))
    assert hash(text) != hash(report)
    with pytest.raises(json.JSONDecodeError):
        text["interactions"]


def test_as_data(report: Report) -> None:
    assert report.to_dict() == json.loads(report.to_json())
    report.to_dict()["groups"].clear()
    assert report.to_dict()["groups"]
    assert report.currency == "USD"
    assert report.as_of == datetime(2026, 1, 13, 9, tzinfo=timezone.utc)
    assert report.fingerprint.startswith("sha256:")
    assert report.targets == ()


def test_copies_are_equal(report: Report) -> None:
    assert pickle.loads(pickle.dumps(report)) == report
    assert copy.deepcopy(report) == report
    assert hash(copy.copy(report)) == hash(report)
    assert report != 1


def test_a_report_shows_a_few_lines(report: Report) -> None:
    lines = repr(report).splitlines()
    assert lines[0].startswith("<supportkpi.Report as of 2026-01-13T09:00:00Z: ")
    assert lines[1].split() == ["interactions", "all", "3"]
    assert lines[-1].endswith("more>")
    assert len(lines) < 12


def test_other_threads_run_meanwhile() -> None:
    rows = json.dumps([{**ROWS[0], "id": str(i)} for i in range(100_000)])
    done = threading.Event()
    ticks = 0

    def compute() -> None:
        supportkpi.report(rows)
        done.set()

    thread = threading.Thread(target=compute)
    thread.start()
    while not done.is_set():
        time.sleep(0.001)
        ticks += 1
    thread.join()
    assert ticks > 20


def test_targets_say_where_the_total_stands() -> None:
    goals: list[dict[str, Any]] = [
        {"kpi": "open_interactions", "goal": Decimal(1), "critical": 2, "owner": "support leads"},
        {"kpi": "csat", "population": "ai", "goal": 0.8},
    ]
    backlog, satisfied = supportkpi.report(ROWS, targets=goals).targets
    assert (backlog.standing, backlog.owner) == ("critical", "support leads")
    assert (backlog.goal, backlog.value) == (Decimal(1), 3)
    assert backlog.far_off
    assert not backlog.sure
    assert satisfied.standing == "unknown"
    assert satisfied.undefined is not None
    assert satisfied.undefined.reason == "missing_input"


def test_a_set_of_benchmarks_of_ones_own() -> None:
    ours = {"name": "ours", "lines": [{"kpi": "open_interactions", "floor": {"above": 2}}]}
    assert supportkpi.report(ROWS, benchmarks=[ours])["open_interactions"].band == "below_floor"
    assert supportkpi.report(ROWS)["open_interactions"].band is None
    with pytest.raises(supportkpi.SupportKpiError, match="no built-in set; take b2b_saas_2026"):
        supportkpi.report(ROWS, benchmarks=["b2c"])
