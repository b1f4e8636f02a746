"""5.7 Revenue and feedback: from accounts, signals and fixes, in the grand total only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from .facts import Data
from .figures import (
    Figure,
    Group,
    Kpi,
    Result,
    count,
    money_distribution,
    money_sum,
    proportion,
    quantile,
)
from .instants import SECOND, local_date
from .reading import Row

ARR = ("starting_arr", "retained_arr", "expansion_arr")


def retention(accounts: list[Row]) -> tuple[Fraction, Fraction, int] | None:
    """(retained + expansion, starting, accounts) over accounts that know all three."""
    known = [a for a in accounts if all(a[column] is not None for column in ARR)]
    starting = sum((Fraction(a["starting_arr"]) for a in known), Fraction(0))
    kept = sum((Fraction(a["retained_arr"] + a["expansion_arr"]) for a in known), Fraction(0))
    return (kept, starting, len(known)) if starting else None


def served(data: Data) -> set[str]:
    """Accounts with at least one verified AI resolution."""
    return {i["account_id"] for i in data.rows if i.knows("account_id") and data.verified(i)}


def chosen(data: Data, which: str) -> list[Row]:
    ids = served(data)
    if which == "all":
        return data.accounts
    return [a for a in data.accounts if (a["account_id"] in ids) == (which == "served")]


def nrr(which: str) -> Callable[[Group, str], Result]:
    def compute(group: Group, population: str) -> Result:
        parts = retention(chosen(group.data, which))
        if parts is None:
            return "no_denominator"
        kept, starting, n = parts
        return Figure(float(kept / starting), n, kept, starting)

    return compute


def nrr_lift(group: Group, population: str) -> Result:
    with_ai = retention(chosen(group.data, "served"))
    without = retention(chosen(group.data, "others"))
    if with_ai is None or without is None:
        return "no_denominator"
    lift = with_ai[0] / with_ai[1] - without[0] / without[1]
    return Figure(float(lift), with_ai[2] + without[2])


def signals(group: Group, kind: str) -> list[Row]:
    return [s for s in group.data.signals if s["kind"] == kind]


def upsell_signals(group: Group, population: str) -> Result:
    found = signals(group, "upsell")
    return count(len(found), len(found))


def value_sum(found: list[Row]) -> Result:
    known = [s["value"] for s in found if s["value"] is not None]
    return money_sum(sum(known, Decimal(0)), len(known))


def upsell_value(group: Group, population: str) -> Result:
    return value_sum(signals(group, "upsell"))


def success_rate(kind: str, success: str) -> Callable[[Group, str], Result]:
    def compute(group: Group, population: str) -> Result:
        results = [s["result"] for s in signals(group, kind) if s["result"] is not None]
        return proportion(group, results.count(success), len(results))

    return compute


def weight(account: Row, group: Group) -> Fraction:
    """Nearer renewals weigh more; 1 without a date or after it."""
    renewal = account["renewal_date"]
    if renewal is None or group.data.as_of is None:
        return Fraction(1)
    days = (renewal - local_date(group.data.as_of, group.data.zone)).days
    return min(Fraction(1), max(Fraction(0), 1 - Fraction(days, 365)))


def churn_flag_rate(group: Group, population: str) -> Result:
    flagged = {s["account_id"] for s in signals(group, "churn")}
    at_risk = [a for a in group.data.accounts if a["at_risk"]]
    base = sum((weight(a, group) for a in at_risk), Fraction(0))
    if base == 0:
        return "no_denominator"
    hit = sum((weight(a, group) for a in at_risk if a["account_id"] in flagged), Fraction(0))
    return Figure(float(hit / base), len(at_risk), hit, base)


def churn_arr_saved(group: Group, population: str) -> Result:
    return value_sum([s for s in signals(group, "churn") if s["result"] == "saved"])


def competitor_same_day_rate(group: Group, population: str) -> Result:
    zone = group.data.zone
    found = signals(group, "competitor")
    same = [
        s
        for s in found
        if s["routed_at"] is not None
        and local_date(s["routed_at"], zone) == local_date(s["detected_at"], zone)
    ]
    return proportion(group, len(same), len(found))


def feature_request_value(group: Group, population: str) -> Result:
    arr = {a["account_id"]: a["starting_arr"] or Decimal(0) for a in group.data.accounts}
    found = [s for s in signals(group, "feature_request") if s["label"] is not None]
    behind: dict[str, set[str]] = defaultdict(set)
    for s in found:
        behind[s["label"]].add(s["account_id"])
    amounts = {
        label: sum((arr.get(account, Decimal(0)) for account in accounts), Decimal(0))
        for label, accounts in behind.items()
    }
    return money_distribution(amounts, len(found))


def fix_rate(group: Group, population: str) -> Result:
    fixes = group.data.fixes
    return proportion(group, sum(1 for f in fixes if f["deployed_at"] is not None), len(fixes))


def fix_time_p50(group: Group, population: str) -> Result:
    done = [f for f in group.data.fixes if f["deployed_at"] is not None]
    times = [Fraction(f["deployed_at"] - f["flagged_at"], SECOND) for f in done]
    return quantile(group, times, "0.5")


def fix_recurrence_rate(group: Group, population: str) -> Result:
    done = [f for f in group.data.fixes if f["deployed_at"] is not None]
    return proportion(group, sum(1 for f in done if f["recurred_at"] is not None), len(done))


def entry(name: str, unit: str, compute: Callable[[Group, str], Result], *needs: str) -> Kpi:
    """`needs`: columns; alternatives are joined by |."""
    columns = tuple(tuple(need.split("|")) for need in needs)
    return Kpi(name, unit, ("all",), compute, columns, has_rows=lambda g, p: True, total_only=True)


ACCOUNTS = tuple(f"accounts.{column}" for column in ARR)
SERVED = ("account_id", "confirmed|customer_id", *ACCOUNTS)
KIND = "signals.kind"

KPIS = [
    entry("nrr", "ratio", nrr("all"), *ACCOUNTS),
    entry("nrr_ai_served", "ratio", nrr("served"), *SERVED),
    entry("nrr_not_ai_served", "ratio", nrr("others"), *SERVED),
    entry("nrr_lift", "ratio", nrr_lift, *SERVED),
    entry("upsell_signals", "count", upsell_signals, KIND),
    entry("upsell_value", "money", upsell_value, KIND, "signals.value"),
    entry("upsell_win_rate", "ratio", success_rate("upsell", "won"), KIND),
    entry(
        "churn_flag_rate",
        "ratio",
        churn_flag_rate,
        "accounts.at_risk",
        "signals.account_id",
        KIND,
    ),
    entry("churn_save_rate", "ratio", success_rate("churn", "saved"), KIND),
    entry("churn_arr_saved", "money", churn_arr_saved, KIND, "signals.value"),
    entry("competitor_same_day_rate", "ratio", competitor_same_day_rate, KIND),
    entry(
        "feature_request_value",
        "distribution",
        feature_request_value,
        "accounts.starting_arr",
        "signals.account_id",
        KIND,
        "signals.label",
    ),
    entry("fix_rate", "ratio", fix_rate, "fixes.failure_id"),
    entry("fix_time_p50", "seconds", fix_time_p50, "fixes.flagged_at"),
    entry("fix_recurrence_rate", "ratio", fix_recurrence_rate, "fixes.failure_id"),
]
