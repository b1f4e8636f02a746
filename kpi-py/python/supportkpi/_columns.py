"""What a desk calls its columns, and who handled a contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

TABLES = ("interactions", "costs", "accounts", "signals", "fixes")

Renamed = dict[str, dict[str, tuple[str, dict[str, str] | None]]]


@dataclass(frozen=True, slots=True)
class Translated:
    """A column with other words than ours; `handling_from` makes one."""

    column: str
    words: tuple[tuple[str, str], ...]
    """Their words, and ours."""


Names = Mapping[str, str | Translated]
Columns = Mapping[str, str | Translated | Names]


def handling_from(
    column: str,
    *,
    ai: str | Sequence[str] = (),
    human: str | Sequence[str] = (),
    ai_to_human: str | Sequence[str] = (),
) -> Translated:
    """Reads who handled a contact from a column with other words for it.

    ``columns={"handling": handling_from("assignee", ai="bot", human=["agent", "lead"], ai_to_human="both")}``

    A flag has the words ``true`` and ``false``. A word that is nobody's is an error that says in which row it stands.

    Args:
        column: What the column is called.
        ai: Its words for contacts that only AI worked on.
        human: Its words for contacts that only people worked on.
        ai_to_human: Its words for contacts that AI began and people went on with.
    """
    words: dict[str, str] = {}
    for ours, theirs in (("ai", ai), ("human", human), ("ai_to_human", ai_to_human)):
        for word in (theirs,) if isinstance(theirs, str) else theirs:
            if words.get(word, ours) != ours:
                raise ValueError(f"handling_from: {word!r} cannot be both {words[word]} and {ours}")
            words[word] = ours
    if not words:
        raise ValueError(f"handling_from: say what stands in {column!r}, such as ai='bot', human='agent'")
    return Translated(column, tuple(words.items()))


def renamed(columns: Columns | None) -> Renamed:
    """What each table's columns are called, by our names."""
    if columns is None:
        return {}
    _expect_mapping(columns, "columns")
    tables: Renamed = {}
    for name, given in columns.items():
        if name in TABLES:
            names = _expect_mapping(given, f"columns[{name!r}]")
            tables.setdefault(name, {}).update({ours: _one(names[ours], f"{name}.{ours}") for ours in names})
        else:
            tables.setdefault("interactions", {})[name] = _one(given, name)
    return tables


def _expect_mapping(given: object, place: str) -> Names:
    if not isinstance(given, Mapping):
        kind = type(given).__name__
        raise TypeError(f"{place} is a {kind}; give a dict of our names to yours, such as {{'id': 'ticket_id'}}")
    return cast("Names", given)


def _one(given: object, place: str) -> tuple[str, dict[str, str] | None]:
    if isinstance(given, Translated):
        return given.column, dict(given.words)
    if isinstance(given, str):
        return given, None
    kind = type(given).__name__
    raise TypeError(f"columns: {place} is a {kind}; give the name of your column, or what handling_from makes")
