"""Instants as whole nanoseconds since 1970 (UTC), and wall clocks in time zones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

SECOND = 1_000_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_PATTERN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|z|[+-]\d\d:\d\d)?"
)


class Naive(Exception):
    """The text is a timestamp, but names no offset."""


def parse_instant(text: str, naive_zone: ZoneInfo | None) -> int:
    """RFC 3339 text to nanoseconds. ValueError if it is no timestamp, Naive if it has no offset."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(match[i]) for i in range(1, 7))
    wall = datetime(year, month, day, hour, minute, second)
    nanos = int((match[7] or "0").ljust(9, "0"))
    offset = match[8]
    if offset is None:
        if naive_zone is None:
            raise Naive(text)
        # fold=0: the earlier of two, and for a skipped time the offset before the change.
        return _seconds(wall.replace(tzinfo=naive_zone, fold=0)) * SECOND + nanos
    shift = 0
    if offset not in ("Z", "z"):
        shift = int(offset[1:3]) * 3600 + int(offset[4:6]) * 60
        shift = -shift if offset[0] == "-" else shift
    return (_seconds(wall.replace(tzinfo=UTC)) - shift) * SECOND + nanos


def _seconds(moment: datetime) -> int:
    return (moment.astimezone(UTC) - EPOCH) // timedelta(seconds=1)


def format_instant(instant: int) -> str:
    """Canonical text: UTC, with a fraction in groups of three digits where there is one."""
    seconds, nanos = divmod(instant, SECOND)
    text = (EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    text = text.rjust(19, "0")
    if nanos:
        digits = f"{nanos:09d}"
        while digits.endswith("000"):
            digits = digits[:-3]
        text += "." + digits
    return text + "Z"


@cache
def offset_at(zone: ZoneInfo, second: int) -> int:
    """The zone's offset from UTC, in seconds, at a second since the epoch."""
    shift = (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    assert shift is not None
    return int(shift.total_seconds())


def wall_clock(instant: int, zone: ZoneInfo) -> int:
    """Nanoseconds on the wall clock: like an instant, but counted in local time."""
    return instant + offset_at(zone, instant // SECOND) * SECOND


def local_date(instant: int, zone: ZoneInfo) -> date:
    return date(1970, 1, 1) + timedelta(days=wall_clock(instant, zone) // DAY)


def _change_between(zone: ZoneInfo, low: int, high: int) -> int:
    """The first second with another offset than `low` has; `high` has another."""
    before = offset_at(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def constant_pieces(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """[start, end) cut where the offset changes: (from, to, offset in nanoseconds)."""
    here = start
    while here < end:
        first = here // SECOND
        offset = offset_at(zone, first)
        stop = end
        probe = first
        while probe * SECOND < end:
            step = probe + 6 * 3600
            if offset_at(zone, step) != offset:
                stop = min(end, _change_between(zone, probe, step) * SECOND)
                break
            probe = step
        yield here, stop, offset * SECOND
        here = stop


def first_instant(day: date, zone: ZoneInfo) -> int:
    """Midnight of a local date; where there is none, the date's first instant."""
    midnight = datetime(day.year, day.month, day.day)
    early = _seconds(midnight.replace(tzinfo=zone, fold=0))
    if wall_clock(early * SECOND, zone) == (day - date(1970, 1, 1)).days * DAY:
        return early * SECOND
    # A gap: fold=0 lands behind the change, fold=1 before it.
    late = _seconds(midnight.replace(tzinfo=zone, fold=1))
    low, high = min(early, late), max(early, late)
    return _change_between(zone, low - 1, high) * SECOND
