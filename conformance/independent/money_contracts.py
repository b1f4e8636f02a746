"""More cases of contracts: settled month by month and in one go, by weeks of a zone, with promises of all sorts."""

from __future__ import annotations

from typing import Any

from .case import Case, Row
from .contracts import solved
from .settlement import Settlement, known

CONTRACT: dict[str, Any] = {
    "id": "c-9",
    "version": 1,
    "currency": "USD",
    "start": "2026-01-01T00:00:00Z",
    "verify_hours": 72,
    "clawback_hours": 960,
    "fee": {"kind": "use", "of": "verified_resolution", "tiers": [{"up_to": 3, "price": 8.125}, {"price": 5.005}]},
    "cap": 40,
    "minimum": 20,
    "guarantees": [
        {
            "name": "containment",
            "kpi": "containment_rate",
            "at_least": 0.5,
            "penalty": {"part_of_fee": 0.125},
            "fallback_after": 2,
        }
    ],
    "credits": [{"period": 2, "label": "setting up", "amount": 12.5}],
}
MOMENTS = ("2026-02-01T12:00:00Z", "2026-03-01T12:00:00Z", "2026-04-05T00:00:00Z")


def three_months() -> list[Row]:
    rows = [solved(f"jan-{n}", f"2026-01-0{n + 2}T09:00:00Z") for n in range(4)]
    rows.append(solved("jan-back", "2026-01-28T12:00:00Z", reopened_at="2026-03-05T12:00:00Z"))
    rows.append(solved("jan-young", "2026-01-31T12:00:00Z"))
    rows.append(solved("jan-nobody", "2026-01-20T12:00:00Z", customer_id=None))
    rows.append(solved("jan-says-no", "2026-01-21T12:00:00Z", confirmed=False))
    rows += [solved(f"jan-people-{n}", f"2026-01-1{n}T12:00:00Z", handling="ai_to_human") for n in range(2)]
    rows += [solved(f"feb-{n}", f"2026-02-0{n + 2}T09:00:00Z") for n in range(2)]
    rows.append(solved("feb-young", "2026-02-28T20:00:00Z", customer_id="k-comes-again"))
    rows += [solved(f"feb-people-{n}", f"2026-02-1{n}T12:00:00Z", handling="ai_to_human") for n in range(5)]
    rows.append(solved("mar-again", "2026-03-02T20:00:00Z", handling="ai_to_human", customer_id="k-comes-again"))
    rows += [solved(f"mar-{n}", f"2026-03-1{n}T09:00:00Z") for n in range(7)]
    return rows + [solved(f"mar-people-{n}", f"2026-03-2{n}T12:00:00Z", handling="ai_to_human") for n in range(8)]


def chain() -> list[dict[str, Any]]:
    """Three statements, each over the one before."""
    found: list[dict[str, Any]] = []
    for number, moment in enumerate(MOMENTS, start=1):
        found.append(Settlement(CONTRACT, three_months(), moment, number).statement(found[-1] if found else None))
    return found


def put_statement(case: Case, found: dict[str, Any]) -> None:
    """All of a statement, line by line and list by list."""
    for place, line in enumerate(found["lines"]):
        for name in ("kind", "period", "label", "ids", "amount", "hash"):
            call = "hashlib.sha256 over the hash before and the line" if name == "hash" else "by hand, from the rows"
            case.put(["lines", place, name], line[name], call)
    case.put(["lines", len(found["lines"])], None, "there is no other")
    for place, period in enumerate(found["periods"]):
        for name, value in period.items():
            case.put(["periods", place, name], value, "docs/money.md, from the rows, in fractions")
    for name in ("number", "through", "as_of", "currency", "order", "fallback", "total", "balance"):
        case.put([name], found[name], "docs/money.md")
    case.put(["contract_hash"], found["contract_hash"], "hashlib.sha256 over the contract with its defaults")
    case.put(["previous_hash"], found["previous_hash"], "the hash of the statement before")
    case.put(["hash"], found["hash"], "hashlib.sha256 over the last line's hash and the statement")


def settled(name: str, why: str, number: int) -> Case:
    """The statement of that month, over the one of the month before."""
    previous = chain()[number - 2] if number > 1 else None
    ask = {"contract": CONTRACT, "through": number, "previous": previous}
    rows, moment = known(three_months(), MOMENTS[number - 1]), MOMENTS[number - 1]
    case = Case(name, why, "settle", ask, rows, {"as_of": moment})
    put_statement(case, chain()[number - 1])
    return case


def first_month() -> Case:
    return settled(
        "settle-month-by-month-1",
        "On the first of February five resolutions hold: 3 × 8.125 + 2 × 5.005 = 34.385, half-even 34.38. One was "
        "closed 24 hours ago and is held; one of nobody and one that was denied are refused. What was promised is "
        "not judged yet.",
        1,
    )


