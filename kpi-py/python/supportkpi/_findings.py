"""What the verbs beside ``report`` find."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from . import _charts
from ._answers import Answer, Told, moment
from ._charts import Chart

if TYPE_CHECKING:
    from typing_extensions import Self

_LINES = 14
_TIMES = frozenset({"as_of", "at", "end", "from", "since", "start", "until"})
_DECIMALS = frozenset({"amount", "denominator", "goal", "intended_share", "line", "margin", "numerator"})


class Part(Mapping[str, Any]):
    """A part of an answer: ``part.low`` or ``part["low"]``.

    An attribute is what Python has for it: a Decimal for money, a datetime for a time, None where nothing is known. An
    entry is what JSON says. Where a name is a word of Python's, an underscore follows: ``side.from_``.
    """

    __slots__ = ("_money", "_plain")

    def __init__(self, plain: dict[str, Any], money: bool = False) -> None:
        """Takes JSON, and whether amounts of money stand in it."""
        self._plain = plain
        self._money = plain.get("unit", "money" if money else "") == "money"

    def __getattr__(self, name: str) -> Any:
        """What stands under a name."""
        key = name.removesuffix("_")
        if name.startswith("_") or key not in self._plain:
            raise AttributeError(f"there is no {name!r} here; there are {', '.join(self._plain)}")
        return _seen(key, self._plain[key], self._money)

    def __getitem__(self, key: str) -> Any:
        """What JSON says under a name."""
        return self._plain[key]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._plain)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._plain)

    def __hash__(self) -> int:
        """Equal parts have one hash."""
        return hash(json.dumps(self._plain, sort_keys=True))

    def __eq__(self, other: object) -> bool:
        """As plain data."""
        return self._plain == dict(other) if _is_mapping(other) else NotImplemented

    def __dir__(self) -> list[str]:
        """The names, for those who let an editor finish them."""
        return [*super().__dir__(), *self._plain]

    def __repr__(self) -> str:
        """As it would be written."""
        return f"Part({', '.join(f'{name}={value!r}' for name, value in self._plain.items())})"

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, Any], bool]]:
        """Travels as JSON's data."""
        return type(self), (self._plain, self._money)


class Finding(Answer, Mapping[str, Any]):
    """What a verb beside ``report`` found: ``found.figures[0].low`` or ``found["figures"][0]["low"]``.

    An attribute is what Python has for it, and an entry what JSON says; see `Part`.
    """

    __slots__ = ("_content",)

    def __init__(self, text: str, told: Told | None = None) -> None:
        """As every answer."""
        super().__init__(text, told)
        self._content: Part | None = None

    @property
    def _part(self) -> Part:
        if self._content is None:
            self._content = Part(json.loads(self._text))
        return self._content

    def __getattr__(self, name: str) -> Any:
        """What stands under a name."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._part, name)

    def __getitem__(self, key: str) -> Any:
        """What JSON says under a name."""
        return self._part[key]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._part)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._part)

    def __eq__(self, other: object) -> bool:
        """Answers are equal when their canonical JSON is; an answer equals plain data that says the same."""
        if isinstance(other, Answer):
            return super().__eq__(other)
        return self.to_dict() == dict(other) if _is_mapping(other) else NotImplemented

    def __hash__(self) -> int:
        """Equal answers have one hash."""
        return super().__hash__()

    def __dir__(self) -> list[str]:
        """The names, for those who let an editor finish them."""
        return [*super().__dir__(), *self._part]

    def __repr__(self) -> str:
        """The first lines of what is told, and where the rest is."""
        names = f"attributes: {', '.join(name for name in self if name != 'schema')}"
        if self._told is None:
            return f"<supportkpi.{type(self).__name__}; {names}>"
        lines = self._told.to_text().strip().splitlines()
        shown = lines[:_LINES] + ([f"… {len(lines) - _LINES} more lines in to_text()"] if len(lines) > _LINES else [])
        indented = [f"  {line}".rstrip() for line in shown]
        return "\n".join([f"<supportkpi.{type(self).__name__}", *indented, f"  {names}>"])


class Trends(Finding):
    """What changed from period to period."""

    __slots__ = ()
    as_of: datetime | None
    currency: str
    confidence_level: float
    every: str
    series: tuple[Part, ...]


class Bias(Finding):
    """Whether everybody is served alike."""

    __slots__ = ()
    dimension: str
    smallest: int
    confidence_level: float
    figures: tuple[Part, ...]


class Comparison(Finding):
    """One side against the other."""

    __slots__ = ()
    as_of: datetime | None
    currency: str
    confidence_level: float
    milestone: Part | None
    a: Part
    b: Part
    equal_lengths: bool
    tests: int
    figures: tuple[Part, ...]
    left_out: tuple[str, ...]


class Drift(Finding):
    """Whether the AI's confidence moved."""

    __slots__ = ()
    as_of: datetime | None
    confidence_level: float
    population: str
    a: Part
    b: Part
    n_a: int
    n_b: int
    bins: tuple[Part, ...]
    psi: Part
    kolmogorov_smirnov: Part
    distinguishable: bool | None


class Gates(Finding):
    """Whether a pilot holds."""

    __slots__ = ()
    as_of: datetime | None
    verdict: str
    sample_ratio: Part | None
    look: Part | None
    treated: Part
    control: Part | None
    gates: tuple[Part, ...]


class Corrected(Finding):
    """A rate without its judge's mistakes."""

    __slots__ = ()
    as_of: datetime | None
    id: str
    population: str
    observed: Part
    sensitivity: float
    specificity: float
    value: float | None
    undefined: str | None
    unclamped: float | None
    clamped: bool
    low: float | None
    high: float | None
    confidence_level: float | None
    method: str | None


class Profiles(Finding):
    """The same contacts under several definitions of "resolved"."""

    __slots__ = ()
    as_of: datetime | None
    confidence_level: float
    recontact_hours: int
    contacts: int
    ai_fronted: int
    held_against: str
    profiles: tuple[Part, ...]
    overlaps: tuple[Part, ...]
    disagreements: tuple[Part, ...]
    groups: tuple[Part, ...]

    def chart(self) -> Chart:
        """How far the definitions count the same contacts, as an Altair chart.

        Raises:
            ImportError: Altair is not installed.
        """
        return _charts.of_overlap(self)


class Curves(Finding):
    """Curves over single contacts."""

    __slots__ = ()
    as_of: datetime | None
    confidence_level: float
    recontact: Part | None
    load: Part | None
    threshold: Part | None

    def chart(self) -> Chart:
        """Who came back when, as an Altair chart.

        Raises:
            ImportError: Altair is not installed.
        """
        return _charts.of_returns(self)


class Warnings(Finding):
    """What has just moved."""

    __slots__ = ()
    as_of: datetime | None
    currency: str
    every: str
    confidence_level: float
    looked_at: int
    warnings: tuple[Part, ...]


def _is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _seen(key: str, value: Any, money: bool) -> Any:
    if _is_mapping(value):
        return Part(dict(value), money)
    if _is_list(value):
        return tuple(_seen(key, entry, money) for entry in value)
    if isinstance(value, str) and key in _TIMES:
        return moment(value)
    if isinstance(value, str) and (key in _DECIMALS or (money and key in {"value", "difference"})):
        return Decimal(value)
    return value
