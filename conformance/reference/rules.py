"""Section 2.6: every rule on every row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from .columns import ID_COLUMNS, RETRIES, TABLES
from .reading import Row, Unreadable, read_cell, show

Break = tuple[str, str]  # (rule, column)

PARTS = (
    ("unanswered_messages", "customer_messages"),
    ("fallback_messages", "customer_messages"),
    ("qa_correct", "qa_responses"),
    ("qa_hallucinated", "qa_responses"),
    ("api_calls_cached", "api_calls"),
    ("api_calls_retried", "api_calls"),
    ("cached_input_tokens", "input_tokens"),
)
DRAFTS = ("drafts_accepted", "drafts_edited", "drafts_rejected")
EVENTS = {
    "interactions": (
        "first_response_at",
        "closed_at",
        "reopened_at",
        "escalated_at",
        "human_first_response_at",
    ),
    "signals": ("detected_at", "routed_at"),
    "fixes": ("flagged_at", "deployed_at", "recurred_at"),
}
RESULTS = {"churn": ("saved", "lost"), "upsell": ("won", "lost")}


class Checked:
    """All tables read and checked."""

    def __init__(self, tables: dict[str, Any], options: dict[str, Any]) -> None:
        naive = options.get("naive_timezone")
        self.naive_zone = ZoneInfo(naive) if naive else None
        self.rows: dict[str, list[Row]] = {}
        self.breaks: dict[tuple[str, str], list[tuple[Row, str]]] = defaultdict(list)
        for table in TABLES:
            raws = tables.get(table) or []
            self.rows[table] = [Row(table, number, raw) for number, raw in enumerate(raws)]
            for row in self.rows[table]:
                self._read(row)
        self.currency = self._currency(options.get("currency"))
        for table in ID_COLUMNS:
            self._duplicates(table)
        for table, check in CHECKS.items():
            for row in self.rows[table]:
                for rule, column in check(row):
                    self.note(row, rule, column)

    def note(self, row: Row, rule: str, column: str) -> None:
        row.broken = True
        self.breaks[row.table, rule].append((row, column))

    def _read(self, row: Row) -> None:
        for column in TABLES[row.table]:
            value = row.raw.get(column.name)
            if value is None:
                if column.required:
                    self.note(row, "missing_required", column.name)
                    row.unreadable.add(column.name)
                continue
            try:
                cell = read_cell(column, value, self.naive_zone)
            except Unreadable as problem:
                row.unreadable.add(column.name)
                self.note(row, problem.rule, column.name)
                continue
            row.cells[column.name] = cell
            too_low = column.low is not None and Decimal(cell) < column.low
            if too_low or (column.high is not None and Decimal(cell) > column.high):
                self.note(row, "out_of_range", column.name)

    def _currency(self, option: str | None) -> str:
        rows = [row for row in self.rows["interactions"] if row["currency"] is not None]
        found = {row["currency"] for row in rows}
        if option is None and len(found) == 1:
            return str(found.pop())
        for row in rows:
            if option is None or row["currency"] != option:
                self.note(row, "currency_mismatch", "currency")
        return option or "USD"

    def _duplicates(self, table: str) -> None:
        column = ID_COLUMNS[table]
        seen = Counter(row[column] for row in self.rows[table] if row[column] is not None)
        for row in self.rows[table]:
            if row[column] is not None and seen[row[column]] > 1:
                self.note(row, "duplicate_id", column)

    def latest_event(self) -> int | None:
        """Default as_of: the latest event instant of the rows that break no rule."""
        found = [
            row[column]
            for table, columns in EVENTS.items()
            for row in self.rows[table]
            if not row.broken
            for column in ("opened_at", *columns)
            if row[column] is not None
        ]
        return max(found, default=None)

    def check_as_of(self, as_of: int) -> None:
        for table, columns in EVENTS.items():
            for row in self.rows[table]:
                if row["opened_at"] is not None and row["opened_at"] > as_of:
                    self.note(row, "opened_after_as_of", "opened_at")
                for column in columns:
                    if row[column] is not None and row[column] > as_of:
                        self.note(row, "after_as_of", column)

    def usable(self, table: str) -> list[Row]:
        return [row for row in self.rows[table] if not row.broken]

    def invalid(self) -> list[dict[str, Any]]:
        """The report's list: by table, then rule; breaks by row, then the SPEC's column order."""
        result = []
        for (table, rule), unsorted in sorted(self.breaks.items()):
            places = {column.name: place for place, column in enumerate(TABLES[table])}
            found = sorted(unsorted, key=lambda item: (item[0].number, places[item[1]]))
            examples = [
                {
                    "row": row.number,
                    "id": row.raw.get(ID_COLUMNS[table]) if table in ID_COLUMNS else None,
                    "column": column,
                    "value": show(row, column),
                }
                for row, column in found[:5]
            ]
            result.append({"table": table, "rule": rule, "count": len(found), "examples": examples})
        return result


def _both(row: Row, *columns: str) -> bool:
    return all(row[column] is not None for column in columns)


def _readable(row: Row, *columns: str) -> bool:
    """None of them is unreadable, so that a null is really a null."""
    return not row.unreadable.intersection(columns)


def check_interaction(row: Row) -> Iterator[Break]:
    for column, floor, rule in (
        ("first_response_at", "opened_at", "first_response_before_opened"),
        ("closed_at", "opened_at", "closed_before_opened"),
        ("reopened_at", "closed_at", "reopened_before_closed"),
        ("escalated_at", "opened_at", "escalated_before_opened"),
        ("human_first_response_at", "escalated_at", "human_first_response_before_escalated"),
    ):
        if _both(row, column, floor) and row[column] < row[floor]:
            yield rule, column
    if _both(row, "escalated_at", "closed_at") and row["escalated_at"] > row["closed_at"]:
        yield "escalated_after_closed", "escalated_at"
    if row["reopened_at"] is not None and row["closed_at"] is None and _readable(row, "closed_at"):
        yield "reopened_without_closed", "reopened_at"
    if _readable(row, "closed_at", "outcome"):
        if row["outcome"] is not None and row["closed_at"] is None:
            yield "outcome_without_closed", "outcome"
        if row["closed_at"] is not None and row["outcome"] is None:
            yield "closed_without_outcome", "closed_at"
    if row["handling"] in ("ai", "human"):
        if row["escalated_at"] is not None:
            yield "escalated_at_not_ai_to_human", "escalated_at"
        if row["escalation_reason"] is not None:
            yield "escalation_reason_not_ai_to_human", "escalation_reason"
    for part, whole in PARTS:
        if _both(row, part, whole) and row[part] > row[whole]:
            yield f"{part}_above_{whole}", part
    for rule, parts, whole in (
        ("retries_exceeded", RETRIES, "api_calls_retried"),
        ("drafts_exceeded", DRAFTS, "drafts_offered"),
    ):
        if row[whole] is not None and sum(row[part] or 0 for part in parts) > row[whole]:
            yield rule, whole


def check_cost(row: Row) -> Iterator[Break]:
    if _both(row, "start", "end") and row["end"] <= row["start"]:
        yield "end_not_after_start", "end"


def check_signal(row: Row) -> Iterator[Break]:
    if _both(row, "detected_at", "routed_at") and row["routed_at"] < row["detected_at"]:
        yield "routed_before_detected", "routed_at"
    if _both(row, "kind", "result") and row["result"] not in RESULTS.get(row["kind"], ()):
        yield "result_not_of_kind", "result"


def check_fix(row: Row) -> Iterator[Break]:
    if _both(row, "flagged_at", "deployed_at") and row["deployed_at"] < row["flagged_at"]:
        yield "deployed_before_flagged", "deployed_at"
    if row["recurred_at"] is not None and _readable(row, "deployed_at"):
        if row["deployed_at"] is None:
            yield "recurred_without_deployed", "recurred_at"
        elif row["recurred_at"] < row["deployed_at"]:
            yield "recurred_before_deployed", "recurred_at"


CHECKS = {
    "interactions": check_interaction,
    "costs": check_cost,
    "signals": check_signal,
    "fixes": check_fix,
}
