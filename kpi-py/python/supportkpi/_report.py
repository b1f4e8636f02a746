"""A report: its canonical JSON, and its values by name."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from . import _charts, _supportkpi
from ._answers import Answer, Told, moment
from ._charts import Chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHOWN = 8
_Key = tuple[tuple[tuple[str, str | None], ...], datetime | None]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a report, from its first instant to the first one after it."""

    every: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Undefined:
    """Why there is no value."""

    reason: str
    """``needs_option``, ``missing_input``, ``no_data``, ``immature`` or ``no_denominator``."""
    columns: tuple[str, ...] = ()
    """The columns that are missing."""
    option: str | None = None
    """The option that is needed."""


@dataclass(frozen=True, slots=True)
class Share:
    """One entry of a distribution; money has an ``amount``, everything else a ``count``."""

    key: str | None
    share: float
    count: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A figure for one population and group, with its evidence."""

    id: str
    population: str
    unit: str
    value: float | int | Decimal | tuple[Share, ...] | None
    """A ratio or statistic as a float, a count as an int, money as a Decimal, a distribution as shares."""
    undefined: Undefined | None
    """Why there is no value."""
    numerator: Decimal | None
    denominator: Decimal | None
    n: int
    """How many observations it rests on."""
    low: float | None
    """Lower end of the interval in which the truth may lie."""
    high: float | None
    """Upper end."""
    confidence_level: float | None
    method: str | None
    """How the interval was made."""
    p_value: float | None
    band: str | None
    """Where it stands among published benchmarks."""
    flags: tuple[str, ...]
    """Doubts."""
    by: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"], hash=False)
    """The group's dimensions; empty for all."""
    period: Period | None = None
    """The group's period; None for all time."""


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A target, and where the figure of the grand total stands to it."""

    kpi: str
    population: str
    owner: str | None
    """Who has to act."""
    phase: str | None
    """The phase that goes on, if the target has phases and one does."""
    better: str
    """``higher`` or ``lower``."""
    goal: Decimal
    """What is to be reached now."""
    value: float | None
    undefined: Undefined | None
    """Why there is no value."""
    n: int
    low: float | None
    high: float | None
    drift: float | None
    """How far off, as a part of the goal."""
    standing: str
    """``met``, ``missed``, ``critical``, ``too_good`` or ``unknown``."""
    far_off: bool
    """Over a tenth of the goal off."""
    sure: bool
    """The whole interval says the same: chance alone does not explain it."""


_Groups = dict[_Key, dict[tuple[str, str], Value]]


class Report(Answer):
    """What `supportkpi.report` computes.

    ``report["csat", "ai"]`` is a value of the total, `value` one of any group, and iterating gives every value of every
    group in the order of the catalogue. ``polars.DataFrame(report)`` and ``pandas.DataFrame.from_arrow(report)``
    have one row a value.
    """

    __slots__ = ("_content",)

    def __init__(self, text: str, told: Told | None = None) -> None:
        """Takes a report's canonical JSON, and reads it once somebody looks inside."""
        super().__init__(text, told)
        self._content: tuple[dict[str, Any], _Groups] | None = None

    def _read(self) -> tuple[dict[str, Any], _Groups]:
        """Everything but the groups, and the groups' values by name."""
        if self._content is None:
            self._content = _content(self._text)
        return self._content

    @property
    def _head(self) -> dict[str, Any]:
        return self._read()[0]

    @property
    def _groups(self) -> _Groups:
        return self._read()[1]

    @property
    def as_of(self) -> datetime | None:
        """The moment the data was taken."""
        as_of: str | None = self._head["as_of"]
        return None if as_of is None else moment(as_of)

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return str(self._head["currency"])

    @property
    def fingerprint(self) -> str:
        """Says whether two parties look at the same figures."""
        return str(self._head["fingerprint"])

    @property
    def targets(self) -> tuple[TargetStanding, ...]:
        """The targets of the options, and where the total stands to each."""
        return tuple(_target(found) for found in self._head.get("targets", ()))

    def value(
        self,
        id: str,
        population: str = "all",
        by: Mapping[str, str | None] | None = None,
        period: str | datetime | Period | None = None,
    ) -> Value:
        """One value.

        Args:
            id: The figure's id, such as ``csat``.
            population: Whose contacts: ``all``, ``ai``, ``human``, ``ai_to_human``, ``ai_fronted`` or ``people``.
            by: The group's dimensions and their values; all of them, or none for the total.
            period: The period, or its first instant; None for all time.

        Raises:
            KeyError: The report has no such group or value; the message says what it has.
        """
        group = self._groups.get(_key(by or {}, _start(period)))
        if group is None:
            near = [_name(key) for key in self._groups][:_SHOWN]
            raise KeyError(f"no group {_name(_key(by or {}, _start(period)))}; the first groups are {'; '.join(near)}")
        if (id, population) not in group:
            has = [known for figure, known in group if figure == id]
            hint = f"it has {', '.join(has)}" if has else "no population has it: was it left out of `kpis`?"
            raise KeyError(f"no value of {id} for the population {population}; {hint}")
        return group[id, population]

    def __getitem__(self, key: str | tuple[str, str]) -> Value:
        """A value of the total by id, or by id and population."""
        return self.value(key) if isinstance(key, str) else self.value(*key)

    def __iter__(self) -> Iterator[Value]:
        """Every value of every group."""
        return (value for group in self._groups.values() for value in group.values())

    def __len__(self) -> int:
        """How many values there are."""
        return sum(len(group) for group in self._groups.values())

    def chart(self, kpi: str, population: str | None = None, *, by: str | None = None) -> Chart:
        """A figure with its interval as an Altair chart: over time if the report has periods, else by group.

        Periods that were not over when the data was taken are hollow. What is undefined is left out of a line, and
        says why beside a group.

        Args:
            kpi: The figure's id.
            population: Whose contacts; None for the figure's first.
            by: ``"population"``, or the report's dimension; None for all contacts.

        Raises:
            ImportError: Altair is not installed.
        """
        return _charts.of_figure(self, kpi, population, by)

    def chart_outcomes(self, *, by: str | None = None) -> Chart:
        """What became of every contact as an Altair chart: bars whose parts sum to the contacts.

        Args:
            by: The report's dimension for a bar a group; None for one bar.

        Raises:
            ImportError: Altair is not installed.
        """
        return _charts.of_outcomes(self, by)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The tidy table for any library of data frames: one row a value, with the group's dimensions and period.

        Money stands in ``money`` as exact decimals, and in ``value`` beside all other numbers as a float. What was
        divided is a float there; `value` and `to_dict` have all digits. A distribution has no single ``value``.
        """
        return _supportkpi.tidy_stream(self._text, requested_schema)

    def __repr__(self) -> str:
        """The first figures of the total, one a line."""
        total = [value for value in self if not value.by and value.period is None][:_SHOWN]
        groups = f"{len(self._groups)} group" + "s" * (len(self._groups) != 1)
        rows = self._head["counts"]["rows_used"]
        lines = [f"<supportkpi.Report as of {self._head['as_of']}: {rows} rows, {groups}, {len(self)} values"]
        lines += [f"  {v.id:<32} {v.population:<12} {shown(v)}" for v in total]
        if len(self) > _SHOWN:
            lines.append(f"  … {len(self) - _SHOWN} more")
        return "\n".join(lines) + ">"


def _content(text: str) -> tuple[dict[str, Any], _Groups]:
    head: dict[str, Any] = json.loads(text)
    groups: _Groups = {}
    for group in head.pop("groups"):
        values = [_value(v, group) for v in group["values"]]
        groups[_key(group["by"], _start(_period(group["period"])))] = {(v.id, v.population): v for v in values}
    return head, groups


def _value(value: dict[str, Any], group: dict[str, Any]) -> Value:
    parts: dict[str, Any] = {
        **value,
        "value": _reading(value["value"]),
        "undefined": _undefined(value["undefined"]),
        "numerator": _decimal(value["numerator"]),
        "denominator": _decimal(value["denominator"]),
        "flags": tuple(value["flags"]),
    }
    return Value(**parts, by=dict(group["by"]), period=_period(group["period"]))


def _target(found: dict[str, Any]) -> TargetStanding:
    parts: dict[str, Any] = {**found, "goal": Decimal(found["goal"]), "undefined": _undefined(found["undefined"])}
    return TargetStanding(**parts)


def _period(period: dict[str, str] | None) -> Period | None:
    return None if period is None else Period(period["every"], moment(period["start"]), moment(period["end"]))


def _undefined(reason: dict[str, Any] | None) -> Undefined | None:
    return (
        None if reason is None else Undefined(reason["reason"], tuple(reason.get("columns", ())), reason.get("option"))
    )


def _reading(value: Any) -> float | int | Decimal | tuple[Share, ...] | None:
    if isinstance(value, list):
        return tuple(_share(share) for share in cast("list[dict[str, Any]]", value))
    if isinstance(value, str):
        return Decimal(value)
    number: float | int | None = value
    return number


def _share(share: dict[str, Any]) -> Share:
    return Share(share["key"], share["share"], share.get("count"), _decimal(share.get("amount")))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _start(period: str | datetime | Period | None) -> datetime | None:
    start = period.start if isinstance(period, Period) else period
    if isinstance(start, str):
        start = datetime.fromisoformat(start.replace("Z", "+00:00"))
    if start is not None and start.tzinfo is None:
        raise ValueError("a period's first instant needs a time zone, such as timezone.utc")
    return start


def _key(by: Mapping[str, str | None], start: datetime | None) -> _Key:
    return tuple(sorted(by.items())), start


def _name(key: _Key) -> str:
    by, start = key
    return f"by {dict(by)}" + ("" if start is None else f" from {start.isoformat()}")


def shown(value: Value) -> str:
    """A value with its evidence, in one line."""
    if value.undefined is not None:
        return f"undefined: {value.undefined.reason}"
    if isinstance(value.value, tuple):
        return ", ".join(f"{share.key} {share.share:.0%}" for share in value.value[:3])
    text = f"{value.value:.4g}" if isinstance(value.value, float) else str(value.value)
    return text if value.low is None else f"{text} ({value.low:.4g} to {value.high:.4g}, n {value.n})"
