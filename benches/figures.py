"""The figures that every engine computes, and the last step to them that queries by hand share.

A query by hand counts and adds up; its answer is some dozens of rows, one a group and handling, with `SUMS`, `RETURNS`,
quantiles and peaks. `work_out` makes figures of them as the catalogue defines them, so that no engine divides, rounds
or names anything on its own. `read` takes the same figures out of a report of supportkpi.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple

HANDLINGS = ("ai", "human", "ai_to_human")
UNIONS = (("ai_fronted", "ai", "ai_to_human"), ("people", "human", "ai_to_human"), ("all", "ai", "people"))
"""Populations of more than one handling."""
BY_HANDLING = ("all", *HANDLINGS)
WITH_PEOPLE = (*BY_HANDLING, "people")
FRONTED = ("ai_fronted",)

FIGURES: dict[str, tuple[str, ...]] = {
    "interactions": BY_HANDLING,
    "open_interactions": BY_HANDLING,
    "deflection_rate": ("all",),
    "containment_rate": FRONTED,
    "abandonment_rate": FRONTED,
    "escalation_rate": FRONTED,
    "autonomous_resolution_rate": FRONTED,
    "resolution_rate": BY_HANDLING,
    "verified_resolution_rate": ("all",),
    "verified_containment_rate": FRONTED,
    "recontact_rate_48h": BY_HANDLING,
    "recontact_rate_72h": BY_HANDLING,
    "deflected_recontact_rate_48h": ("ai",),
    "first_contact_resolution": BY_HANDLING,
    "peak_concurrency": FRONTED,
    "escalation_reasons": ("ai_to_human",),
    "context_transfer_rate": ("ai_to_human",),
    "escalation_session_resolution_rate": ("ai_to_human",),
    "escalation_quality": ("ai_to_human",),
    "first_response_p50": ("ai_fronted", "human"),
    "first_response_p90": ("ai_fronted", "human"),
    "escalation_response_p50": ("ai_to_human",),
    "escalation_response_p90": ("ai_to_human",),
    "resolution_time_p50": BY_HANDLING,
    "resolution_time_p90": BY_HANDLING,
    "resolution_time_p95": BY_HANDLING,
    "handle_time_mean": HANDLINGS,
    "csat": WITH_PEOPLE,
    "ces_mean": WITH_PEOPLE,
    "csat_response_rate": WITH_PEOPLE,
    "nps": WITH_PEOPLE,
    "sentiment_shift": BY_HANDLING,
    "answer_accuracy": FRONTED,
    "hallucination_rate": FRONTED,
    "policy_compliance_rate": FRONTED,
    "confidence_mean": ("ai_fronted", "ai", "ai_to_human"),
    "confidence_histogram": ("ai_fronted", "ai", "ai_to_human"),
    "cost_per_resolution": FRONTED,
    "ai_cost_per_resolution": FRONTED,
    "human_cost_per_resolution": ("human",),
    "cost_per_contact": BY_HANDLING,
    "cost_layers": FRONTED,
    "tokens_per_outcome": FRONTED,
    "tokens_per_interaction": FRONTED,
    "cache_hit_rate": FRONTED,
    "retry_rate": FRONTED,
    "incremental_revenue": FRONTED,
    "margin_contribution": FRONTED,
}
"""Ids of the catalogue with their populations."""

PARTITION = (
    "open",
    "escalated",
    "human",
    "abandoned",
    "unresolved",
    "pending",
    "verified",
    "disproved",
    "unverifiable",
)
"""The outcomes of a group, each row in exactly one; here they are figures with the id `outcomes`."""

BINS = tuple(f"h{i}" for i in range(10))
SUMS = (
    *("rows", "closed", "resolved", "abandoned", "confirmed", "denied", "nameless", "silent", "settled", "settled_yes"),
    *("mature72", "mature72_resolved", "mature48", "mature48_resolved", "context_n", "context_yes", "session_n"),
    *("session_yes", "session_silent", "session_silent_yes", "csat_n", "csat_good", "ces_n", "ces_sum", "nps_n"),
    *("promoters", "detractors", "answers", "correct", "made_up", "policy_n", "policy_yes", "api", "infrastructure"),
    *("labour", "api_closed", "infrastructure_closed", "labour_closed", "revenue", "tokens", "tokens_n"),
    *("tokens_closed", "tokens_resolved_n", "calls", "cached", "retried", "ai_handle_n", "ai_handle", "human_handle_n"),
    *("human_handle", "confidence_n", "confidence", "sentiment_n", "sentiment"),
)
"""What is added up over rows. `silent` is a resolved row that nobody was asked about and whose 72 hours are over."""

RETURNS = ("back_silent", "back_silent_mature", "back72", "back48", "back48_closed", "back_session")
"""What is added up over rows after which the customer came back."""

QUANTILES: dict[str, tuple[str, tuple[float, ...]]] = {
    "resolution": ("resolution_time", (0.5, 0.9, 0.95)),
    "resolution_ai": ("resolution_time", (0.5, 0.9, 0.95)),
    "resolution_human": ("resolution_time", (0.5, 0.9, 0.95)),
    "resolution_ai_to_human": ("resolution_time", (0.5, 0.9, 0.95)),
    "response_ai": ("first_response", (0.5, 0.9)),
    "response_human": ("first_response", (0.5, 0.9)),
    "handover_wait": ("escalation_response", (0.5, 0.9)),
}
"""What quantiles are made of, in microseconds."""
QUANTILE_OF = {
    "resolution": "all",
    "response_ai": "ai_fronted",
    "response_human": "human",
    "handover_wait": "ai_to_human",
}
"""The population of each, in every group; resolution times of a single handling are asked for in the total only."""
IN_TOTAL = {f"resolution_{handling}": handling for handling in HANDLINGS}

Group = tuple[str, str | None]
"""("total", None), ("agent", its id or None) or ("week", its first day)."""
Number = int | float | Decimal
Sums = Mapping[str, Number]


class Reading(NamedTuple):
    """A figure's value, with what it is a quotient of."""

    value: Any
    numerator: Number | None = None
    denominator: Number | None = None


