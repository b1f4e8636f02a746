"""Commands about the figures themselves: catalogue, explain."""

from __future__ import annotations

import argparse
import difflib
import json
import textwrap
from typing import TYPE_CHECKING, Any

from .. import catalogue
from .given import width

if TYPE_CHECKING:
    from .given import Commands

_BETTER = {"higher": "Higher is better.", "lower": "Lower is better.", "neither": "Neither higher nor lower is better."}


def add_commands(commands: Commands) -> None:
    """Adds them to a parser."""
    parser = commands.add_parser("catalogue", help="every figure, by family", description="Every figure, by family.")
    parser.add_argument("--json", action="store_true", help="everything about them, as JSON")
    parser.set_defaults(run=_catalogue)
    about = "what a figure means, when it misleads, its formula, a worked example"
    parser = commands.add_parser("explain", help=about, description=about.capitalize() + ".")
    parser.add_argument("kpi", metavar="KPI", help="its id, such as verified_resolution_rate")
    parser.set_defaults(run=_explain)


def _catalogue(asked: argparse.Namespace) -> int:
    figures = catalogue()
    if asked.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return 0
    family = None
    for figure in figures:
        if figure["family"] != family:
            family = figure["family"]
            print(f"\n{family}")
        print(f"  {figure['id']:<34}{figure['name']}")
    print("\n`supportkpi explain ID` says more about one.")
    return 0


def _explain(asked: argparse.Namespace) -> int:
    figures = {figure["id"]: figure for figure in catalogue()}
    if asked.kpi not in figures:
        near = difflib.get_close_matches(asked.kpi, figures, n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; `supportkpi catalogue` lists them"
        raise ValueError(f"there is no figure {asked.kpi!r}{hint}")
    print(_told(figures[asked.kpi]))
    return 0


def _told(figure: dict[str, Any]) -> str:
    entries = [
        ("Means", figure["means"]),
        ("Misleads", figure["misleads"]),
        ("Formula", figure["words"]),
        ("Of", ", ".join(figure["populations"])),
        ("Needs", ", ".join([*_columns(figure["inputs"]), *figure["needs"]]) or "nothing beyond the required columns"),
        ("Reading", _BETTER[figure["better"]]),
        ("Example", figure["example"]["working"]),
        ("Sources", "; ".join(figure["sources"])),
    ]
    also = f", also called {', '.join(figure['also_called'])}" if figure["also_called"] else ""
    lines = [f"{figure['name']} ({figure['id']}){also}", ""]
    for name, text in entries:
        lines += textwrap.wrap(text, width(), initial_indent=f"{name:<10}", subsequent_indent=" " * 10)
    return "\n".join(lines)


def _columns(inputs: list[Any]) -> list[str]:
    return [one if isinstance(one, str) else " or ".join(one) for one in inputs]
