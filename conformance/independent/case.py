"""A case of a verb: rows, what is asked, and figures that another library computed, each with the call that gave it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Step = str | int | Mapping[str, Any]
Row = dict[str, Any]

START = datetime(2026, 1, 5, tzinfo=UTC)
AS_OF = "2026-06-01T00:00:00Z"


def moment(days: float) -> str:
    """So many days after the first Monday of January 2026."""
    return (START + timedelta(seconds=round(days * 86400))).strftime("%Y-%m-%dT%H:%M:%SZ")


def contact(number: int, day: float, *, minutes: float = 5, handling: str = "ai", **cells: Any) -> Row:
    """A contact that is solved after some minutes, unless its cells say otherwise."""
    row: Row = {
        "id": f"c{number:03}",
        "handling": handling,
        "opened_at": moment(day),
        "closed_at": moment(day + minutes / 1440),
        "outcome": "resolved",
        **cells,
    }
    return {name: cell for name, cell in row.items() if cell is not None}


@dataclass
class Case:
    """One file of `verbs` or `money`; what a calculator is asked for has no rows and no options."""

    name: str
    why: str
    verb: str
    ask: Mapping[str, Any]
    interactions: list[Row] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    costs: list[Row] = field(default_factory=list)
    expect: list[dict[str, Any]] = field(default_factory=list)

    def put(self, at: Iterable[Step], value: Any, call: str) -> None:
        """A figure, where it stands in the answer, and the call that gave it."""
        number = value.item() if hasattr(value, "item") else value
        self.expect.append({"at": list(at), "is": number, "call": call})

    def text(self) -> str:
        """Readable JSON: one row and one expectation a line."""

        def line(value: Any) -> str:
            return json.dumps(value, ensure_ascii=False)

        def lines(values: list[Any], indent: str) -> str:
            return "[\n" + ",\n".join(indent + line(value) for value in values) + "]"

        head = {"name": self.name, "why": self.why, "verb": self.verb, "ask": self.ask}
        parts = [f"{line(key)}: {line(value)}" for key, value in head.items()]
        if self.interactions is not None:
            tables = {"interactions": self.interactions, **({"costs": self.costs} if self.costs else {})}
            written = ",\n".join(f" {line(name)}: {lines(rows, '  ')}" for name, rows in tables.items())
            parts.append('"tables": {\n' + written + "}")
            parts.append(f'"options": {line(self.options)}')
        parts.append('"expect": ' + lines(self.expect, " "))
        return "{" + ",\n".join(parts) + "}\n"