Figures = dict[tuple[str, str], Reading]
"""Readings by id and population."""
Answer = dict[Group, Figures]


@dataclass
class Found:
    """What the queries of an engine found out about one group."""

    sums: dict[str, dict[str, Number]] = field(default_factory=lambda: {handling: {} for handling in HANDLINGS})
    """By handling."""
    reasons: dict[str, int] = field(default_factory=dict)
    quantiles: dict[str, Sequence[float] | None] = field(default_factory=dict)
    peak: int = 0


def work_out(groups: Mapping[Group, Found]) -> Answer:
    """Figures from sums."""
    return {group: _figures(found) for group, found in groups.items()}


def _figures(found: Found) -> Figures:
    names = (*SUMS, *RETURNS, *BINS)
    total: dict[str, dict[str, Any]] = {
        handling: {name: sums.get(name) or 0 for name in names} for handling, sums in found.sums.items()
    }
    for population, one, other in UNIONS:
        some, more = total[one], total[other]
        total[population] = {name: some[name] + more[name] for name in names}
    figures: Figures = {}
    for (figure, population), reading in (
        *_volume(total),
        *_partition(total["all"], total),
        *_returns(total),
        *_handovers(total["ai_to_human"], found),
        *_experience(total),
        *_integrity(total),
        *_money(total),
        *_quantiles(found),
    ):
        figures[figure, population] = reading
    figures["peak_concurrency", "ai_fronted"] = Reading(found.peak)
    return figures


_Readings = Iterator[tuple[tuple[str, str], Reading]]
_Totals = Mapping[str, Mapping[str, Any]]


def _ratio(numerator: Any, denominator: Any, scale: int = 1) -> Reading:
    value = float(scale * numerator) / float(denominator) if denominator else None
    return Reading(value, numerator, denominator)


