"""5.6 Cost and value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from .columns import AI_COSTS, RETRIES
from .facts import POPULATIONS, Data, Interaction
from .figures import (
    Figure,
    Group,
    Kpi,
    Result,
    difference,
    distribution,
    mean,
    money_distribution,
    money_quotient,
    money_sum,
    ratio_of_counts,
    share_of,
)
from .instants import DAY
from .kpi_integrity import within
from .kpi_volume import BASIC
from .reading import to_decimal

F = ("ai_fronted",)
WEEK = 7 * DAY


def total_cost(
    group: Group, population: str, scopes: str = "ai human", closed: bool = True
) -> Decimal:
    """AI layers and human cost of a population, row by row and allocated."""
    wanted = tuple(scopes.split())
    columns = (AI_COSTS if "ai" in wanted else ()) + (("cost_human",) if "human" in wanted else ())
    rows = group.closed(population) if closed else group.of(population)
    own = sum((i[column] or Decimal(0) for i in rows for column in columns), Decimal(0))
    return own + sum(allocated(group, population, wanted).values(), Decimal(0))


def allocated(group: Group, population: str, scopes: tuple[str, ...]) -> dict[str, Decimal]:
    return group.data.ledger.shares(
        population, POPULATIONS[population], scopes, group.period, group.combination
    )


def resolved(group: Group, population: str) -> int:
    return sum(1 for i in group.of(population) if i.resolved)


def cost_per_resolution(group: Group, population: str) -> Result:
    return money_quotient(total_cost(group, population), resolved(group, population))


def ai_cost_per_resolution(group: Group, population: str) -> Result:
    return money_quotient(total_cost(group, population, "ai"), resolved(group, "ai"))


def human_cost_per_resolution(group: Group, population: str) -> Result:
    return money_quotient(total_cost(group, population, "human"), resolved(group, population))


def cost_per_contact(group: Group, population: str) -> Result:
    return money_quotient(total_cost(group, population), len(group.closed(population)))


def cost_layers(group: Group, population: str) -> Result:
    rows = group.of(population)
    layers = allocated(group, population, ("ai", "human"))
    for column in (*AI_COSTS, "cost_human"):
        known = [i[column] for i in rows if i.knows(column)]
        if known:
            key = "human_labour" if column == "cost_human" else column.removeprefix("cost_")
            layers[key] = layers.get(key, Decimal(0)) + sum(known, Decimal(0))
    return money_distribution(layers, len(rows))


def tokens_per_outcome(group: Group, population: str) -> Result:
    rows = [i for i in group.closed(population) if i.tokens is not None]
    pairs = [(Fraction(i.tokens or 0), Fraction(i.resolved)) for i in rows]
    return ratio_of_counts(group, pairs, sum(1 for i in rows if i.resolved))


def tokens_per_interaction(group: Group, population: str) -> Result:
    return mean(group, [i.tokens for i in group.of(population) if i.tokens is not None])


def retry_reasons(group: Group, population: str) -> Result:
    counts = {column.removeprefix("retries_"): 0 for column in RETRIES}
    for i in group.of(population):
        for reason, number in i.retries.items():
            counts[reason] += number
    return distribution(counts)


# -- value ---------------------------------------------------------------------------------------


def option(data: Data, section: str, name: str) -> Fraction | None:
    value = (data.options.get(section) or {}).get(name)
    return None if value is None else Fraction(to_decimal(value))


def exactly(number: Fraction) -> Decimal:
    """A fraction that is known to be a finite decimal."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{(number * 10**places).numerator}e-{places}")


def known_revenue(group: Group, population: str) -> list[Decimal]:
    return [i["revenue"] for i in group.of(population) if i.resolved and i.knows("revenue")]


def incremental_revenue(group: Group, population: str) -> Result:
    found = known_revenue(group, population)
    return money_sum(sum(found, Decimal(0)), len(found))


def not_disproved(group: Group) -> list[Interaction]:
    """Resolved A not disproved, by the partition of 3.6b."""
    rows = [i for i in group.of("ai") if i.resolved]
    return [i for i in rows if group.data.outcome_key(i) != "disproved"]


def delivered(group: Group) -> int:
    return len(not_disproved(group)) + len(group.closed("ai_to_human"))


def contact_price(data: Data) -> Decimal:
    price = option(data, "baseline", "cost_per_contact")
    assert price is not None
    return exactly(price)


def cost_avoidance(group: Group, population: str) -> Result:
    contacts = len(not_disproved(group))
    return money_sum(contact_price(group.data) * contacts, contacts)


def saved(group: Group, population: str) -> Decimal:
    spent = total_cost(group, population, closed=False)
    return contact_price(group.data) * delivered(group) - spent


def net_savings(group: Group, population: str) -> Result:
    return money_sum(saved(group, population), delivered(group))


def margin_contribution(group: Group, population: str) -> Result:
    revenue = sum(known_revenue(group, population), Decimal(0))
    if option(group.data, "baseline", "cost_per_contact") is None:
        rest = -total_cost(group, population, closed=False)
    else:
        rest = saved(group, population)
    return money_sum(revenue + rest, len(group.of(population)))


def unrounded(group: Group, population: str) -> tuple[Fraction, int] | None:
    """cost_per_resolution before rounding."""
    base = resolved(group, population)
    return (Fraction(total_cost(group, population)) / base, base) if base else None


