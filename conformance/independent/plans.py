"""The cases of returns: months in fractions, NPV and IRR by numpy-financial, draws that can only fall one way."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from math import isnan
from typing import Any

import numpy_financial as npf

from .case import Case
from .exact import of, rounded, text

DEFAULTS: dict[str, Any] = {
    "monthly_volume": 10000,
    "monthly_growth": 0,
    "ai_share": 1,
    "horizon_months": 36,
    "resolution_rate": "0.55",
    "ramp_start": "0.5",
    "ramp_months": 6,
    "failed_review_minutes": 3,
    "human_cost_per_contact": 6,
    "human_minutes_per_contact": 10,
    "fte_cost_per_year": 65000,
    "api_cost_per_attempt": "0.05",
    "retry_rate": "0.05",
    "fee_per_attempt": 0,
    "fee_per_resolution": "0.5",
    "implementation": 0,
    "staff_training": 0,
    "revenue_per_resolution": 0,
    "revenue_per_month": 0,
    "revenue_margin": 1,
    "discount_rate_per_year": "0.1",
}
BY_MONTH = (
    "platform_per_month",
    "licences_per_month",
    "infrastructure_per_month",
    "observability_per_month",
    "vector_db_per_month",
    "training_data_per_month",
    "oversight_per_month",
    "quality_assurance_per_month",
    "management_per_month",
)
BENEFITS, SPENT = ("cost_avoidance", "revenue"), ("usage", "fees", "review", "fixed", "implementation")

Month = dict[str, Fraction]


class Plan:
    """Every month of a plan, and what comes of them, as docs/money.md has it."""

    def __init__(self, ask: dict[str, Any]) -> None:
        """Reads the inputs; what is not given is its default."""
        self.given = {name: of(value) for name, value in {**DEFAULTS, **ask}.items()}
        v = self.given
        self.claimed = v.get("claimed_resolution_rate", v["resolution_rate"])
        self.fixed = sum((v.get(name, Fraction(0)) for name in BY_MONTH), Fraction(0))
        minute = v["human_cost_per_contact"] / v["human_minutes_per_contact"]
        self.review = rounded(v["failed_review_minutes"] * minute)
        self.usage = rounded(v["api_cost_per_attempt"] * (1 + v["retry_rate"]))
        self.months = self.run()
        self.flows = [self.net(month) for month in self.months]

    def run(self) -> list[Month]:
        v, volume = self.given, self.given["monthly_volume"]
        months: list[Month] = [{"implementation": v["implementation"] + v["staff_training"]}]
        for number in range(1, int(v["horizon_months"]) + 1):
            months.append(self.month(number, volume))
            volume = rounded(volume * (1 + v["monthly_growth"]), 9)
        return months

    def month(self, number: int, volume: Fraction) -> Month:
        v = self.given
        ramp = Fraction(1)
        if number < v["ramp_months"]:
            climbed = Fraction(number - 1) / (v["ramp_months"] - 1)
            ramp = rounded(v["ramp_start"] + (1 - v["ramp_start"]) * climbed, 9)
        attempts = rounded(volume * v["ai_share"])
        resolved = rounded(attempts * rounded(v["resolution_rate"] * ramp, 9))
        billed = rounded(attempts * rounded(self.claimed * ramp, 9))
        each = rounded(v["revenue_per_resolution"] * v["revenue_margin"])
        return {
            "volume": volume,
            "attempts": attempts,
            "resolved": resolved,
            "billed": billed,
            "cost_avoidance": rounded(resolved * v["human_cost_per_contact"]),
            "revenue": rounded(resolved * each) + rounded(v["revenue_per_month"] * v["revenue_margin"]),
            "usage": rounded(attempts * self.usage),
            "fees": rounded(attempts * v["fee_per_attempt"] + billed * v["fee_per_resolution"]),
            "review": rounded((attempts - resolved) * self.review),
            "fixed": self.fixed,
        }

    @staticmethod
    def net(month: Month) -> Fraction:
        amount = lambda names: sum((month.get(name, Fraction(0)) for name in names), Fraction(0))  # noqa: E731
        return amount(BENEFITS) - amount(SPENT)

    def total(self, *names: str, months: int | None = None) -> Fraction:
        rows = self.months if months is None else self.months[: months + 1]
        return sum((month.get(name, Fraction(0)) for month in rows for name in names), Fraction(0))

    def npv(self) -> Fraction:
        """By fifty digits, which numpy-financial's doubles must agree with."""
        year = 1 + self.given["discount_rate_per_year"]
        with localcontext() as context:
            context.prec = 50
            month = (Decimal(year.numerator) / Decimal(year.denominator)) ** (Decimal(1) / Decimal(12))
            worth = [Decimal(f.numerator) / Decimal(f.denominator) / month**n for n, f in enumerate(self.flows)]
            exact = Fraction(sum(worth))
        near = npf.npv(float(year) ** (1 / 12) - 1, [float(flow) for flow in self.flows])
        assert abs(near - float(exact)) <= 1e-9 * max(abs(near), 1), (near, float(exact))
        return rounded(exact)

    def payback(self) -> int | None:
        sums = [sum(self.flows[: n + 1], Fraction(0)) for n in range(len(self.flows))]
        good = [n for n in range(len(sums)) if all(later >= 0 for later in sums[n:])]
        return good[0] if good else None

    def returned(self, months: int | None = None) -> str | None:
        spent = self.total(*SPENT, months=months)
        net = self.total(*BENEFITS, months=months) - spent
        return text(rounded(net / spent)) if spent else None

    def yearly(self) -> Fraction:
        running = self.total(*SPENT) - self.total("implementation")
        return rounded((self.total("cost_avoidance") - running) * 12 / self.given["horizon_months"])

    def put(self, case: Case) -> None:
        """What every plan's answer has."""
        figures, spent, resolved = ["figures"], self.total(*SPENT), self.total("resolved")
        volume, human = self.total("volume"), self.given["human_cost_per_contact"]
        running = spent - self.total("implementation")
        case.put([*figures, "net"], text(sum(self.flows, Fraction(0))), "the sum of all months")
        case.put([*figures, "cost_avoidance"], text(self.total("cost_avoidance")), "the sum of all months")
        case.put([*figures, "new_revenue"], text(self.total("revenue")), "the sum of all months")
        case.put([*figures, "spent"], text(spent), "usage + fees + review + fixed + implementation")
        case.put(
            [*figures, "npv"], text(self.npv()), "numpy_financial.npv((1 + rate) ** (1 / 12) - 1, flows), by 50 digits"
        )
        case.put([*figures, "payback_month"], self.payback(), "from here on the running sum stays at 0 or above")
        case.put([*figures, "roi"], self.returned(), "net / spent")
        for months in (3, 6, 12, 18):
            found = self.returned(months) if months < len(self.months) else None
            case.put([*figures, f"roi_at_{months}"], found, f"net / spent of months 0 to {months}")
        irr = float(npf.irr([float(flow) for flow in self.flows]))
        case.put([*figures, "irr_monthly"], None if isnan(irr) else irr, "numpy_financial.irr(flows)")
        case.put([*figures, "savings_per_year"], text(self.yearly()), "(avoided - running) * 12 / months")
        fte = rounded(self.yearly() / self.given["fte_cost_per_year"])
        case.put([*figures, "fte"], text(fte), "savings_per_year / fte_cost_per_year")
        if volume:
            after = rounded(((volume - resolved) * human + running) / volume)
            case.put([*figures, "cost_per_contact_after"], text(after), "(people for the rest + running) / contacts")
            case.put([*figures, "cost_reduction"], text(rounded((human - after) / human)), "(before - after) / before")
        if resolved:
            case.put([*figures, "cost_per_resolution"], text(rounded(spent / resolved)), "spent / resolved")


