"""What a plan costs by contacts, in fractions: straight pieces, where they end, where two plans change places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .exact import of

PER_CONTACT = {
    "conversation": ("ai_share",),
    "resolution": ("ai_share", "claimed_resolution_rate"),
    "verified_resolution": ("ai_share", "verified_resolution_rate"),
    "draft": ("drafts_per_contact",),
    "signal": ("signals_per_contact",),
    "input_token": ("ai_share", "input_tokens_per_conversation"),
    "output_token": ("ai_share", "output_tokens_per_conversation"),
}
DEFAULTS = {"ai_share": 1, "claimed_resolution_rate": "0.6", "verified_resolution_rate": "0.55", "part_of_month": 1}


@dataclass
class Crossing:
    """Where the one that is cheaper with fewer contacts stops being cheaper."""

    below: str
    above: str
    contacts: Fraction
    cost_below: Fraction
    cost_above: Fraction
    jump: bool


class Price:
    """One plan under one usage, as docs/money.md has it."""

    def __init__(self, plan: Mapping[str, Any], usage: Mapping[str, Any]) -> None:
        self.name: str = plan["name"]
        self.charges: list[Mapping[str, Any]] = plan["charges"]
        self.usage = usage
        self.part = self.rate("part_of_month")
        self.minimum = of(plan.get("minimum", 0)) * self.part

    def rate(self, name: str) -> Fraction:
        return of(self.usage.get(name, DEFAULTS.get(name, 0)))

    def units(self, kind: str) -> Fraction:
        """Units by contact."""
        found = Fraction(1)
        for name in PER_CONTACT[kind]:
            found *= self.rate(name)
        return found

    def seats(self, contacts: Fraction) -> Fraction:
        """Whole ones where they follow from contacts; no case shortens the month of a seat that is enough for some."""
        if "contacts_per_seat" in self.usage:
            return Fraction(-(-contacts // of(self.usage["contacts_per_seat"])))
        return self.rate("seats")

    def tiers(self, charge: Mapping[str, Any]) -> list[tuple[Fraction | None, Fraction]]:
        """The last unit of each tier in that part of the month, and the price of one unit."""
        per = of(charge.get("per", 1))
        listed = charge.get("tiers") or [{"price": charge["price"]}]
        return [
            (of(tier["up_to"]) * self.part if "up_to" in tier else None, of(tier["price"]) / per) for tier in listed
        ]

    def charge(self, charge: Mapping[str, Any], contacts: Fraction) -> Fraction:
        """What one charge costs; the end of a tier belongs to it."""
        if charge["kind"] == "fixed":
            return of(charge["amount"]) * self.part
        if charge["kind"] == "seat":
            each = of(charge["price"]) + sum((of(one["price"]) for one in charge.get("add_ons", [])), Fraction(0))
            return self.seats(contacts) * each * self.part
        units = max(contacts * self.units(charge["of"]) - of(charge.get("included", 0)) * self.part, Fraction(0))
        tiers = self.tiers(charge)
        if charge.get("tiering") == "whole_volume":
            return next(units * price for end, price in tiers if end is None or units <= end)
        cost, begin = Fraction(0), Fraction(0)
        for end, price in tiers:
            stop = units if end is None else min(units, end)
            cost += max(stop - begin, Fraction(0)) * price
            begin = max(begin, stop)
        return cost

    def charged(self, contacts: Fraction) -> list[Fraction]:
        return [self.charge(one, contacts) for one in self.charges]

    def cost(self, contacts: Fraction) -> Fraction:
        return max(sum(self.charged(contacts), Fraction(0)), self.minimum)

    def corners(self, low: Fraction, high: Fraction) -> set[Fraction]:
        """Contacts at which another straight piece begins, both ends included."""
        found = {low, high}
        for charge in self.charges:
            if charge["kind"] == "use" and self.units(charge["of"]):
                included = of(charge.get("included", 0)) * self.part
                ends = [end for end, _ in self.tiers(charge) if end is not None]
                found |= {(included + end) / self.units(charge["of"]) for end in (Fraction(0), *ends)}
        if "contacts_per_seat" in self.usage and any(charge["kind"] == "seat" for charge in self.charges):
            step = of(self.usage["contacts_per_seat"])
            found |= {step * n for n in range(int(low / step), int(high / step) + 1)}
        found = {place for place in found if low <= place <= high}
        for begin, end in pairwise(sorted(found)):
            # Where the sum of charges reaches the least amount within a piece.
            first, slope = line(lambda x: sum(self.charged(x), Fraction(0)) - self.minimum, begin, end)
            if first * (first + slope * (end - begin)) < 0:
                found.add(begin - first / slope)
        return found


def line(cost: Callable[[Fraction], Fraction], begin: Fraction, end: Fraction) -> tuple[Fraction, Fraction]:
    """What a straight piece costs just behind its beginning, which is not part of it, and by contact."""
    x = begin + (end - begin) / 3
    slope = (cost(end) - cost(x)) / (end - x)
    return cost(end) - slope * (end - begin), slope


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def crossings(a: Price, b: Price, low: Fraction, high: Fraction) -> list[Crossing]:
    """Every place where the sign of the difference turns: within a piece, or where a price jumps."""
    found: list[Crossing] = []
    cheaper = 0

    def turn(now: int, contacts: Fraction) -> None:
        nonlocal cheaper
        if now and cheaper and now != cheaper:
            below, above = (a, b) if cheaper < 0 else (b, a)
            costs = below.cost(contacts), above.cost(contacts)
            found.append(Crossing(below.name, above.name, contacts, *costs, jump=costs[0] != costs[1]))
        cheaper = now or cheaper

    def apart(contacts: Fraction) -> Fraction:
        return a.cost(contacts) - b.cost(contacts)

    for begin, end in pairwise(sorted(a.corners(low, high) | b.corners(low, high))):
        first, slope = line(apart, begin, end)
        last = first + slope * (end - begin)
        turn(sign(first) or sign(slope), begin)
        if first * last < 0:
            turn(sign(last), begin - first / slope)
    return found
