"""Charts show what a report says, and can be read by everybody."""

import json
import sys
from typing import Any

import pytest

import supportkpi
from conftest import VERBS
from supportkpi import Curves, Profiles, Report
from supportkpi._charts import COLOURS, DASHES, SHAPES

alt = pytest.importorskip("altair")

HANDLINGS = ["ai", "human", "ai_to_human"]
ROWS: list[dict[str, Any]] = [
    {
        "id": str(1000 + n),
        "handling": HANDLINGS[n % 3],
        "opened_at": f"2026-01-{n % 28 + 1:02}T09:00:00Z",
        "closed_at": f"2026-01-{n % 28 + 1:02}T10:{n % 60:02}:00Z",
        "outcome": "resolved" if n % 4 else "unresolved",
        "csat": n % 5 + 1,
        "survey_sent": True,
        "customer_id": f"c{n % 150}",
        "team": f"t{n % 11}",
        "cost_api": "0.25",
    }
    for n in range(400)
]


@pytest.fixture(scope="module")
def weekly() -> Report:
    return supportkpi.report(ROWS, every="week", by=["team"], as_of="2026-01-28T23:00:00Z")


@pytest.fixture(scope="module")
def whole() -> Report:
    return supportkpi.report(ROWS, by=["team"])


def rows_of(chart: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = next(iter(chart.to_dict()["datasets"].values()))
    return rows


def subtitle(chart: Any) -> str:
    return str(chart.to_dict()["title"]["subtitle"])


def encodings(chart: Any) -> dict[str, Any]:
    return {name: code for layer in chart.to_dict()["layer"] for name, code in layer["encoding"].items()}


def test_a_figure_over_time_with_its_interval(weekly: Report) -> None:
    chart = weekly.chart("csat", "ai")
    rows = rows_of(chart)
    values = [value for value in weekly if (value.id, value.population) == ("csat", "ai") and value.period]
    values = [value for value in values if not value.by]
    assert [(row["value"], row["low"], row["high"], row["n"]) for row in rows] == [
        (value.value, value.low, value.high, value.n) for value in values
    ]
    assert [row["complete"] for row in rows][-1] is False, "the last week was not over"
    assert {"y", "y2", "x", "tooltip"} <= set(encodings(chart))
    assert "95% intervals" in subtitle(chart)


def test_populations_differ_by_more_than_colour(weekly: Report) -> None:
    chart = weekly.chart("csat", by="population")
    assert {row["series"] for row in rows_of(chart)} >= {"all contacts", "only AI", "closed by people"}
    codes = encodings(chart)
    for channel in ("color", "strokeDash", "shape"):
        scale = codes[channel]["scale"]
        assert scale["domain"] == list(dict.fromkeys(row["series"] for row in rows_of(chart)))
        assert len({str(mark) for mark in scale["range"]}) == len(scale["domain"])
    assert len(COLOURS) == len(DASHES) == len(SHAPES)


def test_the_largest_groups_are_drawn_and_the_others_counted(weekly: Report) -> None:
    chart = weekly.chart("interactions", by="team")
    assert len({row["series"] for row in rows_of(chart)}) == 8
    assert "the 3 smallest are left out" in subtitle(chart)


def test_groups_side_by_side_where_there_are_no_periods(whole: Report) -> None:
    chart = whole.chart("csat", "ai", by="team")
    assert encodings(chart)["y"]["field"] == "series"
    assert encodings(chart)["x2"]["field"] == "high"


def test_what_is_undefined_says_why() -> None:
    report = supportkpi.report(ROWS[:20], by=["team"])
    [row] = rows_of(report.chart("nps", "ai"))
    assert (row["value"], row["why"]) == (None, "missing_input")


def test_money_has_its_currency(weekly: Report) -> None:
    assert encodings(weekly.chart("cost_per_contact"))["y"]["title"] == "USD"


def test_figures_of_every_unit_have_a_chart(whole: Report) -> None:
    of_unit = {value.unit: value.id for value in whole if not isinstance(value.value, tuple)}
    assert {"ratio", "seconds", "money", "count", "score"} <= set(of_unit)
    for figure in of_unit.values():
        assert whole.chart(figure, by="population").to_dict()


def test_what_cannot_be_drawn(whole: Report) -> None:
    with pytest.raises(KeyError, match="no value of csta"):
        whole.chart("csta")
    with pytest.raises(KeyError, match="no value of csat for the population robots; it has "):
        whole.chart("csat", "robots")
    with pytest.raises(
        ValueError, match=r"^the report has no groups by 'language', but by team; ask for by=\['language'\]"
    ):
        whole.chart("csat", by="language")
    with pytest.raises(ValueError, match="is a distribution"):
        whole.chart("cost_layers")


def test_outcomes_sum_to_the_contacts(whole: Report) -> None:
    rows = rows_of(whole.chart_outcomes())
    assert sum(row["contacts"] for row in rows) == 400
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert len({row["bar"] for row in rows_of(whole.chart_outcomes(by="team"))}) == 11
    with pytest.raises(ValueError, match="no groups by 'language'"):
        whole.chart_outcomes(by="language")


def test_who_came_back() -> None:
    curves = supportkpi.curves(ROWS)
    assert isinstance(curves, Curves)
    rows = rows_of(curves.chart())
    assert rows[0]["hours"] == 0
    assert {row["series"] for row in rows} == {"only AI", "only people", "AI, then people"}
    anonymous = [{name: cell for name, cell in row.items() if name != "customer_id"} for row in ROWS]
    if supportkpi.curves(anonymous).recontact is None:
        with pytest.raises(ValueError, match="needs customer_id"):
            supportkpi.curves(anonymous).chart()


def test_how_far_definitions_agree() -> None:
    profiles = supportkpi.profiles(ROWS)
    assert isinstance(profiles, Profiles)
    rows = rows_of(profiles.chart())
    assert len(rows) == len(profiles.profiles) ** 2
    assert {(row["a"], row["b"]) for row in rows} == {(row["b"], row["a"]) for row in rows}


def test_what_moves_a_return() -> None:
    bars = [
        {"id": "volume", "low": "80", "high": "120", "at_low": "-5", "at_high": "25.5", "width": "30.5"},
        {"id": "ramp_months", "low": "3", "high": "9", "at_low": "12", "at_high": None, "width": "2"},
    ]
    tornado = {"watched": "npv", "currency": "USD", "planned": "10", "bars": bars, "not_moved": []}
    chart = supportkpi.chart_tornado(tornado)
    assert [(row["input"], row["end"], row["result"]) for row in rows_of(chart)] == [
        ("volume", "low", -5),
        ("volume", "high", 25.5),
        ("ramp months", "low", 12),
    ]


def test_what_is_earned_under_several_plans() -> None:
    def plan(*cumulative: str) -> dict[str, Any]:
        months = [{"month": month, "cumulative": net} for month, net in enumerate(cumulative)]
        return {"currency": "USD", "months": months}

    chart = supportkpi.chart_roi({"planned": plan("-100", "20"), "slow": plan("-100", "-40.5")})
    assert [row["net"] for row in rows_of(chart)] == [-100, 20, -100, -40.5]
    assert encodings(chart)["strokeDash"]["scale"]["domain"] == ["planned", "slow"]
    with pytest.raises(ValueError, match="^chart_roi: give answers of roi by name"):
        supportkpi.chart_roi({})


def test_charts_are_data_that_loads_nothing(weekly: Report) -> None:
    for chart in (weekly.chart("csat", by="population"), weekly.chart_outcomes(by="team")):
        assert "url" not in json.dumps({name: part for name, part in chart.to_dict().items() if name != "$schema"})


def test_without_altair(weekly: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ImportError, match="^charts need Altair: pip install altair"):
        weekly.chart("csat")


def test_the_cases_have_charts() -> None:
    for stem, verb in (("profiles-of-all-sorts", "profiles"), ("curves-of-returns", "curves")):
        read = json.loads(next(case for case in VERBS if case.stem == stem).read_text("utf-8"))
        answer = getattr(supportkpi, verb)(**read["tables"], **read["ask"], **read["options"])
        assert answer.chart().to_dict()
