"""Long calls can be stopped and watched, doubts can be heard, and everything travels."""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pytest

import supportkpi
from supportkpi import HonestyWarning, InvalidOption, InvalidRows, MalformedInput, SupportKpiError, TooLarge, UnknownKpi
from supportkpi import _error as errors

ROW: dict[str, Any] = {"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z"}
CLOSED = {"closed_at": "2026-01-05T10:00:00Z", "outcome": "resolved"}
RATED = [{**ROW, **CLOSED, "id": str(100 + n), "csat": n % 5 + 1} for n in range(12)]
LONG = """
import sys, threading, time, os, signal
import polars as pl
import supportkpi

n = 300_000
number = pl.int_range(n, eager=True)
frame = pl.DataFrame({"id": number.cast(pl.String)}).with_columns(
    handling=pl.lit("ai"),
    opened_at=pl.lit("2026-01-05T09:00:00Z"),
    agent_id=pl.format("a{}", number % 4000),
    team=pl.format("t{}", number % 7),
)
given = {"frame": lambda: frame, "dicts": frame.to_dicts, "json": frame.write_json}[sys.argv[1]]()
pressed = []
def press():
    pressed.append(time.monotonic())
    os.kill(os.getpid(), signal.SIGINT)
threading.Timer(float(sys.argv[2]), press).start()
try:
    supportkpi.report(given, by=["agent_id", "team"], every="day")
    print("finished")
except KeyboardInterrupt:
    print(time.monotonic() - pressed[0])
report = supportkpi.report([{"id": "1", "handling": "ai", "opened_at": "2026-01-05T09:00:00Z"}])
print(report["interactions"].value)
"""


@pytest.mark.skipif(os.name == "nt", reason="no signals are sent there")
@pytest.mark.parametrize("form_and_moment", ["frame 0.05", "frame 0.5", "frame 1.5", "dicts 0.3", "json 0.1"])
def test_ctrl_c_stops_a_long_call(form_and_moment: str) -> None:
    command = [sys.executable, "-c", LONG, *form_and_moment.split()]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    took, next_call = done.stdout.split()
    assert took != "finished", "make it longer"
    # A fifth of a second on a machine of one's own; this one may be shared.
    assert float(took) < 0.6
    assert next_call == "1"


@pytest.fixture(scope="module")
def many() -> str:
    return json.dumps([{**ROW, "id": str(n), "agent_id": f"a{n % 3000}"} for n in range(200_000)])


def test_what_a_handler_raises_comes_through(many: str) -> None:
    def out_of_time(signum: int, frame: object) -> None:
        raise TimeoutError("the request has no time left")

    before = signal.signal(signal.SIGALRM, out_of_time)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(TimeoutError, match="no time left"):
            supportkpi.report(many, by=["agent_id"], every="day")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_other_threads_need_no_signals() -> None:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(supportkpi.report([ROW])["interactions"].value))
    thread.start()
    thread.join()
    assert found == [1]


def test_progress_says_how_many_rows_were_looked_at(many: str) -> None:
    told: list[tuple[int, int]] = []
    supportkpi.report(many, by=["agent_id"], progress=lambda rows, expected: told.append((rows, expected)))
    assert told[-1][0] == told[-1][1] >= 200_000
    assert told == sorted(told)
    assert len(told) > 1


def test_what_progress_raises_stops_the_computation(many: str) -> None:
    def enough(rows: int, expected: int) -> None:
        raise LookupError("I have seen enough")

    began = time.monotonic()
    with pytest.raises(LookupError, match="seen enough"):
        supportkpi.report(many, by=["agent_id"], every="day", progress=enough)
    assert time.monotonic() - began < 5


def test_a_bar_where_there_is_one(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    supportkpi.report(RATED, progress=True)
    assert "report: " in capfd.readouterr().err


def test_a_line_where_there_is_none(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    supportkpi.trends(RATED, every="week", progress=True)
    assert capfd.readouterr().err == "trends: 12 rows looked at\n"
    supportkpi.report(RATED, progress=False)
    assert capfd.readouterr().err == ""


def doubts(ask: Callable[[], object]) -> list[HonestyWarning]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ask()
    assert {found.filename for found in caught} <= {__file__}
    return [found.message for found in caught if isinstance(found.message, HonestyWarning)]


def test_doubts_are_silent_unless_somebody_listens() -> None:
    assert "small_sample" in supportkpi.report(RATED, kpis=["csat"])["csat", "ai"].flags
    found = doubts(lambda: supportkpi.report(RATED, kpis=["csat"], flags="warn"))
    [small] = [doubt for doubt in found if doubt.flag == "small_sample"]
    assert str(small).startswith("small_sample: csat (all), csat (ai): fewer than 30 observations")
    assert small.figures == (("csat", "all"), ("csat", "ai"))
    copy = pickle.loads(pickle.dumps(small))
    assert (str(copy), copy.flag, copy.figures) == (str(small), small.flag, small.figures)


def test_doubts_may_be_errors() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", HonestyWarning)
        with pytest.raises(HonestyWarning):
            supportkpi.report(RATED, kpis=["csat"], flags="warn")


def test_other_verbs_have_doubts_too() -> None:
    rows = [{**row, "team": f"t{n % 2}"} for n, row in enumerate(RATED)]
    a, b = ({"when": {"team": team}} for team in ("t0", "t1"))
    found = doubts(lambda: supportkpi.compare(rows, a=a, b=b, kpis=["csat"], flags="warn"))
    assert ("csat", "ai") in {figure for doubt in found if doubt.flag == "small_sample" for figure in doubt.figures}


def test_flags_are_words() -> None:
    with pytest.raises(ValueError, match="^flags is 'loud'; give 'warn'"):
        supportkpi.report([ROW], flags="loud")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "options", "kind"),
    [
        ([{"id": "1"}], {}, InvalidRows),
        ([ROW], {"colour": "red"}, InvalidOption),
        ([ROW], {"kpis": ["csta"]}, UnknownKpi),
        ("{}", {}, MalformedInput),
        ("[" * 100, {}, TooLarge),
        ([ROW], {"every": "day", "as_of": "2150-01-01T00:00:00Z"}, TooLarge),
    ],
)
def test_errors_by_kind(rows: Any, options: dict[str, Any], kind: type[SupportKpiError]) -> None:
    with pytest.raises(SupportKpiError) as caught:
        supportkpi.report(rows, **options)
    assert type(caught.value) is kind
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (type(copy), str(copy), copy.rows) == (kind, str(caught.value), caught.value.rows)


def test_every_kind_is_public() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SupportKpiError)]
    assert all(kind.__name__ in supportkpi.__all__ for kind in kinds)


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_broken_rows_are_rows(frame: Any) -> None:
    with pytest.raises(InvalidRows) as caught:
        supportkpi.report([ROW, {**ROW, "id": "2", "csat": "good", "nps": 11}])
    broken = frame(caught.value.rows)
    assert sorted(broken["column"]) == ["csat", "nps"]
    assert list(broken["row"]) == [1, 1]
