"""More cases of returns: every cost and month, flows that turn, a labour model, break-even, what does not matter."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy_financial as npf

from .case import Case
from .exact import of, rounded, text
from .plans import BY_MONTH, DEFAULTS, Plan

ONCE = ("implementation", "staff_training")


def turns(series: list[Fraction]) -> int:
    """How often a series changes its sign; zeros have none."""
    signs = [value > 0 for value in series if value]
    return sum(1 for before, after in pairwise(signs) if before != after)


class Return(Plan):
    """What else an answer has: rates, break-even, and why a figure is absent."""

    def __init__(self, ask: dict[str, Any]) -> None:
        super().__init__(ask)
        self.ask = ask
        self.sums = [sum(self.flows[: n + 1], Fraction(0)) for n in range(len(self.flows))]

    def rate(self) -> float | str:
        """The rate of return, or why there is none: READINGS, after Norstrøm."""
        if not turns(self.flows):
            return "no_sign_change"
        flows = [float(flow) for flow in self.flows]
        if turns(self.flows) == 1:
            return float(npf.irr(flows))
        if turns(self.sums) != 1:
            return "several_rates"
        # Of several roots numpy-financial takes the one nearest to 0; the one above 0 is the only one there.
        factors = [root.real for root in np.roots(flows[::-1]) if abs(root.imag) < 1e-9 and 0 < root.real < 1]
        (factor,) = factors
        return float(1 / factor - 1)

    def break_even(self) -> Fraction | str:
        """A straight line through what is left at a rate of 0 and at one of 1; the vendor's claim stays what it is."""
        ends = [sum(Plan({**self.ask, "resolution_rate": rate}).flows, Fraction(0)) for rate in (0, 1)]
        if ends[0] >= 0:
            return "every_rate_pays"
        if ends[1] < 0:
            return "no_rate_pays"
        return rounded(-ends[0] / (ends[1] - ends[0]))

    def absent(self) -> dict[str, str]:
        """What is in `undefined`."""
        found: dict[str, str] = {}
        if self.payback() is None:
            found["payback_month"] = "not_within_horizon"
        for months in (3, 6, 12, 18):
            if months >= len(self.months):
                found[f"roi_at_{months}"] = "horizon_too_short"
        rate, even = self.rate(), self.break_even()
        if isinstance(rate, str):
            found |= {"irr_monthly": rate, "irr_yearly": rate}
        if isinstance(even, str):
            found["break_even_resolution_rate"] = even
        return found

    def put_rest(self, case: Case, place: list[Any]) -> None:
        """The figures that only these cases have."""
        rate, even = self.rate(), self.break_even()
        monthly = None if isinstance(rate, str) else rate
        yearly = None if monthly is None else (1 + monthly) ** 12 - 1
        case.put([*place, "irr_monthly"], monthly, "numpy_financial.irr(flows), or the one root above 0 of numpy.roots")
        case.put([*place, "irr_yearly"], yearly, "(1 + irr_monthly) ** 12 - 1")
        case.put(
            [*place, "break_even_resolution_rate"],
            None if isinstance(even, str) else text(even),
            "-net(0) / (net(1) - net(0)), net being that of all months at a resolution rate",
        )
        case.put([*place, "undefined"], self.absent(), "docs/money.md")


def whole_roi(name: str, why: str, ask: dict[str, Any], plan: Return) -> Case:
    """A plan with all of its figures; `plan` has the labour model worked out where there is one."""
    case = Case(name, why, "roi", ask)
    plan.put(case)
    case.expect = [one for one in case.expect if one["at"] != ["figures", "irr_monthly"]]
    plan.put_rest(case, ["figures"])
    before = text(rounded(plan.given["human_cost_per_contact"]))
    case.put(["figures", "cost_per_contact_before"], before, "human_cost_per_contact")
    zero = [name for name in (*BY_MONTH, *ONCE) if not plan.given.get(name)]
    case.put(["left_at_zero"], zero, "costs by the month and of setting up that stand at 0")
    return case


def put_months(case: Case, plan: Return) -> None:
    """What is left of every month, and of all months so far."""
    for number, (flow, so_far) in enumerate(zip(plan.flows, plan.sums, strict=True)):
        case.put(["months", number, "net"], text(flow), f"month {number}: benefits - costs")
        case.put(["months", number, "cumulative"], text(so_far), f"months 0 to {number}")