def second_month() -> Case:
    return settled(
        "settle-month-by-month-2",
        "The one that was held holds by now: six are 3 × 8.125 + 3 × 5.005 = 39.39, so 39.39 − 34.38 = 5.01 is "
        "released. February: 2 × 8.125 = 16.25, lifted to 20 by 3.75; 12.50 for setting up was agreed on. 5.01 + "
        "16.25 + 3.75 + 12.5 = 37.51, and 71.89 with January's 34.38.",
        2,
    )


def third_month() -> Case:
    return settled(
        "settle-month-by-month-3",
        "A customer of January came back after 36 of 40 days: 34.38 − 39.39 = −5.01. The one that February held "
        "came back with another contact after two days and is refused. The AI kept 3 of 8 in February and 7 of 16 "
        "in March, below a half: an eighth of 20 and of 40, −2.50 and −5, and people take over after two in a row. "
        "March: 3 × 8.125 + 4 × 5.005 = 44.395, half-even 44.40, is capped by 4.40. −5.01 − 2.5 + 44.4 − 4.4 − 5 = "
        "27.49; 99.38 in all.",
        3,
    )


def one_go() -> Case:
    case = Case(
        "settle-in-one-go",
        "The same contract as month by month, settled once: 34.38 for January, 16.25 + 3.75 − 2.5 + 12.5 = 30 for "
        "February, 44.4 − 4.4 − 5 = 35 for March. 99.38 is the balance that month by month came to.",
        "settle",
        {"contract": CONTRACT, "through": 3},
        three_months(),
        {"as_of": MOMENTS[2]},
    )
    put_statement(case, Settlement(CONTRACT, three_months(), MOMENTS[2], 3).statement())
    assert case.expect[-4]["is"] == chain()[-1]["balance"] == "99.38"
    return case


def once_more() -> Case:
    last = chain()[-1]
    case = Case(
        "settle-once-more",
        "The third month settled again over its own statement: nothing has changed, so there is no line, nothing is "
        "due, and the balance stays at 99.38.",
        "settle",
        {"contract": CONTRACT, "through": 3, "previous": last},
        three_months(),
        {"as_of": MOMENTS[2]},
    )
    put_statement(case, Settlement(CONTRACT, three_months(), MOMENTS[2], 3).statement(last))
    return case


WEEKS: dict[str, Any] = {
    "id": "c-10",
    "version": 3,
    "currency": "USD",
    "start": "2026-03-02T05:00:00Z",
    "every": "week",
    "time_zone": "America/New_York",
    "verify_hours": 48,
    "clawback_hours": 168,
    "fee": {"kind": "use", "of": "verified_resolution", "price": 1.5},
    "guarantees": [
        {
            "name": "bonus",
            "kpi": "containment_rate",
            "at_least": 0.5,
            "bonus_from": 0.85,
            "bonus": {"amount": 50},
        },
        {"name": "few answers", "kpi": "csat", "population": "ai", "at_least": 0.9, "smallest": 10},
        {
            "name": "handed over",
            "kpi": "escalation_rate",
            "at_most": 0.3,
            "penalty": {"part_of_fee": 0.5},
            "fallback_after": 1,
        },
        {
            "name": "whole interval",
            "kpi": "containment_rate",
            "at_least": 0.95,
            "basis": "interval",
            "penalty": {"amount": 100},
            "fallback_after": 2,
        },
    ],
}


def two_weeks() -> list[Row]:
    rows = []
    for n in range(18):
        answer = {"csat": 5 if n else 2} if n < 5 else {}
        rows.append(solved(f"first-{n:02}", f"2026-03-0{3 + n % 5}T{9 + n % 7:02}:00:00Z", **answer))
    rows += [solved(f"first-people-{n}", f"2026-03-0{n + 4}T12:00:00Z", handling="ai_to_human") for n in range(2)]
    night = {"opened_at": "2026-03-09T04:10:00Z"}
    rows.append(solved("second-night", "2026-03-09T04:30:00Z", **night))
    rows += [solved(f"second-{n}", f"2026-03-1{n}T10:00:00Z") for n in range(3)]
    days = [f"2026-03-{9 + n % 6:02}T15:00:00Z" for n in range(16)]
    return rows + [solved(f"second-people-{n:02}", day, handling="ai_to_human") for n, day in enumerate(days)]


