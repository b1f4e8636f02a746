"""More cases of a desk's contacts: candidates of short records, books by month, drivers, a plan with a ledger."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from statsmodels.stats.proportion import proportion_confint

from .case import Case, Row, moment
from .exact import of, rounded, text

MONTH = Fraction("730.5")


def contacts(name: str, count: int, handling: str, **cells: Any) -> list[Row]:
    """So many alike, of customers of their own."""
    row = {"handling": handling, "outcome": "resolved", "opened_at": moment(0), "closed_at": moment(1 / 24), **cells}
    return [{"id": f"{name}-{n}", "customer_id": f"{name}-{n}", **row} for n in range(count)]


def issues() -> list[Row]:
    """Refunds, of which the AI met 29, log-ins, of which it met 30, and one that it never met."""
    back = {"reopened_at": moment(1)}
    return [
        *contacts("refund-people", 60, "human", issue="refund", cost_human=4),
        *contacts("refund-kept", 16, "ai", issue="refund"),
        *contacts("refund-back", 4, "ai", issue="refund", **back),
        *contacts("refund-over", 9, "ai_to_human", issue="refund"),
        *contacts("login-people", 30, "human", issue="login", cost_human=10),
        *contacts("login-kept", 9, "ai", issue="login"),
        *contacts("login-back", 6, "ai", issue="login", **back),
        *contacts("login-over", 15, "ai_to_human", issue="login"),
        *contacts("slow-people", 12, "human", issue="slow", cost_human=3),
    ]


#: By issue: contacts of people in the month, what one costs, and each rate as a part of a whole and whose record it is.
RECORDS: dict[str, tuple[int, int, dict[str, tuple[int, int, str]]]] = {
    "refund": (60, 4, {"containment": (35, 59, "all_issues"), "escalation": (24, 59, "all_issues")}),
    "login": (30, 10, {"containment": (15, 30, "own"), "escalation": (15, 30, "own")}),
    "slow": (12, 3, {"containment": (35, 59, "all_issues"), "escalation": (24, 59, "all_issues")}),
}


def short_records() -> Case:
    case = Case(
        "candidates-of-short-records",
        "The AI met 29 refunds, too few for a record of their own, and 30 log-ins, just enough: 15 of 30 resolved. "
        "All issues are 35 of 59. Of 20 refunds that it resolved 4 came back, of 15 log-ins 6; either is under 30, "
        "so both borrow 10 of 35. Log-ins: 30 × 10 × 0.5 = 150, less 150 × 0.285714 = 42.8571, less 30 × 0.5 × 10 × "
        "0.5 = 75 for handing over: 32.1429 a month. Nobody said what a breach costs.",
        "candidates",
        {"handover_part": 0.5},
        issues(),
        {"as_of": moment(float(MONTH) / 24)},
    )
    case.put(["months"], "1", "730.5 hours of covered time")
    nets: dict[str, Fraction] = {}
    for issue, (people, cost, counts) in RECORDS.items():
        place: list[Any] = ["candidates", {"issue": issue}]
        case.put([*place, "contacts"], people, "contacts of people alone")
        case.put([*place, "contacts_per_month"], str(people), "of one month")
        case.put([*place, "human_cost_per_contact"], str(cost), "each")
        ends: dict[str, tuple[Fraction, Fraction, Fraction]] = {}
        for name, (part, whole, record) in {**counts, "recontact": (10, 35, "all_issues")}.items():
            low, high = (rounded(of(repr(float(end)))) for end in proportion_confint(part, whole, method="wilson"))
            ends[name] = (low, rounded(Fraction(part, whole)), high)
            call = f"proportion_confint({part}, {whole}, method='wilson')"
            case.put([*place, name, "record"], record, "30 contacts are enough")
            case.put([*place, name, "n"], whole, "contacts of that record")
            case.put([*place, name, "rate"], text(ends[name][1]), f"{part} / {whole}")
            case.put([*place, name, "low"], text(low), call)
            case.put([*place, name, "high"], text(high), call)
        for name, good, bad in (("expected", 1, 1), ("cautious", 0, 2)):
            gross = rounded(people * cost * ends["containment"][good])
            back = rounded(gross * ends["recontact"][bad])
            over = rounded(people * ends["escalation"][bad] * cost / 2)
            case.put([*place, name, "gross"], text(gross), f"{people} * {cost} * containment")
            case.put([*place, name, "recontacts"], text(back), "gross * recontact")
            case.put([*place, name, "escalations"], text(over), f"{people} * escalation * {cost} * 0.5")
            case.put([*place, name, "breaches"], None, "nobody said what one costs")
            case.put([*place, name, "net"], text(gross - back - over), "what is left")
            if name == "expected":
                nets[issue] = gross - back - over
    for n, issue in enumerate(sorted(nets, key=lambda issue: -nets[issue])):
        case.put(["candidates", n, "issue"], issue, "by expected saving")
    case.put(["without_issue"], 0, "all have one")
    return case


def assumptions() -> Case:
    rows = [
        *contacts("known", 10, "human", issue="known", cost_human=5),
        *contacts("unknown", 20, "human", issue="unknown"),
    ]
    case = Case(
        "candidates-by-assumption",
        "The AI has met no contact, so 0.4 is assumed of each issue; what one costs is assumed only where no cost is "
        "recorded. 20 × 7 × 0.4 = 56 a month, and 10 × 5 × 0.4 = 20.",
        "candidates",
        {"assumed_containment": 0.4, "human_cost_per_contact": 7},
        rows,
        {"as_of": moment(float(MONTH) / 24)},
    )
    for n, (issue, cost, gross) in enumerate((("unknown", "7", "56"), ("known", "5", "20"))):
        place: list[Any] = ["candidates", n]
        case.put([*place, "issue"], issue, "by expected saving")
        case.put([*place, "human_cost_per_contact"], cost, "recorded, or assumed")
        case.put([*place, "containment", "rate"], "0.4", "assumed")
        case.put([*place, "containment", "record"], "assumed", "the AI has met none")
        case.put([*place, "containment", "n"], 0, "the AI has met none")
        case.put([*place, "expected", "gross"], gross, "contacts * cost * 0.4")
        case.put([*place, "breach"], None, "no record")
    return case


JANUARY = {"opened_at": "2026-01-01T00:00:00Z", "closed_at": "2026-01-01T01:00:00Z", "cost_api": "0.5"}
FEBRUARY = {"opened_at": "2026-02-10T00:00:00Z", "closed_at": "2026-02-10T01:00:00Z", "cost_api": "0.5"}
OVER = {"cost_human": 8, "human_handle_seconds": 360}
PEOPLE = {"cost_api": None, "cost_human": 6, "human_handle_seconds": 600}
AS_OF = "2026-03-01T00:00:00Z"
LEDGER: list[Row] = [
    {
        "layer": "platform",
        "scope": "ai",
        "amount": "310",
        "start": "2026-01-01T00:00:00Z",
        "end": "2026-02-01T00:00:00Z",
    }
]


def two_months() -> list[Row]:
    """Two agents, a few contacts of none, and a platform that January's ten contacts of the AI share."""
    rows = [
        *contacts("a1-jan", 5, "ai", agent_id="a1", **JANUARY),
        *contacts("a1-jan-over", 1, "ai_to_human", agent_id="a1", **JANUARY, **OVER),
        *contacts("a2-jan", 3, "ai", agent_id="a2", **JANUARY),
        *contacts("none-jan", 1, "ai", **JANUARY),
        *contacts("a1-feb", 1, "ai", agent_id="a1", **FEBRUARY),
        *contacts("a1-feb-back", 1, "ai", agent_id="a1", **FEBRUARY, reopened_at="2026-02-11T00:00:00Z"),
        *contacts("a1-feb-failed", 1, "ai", agent_id="a1", **{**FEBRUARY, "outcome": "unresolved"}),
        *contacts("a2-feb", 4, "ai", agent_id="a2", **FEBRUARY, revenue=20),
        *contacts("none-feb-over", 3, "ai_to_human", **FEBRUARY, **OVER),
        *contacts("people", 2, "human", **{**FEBRUARY, **PEOPLE}),
    ]
    return [{name: cell for name, cell in row.items() if cell is not None} for row in rows]


