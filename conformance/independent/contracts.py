"""The cases of contacts: what is owed, whether a statement was changed, what to automate, what calculators take."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from hashlib import sha256
from typing import Any

from statsmodels.stats.proportion import proportion_confint

from .case import Case, Row, moment
from .exact import of, rounded, text
from .prices import marginal

TIERS: list[tuple[int | None, str]] = [(4, "10"), (None, "7.5")]
AS_OF = "2026-04-02T00:00:00Z"


def solved(name: str, closed: str, **cells: Any) -> Row:
    row = {"id": name, "customer_id": f"k-{name}", "handling": "ai", "outcome": "resolved"}
    day = closed[:8] + f"{int(closed[8:10]):02}"
    row |= {"opened_at": f"{day}T08:00:00Z", "closed_at": closed, **cells}
    return {column: cell for column, cell in row.items() if cell is not None}


def quarter() -> tuple[list[Row], dict[int, dict[str, list[str]]]]:
    """Three months of contacts, and in which list each resolution by the AI belongs."""
    rows = [solved(f"jan-{n}", f"2026-01-0{n + 2}T09:00:00Z") for n in range(6)]
    rows.append(solved("jan-says-yes", "2026-01-09T09:00:00Z", customer_id=None, confirmed=True))
    rows.append(solved("jan-nobody", "2026-01-09T10:00:00Z", customer_id=None))
    rows.append(solved("jan-back", "2026-01-10T09:00:00Z", reopened_at="2026-01-11T09:00:00Z"))
    rows.append(solved("jan-late", "2026-01-12T09:00:00Z", reopened_at="2026-01-22T09:00:00Z"))
    rows += [solved(f"feb-{n}", f"2026-02-0{n + 2}T09:00:00Z") for n in range(4)]
    rows.append(solved("feb-says-no", "2026-02-09T09:00:00Z", confirmed=False))
    rows += [solved(f"feb-people-{n}", f"2026-02-1{n}T09:00:00Z", handling="ai_to_human") for n in range(6)]
    rows += [solved(f"mar-{n}", f"2026-03-0{n + 2}T09:00:00Z") for n in range(3)]
    rows += [solved(f"mar-young-{n}", "2026-03-31T20:00:00Z") for n in range(2)]
    lists = {
        1: {
            "paid": [f"jan-{n}" for n in range(6)] + ["jan-says-yes"],
            "held": [],
            "clawed_back": ["jan-late"],
            "refused": ["jan-back", "jan-nobody"],
        },
        2: {"paid": [f"feb-{n}" for n in range(4)], "held": [], "clawed_back": [], "refused": ["feb-says-no"]},
        3: {
            "paid": [f"mar-{n}" for n in range(3)],
            "held": ["mar-young-0", "mar-young-1"],
            "clawed_back": [],
            "refused": [],
        },
    }
    return rows, lists


CONTRACT: dict[str, Any] = {
    "id": "c-7",
    "version": 2,
    "currency": "USD",
    "start": "2026-01-01T00:00:00Z",
    "verify_hours": 72,
    "clawback_hours": 720,
    "fee": {"kind": "use", "of": "verified_resolution", "tiers": [{"up_to": 4, "price": 10}, {"price": 7.5}]},
    "cap": 60,
    "minimum": 50,
    "guarantees": [
        {
            "name": "containment",
            "kpi": "containment_rate",
            "at_least": 0.6,
            "penalty": {"part_of_fee": 0.1},
            "fallback_after": 1,
        }
    ],
    "credits": [{"period": 1, "label": "onboarding", "amount": -25}],
}


def settled() -> Case:
    rows, lists = quarter()
    case = Case(
        "settle-of-a-quarter",
        "January: seven hold, one of which was confirmed and one came back after ten days; 4 × 10 + 3 × 7.5 = 62.50 "
        "is capped at 60, less 25 of credit: 35. February: 4 × 10 = 40 is lifted to 50; the AI kept 5 of 11, 45 % "
        "where 60 % were promised: less a tenth, 45. March: 30 lifted to 50; two were closed 28 hours ago and are "
        "held, and its promise is too young. 35 + 45 + 50 = 130.",
        "settle",
        {"contract": CONTRACT, "through": 3},
        rows,
        {"as_of": AS_OF},
    )
    total = Fraction(0)
    for period, found in lists.items():
        place = ["periods", {"period": period}]
        for name, ids in found.items():
            case.put([*place, name], sorted(ids), "by hand, from the rows")
        paid, held, back = (len(found[name]) for name in ("paid", "held", "clawed_back"))
        fee, with_held = marginal(Fraction(paid), TIERS), marginal(Fraction(paid + held), TIERS)
        earned = marginal(Fraction(paid + held + back), TIERS)
        cap = min(60 - fee, Fraction(0))
        minimum = max(50 - fee - cap, Fraction(0))
        penalty = Fraction(-(fee + cap + minimum), 10) if period == 2 else Fraction(0)
        credit = Fraction(-25 if period == 1 else 0)
        total += fee + cap + minimum + penalty + credit
        case.put([*place, "fee"], text(fee), "4 at 10, the rest at 7.5, of what is paid")
        case.put([*place, "earned"], text(earned), "the same of paid, held and clawed back")
        case.put([*place, "held_amount"], text(with_held - fee), "the same of paid and held, less fee")
        case.put([*place, "clawed_back_amount"], text(earned - with_held), "earned less fee of paid and held")
        case.put([*place, "cap"], text(cap), "down to 60")
        case.put([*place, "minimum"], text(minimum), "up to 50")
        case.put([*place, "guarantees", "containment"], text(penalty), "a tenth of 50 where 5 of 11 were kept")
        case.put([*place, "credits"], text(credit), "as agreed")
    for period, kept in ((1, "kept"), (2, "broken"), (3, "pending")):
        case.put(["periods", {"period": period}, "kept", "containment"], kept, "10 of 10, 5 of 11, too young")
    case.put(["total"], text(total), "35 + 45 + 50")
    case.put(["balance"], text(total), "the first statement")
    case.put(["fallback"], ["containment"], "broken once, up to the latest period that is judged")
    case.put(["lines", {"kind": "credit", "period": 1}, "amount"], "-25", "as agreed")
    return case


def hashed(*parts: str) -> str:
    return "sha256:" + sha256(b"".join(part.encode() + b"\0" for part in parts)).hexdigest()


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def statement(number: int, previous: dict[str, Any] | None, amounts: list[tuple[str, str]]) -> dict[str, Any]:
    """A statement of one period, sealed as docs/money.md says: every line over the one before."""
    total = sum((of(amount) for _, amount in amounts), Fraction(0))
    before = of(previous["balance"]) if previous else Fraction(0)
    kinds = {"resolutions": "resolutions that hold", "credit": "onboarding"}
    period = {
        "period": number,
        "start": f"2026-0{number}-01T00:00:00Z",
        "end": f"2026-0{number + 1}-01T00:00:00Z",
        **{name: [] for name in ("paid", "held", "clawed_back", "refused")},
        **dict.fromkeys(("earned", "fee"), dict(amounts)["resolutions"]),
        **dict.fromkeys(("held_amount", "clawed_back_amount", "cap", "minimum"), "0"),
        "guarantees": {},
        "kept": {},
        "credits": dict(amounts).get("credit", "0"),
    }
    found: dict[str, Any] = {
        "schema": "supportkpi.statement/1",
        "contract": "c-7",
        "contract_hash": "sha256:" + "7" * 64,
        "number": number,
        "previous_hash": previous["hash"] if previous else None,
        "as_of": f"2026-0{number + 1}-05T00:00:00Z",
        "through": number,
        "currency": "USD",
        "order": ["fee", "cap", "minimum", "guarantees", "credits"],
        "lines": [
            {"kind": kind, "period": number, "label": kinds[kind], "ids": [], "amount": amount, "hash": ""}
            for kind, amount in amounts
        ],
        "periods": [*(previous["periods"] if previous else []), period],
        "fallback": [],
        "total": text(total),
        "balance": text(before + total),
        "hash": "",
    }
    last = hashed(found["contract_hash"], found["previous_hash"] or "", str(number))
    for line in found["lines"]:
        line["hash"] = last = hashed(last, written({**line, "hash": ""}))
    found["hash"] = hashed(last, written(found))
    return found


def chain() -> list[dict[str, Any]]:
    first = statement(1, None, [("resolutions", "62.5"), ("credit", "-25")])
    return [first, statement(2, first, [("resolutions", "40")])]


def sound() -> Case:
    texts = [written(one) for one in chain()]
    case = Case(
        "verify-a-sound-chain",
        "Two statements sealed by hashlib: SHA-256 over parts that each end in a zero byte, every line over the hash "
        "before and itself without its hash.",
        "verify",
        {"statements": texts},
    )
    case.put(["sound"], True, "hashlib.sha256")
    case.put(["problems"], [], "hashlib.sha256")
    return case


def changed() -> Case:
    first, second = chain()
    forged = deepcopy(second)
    forged["lines"][0]["amount"] = "400"
    case = Case(
        "verify-a-changed-line",
        "The second statement asks for 400 where 40 were owed, and nobody sealed it again: the line is named, and "
        "neither the total nor the hash of the whole fits.",
        "verify",
        {"statements": [written(first), written(forged)]},
    )
    case.put(["sound"], False, "one line was changed")
    case.put(
        ["problems", 0], 'Statement 2: line 1 ("resolutions that hold" of period 2) was changed.', "the changed line"
    )
    case.put(["problems", 1], "Statement 2: the lines do not sum to the total.", "400 is not 40")
    return case


def desk() -> list[Row]:
    """Two months of 730.5 hours: refunds of people and the AI, an issue that only people know, and contacts of none."""

    def contact(name: str, n: int, handling: str, **cells: Any) -> Row:
        row = {"id": f"{name}-{n}", "customer_id": f"{name}-{n}", "handling": handling, "outcome": "resolved"}
        row |= {"opened_at": moment(0), "closed_at": moment(1 / 24), **cells}
        return {column: cell for column, cell in row.items() if cell is not None}

    ai = {"issue": "refund", "agent_id": "a1", "cost_api": "0.1"}
    rows = [contact("people", n, "human", issue="refund", cost_human=5, human_handle_seconds=720) for n in range(240)]
    rows += [contact("kept", n, "ai", qa_policy_ok=True, **ai) for n in range(120)]
    rows += [contact("back", n, "ai", qa_policy_ok=n >= 20, reopened_at=moment(1), **ai) for n in range(30)]
    rows += [contact("over", n, "ai_to_human", qa_policy_ok=True, cost_human=3, **ai) for n in range(50)]
    rows += [contact("login", n, "human", issue="login", cost_human=5) for n in range(40)]
    return rows + [contact("none", n, "human", cost_human=5) for n in range(7)]


WHOLE = {"as_of": moment(2 * 730.5 / 24)}


def candidates() -> Case:
    case = Case(
        "candidates-of-two-issues",
        "Refunds: 240 contacts of people in two months are 120 a month at $5; the AI resolved 150 of its 200, so 120 "
        "× 5 × 0.75 = 450 would be saved, less a fifth that comes back (90), less a quarter handed over at 0.3 of $5 "
        "(45), less a tenth against policy at $2 (24): 291 a month.",
        "candidates",
        {"cost_per_breach": 2},
        desk(),
        WHOLE,
    )
    refund = ["candidates", {"issue": "refund"}]
    counts = {"containment": (150, 200), "recontact": (30, 150), "escalation": (50, 200), "breach": (20, 200)}
    ends: dict[str, tuple[Fraction, Fraction, Fraction]] = {}
    for name, (part, whole) in counts.items():
        rate = rounded(Fraction(part, whole))
        low, high = (rounded(of(repr(float(end)))) for end in proportion_confint(part, whole, method="wilson"))
        ends[name] = (low, rate, high)
        call = f"proportion_confint({part}, {whole}, method='wilson')"
        case.put([*refund, name, "rate"], text(rate), f"{part} / {whole}")
        case.put([*refund, name, "low"], text(low), call)
        case.put([*refund, name, "high"], text(high), call)
    for name, good, bad in (("expected", 1, 1), ("cautious", 0, 2)):
        gross = rounded(120 * 5 * ends["containment"][good])
        back = rounded(gross * ends["recontact"][bad])
        over = rounded(120 * ends["escalation"][bad] * 5 * Fraction(3, 10))
        breaches = rounded(120 * ends["breach"][bad] * 2)
        place = [*refund, name]
        case.put([*place, "gross"], text(gross), "120 * 5 * containment")
        case.put([*place, "recontacts"], text(back), "gross * recontact")
        case.put([*place, "escalations"], text(over), "120 * escalation * 5 * 0.3")
        case.put([*place, "breaches"], text(breaches), "120 * breach * 2")
        case.put([*place, "net"], text(gross - back - over - breaches), "what is left")
    case.put([*refund, "missing"], [], "its own record has all of it")
    login = ["candidates", {"issue": "login"}]
    case.put([*login, "contacts_per_month"], "20", "40 / 2")
    case.put([*login, "containment", "record"], "all_issues", "the AI has met no log-in")
    case.put([*login, "expected", "gross"], "75", "20 * 5 * 0.75")
    case.put(["candidates", 0, "issue"], "refund", "saves more")
    case.put(["without_issue"], 7, "counted in the rows")
    return case


def plan_of_a_desk() -> Case:
    case = Case(
        "roi-plan-of-a-desk",
        "487 contacts in two months are 243.5 a month, 200 of 487 met the AI; 120 of its 200 hold (0.6) where 150 are "
        "claimed (0.75). The plan takes what holds, and keeps the claim beside it.",
        "roi_plan",
        {"plan": {"implementation": 5000}},
        desk(),
        WHOLE,
    )
    for name, value, call in (
        ("monthly_volume", Fraction(487, 2), "487 contacts / 2 months"),
        ("ai_share", Fraction(200, 487), "200 / 487"),
        ("resolution_rate", Fraction(120, 200), "120 verified of 200"),
        ("claimed_resolution_rate", Fraction(150, 200), "150 resolved of 200"),
        ("human_cost_per_contact", Fraction(5), "every contact of people costs 5"),
        ("human_minutes_per_contact", Fraction(12), "720 seconds"),
        ("api_cost_per_attempt", Fraction(1, 10), "0.1 each"),
        ("retry_rate", Fraction(0), "repeated calls are in the cost of calls"),
    ):
        case.put(["plan", name], text(rounded(value)), call)
        case.put(["taken", {"id": name}, "value"], text(rounded(value)), call)
    case.put(["plan", "implementation"], "5000", "as given")
    return case


def books_of_a_desk() -> Case:
    case = Case(
        "pnl-books-of-a-desk",
        "a1 delivered 120 + 50 = 170 contacts, those handed over included, which people would have done for 170 × 6 = "
        "1,020; its calls cost 200 × 0.1 = 20, people on what it handed over 50 × 3 = 150.",
        "pnl_books",
        {},
        desk(),
        {**WHOLE, "baseline": {"cost_per_contact": 6}},
    )
    agent = ["agents", {"agent": "a1"}, "periods", 0]
    case.put([*agent, "avoided_cost"], "1020", "170 * 6")
    case.put([*agent, "costs", "api"], "20", "200 * 0.1")
    case.put([*agent, "costs", "human_labour"], "150", "50 * 3")
    case.put([*agent, "outcomes"], "120", "150 less 30 that came back")
    return case


CASES = [settled, sound, changed, candidates, plan_of_a_desk, books_of_a_desk]
