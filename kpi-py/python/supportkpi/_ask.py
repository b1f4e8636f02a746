"""Asking the core: tables, what is asked for and options go in, an answer comes out."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from . import _supportkpi
from ._answers import Answer
from ._columns import TABLES, renamed
from ._error import HonestyWarning
from ._progress import shown

if TYPE_CHECKING:
    from ._frames import Rows
    from ._options import Given

_HOME = str(Path(__file__).parent)
_NAMED = 3

A = TypeVar("A", bound=Answer)


def ask(kind: type[A], verb: str, interactions: Rows, asked: dict[str, Any], given: Given) -> A:
    """The answer of a verb, as one of the classes of answers."""
    options: dict[str, Any] = dict(given)
    tables = {"interactions": interactions, **{name: options.pop(name, None) for name in TABLES[1:]}}
    threads, columns = options.pop("threads", None), renamed(options.pop("columns", None))
    flags = options.pop("flags", None)
    if flags not in (None, "warn"):
        raise ValueError(f"flags is {flags!r}; give 'warn' to be warned of figures in doubt, or None")
    with shown(options.pop("progress", None), verb) as progress:
        found, text = _supportkpi.find(verb, tables, asked, options, threads, columns, progress)
    answer = kind(text, found)
    if flags == "warn":
        _warn(answer.to_dict())
    return answer


def _warn(answer: dict[str, Any]) -> None:
    doubts: dict[str, dict[tuple[str, str], None]] = {}
    for flag, figure in _doubts(answer, ("", "")):
        doubts.setdefault(flag, {})[figure] = None
    says = dict(_supportkpi.flags())
    for flag, found in doubts.items():
        figures = tuple(found)
        names = [f"{id} ({population})" for id, population in figures[:_NAMED]]
        more = f" and {len(figures) - _NAMED} more" if len(figures) > _NAMED else ""
        message = f"{flag}: {', '.join(names)}{more}: {says.get(flag, 'in doubt')}"
        warnings.warn(HonestyWarning(message, flag, figures), stacklevel=_outside())


def _doubts(part: object, figure: tuple[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every flag with the figure that it is about, which stands around it."""
    inner: list[object] = []
    if isinstance(part, dict):
        plain = cast("dict[str, Any]", part)
        inner = list(plain.values())
        own = plain.get("id", figure[0]), plain.get("population", figure[1])
        figure = own if all(isinstance(name, str) for name in own) else figure
        yield from ((flag, figure) for flag in plain.get("flags", ()))
    elif isinstance(part, list):
        inner = cast("list[object]", part)
    for piece in inner:
        yield from _doubts(piece, figure)


def _outside() -> int:
    """How far up the first caller is who is not this package, so that a warning names their line."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_HOME):
        level, frame = level + 1, frame.f_back
    return level
