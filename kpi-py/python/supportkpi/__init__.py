"""Honest KPIs for support done by AI, by people, and by AI that hands over to people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import _supportkpi
from ._error import Example, Problem, SupportKpiError
from ._report import Period, Report, Share, Undefined, Value
from ._supportkpi import __version__

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import Options

__all__ = [
    "Example",
    "Period",
    "Problem",
    "Report",
    "Share",
    "SupportKpiError",
    "Undefined",
    "Value",
    "__version__",
    "catalogue",
    "report",
]

Rows = Iterable[Mapping[str, Any]] | str
"""Rows as dicts with columns for keys, or the JSON text of a list of such rows."""


def report(
    interactions: Rows,
    *,
    costs: Rows | None = None,
    accounts: Rows | None = None,
    signals: Rows | None = None,
    fixes: Rows | None = None,
    **options: Unpack[Options],
) -> Report:
    """Computes every figure that the tables allow.

    A cell is a str, int, float, Decimal, bool, datetime, date or None. A time without a zone needs the option
    ``naive_timezone``.

    Args:
        interactions: One row a contact.
        costs: What no single contact carries, such as a platform fee.
        accounts: Customer companies.
        signals: What conversations gave away, such as a wish to leave.
        fixes: Failures that were flagged, and when they were mended.
        **options: Such as ``by=["agent_id"]``, ``every="week"`` or ``kpis=["csat"]``; one that is None is not given.

    Raises:
        SupportKpiError: Rows break rules, or options make no sense.
        TypeError: A cell or an option is of a type that is none of the above.
    """
    tables = {"interactions": interactions, "costs": costs, "accounts": accounts, "signals": signals, "fixes": fixes}
    return Report(_supportkpi.report(tables, dict(options)))


def catalogue() -> list[dict[str, Any]]:
    """Every figure as data: what it means, when it misleads, its formula, what it needs, a worked example."""
    figures: list[dict[str, Any]] = json.loads(_supportkpi.catalogue())
    return figures
