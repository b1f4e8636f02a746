"""The cases of prices: labour, ways to pay, variance over every order, and the books of agents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import permutations
from math import factorial
from typing import Any

from .case import Case
from .exact import of, rounded, text

Cost = Callable[[Fraction], Fraction]


def labour() -> Case:
    model = {
        "salary": 52000,
        "benefits_rate": 0.25,
        "management_rate": 0.1,
        "recruitment_per_hire": 4000,
        "training_per_hire": 3000,
        "annual_attrition": 0.35,
        "tooling_per_year": 2400,
        "qa_per_year": 1100,
        "paid_hours_per_year": 2080,
        "utilisation": 0.62,
    }
    m = {name: of(value) for name, value in model.items()}
    pay = m["salary"] * (1 + m["benefits_rate"]) * (1 + m["management_rate"])
    hiring = (m["recruitment_per_hire"] + m["training_per_hire"]) * m["annual_attrition"]
    year = pay + hiring + m["tooling_per_year"] + m["qa_per_year"]
    hours = m["paid_hours_per_year"] * m["utilisation"]
    case = Case(
        "labour-of-one-person",
        "52,000 × 1.25 × 1.1 = 71,500; 7,000 × 0.35 = 2,450; with tools and checks 77,450 a year. Over 2,080 × 0.62 = "
        "1,289.6 hours that is $60.06 an hour, not the 37.24 of paid hours.",
        "labour",
        model,
    )
    case.put(["loaded_year"], text(year), "salary * 1.25 * 1.1 + 7000 * 0.35 + 2400 + 1100")
    case.put(["productive_hours"], text(hours), "2080 * 0.62")
    case.put(["per_hour"], text(rounded(year / hours)), "loaded_year / productive_hours")
    case.put(["per_minute"], text(rounded(year / hours / 60)), "loaded_year / productive_hours / 60")
    case.put(["tenure_years"], text(rounded(1 / m["annual_attrition"])), "1 / annual_attrition")
    return case


def marginal(units: Fraction, tiers: list[tuple[int | None, str]]) -> Fraction:
    """Each unit by the tier that it lies in."""
    cost, begin = Fraction(0), Fraction(0)
    for up_to, price in tiers:
        end = units if up_to is None else min(units, Fraction(up_to))
        cost += max(end - begin, Fraction(0)) * of(price)
        begin = max(end, begin)
    return cost


def whole(units: Fraction, tiers: list[tuple[int | None, str]]) -> Fraction:
    """All units by the tier that the last one lies in."""
    return next(units * of(price) for up_to, price in tiers if up_to is None or units <= up_to)


def put_costs(case: Case, costs: Mapping[str, Cost], volumes: list[int], verified: Fraction) -> None:
    for at, volume in enumerate(volumes):
        found = {name: cost(Fraction(volume)) for name, cost in costs.items()}
        for name, cost in found.items():
            place = ["at", at, "plans", {"name": name}]
            case.put([*place, "cost"], text(rounded(cost)), f"{name} at {volume} contacts")
            each = text(rounded(cost / (volume * verified))) if volume else None
            case.put([*place, "per_verified_resolution"], each, "cost / (contacts * verified rate)")
        case.put(["at", at, "cheapest"], min(found, key=lambda name: found[name]), "the least of them")


def meeting(a: Cost, b: Cost, low: int, high: int) -> Fraction:
    """Where two costs that are straight lines between two volumes are the same."""
    (x0, x1) = (Fraction(low), Fraction(high))
    (d0, d1) = (a(x0) - b(x0), a(x1) - b(x1))
    return x0 + (x1 - x0) * d0 / (d0 - d1)


def pricing_of_seats() -> Case:
    plans = [
        {"name": "seats", "charges": [{"kind": "seat", "price": 115, "add_ons": [{"name": "copilot", "price": 50}]}]},
        {"name": "outcomes", "charges": [{"kind": "use", "of": "resolution", "price": 0.99}]},
    ]
    usage = {"seats": 12, "claimed_resolution_rate": 0.6, "verified_resolution_rate": 0.5}
    volumes = [0, 1000, 10000]
    case = Case(
        "pricing-of-seats-and-outcomes",
        "12 seats at $115 with an add-on of $50 are 12 × 165 = $1,980 a month (SPEC 7.5), however many contacts there "
        "are. A price of $0.99 a claimed resolution (60 %) costs 1,000 × 0.6 × 0.99 = $594, and meets it at 1,980 ÷ "
        "0.594 = 3,333.333333 contacts.",
        "pricing",
        {"volumes": volumes, "usage": usage, "plans": plans},
    )
    costs: dict[str, Cost] = {
        "seats": lambda _: Fraction(12 * (115 + 50)),
        "outcomes": lambda contacts: contacts * of("0.6") * of("0.99"),
    }
    put_costs(case, costs, volumes, of("0.5"))
    meet = meeting(costs["seats"], costs["outcomes"], 0, 10000)
    case.put(["crossings", 0, "contacts"], text(rounded(meet)), "1980 / (0.6 * 0.99)")
    case.put(["crossings", 0, "below"], "outcomes", "cheaper with fewer contacts")
    case.put(["crossings", 0, "cost_below"], text(rounded(costs["outcomes"](meet))), "what both cost there")
    case.put(["crossings", 0, "cost_above"], text(rounded(costs["seats"](meet))), "what both cost there")
    case.put(["crossings", 0, "jump"], False, "they meet")
    return case


def pricing_of_tiers() -> Case:
    tiers: list[tuple[int | None, str]] = [(2000, "0.9"), (8000, "0.7"), (None, "0.5")]
    listed = [{"up_to": up_to, "price": price} if up_to else {"price": price} for up_to, price in tiers]
    use = {"kind": "use", "of": "verified_resolution", "included": 500, "tiers": listed}
    plans = [
        {"name": "marginal", "charges": [use]},
        {"name": "whole", "charges": [{**use, "tiering": "whole_volume"}]},
        {"name": "platform", "minimum": 1500, "charges": [{"kind": "fixed", "amount": 300}, conversations()]},
    ]
    volumes = [500, 1000, 5000, 20000, 40000]
    case = Case(
        "pricing-of-tiers",
        "At 20,000 contacts of which half hold there are 10,000 verified resolutions, 500 of them included. Marginal "
        "tiers cost 2,000 × 0.9 + 6,000 × 0.7 + 1,500 × 0.5 = 6,750; by the whole volume all 9,500 cost 0.5, 4,750. "
        "Where whole-volume tiers begin the sum falls: 2,500 resolutions cost 1,800, one more costs 1,400.70, so "
        "plans jump past each other.",
        "pricing",
        {
            "volumes": volumes,
            "usage": {"verified_resolution_rate": 0.5},
            "plans": plans,
            "between": {"from": 0, "to": 50000},
        },
    )
    units = lambda contacts: max(contacts / 2 - 500, Fraction(0))  # noqa: E731
    costs: dict[str, Cost] = {
        "marginal": lambda contacts: marginal(units(contacts), tiers),
        "whole": lambda contacts: whole(units(contacts), tiers),
        "platform": lambda contacts: max(300 + contacts * of("0.15"), Fraction(1500)),
    }
    put_costs(case, costs, volumes, Fraction(1, 2))
    for name, cost in (("marginal", costs["marginal"]), ("whole", costs["whole"])):
        # Both begin below the platform's least amount and meet it within their first tier.
        meet = meeting(cost, costs["platform"], 1000, 5000)
        place = ["crossings", {"below": name, "above": "platform", "jump": False}]
        case.put(
            [*place, "contacts"], text(rounded(meet)), "500 included, then 0.9 for every second contact, up to 1500"
        )
        case.put([*place, "cost_above"], "1500", "the least amount")
    jump = ["crossings", {"below": "platform", "above": "whole", "jump": True}]
    case.put([*jump, "contacts"], "5000", "2 * (500 + 2000)")
    case.put([*jump, "cost_below"], "1500", "the least amount")
    case.put([*jump, "cost_above"], "1800", "2000 * 0.9, the last before all cost 0.7")
    return case


def conversations() -> dict[str, Any]:
    return {"kind": "use", "of": "conversation", "price": "0.15"}


def pricing_of_a_part() -> Case:
    usage = {"contacts_per_seat": 400, "part_of_month": 0.5, "verified_resolution_rate": 0.5}
    plans = [
        {"name": "seats", "minimum": 1000, "charges": [{"kind": "seat", "price": 90}]},
        {
            "name": "tokens",
            "charges": [{"kind": "use", "of": "input_token", "price": 3, "per": 1000000, "included": 2000000}],
        },
    ]
    usage_of_tokens = {**usage, "input_tokens_per_conversation": 9000}
    volumes = [100, 4001]
    case = Case(
        "pricing-of-half-a-month",
        "Half a month halves fees, included units, least amounts and what a seat is enough for; contacts are those of "
        "the half. 4,001 contacts need 21 seats, as 20 are enough for 4,000: 21 × 90 ÷ 2 = 945. 100 need one, 45, "
        "raised to 1,000 ÷ 2 = 500. Tokens are 4,001 × 9,000 less 1,000,000 included, at $3 a million: 105.027.",
        "pricing",
        {"volumes": volumes, "usage": usage_of_tokens, "plans": plans, "between": {"from": 0, "to": 40000}},
    )
    seats = lambda contacts: -(-contacts // 200)  # noqa: E731
    costs: dict[str, Cost] = {
        "seats": lambda contacts: max(Fraction(seats(contacts)) * 90 / 2, Fraction(500)),
        "tokens": lambda contacts: max(contacts * 9000 - 1000000, Fraction(0)) * 3 / 1000000,
    }
    put_costs(case, costs, volumes, Fraction(1, 2))
    case.put(["at", 0, "plans", {"name": "seats"}, "to_minimum"], "455", "500 - 45")
    return case


DRIVERS = ("volume", "escalation_rate", "review_minutes", "labour_rate", "ai_cost_per_item", "fixed_cost")


def variance() -> Case:
    forecast = {
        "volume": 12000,
        "escalation_rate": 0.22,
        "review_minutes": 4.5,
        "labour_rate": 31,
        "ai_cost_per_item": 0.4,
        "fixed_cost": 9000,
    }
    actual = {
        "volume": 9500,
        "escalation_rate": 0.31,
        "review_minutes": 6.25,
        "labour_rate": 31,
        "ai_cost_per_item": 0.36,
        "fixed_cost": 10400,
    }
    sides = {name: (of(forecast[name]), of(actual[name])) for name in DRIVERS}

    def unit(moved: frozenset[str]) -> Fraction:
        now = {name: after if name in moved else before for name, (before, after) in sides.items()}
        people = now["escalation_rate"] * now["review_minutes"] * now["labour_rate"] / 60
        return now["ai_cost_per_item"] + people + now["fixed_cost"] / now["volume"]

    parts = dict.fromkeys(DRIVERS, Fraction(0))
    for order in permutations(DRIVERS):
        for at, name in enumerate(order):
            before = frozenset(order[:at])
            parts[name] += unit(before | {name}) - unit(before)
    parts = {name: part / factorial(len(DRIVERS)) for name, part in parts.items()}
    was, now = unit(frozenset()), unit(frozenset(DRIVERS))
    assert sum(parts.values()) == now - was
    case = Case(
        "variance-over-every-order",
        "What a contact costs is 0.4 + 0.22 × 4.5 × 31 ÷ 60 + 9,000 ÷ 12,000 = 1.6615 as forecast. The difference is "
        "shared out over all 720 orders in which six drivers can move, in fractions; the hourly rate stayed and has "
        "no part.",
        "variance",
        {"forecast": forecast, "actual": actual},
    )
    difference = rounded(now) - rounded(was)
    case.put(["forecast"], text(rounded(was)), "0.4 + 0.22 * 4.5 * 31 / 60 + 9000 / 12000")
    case.put(["actual"], text(rounded(now)), "0.36 + 0.31 * 6.25 * 31 / 60 + 10400 / 9500")
    case.put(["difference"], text(difference), "actual - forecast")
    case.put(["relative"], text(rounded(difference / rounded(was))), "difference / forecast")
    case.put(["standing"], "failing", "over a fifth")
    for name, part in shared(parts, difference).items():
        case.put(["parts", {"driver": name}, "amount"], text(part), "mean over 720 orders, by largest remainder")
    return case


def shared(parts: dict[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """Millionths of each part that sum to the total: rounded down, the rest by largest remainder."""
    down = {name: Fraction((part * 10**6) // 1, 10**6) for name, part in parts.items()}
    left = int((total - sum(down.values())) * 10**6)
    moved = [name for name in parts if parts[name]]
    for name in sorted(moved, key=lambda name: down[name] - parts[name])[:left]:
        down[name] += Fraction(1, 10**6)
    assert sum(down.values()) == total
    return down


def pnl() -> Case:
    loses = [(100, 900, 1300, 40), (0, 800, 950, 35), (50, 700, 900.5, 30)]
    wins = [(500, 2000, 1000, 120), (0, 2100, 1100, 130), (0, None, 1200, 125)]

    def books(rows: list[tuple[float, float | None, float, int]]) -> list[dict[str, Any]]:
        return [
            {
                "period": f"2026-0{n + 1}",
                "revenue": r,
                "avoided_cost": a,
                "costs": {"api": c, "platform": 100},
                "outcomes": o,
            }
            for n, (r, a, c, o) in enumerate(rows)
        ]

    ask = {
        "agents": [{"agent": "loses", "periods": books(loses)}, {"agent": "wins", "periods": books(wins)}],
        "targets": [{"agent": "loses", "outcomes_per_period": 50}, {"outcomes_per_period": 100}],
    }
    case = Case(
        "pnl-of-two-agents",
        "'loses' makes 100 + 900 − 1,400 = −400, then −250, then 50 + 700 − 1,000.5 = −250.5: three periods of loss "
        "in a row, so it is to go. 'wins' is in the black until nobody knows what its third period avoided; the rule "
        "is then unknown, not kept.",
        "pnl",
        ask,
    )
    for agent, rows, target in (("loses", loses, 50), ("wins", wins, 100)):
        for n, (revenue, avoided, api, outcomes) in enumerate(rows):
            place = ["agents", {"agent": agent}, "periods", n]
            cost = of(api) + 100
            margin = None if avoided is None else text(of(revenue) + of(avoided) - cost)
            case.put([*place, "cost"], text(cost), "api + platform")
            case.put([*place, "margin"], margin, "revenue + avoided_cost - cost")
            case.put([*place, "cost_per_outcome"], text(rounded(cost / outcomes)), "cost / outcomes")
            case.put([*place, "productivity"], text(rounded(Fraction(outcomes, target))), "outcomes / target")
    case.put(["agents", {"agent": "loses"}, "total", "margin"], "-900.5", "-400 - 250 - 250.5")
    case.put(["agents", {"agent": "loses"}, "to_go"], True, "three losses in a row")
    case.put(["agents", {"agent": "loses"}, "rules", 0, "in_a_row"], 3, "three losses in a row")
    case.put(["agents", {"agent": "wins"}, "to_go"], False, "no loss is known")
    case.put(["agents", {"agent": "wins"}, "rules", 0, "firing"], "unknown", "its last margin is not known")
    return case


CASES = [labour, pricing_of_seats, pricing_of_tiers, pricing_of_a_part, variance, pnl]