def weeks_of_a_zone() -> Case:
    moment = "2026-03-20T00:00:00Z"
    case = Case(
        "settle-by-weeks-of-a-zone",
        "Weeks of New York are 167 hours long where its clocks change, so what was closed on Monday at 04:30 UTC is "
        "in the second one. First week: 18 of 20 are contained, 0.9: 27 in fees and 50 for more than 0.85; the "
        "whole interval of 0.70 to 0.97 says nothing sure about 0.95; five answers are too few. Second week: 4 of "
        "20, at most 0.42: 6 in fees, less half of it for 16 of 20 handed over, less 100. 77 − 97 = −20.",
        "settle",
        {"contract": WEEKS, "through": 2},
        two_weeks(),
        {"as_of": moment},
    )
    put_statement(case, Settlement(WEEKS, two_weeks(), moment, 2).statement())
    return case


EDGES: dict[str, Any] = {
    "id": "c-11",
    "version": 1,
    "currency": "USD",
    "start": "2026-01-01T00:00:00Z",
    "verify_hours": 72,
    "clawback_hours": 240,
    "fee": {"kind": "use", "of": "verified_resolution", "price": 1},
}
NOON = "2026-01-10T12:00:00Z"


def edges() -> list[Row]:
    """What the name of each says."""
    again = {"handling": "human"}
    return [
        solved("back-at-72-hours", NOON, reopened_at="2026-01-13T12:00:00Z"),
        solved("back-a-second-after-72-hours", NOON, reopened_at="2026-01-13T12:00:01Z"),
        solved("back-at-240-hours", NOON, reopened_at="2026-01-20T12:00:00Z"),
        solved("back-a-second-after-240-hours", NOON, reopened_at="2026-01-20T12:00:01Z"),
        solved("back-with-the-same-issue", NOON, issue="refund"),
        solved("again-same", "2026-01-15T09:00:00Z", **again, customer_id="k-back-with-the-same-issue", issue="refund"),
        solved("back-with-another-issue", NOON, issue="refund"),
        solved("again-other", "2026-01-15T09:00:00Z", **again, customer_id="k-back-with-another-issue", issue="login"),
        solved("back-in-the-same-session", NOON, session_id="s-1"),
        solved(
            "again-session", "2026-01-11T09:00:00Z", **again, customer_id="k-back-in-the-same-session", session_id="s-1"
        ),
        solved("confirmed-and-back-after-a-day", NOON, confirmed=True, reopened_at="2026-01-11T12:00:00Z"),
        solved("not-resolved", NOON, outcome="unresolved"),
        solved("out-of-scope", NOON, in_scope=False),
        solved("closed-as-the-period-ends", "2026-02-01T00:00:00Z", opened_at="2026-01-31T23:00:00Z"),
        solved("72-hours-old", "2026-02-26T00:00:00Z", opened_at="2026-02-25T23:00:00Z"),
        solved("a-second-younger", "2026-02-26T00:00:01Z", opened_at="2026-02-25T23:00:00Z"),
        solved("young-but-confirmed", "2026-02-27T00:00:00Z", opened_at="2026-02-26T23:00:00Z", confirmed=True),
        solved(
            "young-and-back",
            "2026-02-27T00:00:00Z",
            opened_at="2026-02-26T23:00:00Z",
            reopened_at="2026-02-27T06:00:00Z",
        ),
    ]


def at_the_edges() -> Case:
    lists: list[dict[str, list[str]]] = [
        {
            "paid": ["back-a-second-after-240-hours", "back-in-the-same-session", "back-with-another-issue"],
            "held": [],
            "clawed_back": [
                "back-a-second-after-72-hours",
                "back-at-240-hours",
                "back-with-the-same-issue",
                "confirmed-and-back-after-a-day",
            ],
            "refused": ["back-at-72-hours"],
        },
        {
            "paid": ["72-hours-old", "closed-as-the-period-ends", "young-but-confirmed"],
            "held": ["a-second-younger"],
            "clawed_back": [],
            "refused": ["young-and-back"],
        },
    ]
    case = Case(
        "settle-at-the-edges",
        "Windows end with their last second: back after exactly 72 hours did not hold, a second later it held and "
        "is taken back, as at exactly 240 hours, and no more a second after that. Another issue or the same session "
        "is no return. What was confirmed holds at once, and is taken back if the customer returns. A period does "
        "not have its end. 3 resolutions at 1 in January and 3 in February.",
        "settle",
        {"contract": EDGES, "through": 2},
        edges(),
        {"as_of": "2026-03-01T00:00:00Z"},
    )
    for place, found in enumerate(lists):
        for name, ids in found.items():
            case.put(["periods", place, name], ids, "by hand, as the names say")
    case.put(["periods", 0, "earned"], "7", "3 paid and 4 clawed back")
    case.put(["periods", 1, "earned"], "4", "3 paid and 1 held")
    case.put(["total"], "6", "3 + 3")
    return case


CASES = [
    first_month,
    second_month,
    third_month,
    one_go,
    once_more,
    weeks_of_a_zone,
    at_the_edges,
]
