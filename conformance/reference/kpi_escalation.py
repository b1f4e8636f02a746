"""5.2 Escalation."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from . import stats
from .figures import Figure, Group, Kpi, Result, distribution, mean, share_of

X = ("ai_to_human",)
F = ("ai_fronted",)


def escalation_reasons(group: Group, population: str) -> Result:
    reasons = [i["escalation_reason"] for i in group.of(population) if i.knows("escalation_reason")]
    return distribution(dict(Counter(reasons)))


def low_confidence_escalation_rate(group: Group, population: str) -> Result:
    base = [i for i in group.of(population) if i.ai_stage_over]
    return share_of(group, base, lambda i: bool(i["escalation_reason"] == "low_confidence"))


def escalation_precision(group: Group, population: str) -> Result:
    base = [i for i in group.of(population) if i.knows("escalation_needed")]
    return share_of(group, base, lambda i: bool(i["escalation_needed"]))


def escalation_recall(group: Group, population: str) -> Result:
    base = [i for i in group.of(population) if i.ai_stage_over and i["escalation_needed"]]
    return share_of(group, base, lambda i: i.handling == "ai_to_human")


def missed_escalation_rate(group: Group, population: str) -> Result:
    base = [i for i in group.closed(population) if i.knows("escalation_needed")]
    return share_of(group, base, lambda i: bool(i["escalation_needed"]))


def context_transfer_rate(group: Group, population: str) -> Result:
    base = [i for i in group.of(population) if i.knows("context_transferred")]
    return share_of(group, base, lambda i: bool(i["context_transferred"]))


def escalation_session_resolution_rate(group: Group, population: str) -> Result:
    data = group.data
    rows = group.of(population)
    base = [i for i in rows if data.solved_in_session(i) is not None]
    if not base and any(data.will_mature(i, data.window) for i in rows):
        return "immature"
    return share_of(group, base, lambda i: bool(data.solved_in_session(i)))


def escalation_quality(group: Group, population: str) -> Result:
    factors = [
        context_transfer_rate(group, population),
        escalation_session_resolution_rate(group, population),
    ]
    if "immature" in factors:
        return "immature"
    shares = []
    for factor in factors:
        if isinstance(factor, str):
            return factor
        shares.append((Fraction(factor.numerator or 0) / factor.n, factor.n))
    (p1, n1), (p2, n2) = shares
    figure = Figure(float(p1 * p2), min(n1, n2))
    if p1 * p2 != 0:
        figure.interval = stats.product_interval(shares[0], shares[1], group.z)
        figure.method = "mover"
    return figure


def repeat_escalation_rate(group: Group, population: str) -> Result:
    data = group.data
    rows = group.of(population)
    base = [i for i in rows if data.mature(i, data.window)]
    if not base and any(data.will_mature(i, data.window) for i in rows):
        return "immature"
    return share_of(
        group,
        base,
        lambda i: any(j.handling == "ai_to_human" for j in data.returns(i, data.window)),
    )


def review_minutes_per_escalation(group: Group, population: str) -> Result:
    rows = group.of(population)
    seconds = [i["human_handle_seconds"] for i in rows if i.knows("human_handle_seconds")]
    return mean(group, [Fraction(value) / 60 for value in seconds])


REASON = (("escalation_reason",),)
NEEDED = (("escalation_needed",),)
CONTEXT = (("context_transferred",),)
SESSION = (("customer_id", "resolved_in_session"),)
MINUTES = (("human_handle_seconds",),)

KPIS = [
    Kpi("escalation_reasons", "distribution", X, escalation_reasons, REASON),
    Kpi("low_confidence_escalation_rate", "ratio", F, low_confidence_escalation_rate, REASON),
    Kpi("escalation_precision", "ratio", X, escalation_precision, NEEDED),
    Kpi("escalation_recall", "ratio", F, escalation_recall, NEEDED),
    Kpi("missed_escalation_rate", "ratio", ("ai",), missed_escalation_rate, NEEDED),
    Kpi("context_transfer_rate", "ratio", X, context_transfer_rate, CONTEXT),
    Kpi(
        "escalation_session_resolution_rate",
        "ratio",
        X,
        escalation_session_resolution_rate,
        SESSION,
    ),
    Kpi("escalation_quality", "ratio", X, escalation_quality, CONTEXT + SESSION),
    Kpi("repeat_escalation_rate", "ratio", X, repeat_escalation_rate, (("customer_id",),)),
    Kpi("review_minutes_per_escalation", "minutes", X, review_minutes_per_escalation, MINUTES),
]
