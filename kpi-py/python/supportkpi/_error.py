"""The exceptions of this library, and its warnings about honesty."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Example:
    """A cell that breaks a rule."""

    row: int
    """Its row in the table, counted from 0."""
    id: str | None
    """The row's own id, if it has one."""
    column: str
    value: str | None
    """What stands there, as text."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that rows break."""

    table: str
    rule: str
    """The stable name of the rule, such as ``closed_before_opened``."""
    count: int
    """How many cells break it."""
    examples: tuple[Example, ...]
    """The first five."""


class SupportKpiError(ValueError):
    """What is wrong with tables or options, and how to mend it.

    Attributes:
        code: A stable word such as ``invalid_rows`` or ``invalid_option``.
        problems: The rules that rows break, if that is what is wrong.
    """

    code: str
    problems: tuple[Problem, ...]

    def __init__(self, message: str, code: str, problems: Sequence[Problem] = ()) -> None:
        """Takes its attributes one by one, so that pickle can make it again in another process."""
        super().__init__(message, code, tuple(problems))
        self.code = code
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """The message."""
        return str(self.args[0])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The first cells that break each rule, one a dict, for ``pandas.DataFrame`` and its like.

        Each has ``table``, ``rule``, ``row`` (counted from 0), ``id``, ``column`` and ``value`` as text.
        ``problems`` says how many there are.
        """
        return [
            {"table": problem.table, "rule": problem.rule, **{name: getattr(cell, name) for name in Example.__slots__}}
            for problem in self.problems
            for cell in problem.examples
        ]

    @classmethod
    def _from_json(cls, text: str) -> SupportKpiError:
        said: dict[str, Any] = json.loads(text)
        problems = [
            Problem(p["table"], p["rule"], p["count"], tuple(Example(**example) for example in p["examples"]))
            for p in said["problems"]
        ]
        return _KINDS.get(said["code"], cls)(said["message"], said["code"], problems)


class InvalidRows(SupportKpiError):
    """Rows break rules; ``problems`` and ``rows`` say which. The option ``on_invalid`` can set them aside."""


class MalformedInput(SupportKpiError):
    """A text that should be JSON is not, or a table's columns cannot be read."""


class InvalidOption(SupportKpiError):
    """An option, or what a verb was asked for, makes no sense."""


class UnknownKpi(InvalidOption):
    """A figure that the catalogue does not have."""


class TooLarge(SupportKpiError):
    """The input, or what is asked of it, is larger than a report can be."""


class Defect(SupportKpiError):
    """A mistake of this library; please report it."""


_KINDS: dict[str, type[SupportKpiError]] = {
    "invalid_rows": InvalidRows,
    "malformed_input": MalformedInput,
    "invalid_option": InvalidOption,
    "unknown_kpi": UnknownKpi,
    "limit_exceeded": TooLarge,
    "too_many_periods": TooLarge,
    "overflow": TooLarge,
    "internal": Defect,
}


class HonestyWarning(UserWarning):
    """Figures that are in doubt; given with ``flags="warn"``.

    Attributes:
        flag: The doubt, such as ``small_sample``.
        figures: The figures it is about, as id and population.
    """

    flag: str
    figures: tuple[tuple[str, str], ...]

    def __init__(self, message: str, flag: str, figures: Sequence[tuple[str, str]] = ()) -> None:
        """Takes its attributes one by one, so that pickle can make it again in another process."""
        super().__init__(message, flag, tuple(figures))
        self.flag = flag
        self.figures = tuple(figures)

    def __str__(self) -> str:
        """The message."""
        return str(self.args[0])