def three_tenths() -> Case:
    """SPEC 7.5: $20 to $6 is a reduction of 70 %."""
    ask = {
        "monthly_volume": 1000,
        "horizon_months": 12,
        "resolution_rate": 0.8,
        "ramp_start": 1,
        "failed_review_minutes": 0,
        "human_cost_per_contact": 20,
        "api_cost_per_attempt": 0.1,
        "retry_rate": 0,
        "fee_per_resolution": 2.375,
    }
    return whole_roi(
        "roi-from-20-down-to-6",
        "SPEC 7.5: of 1,000 contacts people keep 200 at $20, 4,000; 800 resolutions at 2.375 and 1,000 calls at 0.1 "
        "cost 2,000. A contact costs (4,000 + 2,000) ÷ 1,000 = $6 where it cost $20: 1 − 6/20 = 70 % less.",
        ask,
        Return(ask),
    )


EVERY_COST: dict[str, Any] = {
    "monthly_volume": 8000,
    "monthly_growth": 0.015,
    "ai_share": 0.85,
    "horizon_months": 36,
    "resolution_rate": 0.58,
    "claimed_resolution_rate": 0.7,
    "ramp_start": 0.3,
    "ramp_months": 9,
    "failed_review_minutes": 4,
    "human_cost_per_contact": 7.5,
    "human_minutes_per_contact": 12,
    "fte_cost_per_year": 58000,
    "api_cost_per_attempt": 0.08,
    "retry_rate": 0.04,
    "fee_per_attempt": 0.03,
    "fee_per_resolution": 0.9,
    **dict(zip(BY_MONTH, (3000, 1200, 800, 450, 350, 600, 2500, 900, 700), strict=True)),
    "implementation": 90000,
    "staff_training": 12000,
    "revenue_per_resolution": 0.25,
    "revenue_per_month": 1500,
    "revenue_margin": 0.6,
    "discount_rate_per_year": 0.09,
}


def every_cost() -> Case:
    plan = Return(EVERY_COST)
    case = whole_roi(
        "roi-of-every-cost",
        "Every input is given. In the first month 8,000 × 0.85 = 6,800 are answered; 0.58 × 0.3 = 0.174 of them hold, "
        "1,183.2, and 0.7 × 0.3 = 0.21 are billed, 1,428. 1,183.2 × 7.5 = 8,874 are avoided, 1,183.2 × 0.25 × 0.6 + "
        "1,500 × 0.6 = 1,077.48 come in; out go 6,800 × 0.0832 = 565.76, 6,800 × 0.03 + 1,428 × 0.9 = 1,489.2, "
        "5,616.8 × 4 × 0.625 = 14,042 and 10,500 a month: −16,645.48. No cost is left at 0.",
        EVERY_COST,
        plan,
    )
    put_months(case, plan)
    first: list[Any] = ["months", 1]
    for figure, is_, call in (
        ("failed", "5616.8", "6800 - 1183.2"),
        ("revenue", "1077.48", "1183.2 * 0.25 * 0.6 + 1500 * 0.6"),
        ("review", "14042", "5616.8 * 4 * 7.5 / 12"),
        ("fixed", "10500", "nine costs by the month"),
    ):
        case.put([*first, figure], is_, call)
    claim = Plan({**EVERY_COST, "resolution_rate": EVERY_COST["claimed_resolution_rate"]})
    case.put(["promised", "resolution_rate"], "0.7", "the claim")
    case.put(["promised", "net"], text(sum(claim.flows, Fraction(0))), "the same plan with the claim as what holds")
    return case


SHRINKING: dict[str, Any] = {
    "monthly_growth": -0.15,
    "resolution_rate": 0.5,
    "ramp_start": 1,
    "platform_per_month": 8000,
    "implementation": 10000,
}
EACH = "A contact brings 0.5 × 6 − 0.0525 − 0.5 × 0.5 − 0.5 × 1.8 = 1.7975, so the first month 17,975 − 8,000 = 9,975"


def turns_and_loses() -> Case:
    ask = {**SHRINKING, "horizon_months": 24}
    plan = Return(ask)
    case = whole_roi(
        "roi-that-turns-twice",
        f"{EACH}; contacts shrink by 15 % a month, and from the sixth month on it loses. Cash flows turn twice, and so "
        "do their sums, which are above 0 from month 2 to month 11 only: 16.8 % and 66.8 % a month bring its worth "
        "to nothing, so neither means anything, and what is lost again was not paid back.",
        ask,
        plan,
    )
    put_months(case, plan)
    return case