def _volume(total: _Totals) -> _Readings:
    a, x, fronted = total["ai"], total["ai_to_human"], "ai_fronted"
    over = a["closed"] + x["rows"]
    for population in BY_HANDLING:
        some = total[population]
        yield ("interactions", population), Reading(some["rows"])
        yield ("open_interactions", population), Reading(some["rows"] - some["closed"])
        yield ("resolution_rate", population), _ratio(some["resolved"], some["closed"])
    yield ("deflection_rate", "all"), _ratio(a["closed"], over + total["human"]["rows"])
    yield ("containment_rate", fronted), _ratio(a["closed"] - a["abandoned"], over)
    yield ("abandonment_rate", fronted), _ratio(a["abandoned"], over)
    yield ("escalation_rate", fronted), _ratio(x["rows"], over)
    yield ("autonomous_resolution_rate", fronted), _ratio(a["resolved"], over)


def _partition(everyone: Mapping[str, Any], total: _Totals) -> _Readings:
    a = total["ai"]
    verified = a["confirmed"] + a["silent"] - a["back_silent_mature"]
    disproved = a["denied"] + a["back_silent"]
    counts = {
        "open": everyone["rows"] - everyone["closed"],
        "escalated": total["ai_to_human"]["closed"],
        "human": total["human"]["closed"],
        "abandoned": a["abandoned"],
        "unresolved": a["closed"] - a["resolved"] - a["abandoned"],
        "pending": a["resolved"] - verified - disproved - a["nameless"],
        "verified": verified,
        "disproved": disproved,
        "unverifiable": a["nameless"],
    }
    for outcome, count in counts.items():
        yield ("outcomes", outcome), Reading(count)


def _returns(total: _Totals) -> _Readings:
    a = total["ai"]
    held = a["settled_yes"] + a["silent"] - a["back_silent_mature"]
    yield ("verified_resolution_rate", "all"), _ratio(held, total["all"]["settled"])
    yield ("verified_containment_rate", "ai_fronted"), _ratio(held, total["ai_fronted"]["settled"])
    yield ("deflected_recontact_rate_48h", "ai"), _ratio(a["back48_closed"], a["mature48"])
    for population in BY_HANDLING:
        some = total[population]
        yield ("recontact_rate_48h", population), _ratio(some["back48"], some["mature48_resolved"])
        yield ("recontact_rate_72h", population), _ratio(some["back72"], some["mature72_resolved"])
        stayed = some["mature72_resolved"] - some["back72"]
        yield ("first_contact_resolution", population), _ratio(stayed, some["mature72"])


