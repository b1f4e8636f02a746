"""Calendar periods (SPEC 3.7) and business time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from .instants import DAY, SECOND, constant_pieces, first_instant, local_date, wall_clock

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EPOCH_DAY = date(1970, 1, 1)


class Period(NamedTuple):
    """Half-open, [start, end)."""

    start: int
    end: int


def first_day(every: str, day: date) -> date:
    match every:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
    raise ValueError(f"every: {every!r}")


def next_first_day(every: str, day: date) -> date:
    """The first day of the period after the one that starts on `day`."""
    leap = {"day": 1, "week": 7, "month": 31, "quarter": 93, "year": 366}[every]
    return first_day(every, day + timedelta(days=leap))


def period_from(every: str, day: date, zone: ZoneInfo) -> Period:
    return Period(first_instant(day, zone), first_instant(next_first_day(every, day), zone))


def day_of_period(every: str, instant: int, zone: ZoneInfo) -> date:
    """The first day of the period that holds an instant."""
    day = first_day(every, local_date(instant, zone))
    if instant < period_from(every, day, zone).start:
        return first_day(every, day - timedelta(days=1))
    if instant >= period_from(every, day, zone).end:
        return next_first_day(every, day)
    return day


def contiguous(every: str, first: int, last: int, as_of: int, zone: ZoneInfo) -> list[Period]:
    """From the period of instant `first` to the last that starts before as_of (or holds `last`)."""
    day = day_of_period(every, first, zone)
    result: list[Period] = []
    while True:
        period = period_from(every, day, zone)
        if period.start >= as_of and period.start > last:
            return result
        if len(result) == 10_000:
            raise ValueError("more than 10,000 periods")
        result.append(period)
        day = next_first_day(every, day)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


class BusinessHours:
    """Weekly opening hours and holidays, by the wall clock of one zone."""

    def __init__(self, option: dict[str, Any], report_zone: ZoneInfo) -> None:
        name = option.get("time_zone")
        self.zone = ZoneInfo(name) if name else report_zone
        self.holidays = {date.fromisoformat(text) for text in option.get("holidays") or []}
        self.weekly: dict[int, list[tuple[int, int]]] = {}
        for number, key in enumerate(WEEKDAYS):
            spans = sorted(
                (_minutes(start) * 60 * SECOND, _minutes(end) * 60 * SECOND)
                for start, end in (option.get("weekly") or {}).get(key) or []
            )
            self.weekly[number] = _union(spans)

    def spans_of(self, day: date) -> list[tuple[int, int]]:
        """Opening intervals of a local date, in nanoseconds after its wall-clock midnight."""
        return [] if day in self.holidays else self.weekly[day.weekday()]

    def is_open(self, instant: int) -> bool:
        days, rest = divmod(wall_clock(instant, self.zone), DAY)
        return any(a <= rest < b for a, b in self.spans_of(EPOCH_DAY + timedelta(days=days)))

    def open_time(self, start: int, end: int) -> int:
        """Open nanoseconds in [start, end): those whose wall clock lies in an opening interval."""
        total = 0
        for low, high, offset in constant_pieces(self.zone, start, end):
            wall_low, wall_high = low + offset, high + offset
            for days in range(wall_low // DAY, (wall_high - 1) // DAY + 1):
                for a, b in self.spans_of(EPOCH_DAY + timedelta(days=days)):
                    first, last = a + days * DAY, b + days * DAY
                    total += max(0, min(last, wall_high) - max(first, wall_low))
        return total


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in spans:
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result
