"""Section 10's report: groups, values, and why a value is absent."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from . import (
    kpi_cost,
    kpi_escalation,
    kpi_experience,
    kpi_integrity,
    kpi_revenue,
    kpi_speed,
    kpi_volume,
)
from .columns import spec_order
from .facts import OUTCOME_KEYS, Combination, Data
from .figures import Figure, Group, Kpi, Result, number_text
from .instants import format_instant
from .periods import Period
from .reading import plain

CATALOGUE: list[Kpi] = [
    *kpi_volume.KPIS,
    *kpi_escalation.KPIS,
    *kpi_speed.KPIS,
    *kpi_experience.KPIS,
    *kpi_integrity.KPIS,
    *kpi_cost.KPIS,
    *kpi_revenue.KPIS,
]


def report(tables: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    data = Data(tables, options)
    wanted = options.get("kpis")
    unknown = set(wanted or []) - {kpi.id for kpi in CATALOGUE}
    if unknown:
        raise ValueError(f"unknown kpis: {sorted(unknown)}")
    kpis = [kpi for kpi in CATALOGUE if wanted is None or kpi.id in wanted]
    interactions = data.checked.rows["interactions"]
    ledger = {
        key: value if key == "grain" else plain(value)
        for key, value in data.ledger.summary().items()
    }
    return {
        "schema": "supportkpi.report/1",
        "catalogue": "1.0.0",
        "as_of": None if data.as_of is None else format_instant(data.as_of),
        "currency": data.checked.currency,
        "counts": {
            "rows_in": len(interactions),
            "rows_used": len(data.rows),
            "rows_quarantined": sum(1 for row in interactions if row.broken),
            "rows_out_of_scope": data.out_of_scope,
        },
        "invalid": data.checked.invalid(),
        "ledger": ledger,
        "groups": [show_group(group, kpis) for group in groups(data)],
    }


def combination_order(combination: Combination) -> list[tuple[bool, str]]:
    """By key, null last; Python compares text by code point."""
    return [(name is None, name or "") for name in combination]


def groups(data: Data) -> list[Group]:
    """The total, each combination, each period, each combination by period."""
    result = [Group(data, data.rows, data.sessions)]
    found = sorted({i.combination for i in data.rows}, key=combination_order) if data.by else []
    result += [group_of(data, combination, None) for combination in found]
    result += [group_of(data, None, period) for period in data.periods]
    if data.periods:
        held: dict[Combination, set[Period]] = defaultdict(set)
        for i in data.rows:
            held[i.combination].add(data.period_of(i))
        for combination in found:
            result += [group_of(data, combination, period) for period in sorted(held[combination])]
    return result


def group_of(data: Data, combination: Combination | None, period: Period | None) -> Group:
    rows = [
        i
        for i in data.rows
        if combination in (None, i.combination) and (period is None or data.period_of(i) == period)
    ]
    inside = set(map(id, rows))
    sessions = [session for session in data.sessions if id(session.first) in inside]
    return Group(data, rows, sessions, combination, period)


def show_group(group: Group, kpis: list[Kpi]) -> dict[str, Any]:
    data, period = group.data, group.period
    outcomes = Counter(data.outcome_key(i) for i in group.rows)
    total = group.combination is None and period is None
    return {
        "by": dict(zip(data.by, group.combination, strict=True)) if group.combination else {},
        "period": None
        if period is None
        else {
            "every": data.every,
            "start": format_instant(period.start),
            "end": format_instant(period.end),
        },
        "outcomes": {key: outcomes[key] for key in OUTCOME_KEYS},
        "values": [
            show_value(group, kpi, population)
            for kpi in kpis
            if total or not kpi.total_only
            for population in kpi.populations
        ],
    }


def is_known(data: Data, column: str) -> bool:
    """Not null on some usable row of the whole input."""
    table, _, name = column.rpartition(".")
    match table:
        case "":
            return any(i.knows(name) for i in data.rows)
        case "costs":
            return name in data.ledger.scopes
    return any(row[name] is not None for row in data.checked.usable(table))


def missing_columns(data: Data, kpi: Kpi, population: str) -> list[str]:
    needs = kpi.needs_of(data, population) if kpi.needs_of else kpi.needs
    missing = {
        column
        for alternatives in needs
        if not any(is_known(data, column) for column in alternatives)
        for column in alternatives
        if not column.startswith("costs.")
    }
    return sorted(missing, key=spec_order)


def evaluate(group: Group, kpi: Kpi, population: str) -> tuple[Result, dict[str, Any] | None]:
    """The figure, or the reason it is absent, tried in section 10's order."""
    option = kpi.option(group.data)
    if kpi.id == "new_topic_rate" and group.period is None:
        option = "every"
    if option:
        return "", {"reason": "needs_option", "option": option}
    missing = missing_columns(group.data, kpi, population)
    if missing:
        return "", {"reason": "missing_input", "columns": missing}
    if not kpi.has_rows(group, population):
        return "", {"reason": "no_data"}
    result = kpi.compute(group, population)
    return result, {"reason": result} if isinstance(result, str) else None


def show_value(group: Group, kpi: Kpi, population: str) -> dict[str, Any]:
    result, undefined = evaluate(group, kpi, population)
    figure = result if isinstance(result, Figure) else Figure(None, 0)
    low, high = figure.interval or (None, None)
    return {
        "id": kpi.id,
        "population": population,
        "unit": kpi.unit,
        "value": figure.value,
        "undefined": undefined,
        "numerator": number_text(figure.numerator),
        "denominator": number_text(figure.denominator),
        "n": figure.n,
        "low": low,
        "high": high,
        "confidence_level": float(group.level) if figure.interval else None,
        "method": figure.method,
        "p_value": figure.p_value,
    }
