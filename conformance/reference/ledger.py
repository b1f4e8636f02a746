"""7.2: who carries the costs that no single interaction carries."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from .columns import COSTS, DIMENSIONS
from .periods import Period
from .reading import Row

if TYPE_CHECKING:
    from .facts import Combination, Data, Interaction

HANDLING_RANK = ("ai", "human", "ai_to_human")
SHARERS = {"ai": ("ai", "ai_to_human"), "human": ("human", "ai_to_human")}
# Populations that bear what nobody carries.
NOBODY_IN = {"ai": ("all", "ai_fronted"), "human": ("all", "people")}


class Cell(NamedTuple):
    """A share of one entry. `handling` is one of the column's values, "nobody" or "outside"."""

    layer: str
    scope: str
    period: Period | None
    combination: Combination | None
    handling: str
    amount: Decimal


class Ledger:
    def __init__(self, data: Data) -> None:
        self.data = data
        self.cells: list[Cell] = []
        self.layers = sorted({entry["layer"] for entry in data.costs})
        self.scopes = {entry["scope"] for entry in data.costs}
        for entry in data.costs:
            self.cells.extend(self._allocate(entry))

    def _sharers(self, entry: Row) -> list[Interaction]:
        pinnable = dict.fromkeys([*DIMENSIONS, *self.data.by])
        own = {column.name for column in COSTS}
        pins = {
            column: entry.dimension(column)
            for column in pinnable
            if column not in own and entry.dimension(column) is not None
        }
        return [
            i
            for i in self.data.rows
            if i.is_closed
            and i.handling in SHARERS[entry["scope"]]
            and all(i.row.dimension(column) == value for column, value in pins.items())
        ]

    def _allocate(self, entry: Row) -> list[Cell]:
        data = self.data
        amount = Fraction(entry["amount"])
        whole = entry["end"] - entry["start"]
        sharers = self._sharers(entry)
        spans: list[Period | None] = list(data.periods) if data.every else [None]
        exact: dict[tuple[Period | None, Combination | None, str], Fraction] = {}
        outside = amount
        for span in spans if data.covered else []:
            part = data.covered_part(span)
            if part is None:
                continue
            overlap = min(part.end, entry["end"]) - max(part.start, entry["start"])
            if overlap <= 0:
                continue
            share = amount * overlap / whole
            outside -= share
            among = Counter(
                (i.combination, i.handling)
                for i in sharers
                if span is None or data.period_of(i) == span
            )
            if not among:
                exact[span, None, "nobody"] = share
            for (combination, handling), count in among.items():
                exact[span, combination, handling] = share * count / among.total()
        exact[None, None, "outside"] = outside
        keys = sorted(exact, key=_tie_order)
        rounded = largest_remainder([exact[key] for key in keys], amount)
        return [
            Cell(entry["layer"], entry["scope"], *key, share)
            for key, share in zip(keys, rounded, strict=True)
        ]

    def shares(
        self,
        population: str,
        handlings: tuple[str, ...],
        scopes: tuple[str, ...],
        period: Period | None,
        combination: Combination | None,
    ) -> dict[str, Decimal]:
        """Amount by layer that a population of a group carries; layers without any are there."""
        result = {layer: Decimal(0) for layer in self.layers}
        for cell in self.cells:
            if cell.scope not in scopes or cell.handling == "outside":
                continue
            if period is not None and cell.period != period:
                continue
            if cell.handling == "nobody":
                carried = combination is None and population in NOBODY_IN[cell.scope]
            else:
                carried = cell.handling in handlings and (
                    combination is None or cell.combination == combination
                )
            if carried:
                result[cell.layer] += cell.amount
        return result

    def summary(self) -> dict[str, Any]:
        total: defaultdict[str, Decimal] = defaultdict(Decimal)
        for cell in self.cells:
            kind = cell.handling if cell.handling in ("nobody", "outside") else "allocated"
            total[kind] += cell.amount
        return {
            "total": sum(total.values(), Decimal(0)),
            "allocated": total["allocated"],
            "outside": total["outside"],
            "carried_by_nobody": total["nobody"],
            "grain": self.data.every,
        }


def _tie_order(key: tuple[Period | None, Combination | None, str]) -> tuple[Any, ...]:
    """Period, combination (null last), A, H, X, then nobody of the period, then outside."""
    period, combination, handling = key
    if handling == "outside":
        return (1,)
    start = 0 if period is None else period.start
    if combination is None:
        return (0, start, 1)
    names = [(name is None, name or "") for name in combination]
    return (0, start, 0, names, HANDLING_RANK.index(handling))


def largest_remainder(exact: list[Fraction], total: Fraction) -> list[Decimal]:
    """Cells at 6 places that sum to the total; the earlier cell wins a tie."""
    units = [value * 10**6 for value in exact]
    floors = [math.floor(value) for value in units]
    left = total * 10**6 - sum(floors)
    by_remainder = sorted(range(len(units)), key=lambda n: floors[n] - units[n])
    for n in by_remainder[: int(left)]:
        floors[n] += 1
    result = [Decimal(value).scaleb(-6) for value in floors]
    rest = left - int(left)  # an amount with more than 6 places: its tail stays on one cell
    if rest:
        result[by_remainder[0]] += Decimal(rest.numerator) / Decimal(rest.denominator) / 10**6
    return result
