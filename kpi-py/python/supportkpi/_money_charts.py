"""Charts of what the AI is worth, from the answers of ``tornado`` and ``roi``, with Altair if it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._charts import COLOURS, DASHES, HEIGHT, WIDTH, Chart, Rows, altair

if TYPE_CHECKING:
    from collections.abc import Mapping


def chart_tornado(tornado: Mapping[str, Any]) -> Chart:
    """Which inputs move a return most, as an Altair chart: the widest bar first.

    Args:
        tornado: The answer of ``tornado``.

    Raises:
        ImportError: Altair is not installed.
    """
    alt = altair()
    planned = None if tornado["planned"] is None else float(tornado["planned"])
    rows: Rows = [
        {
            "input": bar["id"].replace("_", " "),
            "end": end,
            "given": bar[end],
            "planned": planned,
            "result": float(result),
        }
        for bar in tornado["bars"]
        for end in ("low", "high")
        if (result := bar[f"at_{end}"]) is not None
    ]
    order = list(dict.fromkeys(row["input"] for row in rows))
    watched = str(tornado["watched"]).replace("_", " ")
    title = alt.TitleParams(f"What moves {watched} most", subtitle="the line is what is planned", anchor="start")
    scale = alt.Scale(domain=["low", "high"], range=[COLOURS[1], COLOURS[0]])
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=alt.Y("input:N", title=None, sort=order))
    bars = base.mark_bar(height=16).encode(
        x=alt.X("planned:Q", title=f"{watched}, {tornado['currency']}", scale=alt.Scale(padding=40)),
        x2="result:Q",
        color=alt.Color("end:N", scale=scale, title="with the input at its", legend=alt.Legend(orient="bottom")),
        tooltip=["input:N", "end:N", "given:N", alt.Tooltip("result:Q", format=",.0f")],
    )
    ends = [
        base.transform_filter(f"datum.result {sign} datum.planned")
        .mark_text(fontSize=10, align=align, dx=dx)
        .encode(x="result:Q", text="given:N")
        for sign, align, dx in (("<", "right", -4), (">=", "left", 4))
    ]
    line = base.mark_rule(strokeWidth=1.5).encode(x="planned:Q", y=alt.Y())
    return alt.layer(bars, *ends, line).properties(title=title, width=WIDTH, height=alt.Step(26))


def chart_roi(plans: Mapping[str, Mapping[str, Any]]) -> Chart:
    """What is earned by each month under several plans, as an Altair chart: a fan from the best to the worst of them.

    Args:
        plans: Answers of ``roi`` by name, the plan itself first: ``{"planned": roi(…), "slow": roi(…)}``.

    Raises:
        ImportError: Altair is not installed.
    """
    alt = altair()
    if not plans:
        raise ValueError("chart_roi: give answers of roi by name, such as {'planned': roi(…)}")
    rows: Rows = [
        {"plan": name, "month": month["month"], "net": float(month["cumulative"])}
        for name, plan in plans.items()
        for month in plan["months"]
    ]
    names, currency = list(plans), next(iter(plans.values()))["currency"]
    title = alt.TitleParams(
        "What is earned, all costs counted",
        subtitle="added up month by month; the fan reaches from the best plan to the worst",
        anchor="start",
    )
    x = alt.X("month:Q", title="month", axis=alt.Axis(tickMinStep=1, grid=False))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x)
    fan = base.mark_area(opacity=0.18, color=COLOURS[0]).encode(y=alt.Y("min(net):Q", title=currency), y2="max(net):Q")
    legend = alt.Legend(orient="bottom") if len(names) > 1 else None
    lines = base.mark_line(strokeWidth=2).encode(
        y="net:Q",
        color=alt.Color("plan:N", scale=alt.Scale(domain=names, range=COLOURS), title=None, legend=legend),
        strokeDash=alt.StrokeDash("plan:N", scale=alt.Scale(domain=names, range=DASHES), title=None, legend=legend),
        tooltip=["plan:N", "month:Q", alt.Tooltip("net:Q", format=",.0f")],
    )
    nought = alt.Chart(alt.InlineData(values=[{"net": 0}])).mark_rule().encode(y="net:Q")
    return alt.layer(fan, nought, lines).properties(title=title, width=WIDTH, height=HEIGHT)
