"""Commands that read contacts: report, check, profiles, warnings, trends, candidates."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .. import InvalidRows, candidates, profiles, report, trends, warnings
from .._report import shown
from .given import add_outputs, add_tables, tables, tell

if TYPE_CHECKING:
    from .._report import Report
    from .given import Commands


def add_commands(commands: Commands) -> None:
    """Adds them to a parser."""
    one = _command(commands, "report", _report, "every figure that the contacts allow")
    one.add_argument("--by", action="append", metavar="COLUMN", help="groups, such as agent_id; once for each")
    one.add_argument("--kpis", action="append", metavar="ID", help="only these figures; once for each")
    one = _command(
        commands, "check", _check, "whether rows keep every rule, and what else they could tell", pages=False
    )
    one.set_defaults(by=None, kpis=None)
    _command(commands, "profiles", _verb(profiles), "the same contacts under six published definitions of resolved")
    _command(commands, "warnings", _verb(warnings), "what has just moved, surest first; needs --every")
    _command(
        commands, "trends", _verb(trends), "what changed from period to period; needs --every and few --kpis"
    ).add_argument("--kpis", action="append", metavar="ID", help="only these figures; once for each")
    one = _command(commands, "candidates", _candidates, "which issues of people the AI should take next")
    one.add_argument("--cost", metavar="AMOUNT", help="what a contact of people costs, where the data does not say")
    one.add_argument("--breach", metavar="AMOUNT", help="what an answer against policy costs")


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], about: str, *, pages: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about.capitalize() + ".")
    add_tables(parser)
    add_outputs(parser, pages=pages)
    parser.set_defaults(run=run)
    return parser


def _report(asked: argparse.Namespace) -> int:
    computed = report(**tables(asked))
    tell(asked, computed, _figures(computed) if asked.kpis else None)
    return 0


def _figures(computed: Report) -> str:
    """Those that were asked for, group by group; the usual page has questions that they do not answer."""
    lines, before = [f"{computed.to_dict()['counts']['rows_used']:,} contacts"], None
    for value in computed:
        group = ", ".join(f"{name} {key or '(none)'}" for name, key in value.by.items())
        period = f"from {value.period.start:%Y-%m-%d}" if value.period else ""
        place = ", ".join(part for part in (group, period) if part) or "all of them"
        if place != before:
            lines += ["", place]
            before = place
        doubts = f"  ! {', '.join(value.flags)}" if value.flags else ""
        lines.append(f"  {value.id:<34}{value.population:<13}{shown(value)}{doubts}")
    return "\n".join(lines)


def _verb(verb: Callable[..., Any]) -> Callable[[argparse.Namespace], int]:
    def run(asked: argparse.Namespace) -> int:
        tell(asked, verb(**tables(asked)))
        return 0

    return run


def _check(asked: argparse.Namespace) -> int:
    try:
        computed = report(**tables(asked))
    except InvalidRows as error:
        print(error)
        return 1
    tell(asked, computed, _quality(computed))
    counts = computed.to_dict()["counts"]
    return 1 if counts["rows_quarantined"] else 0


def _quality(computed: Report) -> str:
    """Counts, and which empty columns keep which figures from being known."""
    counts = computed.to_dict()["counts"]
    lines = [f"{counts['rows_used']:,} of {counts['rows_in']:,} contacts are used."]
    if counts["rows_quarantined"]:
        lines.append(
            f"{counts['rows_quarantined']:,} break rules and are set aside; without --on-invalid they are listed."
        )
    else:
        lines.append("Every row keeps every rule.")
    unlocks: dict[str, set[str]] = {}
    for value in computed:
        if value.undefined and value.undefined.reason == "missing_input":
            for column in value.undefined.columns:
                unlocks.setdefault(column, set()).add(value.id)
    if unlocks:
        lines += ["", "Empty columns, and what they would tell:"]
        ordered = sorted(unlocks.items(), key=lambda entry: (-len(entry[1]), entry[0]))
        lines += [f"  {column:<26}{_few(sorted(ids))}" for column, ids in ordered]
    return "\n".join(lines)


_FEW = 3


def _few(names: list[str]) -> str:
    rest = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {rest} more" if rest > 0 else "")


def _candidates(asked: argparse.Namespace) -> int:
    tell(asked, candidates(human_cost_per_contact=asked.cost, cost_per_breach=asked.breach, **tables(asked)))
    return 0