def _handovers(x: Mapping[str, Any], found: Found) -> _Readings:
    context = _ratio(x["context_yes"], x["context_n"])
    solved = x["session_yes"] + x["session_silent_yes"] - x["back_session"]
    session = _ratio(solved, x["session_n"] + x["session_silent"])
    known = context.value is not None and session.value is not None
    reasons = sorted(found.reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    yield ("escalation_reasons", "ai_to_human"), Reading(reasons or None)
    yield ("context_transfer_rate", "ai_to_human"), context
    yield ("escalation_session_resolution_rate", "ai_to_human"), session
    yield ("escalation_quality", "ai_to_human"), Reading(context.value * session.value if known else None)


def _experience(total: _Totals) -> _Readings:
    for population in WITH_PEOPLE:
        some = total[population]
        yield ("csat", population), _ratio(some["csat_good"], some["csat_n"])
        yield ("csat_response_rate", population), _ratio(some["csat_n"], some["closed"])
        yield ("ces_mean", population), _ratio(some["ces_sum"], some["ces_n"])
        yield ("nps", population), _ratio(some["promoters"] - some["detractors"], some["nps_n"], 100)
    for population in BY_HANDLING:
        some = total[population]
        yield ("sentiment_shift", population), _ratio(some["sentiment"], some["sentiment_n"])
    for population in HANDLINGS:
        some, who = total[population], "ai" if population == "ai" else "human"
        yield ("handle_time_mean", population), _ratio(some[f"{who}_handle"], some[f"{who}_handle_n"])


def _integrity(total: _Totals) -> _Readings:
    f = total["ai_fronted"]
    yield ("answer_accuracy", "ai_fronted"), _ratio(f["correct"], f["answers"])
    yield ("hallucination_rate", "ai_fronted"), _ratio(f["made_up"], f["answers"])
    yield ("policy_compliance_rate", "ai_fronted"), _ratio(f["policy_yes"], f["policy_n"])
    yield ("cache_hit_rate", "ai_fronted"), _ratio(f["cached"], f["calls"])
    yield ("retry_rate", "ai_fronted"), _ratio(f["retried"], f["calls"])
    yield ("tokens_per_interaction", "ai_fronted"), _ratio(f["tokens"], f["tokens_n"])
    yield ("tokens_per_outcome", "ai_fronted"), _ratio(f["tokens_closed"], f["tokens_resolved_n"])
    for population in FIGURES["confidence_mean"]:
        some = total[population]
        bins = [(f"{i / 10}-{(i + 1) / 10}", some[name]) for i, name in enumerate(BINS)]
        yield ("confidence_mean", population), _ratio(some["confidence"], some["confidence_n"])
        yield ("confidence_histogram", population), Reading(bins if some["confidence_n"] else None)


def _per(amount: Any, contacts: int) -> Reading:
    if not contacts:
        return Reading(None, amount, contacts)
    return Reading(round_money(Decimal(amount) / contacts), amount, contacts)


def round_money(amount: Decimal) -> Decimal:
    """Six places, half to even."""
    return amount.quantize(Decimal("0.000001"), ROUND_HALF_EVEN)


def _money(total: _Totals) -> _Readings:
    f, h = total["ai_fronted"], total["human"]
    ai_layers = f["api_closed"] + f["infrastructure_closed"]
    yield ("cost_per_resolution", "ai_fronted"), _per(ai_layers + f["labour_closed"], f["resolved"])
    yield ("ai_cost_per_resolution", "ai_fronted"), _per(ai_layers, total["ai"]["resolved"])
    yield ("human_cost_per_resolution", "human"), _per(h["labour_closed"], h["resolved"])
    for population in BY_HANDLING:
        some = total[population]
        cost = some["api_closed"] + some["infrastructure_closed"] + some["labour_closed"]
        yield ("cost_per_contact", population), _per(cost, some["closed"])
    layers = {"api": f["api"], "infrastructure": f["infrastructure"], "human_labour": f["labour"]}
    spent = sorted(layers.items(), key=lambda layer: (-layer[1], layer[0]))
    yield ("cost_layers", "ai_fronted"), Reading(spent if f["rows"] else None)
    yield ("incremental_revenue", "ai_fronted"), Reading(f["revenue"] if f["rows"] else None)
    margin = f["revenue"] - sum(layers.values())
    yield ("margin_contribution", "ai_fronted"), Reading(margin if f["rows"] else None)


def _quantiles(found: Found) -> _Readings:
    for name, population in (QUANTILE_OF | IN_TOTAL).items():
        if name in found.quantiles:
            figure, shares = QUANTILES[name]
            values: Sequence[float | None] = found.quantiles[name] or [None] * len(shares)
            for share, value in zip(shares, values, strict=True):
                seconds = None if value is None else value / 1e6
                yield (f"{figure}_p{round(share * 100)}", population), Reading(seconds)


def read(report: str) -> Answer:
    """The same figures and groups from the JSON of a report of supportkpi by `agent_id` and week."""
    answer: Answer = {}
    for group in json.loads(report)["groups"]:
        by, period = group["by"], group["period"]
        if by and period:
            continue  # no query by hand goes that far
        key: Group = ("agent", by["agent_id"]) if by else ("week", period["start"][:10]) if period else ("total", None)
        figures = {("outcomes", outcome): Reading(count) for outcome, count in group["outcomes"].items()}
        for value in group["values"]:
            figures[value["id"], value["population"]] = _reading(value)
        answer[key] = figures
    return answer


def _reading(value: Mapping[str, Any]) -> Reading:
    shown = value["value"]
    if isinstance(shown, str):
        shown = Decimal(shown)
    elif isinstance(shown, list):
        shown = [(share["key"], Decimal(share["amount"]) if "amount" in share else share["count"]) for share in shown]
    whole = [None if value[part] is None else Decimal(value[part]) for part in ("numerator", "denominator")]
    return Reading(shown, *whole)
