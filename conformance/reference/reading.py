"""From JSON values to typed cells, noting what cannot be read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from .columns import CURRENCIES, TABLES, Column
from .instants import Naive, format_instant, parse_instant

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


@dataclass
class Row:
    """One row: typed cells of known columns (null or unreadable: absent), and the raw values."""

    table: str
    number: int
    raw: dict[str, Any]
    cells: dict[str, Any] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    broken: bool = False

    def __getitem__(self, column: str) -> Any:
        return self.cells.get(column)

    def dimension(self, column: str) -> str | None:
        """A value to group by: text as it is, anything else as its JSON text."""
        value = self.raw.get(column)
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Unreadable(Exception):
    """A cell breaks a rule about its own value."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def plain(number: Decimal) -> str:
    """Decimal text without exponent and without trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def to_decimal(value: Any) -> Decimal:
    """JSON number or decimal text; a float is the shortest decimal that gives it back."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Unreadable("wrong_type")
    if isinstance(value, str):
        if _NOT_FINITE.fullmatch(value):
            raise Unreadable("not_finite")
        if not _DECIMAL.fullmatch(value):
            raise Unreadable("wrong_type")
        return Decimal(value)
    number = Decimal(repr(value))
    if not number.is_finite():
        raise Unreadable("not_finite")
    return number


def read_cell(column: Column, value: Any, naive_zone: ZoneInfo | None) -> Any:
    """The typed value; Unreadable with the rule's name."""
    match column.kind:
        case "bool":
            if not isinstance(value, bool):
                raise Unreadable("wrong_type")
            return value
        case "integer":
            number = value if isinstance(value, (int, float)) else None
            if number is None or isinstance(value, bool):
                raise Unreadable("wrong_type")
            exact = to_decimal(number)
            if exact != exact.to_integral_value():
                raise Unreadable("wrong_type")
            return int(exact)
        case "number":
            if isinstance(value, str):
                raise Unreadable("not_finite" if _NOT_FINITE.fullmatch(value) else "wrong_type")
            return to_decimal(value)
        case "decimal":
            return to_decimal(value)
    if not isinstance(value, str):
        raise Unreadable("wrong_type")
    match column.kind:
        case "enum":
            if value not in column.values:
                raise Unreadable("unknown_value")
        case "currency":
            if value not in CURRENCIES:
                raise Unreadable("unknown_value")
        case "instant":
            try:
                return parse_instant(value, naive_zone)
            except Naive:
                raise Unreadable("naive_timestamp") from None
            except ValueError:
                raise Unreadable("wrong_type") from None
        case "date":
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise Unreadable("wrong_type") from None
    return value


def show(row: Row, column: str) -> str | None:
    """A value as text for `invalid`: instants canonical, numbers plain, the rest as it came."""
    kinds = {item.name: item.kind for item in TABLES[row.table]}
    if column in row.cells and kinds[column] == "instant":
        return format_instant(row.cells[column])
    value = row.raw.get(column)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return plain(Decimal(repr(value)))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
