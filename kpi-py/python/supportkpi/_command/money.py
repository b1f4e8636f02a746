"""Commands about money: roi, pricing, settle, verify."""

from __future__ import annotations

import argparse
import textwrap
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import pricing, roi, roi_plan, settle, verify
from .given import add_outputs, add_tables, colour, pairs, read_json, tables, tell, width

if TYPE_CHECKING:
    from .._findings import Finding
    from .given import Commands

_FIGURES = {
    "net": "left after all months",
    "npv": "what that is worth now",
    "payback_month": "paid back in month",
    "roi": "return on what is spent",
    "savings_per_year": "saved in a year",
    "fte": "people that pays for",
    "cost_per_contact_before": "cost of a contact before",
    "cost_per_contact_after": "and after",
    "cost_per_resolution": "cost of a resolution that holds",
    "break_even_resolution_rate": "breaks even at a resolution rate of",
}


def add_commands(commands: Commands) -> None:
    """Adds them to a parser."""
    about = "whether it is worth it, month by month"
    parser = commands.add_parser("roi", help=about, description=about.capitalize() + ".")
    parser.add_argument("inputs", nargs="*", metavar="INPUT=VALUE", help="such as monthly_volume=50000")
    parser.add_argument("--plan", metavar="FILE", help="a JSON file with inputs; INPUT=VALUE goes before it")
    parser.add_argument("--explain", action="store_true", help="every step, to be followed by hand")
    add_outputs(parser)
    parser.set_defaults(run=_roi)

    about = "a plan's inputs out of contacts, by what held and not by what was claimed"
    parser = commands.add_parser("roi-plan", help=about, description=about.capitalize() + ".")
    add_tables(parser)
    add_outputs(parser)
    parser.set_defaults(run=_roi_plan)

    about = "ways to pay at any volume, and where they change places"
    parser = commands.add_parser("pricing", help=about, description=about.capitalize() + ".")
    parser.add_argument("ask", metavar="FILE", help="a JSON file with plans, volumes and usage; - for standard input")
    add_outputs(parser)
    parser.set_defaults(run=_pricing)

    about = "what is owed for a period under a contract, line by line"
    parser = commands.add_parser("settle", help=about, description=about.capitalize() + ".")
    parser.add_argument("contract", metavar="CONTRACT", help="a JSON file with the contract")
    add_tables(parser)
    parser.add_argument("--through", type=int, required=True, metavar="N", help="the last period, counted from 1")
    parser.add_argument("--previous", metavar="FILE", help="the statement before")
    add_outputs(parser)
    parser.set_defaults(run=_settle)

    about = "whether statements, the earliest first, are as they were written, and add up"
    parser = commands.add_parser("verify", help=about, description=about.capitalize() + ".")
    parser.add_argument("statements", nargs="+", metavar="STATEMENT", help="JSON files that settle wrote")
    parser.set_defaults(run=_verify)


def _roi(asked: argparse.Namespace) -> int:
    plan: Any = {**(read_json(asked.plan, "--plan") if asked.plan else {}), **pairs(asked.inputs, "roi")}
    found = roi(plan)
    tell(asked, found, None if asked.explain else _in_short(found))
    return 0


def _in_short(found: Finding) -> str:
    """The figures that decide; `--explain` tells all of it."""
    figures = found["figures"]
    lines = [f"In {found['currency']}, over {len(found['months']) - 1} months:", ""]
    for name, label in _FIGURES.items():
        value = figures[name]
        shown = f"({figures['undefined'][name].replace('_', ' ')})" if value is None else _short(value)
        lines.append(f"  {label:<38}{shown:>18}")
    if promised := found["promised"]:
        lines += ["", f"The claimed rate would have promised {_short(promised['beyond'])} more than what holds."]
    if found["left_at_zero"]:
        lines += [
            "",
            *textwrap.wrap(f"Costs that stand at 0: {', '.join(found['left_at_zero'])}. Few desks have none.", width()),
        ]
    return "\n".join([*lines, "", "--explain shows every month and every step."])


def _short(value: str | int) -> str:
    """An amount to the cent; the answer itself has all digits."""
    number = Decimal(value)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"


def _roi_plan(asked: argparse.Namespace) -> int:
    tell(asked, roi_plan(**tables(asked)))
    return 0


def _pricing(asked: argparse.Namespace) -> int:
    tell(asked, pricing(**read_json(asked.ask, "pricing")))
    return 0


def _settle(asked: argparse.Namespace) -> int:
    contract = read_json(asked.contract, "CONTRACT")
    previous = read_json(asked.previous, "--previous") if asked.previous else None
    tell(asked, settle(contract=contract, through=asked.through, previous=previous, **tables(asked)))
    return 0


def _verify(asked: argparse.Namespace) -> int:
    found = verify(Path(path).read_text("utf-8").rstrip("\n") for path in asked.statements)
    print(found.to_text(width(), colour()))
    return 0 if found["sound"] else 1