def roi(name: str, why: str, ask: dict[str, Any], *, months: tuple[int, ...] = ()) -> Case:
    case = Case(name, why, "roi", ask)
    plan = Plan(ask)
    plan.put(case)
    for number in months:
        for figure in ("volume", "resolved", "billed", "usage", "fees", "review"):
            case.put(["months", number, figure], text(plan.months[number][figure]), f"month {number}, docs/money.md")
        case.put(["months", number, "net"], text(plan.flows[number]), "benefits - costs")
    if "claimed_resolution_rate" in ask:
        claim = Plan({**ask, "resolution_rate": ask["claimed_resolution_rate"]})
        beyond = sum(claim.flows, Fraction(0)) - sum(plan.flows, Fraction(0))
        case.put(["promised", "npv"], text(claim.npv()), "the same plan with the claimed rate as what holds")
        case.put(["promised", "beyond"], text(beyond), "its net less the plan's")
    return case


GROWING = {
    "monthly_volume": 20000,
    "monthly_growth": 0.02,
    "ai_share": 0.9,
    "resolution_rate": 0.61,
    "claimed_resolution_rate": 0.78,
    "ramp_start": 0.4,
    "ramp_months": 7,
    "implementation": 120000,
    "staff_training": 15000,
    "platform_per_month": 5000,
    "oversight_per_month": 4000,
    "vector_db_per_month": "750.25",
    "fee_per_attempt": "0.02",
    "fee_per_resolution": 0.99,
    "revenue_per_resolution": 0.1,
    "revenue_per_month": 1000,
    "revenue_margin": 0.7,
    "discount_rate_per_year": 0.12,
}


