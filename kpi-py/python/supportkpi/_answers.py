"""What every verb answers with: data for programs, words and tables for people."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from typing_extensions import Self

_WIDTH = 80


class Told(Protocol):
    """Who can tell an answer to people."""

    def to_text(self, width: int = 80, colour: bool = False) -> str:
        """For a terminal."""
        ...

    def to_markdown(self) -> str:
        """For issues, wikis and chats."""
        ...

    def to_html(self, title: str | None = None) -> str:
        """One page."""
        ...

    def to_fragment(self) -> str:
        """For a notebook."""
        ...


@dataclass(frozen=True, slots=True)
class Printed:
    """An answer as it was told where it was computed, to go along into another process."""

    text: str
    markdown: str
    page: str
    fragment: str

    @classmethod
    def of(cls, told: Told) -> Self:
        """Tells all of it now."""
        return cls(told.to_text(), told.to_markdown(), told.to_html(), told.to_fragment())

    def to_text(self, width: int = _WIDTH, colour: bool = False) -> str:
        """The text, as wide as it was printed."""
        del width, colour
        return self.text

    def to_markdown(self) -> str:
        """The Markdown."""
        return self.markdown

    def to_html(self, title: str | None = None) -> str:
        """The page, with another title if one is given."""
        if title is None:
            return self.page
        new, page = escape(title), self.page
        for tag in ("title", "h1"):
            page = re.sub(f"<{tag}>.*?</{tag}>", lambda _, tag=tag: f"<{tag}>{new}</{tag}>", page, count=1)  # type: ignore[misc]
        return page

    def to_fragment(self) -> str:
        """The fragment."""
        return self.fragment


class Answer:
    """What every verb answers with; equal when the canonical JSON is, and the same in another process."""

    __slots__ = ("_text", "_told")

    def __init__(self, text: str, told: Told | None = None) -> None:
        """Takes canonical JSON, which is read once somebody looks inside, and who can tell it to people."""
        self._text = text
        self._told = told

    def to_json(self) -> str:
        """The answer as canonical JSON: the same bytes in every language."""
        return self._text

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain dicts and lists, all digits and nanoseconds as text."""
        plain: dict[str, Any] = json.loads(self._text)
        return plain

    def to_text(self, width: int = _WIDTH, colour: bool = False) -> str:
        """For a terminal.

        Args:
            width: Columns; no line is longer.
            colour: Whether to use the terminal's colours. Nothing is said by colour alone.
        """
        return self._teller.to_text(width, colour)

    def to_markdown(self) -> str:
        """For issues, wikis and chats."""
        return self._teller.to_markdown()

    def to_html(self, title: str | None = None) -> str:
        """One HTML page that loads nothing, runs nothing and prints.

        Args:
            title: What stands above it; None for the usual.
        """
        return self._teller.to_html(title)

    def _repr_html_(self) -> str | None:
        """What a notebook shows."""
        return None if self._told is None else self._told.to_fragment()

    @property
    def _teller(self) -> Told:
        if self._told is None:
            raise ValueError("this was made from JSON, which does not say how to tell it to people; compute it anew")
        return self._told

    def __eq__(self, other: object) -> bool:
        """Answers are equal when their canonical JSON is."""
        return self._text == other._text if isinstance(other, Answer) else NotImplemented

    def __hash__(self) -> int:
        """Equal answers have one hash."""
        return hash(self._text)

    def __copy__(self) -> Self:
        """The same: nothing about it changes."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """The same: nothing about it changes."""
        del memo
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[str, Told | None]]:
        """Travels as its canonical JSON, and as it is told to people."""
        told = self._told
        return type(self), (self._text, told if told is None or isinstance(told, Printed) else Printed.of(told))


def moment(text: str) -> datetime:
    """A time of JSON, to the microsecond."""
    whole, point, rest = text.removesuffix("Z").partition(".")
    return datetime.fromisoformat(f"{whole}{point}{rest[:6]:0<6}+00:00" if point else f"{whole}+00:00")