def books_by_month() -> Case:
    case = Case(
        "pnl-books-by-month",
        "a1 in January: 5 resolved and 1 handed over are delivered, 6 × 6 = 36; its calls cost 6 × 0.5 = 3, people "
        "8, and 6 of 10 contacts carry 186 of the platform's 310. In February one of its two resolutions came back "
        "and one contact was not resolved: 1 × 6 = 6. a2 brings 4 × 20 = 80. Contacts without an agent are in no "
        "books.",
        "pnl_books",
        {},
        two_months(),
        {"as_of": AS_OF, "every": "month", "baseline": {"cost_per_contact": 6}},
        LEDGER,
    )
    books: dict[str, list[dict[str, Any]]] = {
        "a1": [
            {"revenue": "0", "avoided_cost": "36", "outcomes": "5", "api": "3", "platform": "186", "human_labour": "8"},
            {"revenue": "0", "avoided_cost": "6", "outcomes": "1", "api": "1.5"},
        ],
        "a2": [
            {"revenue": "0", "avoided_cost": "18", "outcomes": "3", "api": "1.5", "platform": "93"},
            {"revenue": "80", "avoided_cost": "24", "outcomes": "4", "api": "2"},
        ],
    }
    for agent, periods in books.items():
        for n, period in enumerate(periods):
            place: list[Any] = ["agents", {"agent": agent}, "periods", n]
            for name, amount in period.items():
                at = [*place, name] if name in ("revenue", "avoided_cost", "outcomes") else [*place, "costs", name]
                case.put(at, amount, "by hand, from the rows")
    case.put(["agents", 2], None, "contacts without an agent are left out")
    return case