def growing() -> Case:
    return roi(
        "roi-of-a-growing-desk",
        "36 months with growth, a ramp, a claim above what holds and most hidden costs. In the first month 20,000 × "
        "0.9 = 18,000 are answered, 0.61 × 0.4 = 0.244 of them hold, 4,392; billed are 0.78 × 0.4 = 0.312, 5,616; "
        "fees are 18,000 × 0.02 + 5,616 × 0.99 = 5,919.84. Cash flows of all months go to numpy-financial.",
        GROWING,
        months=(1, 6, 7, 36),
    )


def big_desk() -> Case:
    ask = {
        "monthly_volume": 50000,
        "resolution_rate": 0.67,
        "human_cost_per_contact": 6,
        "fee_per_resolution": 0.5,
        "failed_review_minutes": 0,
        "ramp_start": 1,
        "ramp_months": 1,
        "horizon_months": 12,
        "api_cost_per_attempt": "0.1",
        "retry_rate": 0,
    }
    return roi(
        "roi-of-50000-a-month",
        "SPEC 7.5: 50,000 a month at 67 % are 33,500 resolutions, which avoid 33,500 × 6 = 201,000 a month; they cost "
        "33,500 × 0.5 + 50,000 × 0.1 = 21,750, $0.65 a resolution. (201,000 − 21,750) × 12 = 2,151,000 a year, over "
        "$2M.",
        ask,
    )


def never_pays() -> Case:
    ask = {"monthly_volume": 1000, "resolution_rate": 0.2, "platform_per_month": 5000, "implementation": 50000}
    return roi(
        "roi-that-never-pays",
        "1,000 contacts a month, of which a fifth holds, avoid at most 200 × 6 = 1,200 a month against a platform of "
        "5,000: no month pays back, and no rate of return exists.",
        ask,
        months=(1,),
    )


def one_month() -> Case:
    ask = {"horizon_months": 1, "implementation": 1000, "discount_rate_per_year": 0}
    return roi(
        "roi-of-one-month",
        "In the first month 10,000 × 0.55 × 0.5 = 2,750 hold and avoid 16,500. Models cost 10,000 × 0.0525 = 525, "
        "fees 1,375, and 7,250 failed ones × 1.8 = 13,050 of people's time: 16,500 − 14,950 = 1,550, which pays 1,000 "
        "back. Nothing is discounted.",
        ask,
        months=(1,),
    )


def seeds_of_people() -> Case:
    """$150k saved at $65k an FTE is 2.3 FTE."""
    ask = {
        "horizon_months": 12,
        "monthly_volume": 2500,
        "resolution_rate": 1,
        "ramp_start": 1,
        "human_cost_per_contact": 5,
        "api_cost_per_attempt": 0,
        "fee_per_resolution": 0,
    }
    return roi(
        "roi-of-two-people",
        "SPEC 7.5: 2,500 × 12 = 30,000 contacts at $5 avoid $150,000 a year, which at $65,000 are 150,000 ÷ 65,000 = "
        "2.307692 people. Nothing is spent, so there is no return on it, and it pays back at once.",
        ask,
    )


