"""The one exception of this library."""

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

    @classmethod
    def _from_json(cls, text: str) -> SupportKpiError:
        said: dict[str, Any] = json.loads(text)
        problems = [
            Problem(p["table"], p["rule"], p["count"], tuple(Example(**example) for example in p["examples"]))
            for p in said["problems"]
        ]
        return cls(said["message"], said["code"], problems)