LABOR = {
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


def drivers() -> Case:
    forecast = {
        "volume": 25,
        "escalation_rate": 0.25,
        "review_minutes": 5,
        "labour_rate": 45,
        "ai_cost_per_item": 0.4,
        "fixed_cost": 300,
    }
    case = Case(
        "variance-drivers-of-two-months",
        "The AI met 20 contacts and handed 4 of them over, 0.2, which took 360 seconds of people each, 6 minutes. The "
        "labour model is 60,000 over 1,250 hours, $48. Calls cost 0.5 a contact, and the platform's 310 is fixed.",
        "variance_drivers",
        {},
        two_months(),
        {"as_of": AS_OF, "labor": LABOR, "forecast": forecast},
        LEDGER,
    )
    actual = {
        "volume": ("20", "10 in January, 10 in February"),
        "escalation_rate": ("0.2", "4 / 20"),
        "review_minutes": ("6", "360 / 60"),
        "labour_rate": ("48", "60000 / 1250"),
        "ai_cost_per_item": ("0.5", "20 * 0.5 / 20"),
        "fixed_cost": ("310", "the platform"),
    }
    for name, (is_, call) in actual.items():
        case.put(["actual", name], is_, call)
        case.put(["forecast", name], text(of(forecast[name])), "the option")
    case.put(["currency"], "USD", "of the report")
    return case


def plan_with_a_ledger() -> Case:
    months = Fraction(59 * 24) / MONTH
    case = Case(
        "roi-plan-with-a-ledger",
        "59 days are 1,416 ÷ 730.5 = 1.938398 months: 22 contacts are 11.349576 a month, the platform 310 ÷ 1.938398 = "
        "159.925847. Of 20 contacts the AI claims 15 and 14 hold. What the rows do not know stays as it was.",
        "roi_plan",
        {"plan": {"licences_per_month": 40, "horizon_months": 12}},
        two_months(),
        {"as_of": AS_OF},
        LEDGER,
    )
    taken = {
        "monthly_volume": (Fraction(22) / months, "22 contacts / months"),
        "ai_share": (Fraction(20, 22), "20 / 22"),
        "resolution_rate": (Fraction(14, 20), "14 verified of 20"),
        "claimed_resolution_rate": (Fraction(15, 20), "15 resolved of 20"),
        "human_cost_per_contact": (Fraction(6), "every contact of people costs 6"),
        "human_minutes_per_contact": (Fraction(10), "600 seconds"),
        "api_cost_per_attempt": (Fraction(1, 2), "0.5 each"),
        "platform_per_month": (310 / months, "310 / months"),
    }
    for name, (value, call) in taken.items():
        case.put(["plan", name], text(rounded(value)), call)
        case.put(["taken", {"id": name}, "value"], text(rounded(value)), call)
    for name, part, whole in (
        ("ai_share", 20, 22),
        ("resolution_rate", 14, 20),
        ("claimed_resolution_rate", 15, 20),
    ):
        low, high = proportion_confint(part, whole, method="wilson")
        call = f"proportion_confint({part}, {whole}, method='wilson')"
        case.put(["taken", {"id": name}, "n"], whole, "contacts that it rests on")
        case.put(["taken", {"id": name}, "low"], low, call)
        case.put(["taken", {"id": name}, "high"], high, call)
    case.put(["plan", "horizon_months"], "12", "as given")
    case.put(["plan", "licences_per_month"], "40", "as given, as no cost of the layer is known")
    case.put(["schema"], "supportkpi.roi_from_report/1", "docs/money.md")
    return case


CASES = [short_records, assumptions, books_by_month, drivers, plan_with_a_ledger]