def turns_and_keeps() -> Case:
    ask = {**SHRINKING, "horizon_months": 8}
    return whole_roi(
        "roi-that-turns-and-keeps",
        f"{EACH}; contacts shrink by 15 % a month, and from the sixth month on it loses. Cash flows turn twice, but "
        "their sums only once, in month 2, as eight months do not lose what was won: of the two rates, 67.8 % and "
        "−30.2 % a month, one is above 0, and it is the one that is meant (Norstrøm).",
        ask,
        Return(ask),
    )


def of_a_labour_model() -> Case:
    labor = {
        "salary": 40000,
        "benefits_rate": 0.25,
        "management_rate": 0.1,
        "recruitment_per_hire": 3000,
        "training_per_hire": 2000,
        "annual_attrition": 0.4,
        "tooling_per_year": 2000,
        "qa_per_year": 1000,
        "paid_hours_per_year": 2000,
        "utilisation": 0.625,
    }
    ask = {"horizon_months": 12, "human_minutes_per_contact": 12, "implementation": 30000}
    return whole_roi(
        "roi-of-a-labour-model",
        "40,000 × 1.25 × 1.1 + 5,000 × 0.4 + 2,000 + 1,000 = 60,000 a year over 2,000 × 0.625 = 1,250 hours: $48 an "
        "hour, $0.80 a minute. A contact of 12 minutes costs $9.60, whatever its own input says, and savings are "
        "divided by 60,000 for people. A failed attempt costs 3 × 0.8 = $2.40.",
        {**ask, "labor": labor, "human_cost_per_contact": 4},
        Return({**ask, "human_cost_per_contact": 9.6, "fte_cost_per_year": 60000}),
    )


def no_break_even() -> Case:
    plan = {"horizon_months": 24, "implementation": 10000, "platform_per_month": 2000}
    changes: dict[str, dict[str, Any]] = {
        "signals": {"revenue_per_month": 30000},
        "palace": {"platform_per_month": 90000},
        "long": {"horizon_months": 36},
    }
    case = Case(
        "scenarios-without-a-break-even",
        "As planned 10,000 contacts bring 0.55 × (6 − 0.5 + 1.8) − 0.0525 − 1.8 = 2.1625 each once settled in. With "
        "30,000 a month from signals it pays even if nothing is resolved; with a platform of 90,000 a month it does "
        "not pay even if everything is, as 60,000 are avoided at most. A longer horizon has more months to save in.",
        "scenarios",
        {"plan": plan, "scenarios": [{"name": name, "changes": change} for name, change in changes.items()]},
    )
    base = Return(plan)
    base.put_rest(case, ["plan"])
    for place, (name, change) in enumerate(changes.items()):
        other = Return({**plan, **change})
        at: list[Any] = ["scenarios", place]
        case.put([*at, "name"], name, "in the order in which they were given")
        other.put_rest(case, [*at, "figures"])
        case.put([*at, "difference", "net"], text(other.sums[-1] - base.sums[-1]), "its net less the plan's")
        case.put([*at, "difference", "npv"], text(other.npv() - base.npv()), "its NPV less the plan's")
        case.put(
            [*at, "difference", "savings_per_year"], text(other.yearly() - base.yearly()), "its savings less the plan's"
        )
    return case


