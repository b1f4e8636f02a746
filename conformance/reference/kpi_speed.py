"""5.3 Speed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .facts import Data, Interaction
from .figures import Group, Kpi, Result, mean, quantile, share_of
from .instants import SECOND
from .kpi_volume import BASIC, needs_business_hours
from .reading import to_decimal


def seconds_between(start: str, end: str, p: str) -> Callable[[Group, str], Result]:
    def compute(group: Group, population: str) -> Result:
        rows = [i for i in group.of(population) if i.knows(start, end)]
        return quantile(group, [Fraction(i[end] - i[start], SECOND) for i in rows], p)

    return compute


def business_between(start: str, end: str, p: str) -> Callable[[Group, str], Result]:
    def compute(group: Group, population: str) -> Result:
        business = group.data.business
        assert business is not None
        rows = [i for i in group.of(population) if i.knows(start, end)]
        times = [business.open_time(i[start], i[end]) for i in rows]
        return quantile(group, [Fraction(time, SECOND) for time in times], p)

    return compute


def resolution_time(p: str) -> Callable[[Group, str], Result]:
    def compute(group: Group, population: str) -> Result:
        rows = [i for i in group.of(population) if i.resolved]
        return quantile(group, [Fraction((i.closed or 0) - i.opened, SECOND) for i in rows], p)

    return compute


def handle_column(population: str) -> str:
    return "ai_handle_seconds" if population == "ai" else "human_handle_seconds"


def handle_time_mean(group: Group, population: str) -> Result:
    column = handle_column(population)
    return mean(group, [i[column] for i in group.of(population) if i.knows(column)])


def voice_latency_p95(group: Group, population: str) -> Result:
    rows = [i for i in group.of(population) if i.knows("voice_latency_ms")]
    return quantile(group, [Fraction(i["voice_latency_ms"]) / 1000 for i in rows], "0.95")


# -- service levels ------------------------------------------------------------------------------


def policies(data: Data) -> list[dict[str, Any]]:
    return list(data.options.get("sla") or [])


def policy_of(data: Data, i: Interaction) -> dict[str, Any] | None:
    """The first entry whose `when` matches; null there matches a row without the dimension."""
    for policy in policies(data):
        when = policy.get("when") or {}
        if all(same_json(i.row.raw.get(column), value) for column, value in when.items()):
            return policy
    return None


def same_json(first: Any, second: Any) -> bool:
    """Equal as JSON values: 2 and 2.0 are, true and 1 are not."""
    return isinstance(first, bool) == isinstance(second, bool) and bool(first == second)


def sla_answer(data: Data, i: Interaction) -> bool | None:
    """Met, missed, or not known (no policy, no target, or an open end)."""
    policy = policy_of(data, i)
    if policy is None:
        return None
    sides = (response_side(data, i, policy), resolution_side(data, i, policy))
    if "missed" in sides:
        return False
    if "unknown" in sides or "met" not in sides:
        return None
    return True


def elapsed(data: Data, policy: dict[str, Any], start: int, end: int) -> int:
    if policy.get("clock", "calendar") == "business":
        assert data.business is not None
        return data.business.open_time(start, end)
    return end - start


def response_side(data: Data, i: Interaction, policy: dict[str, Any]) -> str:
    if policy.get("first_response_seconds") is None:
        return "not judged"
    assert data.as_of is not None
    target = Fraction(to_decimal(policy["first_response_seconds"])) * SECOND
    answered = i["first_response_at"]
    if answered is not None:
        return "met" if elapsed(data, policy, i.opened, answered) <= target else "missed"
    waited = elapsed(data, policy, i.opened, data.as_of if i.closed is None else i.closed)
    return "missed" if waited > target else "unknown"


def resolution_side(data: Data, i: Interaction, policy: dict[str, Any]) -> str:
    if policy.get("resolution_seconds") is None or i.outcome == "abandoned":
        return "not judged"
    assert data.as_of is not None
    target = Fraction(to_decimal(policy["resolution_seconds"])) * SECOND
    if i.outcome == "unresolved":
        return "missed"
    if i.closed is not None:
        return "met" if elapsed(data, policy, i.opened, i.closed) <= target else "missed"
    return "missed" if elapsed(data, policy, i.opened, data.as_of) > target else "unknown"


def sla_adherence(group: Group, population: str) -> Result:
    data = group.data
    judged = [i for i in group.of(population) if sla_answer(data, i) is not None]
    return share_of(group, judged, lambda i: bool(sla_answer(data, i)))


def needs_sla(data: Data) -> str | None:
    if not policies(data):
        return "sla"
    if any(policy.get("clock") == "business" for policy in policies(data)):
        return needs_business_hours(data)
    return None


def sla_columns(data: Data, population: str) -> tuple[tuple[str, ...], ...]:
    timed = any(policy.get("first_response_seconds") is not None for policy in policies(data))
    return (("first_response_at",),) if timed else ()


FIRST = (("first_response_at",),)
HANDOFF = (("escalated_at",), ("human_first_response_at",))
OPENED_TO_FIRST = ("opened_at", "first_response_at")
HANDOFF_TO_HUMAN = ("escalated_at", "human_first_response_at")
P = {"p50": "0.5", "p90": "0.9", "p95": "0.95"}

KPIS = [
    *(
        Kpi(
            f"first_response_{q}",
            "seconds",
            ("ai_fronted", "human"),
            seconds_between(*OPENED_TO_FIRST, P[q]),
            FIRST,
        )
        for q in ("p50", "p90")
    ),
    *(
        Kpi(
            f"escalation_response_{q}",
            "seconds",
            ("ai_to_human",),
            seconds_between(*HANDOFF_TO_HUMAN, P[q]),
            HANDOFF,
        )
        for q in ("p50", "p90")
    ),
    *(
        Kpi(f"resolution_time_{q}", "seconds", BASIC, resolution_time(P[q]))
        for q in ("p50", "p90", "p95")
    ),
    Kpi(
        "handle_time_mean",
        "seconds",
        BASIC[1:],
        handle_time_mean,
        needs_of=lambda _, population: ((handle_column(population),),),
    ),
    Kpi(
        "voice_latency_p95",
        "seconds",
        ("ai_fronted",),
        voice_latency_p95,
        (("voice_latency_ms",),),
    ),
    Kpi(
        "sla_adherence",
        "ratio",
        BASIC,
        sla_adherence,
        needs_of=sla_columns,
        option=needs_sla,
    ),
    *(
        Kpi(
            f"first_response_{q}_business",
            "seconds",
            ("human",),
            business_between(*OPENED_TO_FIRST, P[q]),
            FIRST,
            option=needs_business_hours,
        )
        for q in ("p50", "p90")
    ),
    *(
        Kpi(
            f"escalation_response_{q}_business",
            "seconds",
            ("ai_to_human",),
            business_between(*HANDOFF_TO_HUMAN, P[q]),
            HANDOFF,
            option=needs_business_hours,
        )
        for q in ("p50", "p90")
    ),
]
