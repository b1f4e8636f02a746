"""More cases of prices: steps of seats, ties, everything by use, variances that hardly differ, rules of retirement."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, permutations
from math import factorial
from typing import Any

from .case import Case
from .exact import of, rounded, text
from .pieces import Crossing, Price, crossings
from .prices import DRIVERS, shared


def pricing(name: str, why: str, ask: dict[str, Any]) -> Case:
    """Every plan at every number of contacts, and every place where two change places."""
    case = Case(name, why, "pricing", ask)
    usage = ask.get("usage", {})
    prices = [Price(plan, usage) for plan in ask["plans"]]
    for at, volume in enumerate(ask["volumes"]):
        contacts = of(volume)
        case.put(["at", at, "contacts"], text(contacts), "as asked for")
        for price in prices:
            place: list[Any] = ["at", at, "plans", {"name": price.name}]
            charged, cost = price.charged(contacts), price.cost(contacts)
            for n, one in enumerate(charged):
                case.put([*place, "charges", n], text(rounded(one)), f"charge {n} at {volume} contacts")
            case.put([*place, "cost"], text(rounded(cost)), f"{price.name} at {volume} contacts")
            lifted = text(rounded(cost - sum(charged, Fraction(0))))
            case.put([*place, "to_minimum"], lifted, "cost - sum of charges")
            for figure, units in (
                ("per_contact", contacts),
                ("per_claimed_resolution", contacts * price.units("resolution")),
                ("per_verified_resolution", contacts * price.units("verified_resolution")),
            ):
                each = text(rounded(cost / units)) if units else None
                case.put([*place, figure], each, f"cost / {text(units)}")
        cheapest = min(prices, key=lambda price: price.cost(contacts))
        case.put(["at", at, "cheapest"], cheapest.name, "the first of those that cost least")
    found: list[Crossing] = []
    between = ask["between"]
    for a, b in combinations(prices, 2):
        found += crossings(a, b, of(between["from"]), of(between["to"]))
    for n, crossing in enumerate(found):
        place = ["crossings", n]
        case.put([*place, "below"], crossing.below, "cheaper with fewer contacts")
        case.put([*place, "above"], crossing.above, "cheaper with more")
        case.put([*place, "contacts"], text(rounded(crossing.contacts)), "solved piece by piece, in fractions")
        case.put([*place, "cost_below"], text(rounded(crossing.cost_below)), f"{crossing.below} there")
        case.put([*place, "cost_above"], text(rounded(crossing.cost_above)), f"{crossing.above} there")
        case.put([*place, "jump"], crossing.jump, "whether they differ there")
    case.put(["crossings", len(found)], None, "there is no other")
    return case


def steps_of_seats() -> Case:
    return pricing(
        "pricing-of-steps-of-seats",
        "A seat of $90 is enough for 400 contacts; the AI takes 0.25 a conversation. Between 400 × (n − 1) and 400 × n "
        "contacts n seats cost 90 × n, which conversations reach at 360 × n; at 400 × n another seat makes them the "
        "cheaper one again. From the tenth seat on 360 × n lies before its step and seats stay cheaper: nine places "
        "where they meet, eight where a price jumps.",
        {
            "volumes": [0, 1, 360, 400, 401, 3600, 4000],
            "usage": {"contacts_per_seat": 400},
            "plans": [
                {"name": "seats", "charges": [{"kind": "seat", "price": 90}]},
                {"name": "conversations", "charges": [{"kind": "use", "of": "conversation", "price": 0.25}]},
            ],
            "between": {"from": 0, "to": 20000},
        },
    )


def tie() -> Case:
    tiers = [{"up_to": 1000, "price": 0.2}, {"up_to": 2000, "price": 0}, {"price": 0.1}]
    return pricing(
        "pricing-of-a-tie",
        "A flat fee of 200, and 0.2 a conversation for a thousand, nothing for the next thousand, 0.1 from then on: "
        "from 1,000 to 2,000 contacts both cost 200, and the flat fee begins to be cheaper at 2,000. Of those that "
        "cost the same the first one is named.",
        {
            "volumes": [500, 1000, 1500, 2000, 2500],
            "plans": [
                {"name": "flat", "charges": [{"kind": "fixed", "amount": 200}]},
                {"name": "tiers", "charges": [{"kind": "use", "of": "conversation", "tiers": tiers}]},
            ],
            "between": {"from": 0, "to": 5000},
        },
    )


def everything_by_use() -> Case:
    usage = {
        "ai_share": 0.8,
        "claimed_resolution_rate": 0.5,
        "verified_resolution_rate": 0,
        "drafts_per_contact": 0.6,
        "signals_per_contact": 0.05,
        "input_tokens_per_conversation": 12000,
        "output_tokens_per_conversation": 900,
    }
    each = {"resolution": 0.9, "conversation": 0.1, "draft": 0.04, "signal": 1.5}
    tokens = [
        {"kind": "use", "of": "input_token", "price": 2.5, "per": 1000000, "included": 10000000},
        {"kind": "use", "of": "output_token", "price": 10, "per": 1000000},
    ]
    return pricing(
        "pricing-of-everything-by-use",
        "Of 5,000 contacts the AI answers 4,000: 2,000 claimed resolutions × 0.9 = 1,800, 4,000 × 0.1 = 400, 3,000 "
        "drafts × 0.04 = 120 and 250 signals × 1.5 = 375 are 2,695. Tokens are (48 − 10) × 2.5 + 3.6 × 10 = 131, and "
        "500 for the platform. Nothing holds, so no plan has a cost for it.",
        {
            "volumes": [0, 500, 5000],
            "usage": usage,
            "plans": [
                {
                    "name": "units",
                    "charges": [{"kind": "use", "of": kind, "price": price} for kind, price in each.items()],
                },
                {"name": "tokens", "charges": [{"kind": "fixed", "amount": 500}, *tokens], "minimum": 550},
            ],
            "between": {"from": 0, "to": 100000},
        },
    )


def quarter_of_a_month() -> Case:
    tiers = [{"up_to": 2000, "price": 1}, {"up_to": 6000, "price": 0.8}, {"price": 0.6}]
    use = {"kind": "use", "of": "conversation", "included": 400, "tiers": tiers}
    return pricing(
        "pricing-of-a-quarter-of-a-month",
        "In a quarter of a month 100 conversations are included, tiers end at 500 and 1,500 behind them, and 12 seats "
        "of 165 cost 495. 600 contacts are 500 units, all in the first tier, as its end belongs to it: 500 either way. "
        "One more is 501 × 0.8 = 400.80 by whole volume.",
        {
            "volumes": [50, 600, 601, 1600, 3000],
            "usage": {"seats": 12, "part_of_month": 0.25},
            "plans": [
                {"name": "marginal", "charges": [use], "minimum": 300},
                {"name": "whole", "charges": [{**use, "tiering": "whole_volume"}], "minimum": 300},
                {"name": "seats", "charges": [{"kind": "seat", "price": 165}]},
            ],
            "between": {"from": 0, "to": 10000},
        },
    )


def jump_between_contacts() -> Case:
    tiers = [{"up_to": 500, "price": 1}, {"price": 2}]
    return pricing(
        "pricing-of-a-jump-between-contacts",
        "Of contacts 0.3 are claimed as resolved, so 500 resolutions are 1,666.666667 contacts. The end of a tier "
        "belongs to it: there they cost 500 by whole volume, and any more cost twice that each. A flat 750 is "
        "dearer up to there, and cheaper behind.",
        {
            "volumes": [1666, 1667],
            "usage": {"claimed_resolution_rate": 0.3, "verified_resolution_rate": 0.25},
            "plans": [
                {"name": "flat", "charges": [{"kind": "fixed", "amount": 750}]},
                {
                    "name": "whole",
                    "charges": [{"kind": "use", "of": "resolution", "tiers": tiers, "tiering": "whole_volume"}],
                },
            ],
            "between": {"from": 0, "to": 5000},
        },
    )


def unit(of_them: Mapping[str, Fraction]) -> Fraction:
    """What a contact costs, READINGS."""
    people = of_them["escalation_rate"] * of_them["review_minutes"] * of_them["labour_rate"] / 60
    return of_them["ai_cost_per_item"] + people + of_them["fixed_cost"] / of_them["volume"]


def variance(name: str, why: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Case:
    """A variance whose parts are the mean over every order, in fractions."""
    ask = {side: dict(zip(DRIVERS, values, strict=True)) for side, values in (("forecast", before), ("actual", after))}
    was, now = ({name: of(value) for name, value in side.items()} for side in ask.values())
    parts = dict.fromkeys(DRIVERS, Fraction(0))
    for order in permutations(DRIVERS):
        mix = dict(was)
        for driver in order:
            so_far = unit(mix)
            mix[driver] = now[driver]
            parts[driver] += unit(mix) - so_far
    parts = {driver: part / factorial(len(DRIVERS)) for driver, part in parts.items()}
    assert sum(parts.values()) == unit(now) - unit(was)
    case = Case(name, why, "variance", ask)
    forecast, actual = rounded(unit(was)), rounded(unit(now))
    relative = rounded((actual - forecast) / forecast) if forecast else None
    case.put(["forecast"], text(forecast), "ai + escalation * minutes * rate / 60 + fixed / volume, as forecast")
    case.put(["actual"], text(actual), "the same as it came")
    case.put(["difference"], text(actual - forecast), "actual - forecast")
    case.put(["relative"], None if relative is None else text(relative), "difference / forecast")
    standing = None
    if relative is not None:
        standing = "good" if abs(relative) <= of("0.1") else "far_off" if abs(relative) <= of("0.2") else "failing"
    case.put(["standing"], standing, "over a tenth, over a fifth")
    for place, (driver, part) in enumerate(shared(parts, actual - forecast).items()):
        case.put(["parts", place, "driver"], driver, "in the order of drivers")
        case.put(["parts", place, "amount"], text(part), "mean over 720 orders, by largest remainder")
    return case


def exactly_a_tenth() -> Case:
    return variance(
        "variance-of-exactly-a-tenth",
        "0.5 + 0.2 × 6 × 30 ÷ 60 + 9,000 ÷ 10,000 = 0.5 + 0.6 + 0.9 = 2 was expected; 0.7 for the AI makes it 2.2, a "
        "tenth more: within a tenth is good. One driver moved, and has all of it.",
        (10000, 0.2, 6, 30, 0.5, 9000),
        (10000, 0.2, 6, 30, 0.7, 9000),
    )


def all_of_them() -> Case:
    return variance(
        "variance-of-six-drivers",
        "All six move, some against each other: 0.31 + 0.27 × 5.1 × 37.5 ÷ 60 + 12,345.67 ÷ 8,765 = 2.579144 as "
        "forecast, 0.29 + 0.24 × 6.6 × 41 ÷ 60 + 13,000 ÷ 7,001 = 3.229278 as it came, a quarter more.",
        (8765, 0.27, 5.1, 37.5, 0.31, 12345.67),
        (7001, 0.24, 6.6, 41, 0.29, 13000),
    )


def cheaper() -> Case:
    return variance(
        "variance-of-a-cheaper-month",
        "2 was expected and 0.5 + 0.2 × 6 × 30 ÷ 60 + 9,000 ÷ 15,000 = 1.7 came, 15 % less: over a tenth is far off to "
        "either side.",
        (10000, 0.2, 6, 30, 0.5, 9000),
        (15000, 0.2, 6, 30, 0.5, 9000),
    )


def nothing_expected() -> Case:
    return variance(
        "variance-of-nothing-expected",
        "Nothing was to be spent, so the difference is no part of it. Of 1 × 3 × 20 ÷ 60 = 1, minutes and rate, which "
        "both stood at 0, have half each; the escalation rate stayed.",
        (100, 1, 0, 0, 0, 0),
        (100, 1, 3, 20, 0, 0),
    )


RULES: list[dict[str, Any]] = [
    {"name": "dear", "figure": "cost_ratio", "above": 0.8, "periods": 2},
    {"name": "lazy", "figure": "productivity", "below": 0.5, "periods": 1},
    {"name": "each", "figure": "cost_per_outcome", "above": 4, "periods": 3},
    {"name": "idle", "figure": "outcomes", "below": 60, "periods": 4},
    {"name": "loss", "figure": "margin", "below": 0, "periods": 2},
]
#: Of one agent, period by period: revenue, avoided cost, costs by layer, outcomes.
BOOKS: list[tuple[str, str, dict[str, str], int]] = [
    ("10", "300", {"api": "120", "human_labour": "90.5"}, 100),
    ("0", "180", {"api": "100", "human_labour": "50"}, 50),
    ("0", "100", {"api": "80", "platform": "120"}, 40),
]


def other_rules() -> Case:
    periods = [
        {"period": f"week {n + 1}", "revenue": revenue, "avoided_cost": avoided, "costs": costs, "outcomes": outcomes}
        for n, (revenue, avoided, costs, outcomes) in enumerate(BOOKS)
    ]
    silent = {"agent": "silent", "periods": [{"period": "week 3"}]}
    case = Case(
        "pnl-by-other-rules",
        "Costs are 210.5 ÷ 300 = 0.701667, 150 ÷ 180 = 0.833333 and 200 ÷ 100 = 2 of what people would have cost: two "
        "above 0.8 in a row, so the agent is to go. 40 of 80 outcomes are on the line of 0.5, which is good enough; an "
        "outcome costs 2.105, 3 and 5, of which one is above 4; 50 and 40 are below 60, but 100 was not; the margin is "
        "below 0 in the last week only. Of an agent without books nothing is known but that nothing came out of it.",
        "pnl",
        {
            "agents": [{"agent": "a", "periods": periods}, silent],
            "rules": RULES,
            "targets": [{"outcomes_per_period": 80}],
        },
    )
    agent: list[Any] = ["agents", {"agent": "a"}]
    for n, (revenue, avoided, costs, outcomes) in enumerate(BOOKS):
        cost = sum((of(amount) for amount in costs.values()), Fraction(0))
        books = (of(revenue), of(avoided), cost, Fraction(outcomes), Fraction(80))
        put_books(case, [*agent, "periods", n], books)
    put_books(case, [*agent, "total"], (of(10), of(580), of("560.5"), of(190), of(240)))
    for layer, amount in (("api", "300"), ("human_labour", "140.5"), ("platform", "120")):
        case.put([*agent, "total", "costs", layer], amount, "of all periods")
    rules = (
        ("dear", "fired", 2, "week 2"),
        ("lazy", "holds", 0, None),
        ("each", "holds", 1, "week 3"),
        ("idle", "holds", 2, "week 2"),
        ("loss", "holds", 1, "week 3"),
    )
    for place, (name, firing, in_a_row, since) in enumerate(rules):
        rule = [*agent, "rules", place]
        case.put([*rule, "rule"], name, "in the order in which they were given")
        case.put([*rule, "firing"], firing, "beyond the line for so many periods in a row, the latest included")
        case.put([*rule, "in_a_row"], in_a_row, "periods beyond the line, the latest included")
        case.put([*rule, "since"], since, "the first of them")
    case.put([*agent, "to_go"], True, "any rule fired")
    other: list[Any] = ["agents", {"agent": "silent"}]
    for name, firing in (("dear", "unknown"), ("lazy", "fired"), ("each", "unknown"), ("idle", "too_few_periods")):
        case.put(
            [*other, "rules", {"rule": name}, "firing"], firing, "one period, no costs, no outcomes, no avoided cost"
        )
    case.put([*other, "periods", 0, "cost_per_outcome"], None, "no outcomes")
    case.put([*other, "periods", 0, "margin"], None, "what people would have cost is not known")
    case.put(["total", "revenue"], "10", "of both")
    case.put(["total", "cost"], "560.5", "of both")
    case.put(["total", "outcomes"], "190", "of both")
    case.put(["total", "margin"], None, "any part of avoided cost is not known")
    return case


def put_books(case: Case, at: list[Any], books: tuple[Fraction, ...]) -> None:
    """Of revenue, avoided cost, costs, outcomes, and those that were expected."""
    revenue, avoided, cost, outcomes, due = books
    case.put([*at, "cost"], text(cost), "the sum of layers")
    case.put([*at, "margin"], text(revenue + avoided - cost), "revenue + avoided_cost - cost")
    case.put([*at, "cost_per_outcome"], text(rounded(cost / outcomes)), "cost / outcomes")
    case.put([*at, "cost_ratio"], text(rounded(cost / avoided)), "cost / avoided_cost")
    case.put([*at, "productivity"], text(rounded(outcomes / due)), f"outcomes / {text(due)}")


def nobody_leaves() -> Case:
    case = Case(
        "labour-where-nobody-leaves",
        "Only what must be given is: 60,000 over 1,800 × 0.7 = 1,260 hours are $47.619048 an hour, $0.793651 a minute. "
        "Nobody leaves, so hiring costs nothing and there is no tenure.",
        "labour",
        {
            "salary": 60000,
            "recruitment_per_hire": 9000,
            "training_per_hire": 5000,
            "paid_hours_per_year": 1800,
            "utilisation": 0.7,
        },
    )
    case.put(["loaded_year"], "60000", "60000 + 14000 * 0")
    case.put(["productive_hours"], "1260", "1800 * 0.7")
    case.put(["per_hour"], text(rounded(Fraction(60000, 1260))), "60000 / 1260")
    case.put(["per_minute"], text(rounded(Fraction(60000, 1260 * 60))), "60000 / 1260 / 60")
    case.put(["tenure_years"], None, "one over an attrition of 0")
    return case


CASES = [
    steps_of_seats,
    tie,
    jump_between_contacts,
    everything_by_use,
    quarter_of_a_month,
    exactly_a_tenth,
    all_of_them,
    cheaper,
    nothing_expected,
    other_rules,
    nobody_leaves,
]