def tornado_of_savings() -> Case:
    plan: dict[str, Any] = {"monthly_volume": 12000, "horizon_months": 24, "implementation": 50000}
    ranges: dict[str, dict[str, float]] = {
        "platform_per_month": {"low": 0, "high": 6000},
        "monthly_growth": {"low": -0.01, "high": 0.02},
    }
    case = Case(
        "tornado-of-savings",
        "Savings by the year are watched, a tenth to either side. A platform of 0 to 6,000 a month is 72,000 a year "
        "apart. The ramp's 6 months become 5.4 and 6.6, which are 5 and 7; the share of AI and the margin stop at 1. "
        "What a person costs, setting up, the margin of no revenue and the discount rate move nothing, and come last "
        "in the order of inputs.",
        "tornado",
        {"plan": plan, "watched": "savings_per_year", "swing": 0.1, "ranges": ranges},
    )
    case.put(["watched"], "savings_per_year", "as asked for")
    case.put(["planned"], text(Plan(plan).yearly()), "(avoided - running) * 12 / 24")
    widths: dict[str, Fraction] = {}
    for name in (*DEFAULTS, *BY_MONTH):
        value = of({**DEFAULTS, **plan}.get(name, 0))
        if name in ranges:
            low, high = (of(ranges[name][end]) for end in ("low", "high"))
        elif name == "horizon_months" or not value:
            why = "a_choice" if value else "at_zero"
            case.put(["not_moved", {"id": name}, "why"], why, "docs/money.md")
            continue
        else:
            low, high = value * Fraction(9, 10), value * Fraction(11, 10)
        if name == "ramp_months":
            low, high = Fraction(5), Fraction(7)
        if name in ("ai_share", "revenue_margin"):
            high = Fraction(1)
        at_low, at_high = (Plan({**plan, name: end}).yearly() for end in (low, high))
        widths[name] = abs(at_high - at_low)
        bar: list[Any] = ["bars", {"id": name}]
        case.put([*bar, "low"], text(low), "nine tenths, or its range")
        case.put([*bar, "high"], text(high), "eleven tenths, its range, or where it ends")
        case.put([*bar, "at_low"], text(at_low), f"savings_per_year with {name} at {text(low)}")
        case.put([*bar, "at_high"], text(at_high), f"savings_per_year with {name} at {text(high)}")
        case.put([*bar, "width"], text(widths[name]), "apart")
    case.put(["not_moved", {"id": "claimed_resolution_rate"}, "why"], "not_given", "docs/money.md")
    last = ("fte_cost_per_year", "implementation", "revenue_margin", "discount_rate_per_year")
    assert not any(widths[name] for name in last)
    moving = sorted((name for name in widths if name not in last), key=lambda name: -widths[name])
    for place, name in enumerate((*moving, *last)):
        case.put(["bars", place, "id"], name, "the widest first, equal ones in the order of inputs")
    return case


def chance_of_loss() -> Case:
    plan = {"monthly_volume": 1000, "resolution_rate": 0.2, "implementation": 50000, "horizon_months": 12}
    draws = {"platform_per_month": {"shape": "triangular", "low": 5000, "likely": 5000, "high": 5000}}
    found = Plan({**plan, "platform_per_month": 5000})
    net = sum(found.flows, Fraction(0))
    case = Case(
        "chance-of-nothing-but-loss",
        "A range of one value: every draw has a platform of 5,000 a month for contacts that avoid 1,200 at most. All "
        "of them lose, none pays back, and so there is no month of payback.",
        "chance",
        {"plan": plan, "draws": draws, "runs": 100, "seed": 9},
    )
    for quantile in ("p10", "p50", "p90", "mean"):
        case.put(["net", quantile], float(net), "net of the plan with 5000")
        case.put(["npv", quantile], float(found.npv()), "npv of the plan with 5000")
    for quantile in ("p10", "p50", "p90"):
        case.put(["payback_month", quantile], None, "beyond the horizon in every draw")
    case.put(["pays_back"], 0.0, "no draw")
    case.put(["loses"], 1.0, "every draw")
    return case


def chance_beside_the_point() -> Case:
    plan = {"implementation": 20000, "horizon_months": 18}
    draws = {
        "discount_rate_per_year": {"shape": "uniform", "low": 0.02, "high": 0.3},
        "fte_cost_per_year": {"shape": "pert", "low": 40000, "likely": 60000, "high": 90000},
    }
    found = Plan(plan)
    case = Case(
        "chance-of-what-does-not-matter",
        "Whatever money costs, what is left of all months undiscounted is the same in every draw, and so is the month "
        "of payback; what a person costs by the year is in neither.",
        "chance",
        {"plan": plan, "draws": draws, "runs": 200, "seed": 4},
    )
    for quantile in ("p10", "p50", "p90", "mean"):
        case.put(["net", quantile], float(sum(found.flows, Fraction(0))), "net of the plan")
    for quantile in ("p10", "p50", "p90"):
        case.put(["payback_month", quantile], found.payback(), "payback of the plan")
    case.put(["pays_back"], 1.0, "every draw")
    case.put(["runs"], 200, "as asked for")
    case.put(["seed"], 4, "as asked for")
    case.put(["drawn"], ["discount_rate_per_year", "fte_cost_per_year"], "by name")
    return case


CASES = [
    three_tenths,
    every_cost,
    turns_and_loses,
    turns_and_keeps,
    of_a_labour_model,
    no_break_even,
    tornado_of_savings,
    chance_of_loss,
    chance_beside_the_point,
]
