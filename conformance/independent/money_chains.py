"""More cases of a chain of statements: what can be seen when one is left out, changed, or changed and sealed again."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from .case import Case
from .contracts import hashed, written
from .exact import of, text
from .money_contracts import chain


def sound_months() -> Case:
    texts = [written(one) for one in chain()]
    case = Case(
        "verify-month-by-month",
        "The three statements of a contract settled month by month, as they were computed here: sealed, and adding up.",
        "verify",
        {"statements": texts},
    )
    case.put(["sound"], True, "hashlib.sha256")
    case.put(["problems"], [], "hashlib.sha256")
    return case


def sealed(found: dict[str, Any]) -> dict[str, Any]:
    """A statement with all of its hashes made anew."""
    last = hashed(found["contract_hash"], found["previous_hash"] or "", str(found["number"]))
    for line in found["lines"]:
        line["hash"] = last = hashed(last, written({**line, "hash": ""}))
    return {**found, "hash": hashed(last, written({**found, "hash": ""}))}


def verified(name: str, why: str, statements: list[dict[str, Any]], *, sound: bool, call: str) -> Case:
    case = Case(name, why, "verify", {"statements": [written(one) for one in statements]})
    case.put(["sound"], sound, call)
    if sound:
        case.put(["problems"], [], call)
    return case


def missing_month() -> Case:
    return verified(
        "verify-a-missing-month",
        "January and March without February between them: March names the hash of February, and its number is 3.",
        [chain()[0], chain()[2]],
        sound=False,
        call="the previous hash is not that of the statement before",
    )


def moved_contact() -> Case:
    months = deepcopy(chain())
    months[1]["periods"][1]["paid"].append(months[1]["periods"][1]["held"].pop())
    return verified(
        "verify-a-moved-contact",
        "One contact of February is moved from what is held to what is paid: no amount and no line changes, but the "
        "hash of the statement is over its lists too.",
        months,
        sound=False,
        call="hashlib.sha256 over the statement",
    )


def sealed_anew() -> Case:
    months = deepcopy(chain())
    february = months[1]
    february["periods"][0]["refused"].remove("jan-nobody")
    months[1] = sealed(february)
    return verified(
        "verify-a-month-sealed-anew",
        "February is changed and sealed again by whoever can write it. On its own it fits, but March still names "
        "the hash that February had.",
        months,
        sound=False,
        call="the previous hash of March is not that of the new February",
    )


def last_sealed_anew() -> Case:
    months = deepcopy(chain())
    months[2]["periods"][0]["refused"].remove("jan-nobody")
    months[2] = sealed(months[2])
    return verified(
        "verify-the-last-month-sealed-anew",
        "The same done to the last statement, which nothing comes after: it cannot be seen from the chain. What "
        "cannot be forged is the hash that the other party has.",
        months,
        sound=True,
        call="every hash fits, and every sum",
    )


def sums_that_fail() -> Case:
    months = deepcopy(chain())
    months[2]["total"] = text(of(months[2]["total"]) + 1)
    months[2]["balance"] = text(of(months[2]["balance"]) + 1)
    months[2] = sealed(months[2])
    return verified(
        "verify-a-total-of-one-more",
        "The last statement asks for 28.49 where its lines sum to 27.49, and is sealed again: hashes fit, sums do not.",
        months,
        sound=False,
        call="the lines sum to 27.49",
    )


CASES = [sound_months, missing_month, moved_contact, sealed_anew, last_sealed_anew, sums_that_fail]
