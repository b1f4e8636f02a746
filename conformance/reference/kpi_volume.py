"""5.1 Volume and resolution."""

from __future__ import annotations

from fractions import Fraction

from .facts import POPULATIONS, Data, Interaction
from .figures import Figure, Group, Kpi, Result, count, proportion, share_of
from .instants import HOUR, SECOND
from .periods import Period

BASIC = ("all", "ai", "human", "ai_to_human")
FRONTED = ("ai_fronted",)
TOTAL = ("all",)
CUSTOMER = (("customer_id",),)
IDENTITY = (("confirmed", "customer_id"),)


def interactions(group: Group, population: str) -> Result:
    rows = group.of(population)
    return count(len(rows), len(rows))


def open_interactions(group: Group, population: str) -> Result:
    rows = group.of(population)
    return count(sum(1 for i in rows if not i.is_closed), len(rows))


def ai_involvement_rate(group: Group, population: str) -> Result:
    return share_of(group, group.of(population), lambda i: i.fronted)


def deflection_rate(group: Group, population: str) -> Result:
    base = [i for i in group.of("all") if i.handling != "ai" or i.is_closed]
    return share_of(group, base, lambda i: i.handling == "ai")


def stage_share(group: Group, outcome: str) -> Result:
    """Of AI-fronted rows whose AI stage is over, the A with an outcome."""
    base = [i for i in group.of("ai_fronted") if i.ai_stage_over]
    return share_of(group, base, lambda i: i.handling == "ai" and i.outcome == outcome)


def containment_rate(group: Group, population: str) -> Result:
    base = [i for i in group.of(population) if i.ai_stage_over]
    return share_of(group, base, lambda i: i.handling == "ai" and i.outcome != "abandoned")


def abandonment_rate(group: Group, population: str) -> Result:
    return stage_share(group, "abandoned")


def escalation_rate(group: Group, population: str) -> Result:
    base = [i for i in group.of(population) if i.ai_stage_over]
    return share_of(group, base, lambda i: i.handling == "ai_to_human")


def autonomous_resolution_rate(group: Group, population: str) -> Result:
    return stage_share(group, "resolved")


def resolution_rate(group: Group, population: str) -> Result:
    return share_of(group, group.closed(population), lambda i: i.resolved)


def over_settled(group: Group, population: str, hits: int) -> Result:
    rows = group.of(population)
    settled = [i for i in rows if group.data.settled(i)]
    if not settled and any(group.data.will_settle(i) for i in rows):
        return "immature"
    return proportion(group, hits, len(settled))


def verified_rate(group: Group, population: str) -> Result:
    """verified_resolution_rate (all) and verified_containment_rate (F)."""
    data = group.data
    hits = sum(1 for i in group.of(population) if data.settled(i) and data.verified(i))
    return over_settled(group, population, hits)


def resolution_gap(group: Group, population: str) -> Result:
    data = group.data
    resolved = [i for i in group.of("ai") if data.settled(i) and i.resolved]
    return over_settled(group, population, sum(1 for i in resolved if not data.verified(i)))


def recontact_over(group: Group, rows: list[Interaction], hours: int) -> Result:
    """Recontacted / mature, among rows that are candidates for both."""
    data, window = group.data, Fraction(hours * HOUR)
    mature = [i for i in rows if data.mature(i, window)]
    if not mature and any(data.will_mature(i, window) for i in rows):
        return "immature"
    return share_of(group, mature, lambda i: data.recontacted(i, window))


def recontact_rate_48h(group: Group, population: str) -> Result:
    return recontact_over(group, [i for i in group.of(population) if i.resolved], 48)


def recontact_rate_72h(group: Group, population: str) -> Result:
    return recontact_over(group, [i for i in group.of(population) if i.resolved], 72)


def deflected_recontact_rate_48h(group: Group, population: str) -> Result:
    return recontact_over(group, group.closed(population), 48)


