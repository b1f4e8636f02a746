"""Values (SPEC section 4) and the kinds of figure that the catalogue is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from . import stats
from .facts import POPULATIONS, Combination, Data, Interaction, Session, money
from .periods import Period
from .reading import plain, to_decimal

Rows = list[Interaction]
Test = Callable[[Interaction], bool]


@dataclass
class Group:
    """The rows of one group of the report: the total, a combination, a period, or both."""

    data: Data
    rows: Rows
    sessions: list[Session]
    combination: Combination | None = None
    period: Period | None = None

    def of(self, population: str) -> Rows:
        return [i for i in self.rows if i.handling in POPULATIONS[population]]

    def closed(self, population: str) -> Rows:
        return [i for i in self.of(population) if i.is_closed]

    @cached_property
    def level(self) -> Decimal:
        return to_decimal(self.data.options.get("confidence_level", 0.95))

    @cached_property
    def z(self) -> float:
        return stats.z_of(self.level)

    def covered_nanoseconds(self) -> int:
        part = self.data.covered_part(self.period)
        return part.end - part.start if part else 0


@dataclass
class Figure:
    """A defined value; `undefined` figures are plain reasons (text)."""

    value: Any
    n: int
    numerator: Fraction | Decimal | None = None
    denominator: Fraction | Decimal | None = None
    interval: stats.Pair | None = None
    method: str | None = None
    p_value: float | None = None


Result = Figure | str


@dataclass(frozen=True)
class Kpi:
    """One catalogue entry. `needs`: of each tuple of columns at least one must be known."""

    id: str
    unit: str
    populations: tuple[str, ...]
    compute: Callable[[Group, str], Result]
    needs: tuple[tuple[str, ...], ...] = ()
    needs_of: Callable[[Data, str], tuple[tuple[str, ...], ...]] | None = None
    option: Callable[[Data], str | None] = field(default=lambda _: None)
    has_rows: Callable[[Group, str], bool] = field(default=lambda g, p: bool(g.of(p)))
    total_only: bool = False


def number_text(number: Fraction | Decimal | None) -> str | None:
    """Numerators and denominators: exact decimal text; where none is exact, 6 places."""
    if number is None:
        return None
    exact = Fraction(number)
    rest = exact.denominator
    places = 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest != 1:
        return plain(money(exact))
    return plain(Decimal(f"{exact.numerator * 10**places // exact.denominator}e-{places}"))


# -- kinds of figure ---------------------------------------------------------------------------


def count(number: int, n: int) -> Figure:
    return Figure(number, n)


def proportion(group: Group, hits: int, base: int) -> Result:
    """A proportion of rows, with Wilson."""
    if base == 0:
        return "no_denominator"
    p = Fraction(hits, base)
    interval = stats.wilson(p, base, group.z)
    return Figure(float(p), base, Fraction(hits), Fraction(base), interval, "wilson")


def share_of(group: Group, rows: Iterable[Interaction], hit: Test) -> Result:
    found = list(rows)
    return proportion(group, sum(1 for i in found if hit(i)), len(found))


def within_rows(group: Group, rows: Rows, part: str, whole: str) -> Result:
    """A proportion of things counted within rows: Wilson with the design effect."""
    pairs = [(Fraction(i[part]), Fraction(i[whole])) for i in rows if i.knows(part, whole)]
    top = sum((y for y, _ in pairs), Fraction(0))
    base = sum((x for _, x in pairs), Fraction(0))
    if base == 0:
        return "no_denominator"
    size = base / stats.design_effect(pairs)
    interval = stats.wilson(top / base, size, group.z)
    return Figure(float(top / base), int(base), top, base, interval, "wilson_design_effect")


def ratio_of_counts(group: Group, pairs: list[stats.Counts], n: int) -> Result:
    """The delta method over rows."""
    top = sum((y for y, _ in pairs), Fraction(0))
    base = sum((x for _, x in pairs), Fraction(0))
    if base == 0:
        return "no_denominator"
    figure = Figure(float(top / base), n, top, base)
    if len(pairs) >= 2:
        half = group.z * float(stats.ratio_variance(pairs, top / base)) ** 0.5
        figure.interval = (float(top / base) - half, float(top / base) + half)
        figure.method = "delta"
    return figure


def mean(group: Group, values: Iterable[Any]) -> Result:
    found = [Fraction(value) for value in values]
    if not found:
        return "no_denominator"
    total = sum(found, Fraction(0))
    interval = stats.mean_interval(found, group.z)
    method = "normal" if interval else None
    value = float(total / len(found))
    return Figure(value, len(found), total, Fraction(len(found)), interval, method)


def quantile(group: Group, values: Iterable[Fraction], p: str) -> Result:
    found = sorted(values)
    if not found:
        return "no_denominator"
    share = Fraction(p)
    figure = Figure(float(found[stats.quantile_rank(len(found), share) - 1]), len(found))
    ranks = stats.quantile_ranks(len(found), share, group.level)
    if ranks:
        figure.interval = (float(found[ranks[0] - 1]), float(found[ranks[1] - 1]))
        figure.method = "order_statistics"
    return figure


def money_quotient(amount: Decimal, base: int) -> Result:
    if base == 0:
        return "no_denominator"
    value = money(Fraction(amount) / base)
    return Figure(plain(value), base, amount, Fraction(base))


def money_sum(amount: Decimal, n: int) -> Figure:
    return Figure(plain(money(Fraction(amount))), n, amount)


def difference(group: Group, first: Result, second: Result) -> Result:
    """Of two proportions: Newcombe and the pooled z-test."""
    if isinstance(first, str) or isinstance(second, str):
        return "no_denominator"
    k1, n1, k2, n2 = (
        int(part or 0)
        for part in (first.numerator, first.denominator, second.numerator, second.denominator)
    )
    p1, p2 = Fraction(k1, n1), Fraction(k2, n2)
    interval = stats.newcombe((p1, n1), (p2, n2), group.z)
    test = stats.z_test(k1, n1, k2, n2)
    return Figure(float(p1 - p2), n1 + n2, None, None, interval, "newcombe", test)


def distribution(counts: dict[str, int], ordered: bool = False) -> Result:
    """Most first, then by key; `ordered` keeps the order of bins."""
    total = sum(counts.values())
    if total == 0:
        return "no_denominator"
    items = list(counts.items())
    if not ordered:
        items.sort(key=lambda item: (-item[1], item[0]))
    value = [
        {"key": key, "count": number, "share": float(Fraction(number, total))}
        for key, number in items
    ]
    return Figure(value, total, None, Fraction(total))


def money_distribution(amounts: dict[str, Decimal], n: int) -> Result:
    total = sum(amounts.values(), Decimal(0))
    if total == 0:
        return "no_denominator"
    items = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    value = [
        {
            "key": key,
            "amount": plain(money(Fraction(amount))),
            "share": float(Fraction(amount) / Fraction(total)),
        }
        for key, amount in items
    ]
    return Figure(value, n, None, total)
