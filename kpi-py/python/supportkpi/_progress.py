"""How far a computation is, for people who wait: a bar of tqdm where there is tqdm, a line otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

Progress = Callable[[int, int], object]
"""Called now and then with the rows that were looked at, and how many are expected by now."""

_SECONDS_A_LINE = 0.5


@contextmanager
def shown(progress: bool | Progress | None, verb: str) -> Generator[Progress | None, None, None]:
    """Whom to tell how far it is, until it is done."""
    if progress is None or progress is False:
        yield None
    elif progress is not True:
        yield progress
    else:
        show = _bar(verb) or _Line(verb)
        try:
            yield show.tell
        finally:
            show.close()


class _Line:
    """One line, written over again in a terminal, and once at the end elsewhere."""

    def __init__(self, verb: str) -> None:
        self._verb, self._rows, self._next = verb, 0, 0.0

    def tell(self, rows: int, expected: int) -> None:
        self._rows = rows
        if sys.stderr.isatty() and time.monotonic() >= self._next:
            self._next = time.monotonic() + _SECONDS_A_LINE
            part = f", {rows / expected:.0%}" if expected else ""
            print(f"\r{self._verb}: {rows:,} of {expected:,} rows{part}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        start = "\r" if sys.stderr.isatty() else ""
        print(f"{start}{self._verb}: {self._rows:,} rows looked at", file=sys.stderr, flush=True)


class _Bar:
    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def tell(self, rows: int, expected: int) -> None:
        self._bar.total = expected
        self._bar.update(rows - self._bar.n)

    def close(self) -> None:
        self._bar.close()


def _bar(verb: str) -> _Bar | None:
    try:
        from tqdm.auto import tqdm  # noqa: PLC0415  it is optional, and slow to import
    except ImportError:
        return None
    return _Bar(tqdm(desc=verb, unit=" rows", unit_scale=True))
