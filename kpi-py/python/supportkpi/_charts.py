"""Charts of answers with Altair, if it is installed. Series differ by dash and shape too, never by colour alone."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from . import _supportkpi

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ._report import Report, Value

Rows = list[dict[str, Any]]
Chart: TypeAlias = Any
"""An Altair chart; its classes are known only where Altair is."""

POPULATIONS = {
    "all": "all contacts",
    "ai": "only AI",
    "human": "only people",
    "ai_to_human": "AI, then people",
    "ai_fronted": "AI took part",
    "people": "closed by people",
}
# Okabe and Ito's, which people with any colour vision tell apart; yellow is too light for a line.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5F5F5F", "#000000"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 2, 1, 2], [1, 3], [10, 2, 2, 2, 2, 2]]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left"]
MOST_SERIES = len(COLOURS)
FORMATS = {"ratio": ".1~%", "count": ",.0f"}
WIDTH, HEIGHT = 560, 260
NOBODY_YET = {"hours": 0, "back": 0.0, "low": 0.0, "high": 0.0}


def altair() -> Any:
    """Altair, or an error that says how to get it."""
    try:
        import altair as alt  # noqa: PLC0415  it is optional, and slow to import
    except ImportError as missing:
        raise ImportError("charts need Altair: pip install altair") from missing
    return alt


def of_figure(report: Report, kpi: str, population: str | None, by: str | None) -> Chart:
    """A figure over time where the report has periods, else by group, with its interval."""
    values, series = _chosen(report, kpi, population, by)
    about = _about(kpi)
    drawn = [value for value in values if value.value is None or not isinstance(value.value, tuple)]
    if not drawn:
        raise ValueError(f"{kpi} is a distribution, which has no single value to draw; its parts are in `.value`")
    timed = [value for value in drawn if value.period is not None]
    rows = [_row(value, series[id(value)], report) for value in timed or drawn]
    kept, left_out = _largest(_with_a_point(rows) if timed else rows)
    title = altair().TitleParams(about["name"], subtitle=_subtitle(values[0], by, left_out), anchor="start")
    return (_over_time if timed else _side_by_side)(kept, about["unit"], report.currency, title)


def _chosen(report: Report, kpi: str, population: str | None, by: str | None) -> tuple[list[Value], dict[int, str]]:
    own = [value for value in report if value.id == kpi]
    if not own:
        report.value(kpi)  # which raises, and says what there is
    if by == "population":
        chosen = [value for value in own if not value.by]
        return chosen, {id(value): POPULATIONS.get(value.population, value.population) for value in chosen}
    names = list(dict.fromkeys(value.population for value in own))
    population = population or names[0]
    if population not in names:
        report.value(kpi, population)
    own = [value for value in own if value.population == population]
    chosen = [value for value in own if set(value.by) == (set() if by is None else {by})]
    if not chosen:
        known = list(dict.fromkeys(tuple(value.by) for value in own if value.by))
        has = "; ".join(", ".join(names) for names in known) or "no dimension"
        raise ValueError(f"the report has no groups by {by!r}, but by {has}; ask for by=[{by!r}], or for 'population'")
    words = POPULATIONS.get(population, population)
    return chosen, {id(value): words if by is None else str(value.by[by] or f"no {by}") for value in chosen}


def _row(value: Value, series: str, report: Report) -> dict[str, Any]:
    number = value.value
    known = None if number is None or isinstance(number, tuple) else float(number)
    period, as_of = value.period, report.as_of
    return {
        "series": series,
        "start": period and period.start.isoformat(),
        "end": period and period.end.isoformat(),
        "complete": period is None or (as_of is not None and period.end <= as_of),
        "value": known,
        "low": value.low,
        "high": value.high,
        "n": value.n,
        "doubts": ", ".join(value.flags).replace("_", " ") or "none",
        "why": None if value.undefined is None else value.undefined.reason,
    }


def _with_a_point(rows: Rows) -> Rows:
    """The series that a line can be drawn of; all, if none can."""
    drawn = {row["series"] for row in rows if row["value"] is not None}
    return [row for row in rows if row["series"] in drawn] or rows


def _largest(rows: Rows) -> tuple[Rows, int]:
    """The series with the most observations, as many as can be told apart, and how many are left out."""
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row["series"]] = sizes.get(row["series"], 0) + row["n"]
    kept = set(sorted(sizes, key=lambda name: -sizes[name])[:MOST_SERIES])
    return [row for row in rows if row["series"] in kept], len(sizes) - len(kept)


def _subtitle(value: Value, by: str | None, left_out: int) -> str:
    whose = POPULATIONS.get(value.population, value.population)
    parts = [f"by {by}" if by == "population" else whose if by is None else f"{whose}, by {by}"]
    if value.confidence_level is not None:
        parts.append(f"bands are {value.confidence_level:.0%} intervals")
    if left_out:
        parts.append(f"the {left_out} smallest are left out")
    return "; ".join(parts)


def _over_time(rows: Rows, unit: str, currency: str, title: Any) -> Chart:
    alt = altair()
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("start:T", title=None, axis=alt.Axis(grid=False)), **_series(rows)
    )
    y = _axis(unit, currency)
    band = base.mark_area(opacity=0.18).encode(y=alt.Y("low:Q", **y), y2="high:Q")
    line = base.mark_line(strokeWidth=2).encode(y=alt.Y("value:Q", **y), **_dashes(rows))
    known = "isValid(datum.value)"
    points = base.transform_filter(known).mark_point(size=55, filled=True, opacity=1)
    whole = points.transform_filter("datum.complete")
    begun = base.transform_filter(f"{known} && !datum.complete").mark_point(size=55, filled=False, opacity=1)
    value, tooltip = alt.Y("value:Q", **y), _tooltip(unit, "start")
    marks = [mark.encode(y=value, tooltip=tooltip, **_shapes(rows)) for mark in (whole, begun)]
    return alt.layer(band, line, *marks).properties(title=title, width=WIDTH, height=HEIGHT)


def _side_by_side(rows: Rows, unit: str, currency: str, title: Any) -> Chart:
    alt = altair()
    names = list(dict.fromkeys(row["series"] for row in rows))
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=alt.Y("series:N", title=None, sort=names))
    x = _axis(unit, currency)
    interval = base.mark_rule(strokeWidth=3, opacity=0.35, color=COLOURS[0]).encode(x=alt.X("low:Q", **x), x2="high:Q")
    point = base.mark_point(size=75, filled=True, opacity=1, color=COLOURS[0]).encode(
        x=alt.X("value:Q", **x), tooltip=_tooltip(unit, "series")
    )
    missing = (
        base.transform_filter("!isValid(datum.value)")
        .mark_text(align="left", color="#5F5F5F")
        .encode(x=alt.value(6), text="why:N")
    )
    return alt.layer(interval, point, missing).properties(title=title, width=WIDTH, height=alt.Step(28))


def of_outcomes(report: Report, by: str | None) -> Chart:
    """What became of every contact, in bars whose parts sum to the contacts in scope."""
    alt = altair()
    rows: Rows = []
    for group in report.to_dict()["groups"]:
        own = set(group["by"]) == (set() if by is None else {by}) and group["period"] is None
        bar = "all contacts" if by is None else str(group["by"].get(by) or f"no {by}")
        total = sum(group["outcomes"].values())
        rows += [
            {"bar": bar, "outcome": name, "order": place, "contacts": n, "share": n / total}
            for place, (name, n) in enumerate((name, group["outcomes"][name]) for name in OUTCOMES)
            if own and n
        ]
    if not rows:
        raise ValueError(f"the report has no groups by {by!r} alone with a contact in them; ask by=[{by!r}]")
    scale = alt.Scale(domain=list(OUTCOMES), range=list(OUTCOMES.values()))
    title = alt.TitleParams("What became of every contact", subtitle="each is in exactly one part", anchor="start")
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("share:Q", stack="normalize", title=None, axis=alt.Axis(format=".0%")),
        y=alt.Y("bar:N", title=None, sort=None),
        order="order:Q",
    )
    parts = base.mark_bar(stroke="white", strokeWidth=1.5).encode(
        color=alt.Color("outcome:N", scale=scale, title=None, legend=alt.Legend(orient="bottom", columns=5)),
        tooltip=["bar:N", "outcome:N", "contacts:Q", alt.Tooltip("share:Q", format=".1%")],
    )
    named = (
        base.transform_stack(stack="share", groupby=["bar"], sort=[alt.SortField("order")], as_=["from", "to"])
        .transform_filter("datum.share >= 0.1")
        .transform_calculate(middle="(datum.from + datum.to) / 2")
    )
    words = [
        named.mark_text(dy=dy, color="white", fontSize=size).encode(x="middle:Q", text=text)
        for dy, size, text in ((-7, 11, "outcome:N"), (8, 11, alt.Text("share:Q", format=".0%")))
    ]
    return alt.layer(parts, *words).properties(title=title, width=WIDTH, height=alt.Step(52))


# What held, what may hold, what did not, people, and what is open; dark enough for white words.
OUTCOMES = {
    "verified": "#004B77",
    "pending": "#0072B2",
    "unverifiable": "#3F7F9F",
    "disproved": "#A63C00",
    "unresolved": "#C24E00",
    "abandoned": "#8A5A00",
    "escalated": "#8A4F76",
    "human": "#5B4A6B",
    "open": "#5F5F5F",
}


def of_returns(curves: Mapping[str, Any]) -> Chart:
    """Who came back when, by who handled the contact, with its interval."""
    alt = altair()
    if curves["recontact"] is None:
        raise ValueError("nobody is known to have come back: the curve needs customer_id and contacts that are closed")
    rows: Rows = [
        {"series": POPULATIONS.get(curve["population"], curve["population"]), **point}
        for curve in curves["recontact"]["curves"]
        for point in [{**NOBODY_YET, "at_risk": curve["contacts"]}, *curve["points"]]
    ]
    level = curves["confidence_level"]
    title = alt.TitleParams(
        "Customers who came back", subtitle=f"after so many hours; bands are {level:.0%} intervals", anchor="start"
    )
    x = alt.X("hours:Q", title="hours since it was closed", axis=alt.Axis(tickMinStep=1, grid=False))
    y: dict[str, Any] = {"title": None, "axis": alt.Axis(format=".0%")}
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, **_series(rows))
    band = base.mark_area(opacity=0.18, interpolate="step-after").encode(y=alt.Y("low:Q", **y), y2="high:Q")
    line = base.mark_line(strokeWidth=2, interpolate="step-after").encode(
        y=alt.Y("back:Q", **y),
        tooltip=["series:N", "hours:Q", alt.Tooltip("back:Q", format=".1%"), "at_risk:Q"],
        **_dashes(rows),
    )
    return alt.layer(band, line).properties(title=title, width=WIDTH, height=HEIGHT)


def of_overlap(profiles: Mapping[str, Any]) -> Chart:
    """How far definitions of "resolved" count the same contacts: of those that either counts, the part that both do."""
    alt = altair()
    titles = {profile["name"]: profile["title"] for profile in profiles["profiles"]}
    order = list(titles.values())
    rows: Rows = [{"a": title, "b": title, "agreement": 1.0, "both": None} for title in order]
    for overlap in profiles["overlaps"]:
        pair = titles[overlap["a"]], titles[overlap["b"]]
        counted = {name: overlap[name] for name in ("agreement", "both", "only_a", "only_b")}
        rows += [{"a": a, "b": b, **counted} for a, b in (pair, pair[::-1])]
    title = alt.TitleParams(
        "Definitions of resolved", subtitle="of contacts that either counts, the part that both count", anchor="start"
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("a:N", title=None, sort=order, axis=alt.Axis(labelAngle=-35, orient="top")),
        y=alt.Y("b:N", title=None, sort=order),
    )
    cells = base.mark_rect(stroke="white").encode(
        color=alt.Color("agreement:Q", scale=alt.Scale(scheme="blues", domain=[0, 1]), legend=None),
        tooltip=["a:N", "b:N", alt.Tooltip("agreement:Q", format=".1%"), "both:Q"],
    )
    words = base.mark_text(fontSize=12).encode(
        text=alt.Text("agreement:Q", format=".0%"),
        color=alt.condition("datum.agreement > 0.6", alt.value("white"), alt.value("black")),
    )
    return alt.layer(cells, words).properties(title=title, width=alt.Step(62), height=alt.Step(40))


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    return {figure["id"]: figure for figure in json.loads(_supportkpi.catalogue())}


def _about(kpi: str) -> dict[str, Any]:
    return _catalogue()[kpi]


def _axis(unit: str, currency: str) -> dict[str, Any]:
    alt = altair()
    title = {"ratio": None, "money": currency}.get(unit, unit.replace("_", " "))
    axis = alt.Axis(format=FORMATS[unit]) if unit in FORMATS else alt.Axis()
    return {"title": title, "axis": axis, "scale": alt.Scale(zero=unit == "count")}


def _tooltip(unit: str, place: str) -> list[Any]:
    alt = altair()
    number = {"format": ".1%"} if unit == "ratio" else {"format": ",.2f"}
    where = alt.Tooltip("start:T", title="from") if place == "start" else alt.Tooltip("series:N", title=" ")
    numbers = [alt.Tooltip(f"{name}:Q", **number) for name in ("value", "low", "high")]
    return ["series:N", where, *numbers, alt.Tooltip("n:Q", format=","), "doubts:N"]


def _names(rows: Rows) -> list[str]:
    return list(dict.fromkeys(row["series"] for row in rows))


def _scale(rows: Rows, marks: Iterable[Any]) -> dict[str, Any]:
    alt = altair()
    names = _names(rows)
    legend = alt.Legend(orient="bottom", symbolStrokeWidth=2, symbolOpacity=1) if len(names) > 1 else None
    return {"scale": alt.Scale(domain=names, range=list(marks)[: len(names)]), "legend": legend, "title": None}


def _series(rows: Rows) -> dict[str, Any]:
    return {"color": altair().Color("series:N", **_scale(rows, COLOURS))}


def _dashes(rows: Rows) -> dict[str, Any]:
    return {"strokeDash": altair().StrokeDash("series:N", **_scale(rows, DASHES))}


def _shapes(rows: Rows) -> dict[str, Any]:
    return {"shape": altair().Shape("series:N", **_scale(rows, SHAPES))}
