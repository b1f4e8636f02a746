"""Amounts as fractions, rounded half-even where READINGS says so, and written as decimal text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def of(value: object) -> Fraction:
    """A number or text, digit by digit: 0.1 is a tenth."""
    return value if isinstance(value, Fraction) else Fraction(str(value))


def rounded(value: Fraction, places: int = 6) -> Fraction:
    """Half-even, as Python rounds fractions."""
    return Fraction(round(value * 10**places), 10**places)


def text(value: Fraction) -> str:
    """Decimal text without trailing zeros, of a fraction whose digits end."""
    places = next(n for n in range(29) if value * 10**n == int(value * 10**n))
    return f"{Decimal(int(value * 10**places)).scaleb(-places):f}"
