"""Honest KPIs for support done by AI, by people, and by AI that hands over to people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _supportkpi
from ._error import Example, Problem, SupportKpiError
from ._frames import Rows
from ._money import (
    candidates,
    chance,
    labour,
    pnl,
    pnl_books,
    pricing,
    roi,
    roi_inputs,
    roi_plan,
    scenarios,
    settle,
    tornado,
    variance,
    variance_drivers,
    verify,
)
from ._report import Period, Report, Share, TargetStanding, Undefined, Value
from ._supportkpi import __version__
from ._verbs import bias, compare, corrected, curves, drift, gates, profiles, trends, warnings

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
    "TargetStanding",
    "Undefined",
    "Value",
    "__version__",
    "bias",
    "candidates",
    "catalogue",
    "chance",
    "compare",
    "corrected",
    "curves",
    "drift",
    "gates",
    "labour",
    "pnl",
    "pnl_books",
    "pricing",
    "profiles",
    "report",
    "roi",
    "roi_inputs",
    "roi_plan",
    "scenarios",
    "settle",
    "tornado",
    "trends",
    "variance",
    "variance_drivers",
    "verify",
    "warnings",
]


def report(
    interactions: Rows,
    *,
    costs: Rows | None = None,
    accounts: Rows | None = None,
    signals: Rows | None = None,
    fixes: Rows | None = None,
    threads: int | None = None,
    **options: Unpack[Options],
) -> Report:
    """Computes every figure that the tables allow.

    A table is one of these, and each gives the same bytes:

    - A data frame: whatever has ``__arrow_c_stream__``, such as that of Polars, pandas 3 or PyArrow, a reader of record
      batches, a relation of DuckDB; and a lazy frame of Polars, which is collected. Its memory is used where it is.
    - The path of a Parquet file: any ``os.PathLike``, or a str that ends in ``.parquet``.
    - JSON text of a list of rows: any other str.
    - Rows as dicts. A cell is a str, int, float, Decimal, bool, datetime, date or None.

    Columns that no figure and no option reads cost nothing. A time without a zone needs the option ``naive_timezone``.

    Args:
        interactions: One row a contact.
        costs: What no single contact carries, such as a platform fee.
        accounts: Customer companies.
        signals: What conversations gave away, such as a wish to leave.
        fixes: Failures that were flagged, and when they were mended.
        threads: How many threads may work at once; None for as many as there are cores. No figure depends on it.
        **options: Such as ``by=["agent_id"]``, ``every="week"`` or ``kpis=["csat"]``; one that is None is not given.

    Raises:
        SupportKpiError: Rows break rules, or options make no sense.
        TypeError: A table, a cell or an option is of a type that is none of the above.
        OSError: A file is not there, or may not be read.
        ValueError: A file is not Parquet, or damaged.
    """
    tables = {"interactions": interactions, "costs": costs, "accounts": accounts, "signals": signals, "fixes": fixes}
    return Report(_supportkpi.answer("report", tables, {}, dict(options), threads))


def catalogue() -> list[dict[str, Any]]:
    """Every figure as data: what it means, when it misleads, its formula, what it needs, a worked example."""
    figures: list[dict[str, Any]] = json.loads(_supportkpi.catalogue())
    return figures