def against(group: Group, population: str, reference: Fraction | None, kind: str) -> Result:
    cost = unrounded(group, population)
    if cost is None or not reference:
        return "no_denominator"
    ratio = cost[0] / reference
    value = {"ratio": ratio, "reduction": 1 - ratio, "variance": ratio - 1}[kind]
    return Figure(float(value), cost[1])


def baseline_cost(data: Data) -> Fraction | None:
    own = option(data, "baseline", "cost_per_resolution")
    return option(data, "baseline", "cost_per_contact") if own is None else own


def cost_ratio_to_baseline(group: Group, population: str) -> Result:
    return against(group, population, baseline_cost(group.data), "ratio")


def cost_reduction(group: Group, population: str) -> Result:
    return against(group, population, baseline_cost(group.data), "reduction")


def cost_variance(group: Group, population: str) -> Result:
    forecast = option(group.data, "forecast", "cost_per_resolution")
    return against(group, population, forecast, "variance")


def fte_equivalent(group: Group, population: str) -> Result:
    days = Fraction(group.covered_nanoseconds(), DAY)
    labor = group.data.labor
    assert labor is not None
    if days == 0 or labor.loaded_year == 0:
        return "no_denominator"
    value = Fraction(saved(group, population)) * 365 / days / labor.loaded_year
    return Figure(float(value), len(group.of(population)))


def conversion_rate(group: Group, population: str) -> Result:
    known = [i for i in group.of(population) if i.knows("converted")]
    return share_of(group, known, lambda i: bool(i["converted"]))


def conversion_lift(group: Group, population: str) -> Result:
    return difference(group, conversion_rate(group, "ai_fronted"), conversion_rate(group, "human"))


def productivity_ratio(group: Group, population: str) -> Result:
    closed = len(group.closed(population))
    agents = {i["human_agent_id"] for i in group.of(population) if i.knows("human_agent_id")}
    weeks = Fraction(group.covered_nanoseconds(), WEEK)
    usual = option(group.data, "baseline", "closed_per_agent_per_week")
    base = len(agents) * weeks * (usual or 0)
    if base == 0:
        return "no_denominator"
    return Figure(float(closed / base), closed, Fraction(closed), base)


# -- what they need ------------------------------------------------------------------------------


def wants(section: str, *names: str) -> Any:
    """The first name is reported when none of the names is given."""

    def check(data: Data) -> str | None:
        if any(option(data, section, name) is not None for name in names):
            return None
        return f"{section}.{names[0]}"

    return check


def wants_fte(data: Data) -> str | None:
    missing: str | None = wants("baseline", "cost_per_contact")(data)
    return missing or (None if data.labor else "labor")


# `costs.ai` and `costs.human`: an entry of that scope would do as well; never listed as missing.
AI = ((*AI_COSTS, "costs.ai"),)
HUMAN = (("cost_human", "costs.human"),)
ANY = ((*AI_COSTS, "cost_human", "costs.ai", "costs.human"),)
TOKENS = (("input_tokens", "output_tokens"),)
CONVERTED = (("converted",),)
CONTACT = wants("baseline", "cost_per_contact")
BASELINE = wants("baseline", "cost_per_resolution", "cost_per_contact")
FORECAST = wants("forecast", "cost_per_resolution")
AGENTS = (("human_agent_id",),)
USUAL = wants("baseline", "closed_per_agent_per_week")

KPIS = [
    Kpi("cost_per_resolution", "money", F, cost_per_resolution, ANY),
    Kpi("ai_cost_per_resolution", "money", F, ai_cost_per_resolution, AI),
    Kpi("human_cost_per_resolution", "money", ("human",), human_cost_per_resolution, HUMAN),
    Kpi("cost_per_contact", "money", BASIC, cost_per_contact, ANY),
    Kpi("cost_layers", "distribution", F, cost_layers, ANY),
    Kpi("tokens_per_outcome", "tokens", F, tokens_per_outcome, TOKENS),
    Kpi("tokens_per_interaction", "tokens", F, tokens_per_interaction, TOKENS),
    Kpi(
        "cache_hit_rate",
        "ratio",
        F,
        within("api_calls_cached", "api_calls"),
        (("api_calls",), ("api_calls_cached",)),
    ),
    Kpi(
        "retry_rate",
        "ratio",
        F,
        within("api_calls_retried", "api_calls"),
        (("api_calls",), ("api_calls_retried",)),
    ),
    Kpi("retry_reasons", "distribution", F, retry_reasons, (RETRIES,)),
    Kpi("incremental_revenue", "money", F, incremental_revenue, (("revenue",),)),
    Kpi("cost_avoidance", "money", F, cost_avoidance, option=CONTACT),
    Kpi("net_savings", "money", F, net_savings, ANY, option=CONTACT),
    Kpi("margin_contribution", "money", F, margin_contribution, ANY),
    Kpi("cost_ratio_to_baseline", "ratio", F, cost_ratio_to_baseline, ANY, option=BASELINE),
    Kpi("cost_reduction", "ratio", F, cost_reduction, ANY, option=BASELINE),
    Kpi("cost_variance", "ratio", F, cost_variance, ANY, option=FORECAST),
    Kpi("fte_equivalent", "fte", F, fte_equivalent, ANY, option=wants_fte),
    Kpi("conversion_rate", "ratio", (*BASIC, "ai_fronted"), conversion_rate, CONVERTED),
    Kpi("conversion_lift", "ratio", ("all",), conversion_lift, CONVERTED),
    Kpi("productivity_ratio", "ratio", ("all",), productivity_ratio, AGENTS, option=USUAL),
]
