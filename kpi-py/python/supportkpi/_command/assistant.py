"""The command ``mcp``: answers an assistant's questions about one desk, over the Model Context Protocol."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal

from .. import catalogue, compare, profiles, report, roi
from .._error import SupportKpiError
from .._supportkpi import __version__
from .given import add_tables, tables

if TYPE_CHECKING:
    from .._report import Report
    from .given import Commands

_INSTRUCTIONS = """\
Honest figures about a support desk where AI and people share the work. Every value comes with its evidence: n, the
interval (low to high), flags that say what is doubtful, and, where there is no value, why. Quote the evidence with the
value. `explain` says what a figure means and how it misleads. verified_resolution_rate is what held, and
autonomous_resolution_rate is what the AI claims.
"""
_MOST = 60
"""Values in one answer; an assistant reads no more with care."""

Json = dict[str, Any]


def add_commands(commands: Commands) -> None:
    """Adds it to a parser."""
    about = (
        "answer an assistant's questions about contacts, over the Model Context Protocol (standard input and output)"
    )
    parser = commands.add_parser("mcp", help=about, description=about.capitalize() + ".")
    add_tables(parser)
    parser.set_defaults(run=_serve)


def _serve(asked: argparse.Namespace) -> int:
    try:
        from mcp.server.mcpserver import MCPServer  # noqa: PLC0415  it is optional
    except ImportError:
        raise ValueError("`mcp` needs the package of that name: pip install 'supportkpi[mcp]'") from None
    if asked.interactions == "-":
        raise ValueError("standard input is where the assistant asks; give the contacts as a file")
    desk = Desk(tables(asked))
    server = MCPServer("supportkpi", instructions=_INSTRUCTIONS, version=__version__)
    for tool in (desk.catalogue, desk.explain, desk.report, desk.profiles, desk.compare, desk.roi):
        server.tool()(_told(tool))
    server.run("stdio")
    return 0


def _told(tool: Callable[..., Json]) -> Callable[..., Json]:
    """A refusal is an answer that says how to mend it; the assistant can ask better."""

    @wraps(tool)
    def told(*args: Any, **kwargs: Any) -> Json:
        try:
            return tool(*args, **kwargs)
        except (SupportKpiError, OSError, TypeError, ValueError) as error:
            return {"refused": str(error)}

    return told


class Desk:
    """One desk, and what an assistant may ask about it."""

    def __init__(self, given: Json) -> None:
        """Takes tables and options from the command line; they hold for every question."""
        self._given = given
        self._figures = {figure["id"]: figure for figure in catalogue()}

    def catalogue(self, family: str | None = None) -> Json:
        """Lists figures by id and name; `family` narrows them down."""
        figures = [figure for figure in self._figures.values() if family in (None, figure["family"])]
        if not figures:
            raise ValueError(f"there is no family {family!r}; there are {', '.join(self._families())}")
        return {"families": self._families(), "figures": {figure["id"]: figure["name"] for figure in figures}}

    def _families(self) -> list[str]:
        return list(dict.fromkeys(figure["family"] for figure in self._figures.values()))

    def explain(self, kpi: str) -> Json:
        """Says what a figure means, when it misleads, its formula, what it needs, and a worked example."""
        if kpi not in self._figures:
            raise ValueError(f"there is no figure {kpi!r}; `catalogue` lists them")
        names = ("id", "name", "means", "misleads", "words", "populations", "inputs", "needs", "better", "sources")
        figure = self._figures[kpi]
        return {**{name: figure[name] for name in names}, "example": figure["example"]["working"]}

    def report(
        self,
        kpis: list[str] | None = None,
        by: list[str] | None = None,
        every: Literal["day", "week", "month", "quarter", "year"] | None = None,
        population: Literal["all", "ai", "human", "ai_to_human", "ai_fronted", "people"] | None = None,
    ) -> Json:
        """Computes figures, with evidence.

        Args:
            kpis: Ids of `catalogue`; without them, what an executive looks at.
            by: Columns to group by, such as agent_id, channel, issue.
            every: Periods.
            population: Only these contacts: ai (by AI alone), ai_to_human (handed over), human, ai_fronted, people.
        """
        kpis = kpis or [figure["id"] for figure in self._figures.values() if "executive" in figure["views"]]
        given: Json = {**self._given, **_present({"kpis": kpis, "by": by, "every": every})}
        return _evidence(report(**given), population)

    def profiles(self) -> Json:
        """Counts the same contacts under six vendors' published definitions of resolved, and says why they differ."""
        found = profiles(**self._given, examples=0)
        return {name: found[name] for name in found if name != "schema"}

    def compare(
        self, a: Json | None = None, b: Json | None = None, milestone: str | None = None, kpis: list[str] | None = None
    ) -> Json:
        """Holds one side against another: the difference of each figure, its interval, and whether chance explains it.

        Args:
            a: A side, such as {"when": {"model_version": "v2"}, "from": "2026-03-01", "until": "2026-04-01"}.
            b: The side it is held against.
            milestone: Instead of sides, the label of a milestone of the desk's options.
            kpis: Ids of `catalogue`; without them, what an executive looks at.
        """
        kpis = kpis or [figure["id"] for figure in self._figures.values() if "executive" in figure["views"]]
        given: Json = {**self._given, "kpis": kpis}
        found = compare(**given, a=a, b=b, milestone=milestone)
        figures, left = found["figures"][:_MOST], max(len(found["figures"]) - _MOST, 0)
        return {"a": found["a"], "b": found["b"], "tests": found["tests"], "figures": figures, "left_off": left}

    def roi(self, inputs: dict[str, float | str] | None = None) -> Json:
        """Says whether it is worth it.

        Args:
            inputs: Such as {"monthly_volume": 50000, "resolution_rate": 0.67}; all have defaults.
        """
        found = roi(dict(inputs or {}))  # type: ignore[arg-type]
        names = ("currency", "figures", "left_at_zero", "promised")
        return {name: found[name] for name in names}


def _present(asked: Json) -> Json:
    return {name: value for name, value in asked.items() if value is not None}


def _evidence(computed: Report, population: str | None) -> Json:
    plain = computed.to_dict()
    values: list[Json] = []
    for group in plain["groups"]:
        place = {name: group[name] for name in ("by", "period") if group[name]}
        if "period" in place:
            place["period"] = place["period"]["start"]
        for value in group["values"]:
            if population in (None, value["population"]):
                names = ("id", "population", "unit", "value", "undefined", "n", "low", "high", "band", "flags")
                values.append({**place, **{name: value[name] for name in names if value[name] not in (None, [])}})
    answer: Json = {"as_of": plain["as_of"], "currency": plain["currency"], "contacts": plain["counts"]["rows_used"]}
    answer["values"] = values[:_MOST]
    if len(values) > _MOST:
        answer["left_off"] = f"{len(values) - _MOST} more values; ask for fewer kpis, or for one population"
    return answer
