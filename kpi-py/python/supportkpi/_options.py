"""The options of a report, for type checkers; the core reads and checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from ._columns import Columns
    from ._frames import Rows
    from ._progress import Progress

Number = float | int | Decimal


class Options(TypedDict, total=False):
    """What a report may be asked for; the names are the same in every language."""

    as_of: datetime | str | None
    time_zone: str | None
    naive_timezone: str | None
    by: Sequence[str] | None
    every: Literal["day", "week", "month", "quarter", "year"] | None
    recontact_hours: int | None
    confidence_level: float | None
    low_confidence_threshold: Number | None
    currency: str | None
    quantiles: Literal["exact", "sketch"] | None
    on_invalid: Literal["error", "quarantine"] | None
    kpis: Sequence[str] | None
    benchmarks: Sequence[str | Mapping[str, Any]] | None
    targets: Sequence[Mapping[str, Any]] | None
    milestones: Sequence[Mapping[str, Any]] | None
    cluster: str | None
    baseline: Mapping[str, Number | str] | None
    forecast: Mapping[str, Number | str] | None
    labor: Mapping[str, Number | str] | None
    business_hours: Mapping[str, str | Sequence[str | date] | Mapping[str, Sequence[Sequence[str]]]] | None
    sla: Sequence[Mapping[str, Any]] | None


class Given(Options, total=False):
    """Everything beside the interactions and the question: the other tables, options, and how to go about it."""

    costs: Rows | None
    accounts: Rows | None
    signals: Rows | None
    fixes: Rows | None
    threads: int | None
    columns: Columns | None
    progress: bool | Progress | None
    flags: Literal["warn"] | None
