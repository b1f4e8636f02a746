"""Honest KPIs for support done by AI, by people, and by AI that hands over to people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from . import _supportkpi
from ._answers import Answer
from ._ask import ask
from ._columns import Translated, handling_from
from ._error import (
    Defect,
    Example,
    HonestyWarning,
    InvalidOption,
    InvalidRows,
    MalformedInput,
    Problem,
    SupportKpiError,
    TooLarge,
    UnknownKpi,
)
from ._findings import Bias, Comparison, Corrected, Curves, Drift, Finding, Gates, Part, Profiles, Trends, Warnings
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
from ._money_charts import chart_roi, chart_tornado
from ._report import Period, Report, Share, TargetStanding, Undefined, Value
from ._supportkpi import __version__
from ._verbs import bias, compare, corrected, curves, drift, gates, profiles, trends, warnings

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._columns import Columns
    from ._options import Given, Options
    from ._progress import Progress

__all__ = [
    "Answer",
    "Bias",
    "Comparison",
    "Corrected",
    "Curves",
    "Defect",
    "Drift",
    "Example",
    "Finding",
    "Gates",
    "HonestyWarning",
    "InvalidOption",
    "InvalidRows",
    "MalformedInput",
    "Part",
    "Period",
    "Problem",
    "Profiles",
    "Report",
    "Share",
    "SupportKpiError",
    "TargetStanding",
    "TooLarge",
    "Translated",
    "Trends",
    "Undefined",
    "UnknownKpi",
    "Value",
    "Warnings",
    "__version__",
    "bias",
    "candidates",
    "catalogue",
    "chance",
    "chart_roi",
    "chart_tornado",
    "compare",
    "corrected",
    "curves",
    "drift",
    "gates",
    "handling_from",
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
    columns: Columns | None = None,
    progress: bool | Progress | None = None,
    flags: Literal["warn"] | None = None,
    **options: Unpack[Options],
) -> Report:
    """Computes every figure that the tables allow.

    A table is one of these, and each gives the same bytes:

    - A data frame: whatever has ``__arrow_c_stream__``, such as that of Polars, pandas 3 or PyArrow, a reader of record
      batches, a relation of DuckDB; and a lazy frame of Polars, which is collected. Its memory is used where it is.
    - The path of a file: any ``os.PathLike``, or a str that ends in ``.parquet``, ``.csv``, ``.json``, ``.jsonl`` or
      ``.ndjson``. Only Parquet is read piece by piece.
    - The text of a CSV file, of a JSON list of rows or of JSON lines: any other str.
    - Rows as dicts or dataclasses. A cell is a str, int, float, Decimal, bool, datetime, date or None.

    Columns that no figure and no option reads cost nothing. A time without a zone needs the option ``naive_timezone``.

    Args:
        interactions: One row a contact.
        costs: What no single contact carries, such as a platform fee.
        accounts: Customer companies.
        signals: What conversations gave away, such as a wish to leave.
        fixes: Failures that were flagged, and when they were mended.
        threads: How many threads may work at once; None for as many as there are cores. No figure depends on it.
        columns: What you call our columns, such as ``{"id": "ticket_id"}``; a column that is named here is read as that
            and as nothing else. Columns of other tables stand under their table: ``{"costs": {"amount": "sum"}}``.
        progress: True for a bar (of tqdm, if it is there) or a line on standard error; or a function that is called
            with the rows that were looked at and those that are expected.
        flags: ``"warn"`` for a `HonestyWarning` for each doubt that figures have.
        **options: Such as ``by=["agent_id"]``, ``every="week"`` or ``kpis=["csat"]``; one that is None is not given.

    Raises:
        InvalidRows: Rows break rules.
        SupportKpiError: Anything else about tables or options makes no sense.
        KeyboardInterrupt: Somebody pressed Ctrl-C; the computation stops soon after.
        TypeError: A table, a cell or an option is of a type that is none of the above.
        OSError: A file is not there, or may not be read.
        ValueError: A file is not Parquet, or damaged.
    """
    given: Given = {
        **options,
        "costs": costs,
        "accounts": accounts,
        "signals": signals,
        "fixes": fixes,
        "threads": threads,
        "columns": columns,
        "progress": progress,
        "flags": flags,
    }
    return ask(Report, "report", interactions, {}, given)


def catalogue() -> list[dict[str, Any]]:
    """Every figure as data: what it means, when it misleads, its formula, what it needs, a worked example."""
    figures: list[dict[str, Any]] = json.loads(_supportkpi.catalogue())
    return figures
