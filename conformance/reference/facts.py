"""Section 3: what a row means beside its neighbours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from .columns import RETRIES
from .instants import HOUR, parse_instant
from .ledger import Ledger
from .periods import BusinessHours, Period, contiguous, day_of_period, period_from
from .reading import Row, to_decimal
from .rules import Checked

# What each population is made of; handling values are those of the column.
POPULATIONS: dict[str, tuple[str, ...]] = {
    "all": ("ai", "human", "ai_to_human"),
    "ai": ("ai",),
    "human": ("human",),
    "ai_to_human": ("ai_to_human",),
    "ai_fronted": ("ai", "ai_to_human"),
    "people": ("human", "ai_to_human"),
}
OUTCOME_KEYS = (
    "open",
    "escalated",
    "human",
    "abandoned",
    "unresolved",
    "pending",
    "verified",
    "disproved",
    "unverifiable",
)
Combination = tuple[str | None, ...]


@dataclass(frozen=True)
class Labor:
    """7.1, exactly."""

    loaded_year: Fraction
    per_second: Fraction


def read_labor(option: dict[str, Any]) -> Labor:
    def part(name: str) -> Fraction:
        return Fraction(to_decimal(option.get(name) or 0))

    loaded = (
        part("salary") * (1 + part("benefits_rate")) * (1 + part("management_rate"))
        + (part("recruitment_per_hire") + part("training_per_hire")) * part("annual_attrition")
        + part("tooling_per_year")
        + part("qa_per_year")
    )
    hours = part("paid_hours_per_year") * part("utilisation")
    return Labor(loaded, loaded / hours / 3600)


class Interaction:
    """A usable row in scope, with the facts that formulas ask for."""

    def __init__(self, row: Row, by: list[str], labor: Labor | None) -> None:
        self.row = row
        self.handling: str = row["handling"]
        self.opened: int = row["opened_at"]
        self.closed: int | None = row["closed_at"]
        self.outcome: str | None = row["outcome"]
        self.customer: str | None = row["customer_id"]
        self.combination: Combination = tuple(row.dimension(column) for column in by)
        self.day: date | None = None  # first day of its period
        self.session: Session
        if labor and row["cost_human"] is None and row["human_handle_seconds"] is not None:
            exact = labor.per_second * Fraction(row["human_handle_seconds"])
            row.cells["cost_human"] = money(exact)

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    def knows(self, *columns: str) -> bool:
        return all(self.row[column] is not None for column in columns)

    def knows_any(self, *columns: str) -> bool:
        return any(self.row[column] is not None for column in columns)

    @property
    def is_closed(self) -> bool:
        return self.outcome is not None

    @property
    def resolved(self) -> bool:
        return self.outcome == "resolved"

    @property
    def fronted(self) -> bool:
        return self.handling != "human"

    @property
    def ai_stage_over(self) -> bool:
        return self.handling == "ai_to_human" or (self.handling == "ai" and self.is_closed)

    @property
    def tokens(self) -> int | None:
        if not self.knows_any("input_tokens", "output_tokens"):
            return None
        return (self["input_tokens"] or 0) + (self["output_tokens"] or 0)

    @property
    def retries(self) -> dict[str, int]:
        return {column.removeprefix("retries_"): self[column] or 0 for column in RETRIES}


def money(exact: Fraction) -> Decimal:
    """Half-even to 6 places."""
    return Decimal(round(exact * 10**6)).scaleb(-6)


class Session:
    """Interactions with the same session_id and customer (3.6)."""

    def __init__(self, members: list[Interaction]) -> None:
        self.members = members
        self.first = min(members, key=lambda i: (i.opened, i["id"]))
        self.closed = all(i.is_closed for i in members)
        self.last = max(members, key=lambda i: (i.closed or 0, i.opened, i["id"]))
        handlings = {i.handling for i in members}
        self.handling = handlings.pop() if len(handlings) == 1 else "ai_to_human"


class Data:
    """Everything usable, with its facts, as of one moment."""

    def __init__(self, tables: dict[str, Any], options: dict[str, Any]) -> None:
        self.options = options
        self.zone = ZoneInfo(options.get("time_zone") or "UTC")
        self.by: list[str] = list(options.get("by") or [])
        self.every: str | None = options.get("every")
        self.window = Fraction(to_decimal(options.get("recontact_hours", 72))) * HOUR
        self.checked = Checked(tables, options)
        given = options.get("as_of")
        if given is None:
            self.as_of = self.checked.latest_event()
        else:
            self.as_of = parse_instant(given, self.checked.naive_zone)
            self.checked.check_as_of(self.as_of)
        if self.checked.breaks and options.get("on_invalid", "error") == "error":
            raise ValueError(f"invalid rows: {self.checked.invalid()}")
        hours = options.get("business_hours")
        self.business = BusinessHours(hours, self.zone) if hours else None
        self.labor = read_labor(options["labor"]) if options.get("labor") else None
        self.accounts = self.checked.usable("accounts")
        self.signals = self.checked.usable("signals")
        self.fixes = self.checked.usable("fixes")
        self.costs = self.checked.usable("costs")
        usable = self.checked.usable("interactions")
        in_scope = [row for row in usable if row["in_scope"] is not False]
        self.out_of_scope = len(usable) - len(in_scope)
        self.rows = [Interaction(row, self.by, self.labor) for row in in_scope]
        self._time()
        self._neighbours()
        self.ledger = Ledger(self)

    def _time(self) -> None:
        self.covered: Period | None = None
        self.periods: list[Period] = []
        if not self.rows:
            return
        assert self.as_of is not None
        first, last = min(i.opened for i in self.rows), max(i.opened for i in self.rows)
        self.covered = Period(first, self.as_of)
        if self.every is None:
            return
        self.periods = contiguous(self.every, first, last, self.as_of, self.zone)
        for i in self.rows:
            i.day = day_of_period(self.every, i.opened, self.zone)

    def period_of(self, i: Interaction) -> Period:
        assert self.every is not None and i.day is not None
        return period_from(self.every, i.day, self.zone)

    def covered_part(self, period: Period | None) -> Period | None:
        """Covered time of the report, or of one period; None where there is none."""
        if self.covered is None or period is None:
            return self.covered
        start = max(period.start, self.covered.start)
        end = min(period.end, self.covered.end)
        return Period(start, end) if start <= end else None

    def _neighbours(self) -> None:
        self.of_customer: dict[str, list[Interaction]] = defaultdict(list)
        members: dict[tuple[object, ...], list[Interaction]] = defaultdict(list)
        self.first_seen: dict[str, int] = {}
        for number, i in enumerate(self.rows):
            if i.customer is not None:
                self.of_customer[i.customer].append(i)
            name = i["session_id"]
            members[("own", number) if name is None else (name, i.customer)].append(i)
            issue = i["issue"]
            if issue is not None:
                self.first_seen[issue] = min(i.opened, self.first_seen.get(issue, i.opened))
        self.sessions = [Session(group) for group in members.values()]
        for session in self.sessions:
            for i in session.members:
                i.session = session

    # -- recontact and verification -------------------------------------------------------------

    def returns(self, i: Interaction, window: Fraction) -> list[Interaction]:
        """Other interactions in which the customer came back within the window (3.4)."""
        if i.closed is None or i.customer is None:
            return []
        return [
            j
            for j in self.of_customer[i.customer]
            if j.session is not i.session
            and i.closed < j.opened <= i.closed + window
            and (i["issue"] is None or j["issue"] is None or i["issue"] == j["issue"])
        ]

    def recontacted(self, i: Interaction, window: Fraction) -> bool:
        if i.closed is None:
            return False
        reopened = i["reopened_at"]
        if reopened is not None and reopened <= i.closed + window:
            return True
        return bool(self.returns(i, window))

    def window_over(self, i: Interaction, window: Fraction) -> bool:
        assert self.as_of is not None
        return i.closed is not None and i.closed + window <= self.as_of

    def mature(self, i: Interaction, window: Fraction) -> bool:
        return i.customer is not None and self.window_over(i, window)

    def will_mature(self, i: Interaction, window: Fraction) -> bool:
        return i.is_closed and i.customer is not None and not self.window_over(i, window)

    def identified(self, i: Interaction) -> bool:
        return i.customer is not None or i["confirmed"] is not None

    def settled(self, i: Interaction) -> bool:
        return i.is_closed and self.identified(i) and self.window_over(i, self.window)

    def will_settle(self, i: Interaction) -> bool:
        return i.is_closed and self.identified(i) and not self.window_over(i, self.window)

    def verified(self, i: Interaction) -> bool:
        if i.handling != "ai" or not i.resolved:
            return False
        if i["confirmed"] is not None:
            return bool(i["confirmed"])
        return self.mature(i, self.window) and not self.recontacted(i, self.window)

    def outcome_key(self, i: Interaction) -> str:
        """3.6b, first match."""
        if i.outcome is None:
            return "open"
        if i.handling == "ai_to_human":
            return "escalated"
        if i.handling == "human":
            return "human"
        if i.outcome != "resolved":
            return i.outcome
        if i["confirmed"] is not None:
            return "verified" if i["confirmed"] else "disproved"
        if self.recontacted(i, self.window):
            return "disproved"
        if i.customer is None:
            return "unverifiable"
        return "verified" if self.mature(i, self.window) else "pending"

    def solved_in_session(self, i: Interaction) -> bool | None:
        """resolved_in_session, derived where it is null; None: not known."""
        if i["resolved_in_session"] is not None:
            return bool(i["resolved_in_session"])
        if not self.mature(i, self.window):
            return None
        return i.resolved and not self.recontacted(i, self.window)