def tornado() -> Case:
    plan = {**GROWING, "horizon_months": 12}
    ranges = {"implementation": {"low": 0, "high": 500000}, "resolution_rate": {"low": 0.3, "high": 0.9}}
    case = Case(
        "tornado-of-a-growing-desk",
        "Each input is moved alone, by a fifth or within its range. What holds stops at the claim of 0.78, and an "
        "input at 0 or a choice such as the horizon stays. NPVs at both ends are those of the plan with that one "
        "input changed.",
        "tornado",
        {"plan": plan, "ranges": ranges},
    )
    case.put(["planned"], text(Plan(plan).npv()), "the plan's NPV")
    ends = {
        "human_cost_per_contact": ("4.8", "7.2"),
        "monthly_volume": ("16000", "24000"),
        "resolution_rate": ("0.3", "0.78"),
        "implementation": ("0", "500000"),
        "ramp_months": ("6", "8"),
        "ai_share": ("0.72", "1"),
        "fee_per_resolution": ("0.792", "1.188"),
        "claimed_resolution_rate": ("0.624", "0.936"),
    }
    widths: dict[str, Fraction] = {}
    for name, (low, high) in ends.items():
        at = {end: Plan({**plan, name: value}).npv() for end, value in (("low", low), ("high", high))}
        widths[name] = abs(at["high"] - at["low"])
        bar = ["bars", {"id": name}]
        case.put([*bar, "low"], low, "the planned value less a fifth, its range, or where another input holds it")
        case.put([*bar, "high"], high, "the planned value and a fifth, its range, or where another input holds it")
        case.put([*bar, "at_low"], text(at["low"]), f"npv with {name} at {low}")
        case.put([*bar, "at_high"], text(at["high"]), f"npv with {name} at {high}")
        case.put([*bar, "width"], text(widths[name]), "apart")
    case.put(["bars", 0, "id"], max(widths, key=lambda name: widths[name]), "the widest")
    for name, why in (("horizon_months", "a_choice"), ("licences_per_month", "at_zero")):
        case.put(["not_moved", {"id": name}, "why"], why, "docs/money.md")
    return case


def scenarios() -> Case:
    plan = {"monthly_volume": 30000, "implementation": 80000, "horizon_months": 24}
    changes = {
        "slow": {"ramp_months": 18, "ramp_start": 0.2},
        "dear": {"fee_per_resolution": 1.5, "platform_per_month": 20000},
    }
    case = Case(
        "scenarios-slow-and-dear",
        "Two plans beside the one that they change: one that settles in after 18 months, one that costs three times "
        "as much.",
        "scenarios",
        {"plan": plan, "scenarios": [{"name": name, "changes": change} for name, change in changes.items()]},
    )
    base = Plan(plan)
    case.put(["plan", "npv"], text(base.npv()), "the plan's own")
    for name, change in changes.items():
        other, place = Plan({**plan, **change}), ["scenarios", {"name": name}]
        case.put([*place, "figures", "npv"], text(other.npv()), "npv of the changed plan")
        case.put([*place, "figures", "payback_month"], other.payback(), "payback of the changed plan")
        case.put([*place, "difference", "npv"], text(other.npv() - base.npv()), "less the plan's")
        net = sum(other.flows, Fraction(0)) - sum(base.flows, Fraction(0))
        case.put([*place, "difference", "net"], text(net), "less the plan's")
        case.put([*place, "difference", "savings_per_year"], text(other.yearly() - base.yearly()), "less the plan's")
    return case


def sure_draws() -> Case:
    plan = {"monthly_volume": 20000, "implementation": 60000, "horizon_months": 18}
    draws = {
        "resolution_rate": {"shape": "pert", "low": 0.6, "likely": 0.6, "high": 0.6},
        "human_cost_per_contact": {"shape": "uniform", "low": 7, "high": 7},
    }
    case = Case(
        "chance-without-doubt",
        "Inputs whose ranges have one value leave nothing to chance: every draw is the plan with 0.6 and $7, so every "
        "quantile is its NPV.",
        "chance",
        {"plan": plan, "draws": draws, "runs": 500, "seed": 3},
    )
    sure = Plan({**plan, "resolution_rate": 0.6, "human_cost_per_contact": 7})
    for figure, value in (("npv", sure.npv()), ("net", sum(sure.flows, Fraction(0)))):
        for quantile in ("p10", "p50", "p90", "mean"):
            case.put([figure, quantile], float(value), f"{figure} of the plan with both values")
    case.put(["payback_month", "p50"], sure.payback(), "payback of that plan")
    case.put(["pays_back"], 1.0, "all draws are that plan")
    case.put(["loses"], 0.0, "all draws are that plan")
    case.put(["drawn"], ["human_cost_per_contact", "resolution_rate"], "by name")
    return case


CASES = [growing, big_desk, never_pays, one_month, seeds_of_people, tornado, scenarios, sure_draws]