def first_contact_resolution(group: Group, population: str) -> Result:
    data = group.data
    sessions = [s for s in group.sessions if s.handling in POPULATIONS[population] and s.closed]
    mature = [s for s in sessions if data.mature(s.last, data.window)]
    if not mature and any(data.will_mature(s.last, data.window) for s in sessions):
        return "immature"
    hits = sum(1 for s in mature if s.last.resolved and not data.recontacted(s.last, data.window))
    return proportion(group, hits, len(mature))


def has_sessions(group: Group, population: str) -> bool:
    return any(s.handling in POPULATIONS[population] for s in group.sessions)


def after_hours_share(group: Group, population: str) -> Result:
    business = group.data.business
    assert business is not None
    return share_of(group, group.of(population), lambda i: not business.is_open(i.opened))


def needs_business_hours(data: Data) -> str | None:
    return None if data.business else "business_hours"


def in_progress(data: Data, i: Interaction) -> tuple[int, int]:
    """Whole seconds [from, to) in which the AI was on it; at least one second."""
    ends = (i["escalated_at"], i.closed, data.as_of)
    end: int = next(end for end in ends if end is not None)
    start = i.opened // SECOND
    return start, max(end // SECOND, start + 1)


def peak_concurrency(group: Group, population: str) -> Result:
    data, period = group.data, group.period
    rows = [i for i in data.rows if i.fronted and group.combination in (None, i.combination)]
    spans = [in_progress(data, i) for i in rows]
    if period is not None:
        spans = [span for span in (clip(span, period) for span in spans) if span]
    peak = max((sum(1 for a, b in spans if a <= start < b) for start, _ in spans), default=0)
    return count(peak, len(group.of(population)))


def clip(span: tuple[int, int], period: Period) -> tuple[int, int] | None:
    start = max(span[0], period.start // SECOND)
    end = min(span[1], period.end // SECOND)
    return (start, end) if start < end else None


def throughput_per_hour(group: Group, population: str) -> Result:
    closed = len(group.closed(population))
    hours = Fraction(group.covered_nanoseconds(), HOUR)
    if hours == 0:
        return "no_denominator"
    return Figure(float(closed / hours), closed, Fraction(closed), hours)


def always(group: Group, population: str) -> bool:
    """Counts are 0 where there is no row."""
    return True


KPIS = [
    Kpi("interactions", "count", BASIC, interactions, has_rows=always),
    Kpi("open_interactions", "count", BASIC, open_interactions, has_rows=always),
    Kpi("ai_involvement_rate", "ratio", TOTAL, ai_involvement_rate),
    Kpi("deflection_rate", "ratio", TOTAL, deflection_rate),
    Kpi("containment_rate", "ratio", FRONTED, containment_rate),
    Kpi("abandonment_rate", "ratio", FRONTED, abandonment_rate),
    Kpi("escalation_rate", "ratio", FRONTED, escalation_rate),
    Kpi("autonomous_resolution_rate", "ratio", FRONTED, autonomous_resolution_rate),
    Kpi("resolution_rate", "ratio", BASIC, resolution_rate),
    Kpi("verified_resolution_rate", "ratio", TOTAL, verified_rate, IDENTITY),
    Kpi("verified_containment_rate", "ratio", FRONTED, verified_rate, IDENTITY),
    Kpi("resolution_gap", "ratio", FRONTED, resolution_gap, IDENTITY),
    Kpi("recontact_rate_48h", "ratio", BASIC, recontact_rate_48h, CUSTOMER),
    Kpi("recontact_rate_72h", "ratio", BASIC, recontact_rate_72h, CUSTOMER),
    Kpi("deflected_recontact_rate_48h", "ratio", ("ai",), deflected_recontact_rate_48h, CUSTOMER),
    Kpi(
        "first_contact_resolution",
        "ratio",
        BASIC,
        first_contact_resolution,
        CUSTOMER,
        has_rows=has_sessions,
    ),
    Kpi(
        "after_hours_share", "ratio", ("all", "ai"), after_hours_share, option=needs_business_hours
    ),
    Kpi("peak_concurrency", "count", FRONTED, peak_concurrency, has_rows=always),
    Kpi("throughput_per_hour", "per_hour", BASIC[1:], throughput_per_hour),
]
