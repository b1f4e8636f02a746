"""Section 10, intervals in detail."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

Pair = tuple[float, float]
Counts = tuple[Fraction, Fraction]  # (y, x) of one row


def z_of(level: Decimal) -> float:
    return NormalDist().inv_cdf((1 + float(level)) / 2)


def wilson(p: Fraction, n: Fraction | float, z: float) -> Pair:
    """Without continuity correction; exact ends at 0 and 1."""
    share, size = float(p), float(n)
    middle = share + z * z / (2 * size)
    spread = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    below = 1 + z * z / size
    low = 0.0 if p == 0 else (middle - spread) / below
    high = 1.0 if p == 1 else (middle + spread) / below
    return low, high


def ratio_variance(rows: list[Counts], ratio: Fraction) -> Fraction:
    """v = m/(m-1) * sum (y - r x)^2 / (sum x)^2."""
    m = len(rows)
    squares = sum(((y - ratio * x) ** 2 for y, x in rows), Fraction(0))
    return Fraction(m, m - 1) * squares / sum((x for _, x in rows), Fraction(0)) ** 2


def design_effect(rows: list[Counts]) -> Fraction:
    rows = [(y, x) for y, x in rows if x > 0]
    total = sum((x for _, x in rows), Fraction(0))
    p = sum((y for y, _ in rows), Fraction(0)) / total
    if p in (0, 1) or len(rows) < 2:
        return Fraction(1)
    return max(Fraction(1), ratio_variance(rows, p) / (p * (1 - p) / total))


def newcombe(first: tuple[Fraction, int], second: tuple[Fraction, int], z: float) -> Pair:
    p1, p2 = float(first[0]), float(second[0])
    l1, u1 = wilson(*first, z)
    l2, u2 = wilson(*second, z)
    d = p1 - p2
    return d - math.hypot(p1 - l1, u2 - p2), d + math.hypot(u1 - p1, p2 - l2)


def z_test(k1: int, n1: int, k2: int, n2: int) -> float | None:
    """Pooled two-proportion z-test, two-sided."""
    pooled = Fraction(k1 + k2, n1 + n2)
    if pooled in (0, 1):
        return None
    variance = pooled * (1 - pooled) * (Fraction(1, n1) + Fraction(1, n2))
    score = float(Fraction(k1, n1) - Fraction(k2, n2)) / math.sqrt(variance)
    return math.erfc(abs(score) / math.sqrt(2))


def mean_interval(values: list[Fraction], z: float) -> Pair | None:
    n = len(values)
    if n < 2:
        return None
    mean = sum(values, Fraction(0)) / n
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / (n - 1)
    half = z * math.sqrt(variance / n)
    return float(mean) - half, float(mean) + half


def quantile_rank(n: int, p: Fraction) -> int:
    """Type 1: the smallest rank with at least p*n values at or below it."""
    return max(1, math.ceil(p * n))


def quantile_ranks(n: int, p: Fraction, level: Decimal) -> tuple[int, int] | None:
    """Order-statistic limits, as ranks from 1."""
    tail = (1 - Fraction(level)) / 2
    mass = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    low = max((r for r in range(1, n + 1) if sum(mass[:r]) <= tail), default=None)
    high = min((r for r in range(1, n + 1) if sum(mass[r:]) <= tail), default=None)
    return None if low is None or high is None else (low, high)


def product_interval(first: tuple[Fraction, int], second: tuple[Fraction, int], z: float) -> Pair:
    """MOVER on the log of the Wilson limits; neither factor is 0."""
    p1, p2 = float(first[0]), float(second[0])
    l1, u1 = wilson(*first, z)
    l2, u2 = wilson(*second, z)
    centre = math.log(p1) + math.log(p2)
    return (
        math.exp(centre - math.hypot(math.log(p1 / l1), math.log(p2 / l2))),
        math.exp(centre + math.hypot(math.log(u1 / p1), math.log(u2 / p2))),
    )
