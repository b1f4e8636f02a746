"""The cases: trends, bias, compare, drift, gates, corrected."""

from __future__ import annotations

from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chisquare, ks_2samp, kstwobign, multivariate_normal, norm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from .case import AS_OF, Case, Row, contact

Counts = tuple[int, int]


def newcombe(case: Case, at: list[object], now: Counts, then: Counts, alpha: float = 0.05) -> None:
    """The difference of two proportions: where it stands, and what statsmodels says of it."""
    (x, n), (y, m) = now, then
    low, high = confint_proportions_2indep(x, n, y, m, method="newcomb", compare="diff", alpha=alpha)
    call = f"confint_proportions_2indep({x}, {n}, {y}, {m}, method='newcomb', compare='diff', alpha={alpha})"
    case.put([*at, "low"], low, call)
    case.put([*at, "high"], high, call)


def z_test(case: Case, at: list[object], now: Counts, then: Counts) -> float:
    (x, n), (y, m) = now, then
    p = float(proportions_ztest([x, y], [n, m])[1])
    case.put(at, p, f"proportions_ztest([{x}, {y}], [{n}, {m}])[1]")
    return p


def trends() -> Case:
    """Six weeks of AI contacts, of which ever fewer are resolved, with handle times that grow."""
    weeks = [(18, 20), (17, 20), (22, 25), (19, 24), (15, 22), (9, 21)]
    seconds = [[60 + 7 * n % 50 + 5 * week for n in range(size)] for week, (_, size) in enumerate(weeks)]
    rows: list[Row] = []
    for week, (solved, size) in enumerate(weeks):
        for n in range(size):
            outcome = "resolved" if n < solved else "unresolved"
            rows.append(
                contact(
                    len(rows),
                    7 * week + n / 10,
                    outcome=outcome,
                    ai_handle_seconds=seconds[week][n],
                )
            )
    case = Case(
        "trends-by-week",
        "Of six weeks the last against the one before: 9 of 21 against 15 of 22, a difference of "
        "9/21 − 15/22 = −0.2532; the moving figure is 65 of 92, the last four weeks pooled, no average of rates.",
        "trends",
        {},
        rows,
        {
            "as_of": "2026-02-16T00:00:00Z",
            "every": "week",
            "kpis": ["resolution_rate", "handle_time_mean"],
        },
    )
    rate: list[object] = ["series", {"id": "resolution_rate", "population": "ai"}, "points", 5]
    change = [*rate, "changes", {"against": "previous_period"}]
    case.put([*rate, "now", "value"], 9 / 21, "9 / 21")
    case.put([*rate, "moving", "value"], 65 / 92, "(22 + 19 + 15 + 9) / (25 + 24 + 22 + 21)")
    low, high = proportion_confint(65, 92, method="wilson")
    case.put([*rate, "moving", "low"], low, "proportion_confint(65, 92, method='wilson')")
    case.put([*rate, "moving", "high"], high, "proportion_confint(65, 92, method='wilson')")
    case.put([*change, "difference"], 9 / 21 - 15 / 22, "9 / 21 - 15 / 22")
    newcombe(case, change, weeks[5], weeks[4])
    z_test(case, [*change, "p_value"], weeks[5], weeks[4])
    z_test(case, [*rate, "changes", {"against": "previous_month"}, "p_value"], weeks[5], weeks[1])
    mean: list[object] = ["series", {"id": "handle_time_mean", "population": "ai"}, "points", 5]
    means(case, [*mean, "changes", {"against": "previous_period"}], seconds[5], seconds[4])
    return case


def means(case: Case, at: list[object], now: list[float], then: list[float]) -> None:
    both = CompareMeans(DescrStatsW(now), DescrStatsW(then))
    case.put(
        [*at, "difference"],
        float(np.mean(now) - np.mean(then)),
        "numpy.mean(now) - numpy.mean(then)",
    )
    call = "CompareMeans(DescrStatsW(now), DescrStatsW(then)).{}(usevar='unequal')"
    low, high = both.zconfint_diff(usevar="unequal")
    case.put([*at, "low"], low, call.format("zconfint_diff"))
    case.put([*at, "high"], high, call.format("zconfint_diff"))
    case.put([*at, "p_value"], both.ztest_ind(usevar="unequal")[1], call.format("ztest_ind"))


def bias() -> Case:
    """Four languages, one of them too small to be judged."""
    languages = {"en": (70, 80), "de": (38, 50), "pt": (24, 40), "is": (1, 6)}
    rows: list[Row] = []
    for language, (solved, size) in languages.items():
        for n in range(size):
            outcome = "resolved" if n < solved else "unresolved"
            rows.append(contact(len(rows), n / 10, language=language, outcome=outcome))
    case = Case(
        "bias-of-languages",
        "Three languages are judged and Icelandic, of 6 contacts, is left out. Portuguese: 24 of 40 against 108 of 130 "
        "of the others, a gap of −0.2308; 0.6 over the best's 0.875 is 0.6857, under four fifths.",
        "bias",
        {"dimension": "language"},
        rows,
        {"as_of": AS_OF},
    )
    judged = {language: counts for language, counts in languages.items() if counts[1] >= 30}
    all_solved, everybody = (sum(counts[i] for counts in judged.values()) for i in (0, 1))
    figure: list[object] = ["figures", {"id": "resolution_rate"}]
    # Nobody of these contacts is handed over, so that the escalation rate has no test; there are no surveys.
    found = []
    for language, (solved, size) in judged.items():
        segment = [*figure, "segments", {"value": language}]
        others = (all_solved - solved, everybody - size)
        case.put(
            [*segment, "gap"],
            solved / size - others[0] / others[1],
            f"{solved}/{size} - {others[0]}/{others[1]}",
        )
        newcombe(case, segment, (solved, size), others)
        found.append(z_test(case, [*segment, "p_value"], (solved, size), others))
        case.put([*segment, "ratio_to_best"], (solved / size) / (70 / 80), f"({solved}/{size}) / (70/80)")
    adjusted = multipletests(found, method="holm")[1]
    for language, p in zip(judged, adjusted, strict=True):
        at = [*figure, "segments", {"value": language}, "adjusted_p_value"]
        case.put(at, p, "multipletests([the three p-values], method='holm')[1]")
    case.put([*figure, "segments", {"value": "pt"}, "below_four_fifths"], True, "24/40 / (70/80) < 0.8")
    case.put([*figure, "left_out"], [{"value": "is", "n": 6}], "6 < 30")
    return case


def compare() -> Case:
    """A new model against the old one: resolution, satisfaction with a margin, handle time."""
    sides = {"v2": ((45, 60), (30, 40), 60, 10), "v1": ((46, 60), (22, 40), 75, 12)}
    rows: list[Row] = []
    seconds: dict[str, list[float]] = {}
    for version, ((solved, size), (happy, answered), base, step) in sides.items():
        seconds[version] = [base + step * (n % 9) for n in range(size)]
        for n in range(size):
            rows.append(
                contact(
                    len(rows),
                    n / 4,
                    model_version=version,
                    outcome="resolved" if n < solved else "unresolved",
                    csat=(5 if n < happy else 2) if n < answered else None,
                    ai_handle_seconds=seconds[version][n],
                )
            )
    case = Case(
        "compare-two-models",
        "45 of 60 against 46 of 60 resolved is −1/60; 30 of 40 against 22 of 40 satisfied is +0.2. The margin of the "
        "resolution rate is 0.1, and the lower end of the 90 % interval decides.",
        "compare",
        {
            "a": {"label": "new", "when": {"model_version": "v2"}},
            "b": {"when": {"model_version": "v1"}},
            "margin": {"resolution_rate": "0.1"},
        },
        rows,
        {"as_of": AS_OF, "kpis": ["resolution_rate", "csat", "handle_time_mean"]},
    )
    for kpi, now, then in (("resolution_rate", (45, 60), (46, 60)), ("csat", (30, 40), (22, 40))):
        figure: list[object] = ["figures", {"id": kpi, "population": "ai"}]
        case.put([*figure, "difference"], now[0] / now[1] - then[0] / then[1], f"{now} - {then}")
        newcombe(case, figure, now, then)
        z_test(case, [*figure, "p_value"], now, then)
    means(
        case,
        ["figures", {"id": "handle_time_mean", "population": "ai"}],
        seconds["v2"],
        seconds["v1"],
    )
    low, _ = confint_proportions_2indep(45, 60, 46, 60, method="newcomb", compare="diff", alpha=0.1)
    call = "confint_proportions_2indep(45, 60, 46, 60, method='newcomb', compare='diff', alpha=0.1)[0]"
    parity: list[object] = ["figures", {"id": "resolution_rate", "population": "ai"}, "parity"]
    case.put([*parity, "bound"], low, call)
    case.put([*parity, "verdict"], "inconclusive", "-0.1 lies above the bound")
    return case


def milestone() -> Case:
    """Two weeks before a release and two after it."""
    rows = [
        contact(n, n / 5, outcome="resolved" if (n % 10 < 8 if n < 70 else n % 10 < 5) else "unresolved")
        for n in range(140)
    ]
    case = Case(
        "compare-a-milestone",
        "Five contacts a day over 28 days with a release on day 14: 70 contacts before it, of which 8 of 10 are "
        "resolved, and 70 after it, of which 5 of 10 are: 35/70 − 56/70 = −0.3.",
        "compare",
        {"milestone": "v2", "days": 14},
        rows,
        {
            "as_of": "2026-02-02T00:00:00Z",
            "kpis": ["resolution_rate"],
            "milestones": [{"at": "2026-01-19T00:00:00Z", "label": "v2"}],
        },
    )
    figure: list[object] = ["figures", {"id": "resolution_rate", "population": "all"}]
    case.put(["a", "contacts"], 70, "14 * 5")
    case.put(["b", "contacts"], 70, "14 * 5")
    case.put([*figure, "difference"], 35 / 70 - 56 / 70, "35/70 - 56/70")
    newcombe(case, figure, (35, 70), (56, 70))
    z_test(case, [*figure, "p_value"], (35, 70), (56, 70))
    return case


def drift() -> Case:
    """Confidence of two versions, with empty bins on either side and values that tie."""
    a = [0.05, 0.15, 0.15, 0.42, 0.55, 0.61, 0.61, 0.78, 0.83, 0.91, 0.91, 0.97]
    b = [0.33, 0.42, 0.58, 0.78, 0.81, 0.83, 0.88, 0.91, 0.95, 1.0]
    versions = [("v2", value) for value in a] + [("v1", value) for value in b]
    rows = [contact(n, n / 4, model_version=version, confidence=value) for n, (version, value) in enumerate(versions)]
    case = Case(
        "drift-of-confidence",
        "Ten bins; with half a contact added to each, the first bin is 1.5 of 17 against 0.5 of 15. The largest "
        "distance of the two distributions is found at 0.15.",
        "drift",
        {"a": {"when": {"model_version": "v2"}}, "b": {"when": {"model_version": "v1"}}},
        rows,
        {"as_of": AS_OF},
    )
    bins = np.arange(11) / 10
    p, q = ((np.histogram(side, bins=bins)[0] + 0.5) / (len(side) + 5) for side in (a, b))
    case.put(["psi", "index"], ((p - q) * np.log(p / q)).sum(), "((p - q) * numpy.log(p / q)).sum()")
    distance = ks_2samp(a, b).statistic
    case.put(["kolmogorov_smirnov", "statistic"], distance, "ks_2samp(a, b).statistic")
    sizes = sqrt(len(a) * len(b) / (len(a) + len(b)))
    call = "kstwobign.sf(statistic * sqrt(12 * 10 / 22))"
    case.put(["kolmogorov_smirnov", "p_value"], kstwobign.sf(distance * sizes), call)
    return case


def boundaries(alpha: float, information: list[float]) -> list[float]:
    """O'Brien and Fleming's bounds by Lan and DeMets's spending, from the multivariate normal itself."""

    def spent(share: float) -> float:
        return float(4 * norm.sf(norm.isf(alpha / 4) / sqrt(share)))

    found: list[float] = []
    for look, share in enumerate(information):
        if look == 0:
            found.append(float(norm.isf(spent(share) / 2)))
            continue
        times = np.array(information[: look + 1])
        correlation = np.sqrt(np.minimum.outer(times, times) / np.maximum.outer(times, times))
        normal = multivariate_normal(cov=correlation, maxpts=2_000_000, abseps=1e-10, releps=1e-10, seed=1)

        def outside(
            bound: float,
            normal: object = normal,
            share: float = share,
            before: tuple[float, ...] = tuple(found),
        ) -> float:
            ends = np.array([*before, bound])
            return float(normal.cdf(ends, lower_limit=-ends)) - (1 - spent(share))  # type: ignore[attr-defined]

        found.append(float(brentq(outside, 1.5, 8, xtol=1e-9)))
    return found


def gates() -> Case:
    """A pilot at its first of two looks: one gate by a line, one by the control group."""
    rows: list[Row] = []
    for group, solved, size in (("pilot", 78, 100), ("control", 69, 90)):
        for n in range(size):
            outcome = "resolved" if n < solved else "unresolved"
            rows.append(contact(len(rows), n / 10, group=group, outcome=outcome))
    case = Case(
        "gates-at-an-early-look",
        "100 contacts treated and 90 not, of which half were meant to be: χ² is (5² + 5²) / 95 = 0.5263. 78 of 100 "
        "lie above 0.7, but this look asks for 2.96 standard errors, so that it is not known yet.",
        "gates",
        {
            "gates": [
                {"kpi": "autonomous_resolution_rate", "at_least": "0.7"},
                {"kpi": "autonomous_resolution_rate", "not_worse_than_control_by": "0.1"},
            ],
            "treated": {"when": {"group": "pilot"}},
            "control": {"when": {"group": "control"}},
            "intended_share": "0.5",
            "looks": {"planned": 2, "now": 1},
        },
        rows,
        {"as_of": AS_OF, "by": ["group"]},
    )
    chi_square, p = chisquare([100, 90], [95, 95])
    case.put(["sample_ratio", "chi_square"], chi_square, "chisquare([100, 90], [95, 95])")
    case.put(["sample_ratio", "p_value"], p, "chisquare([100, 90], [95, 95])")
    bound = boundaries(0.05, [0.5])[0]
    case.put(["look", "boundaries", 0], bound, "norm.isf(2 * norm.sf(norm.isf(0.05 / 4) / sqrt(0.5)))")
    alpha = float(2 * norm.sf(bound))
    low, high = proportion_confint(78, 100, method="wilson", alpha=alpha)
    first: list[object] = ["gates", 0]
    case.put(
        [*first, "treated", "low"],
        low,
        "proportion_confint(78, 100, method='wilson', alpha=2 * norm.sf(bound))",
    )
    case.put(
        [*first, "treated", "high"],
        high,
        "proportion_confint(78, 100, method='wilson', alpha=2 * norm.sf(bound))",
    )
    case.put([*first, "verdict"], "inconclusive", "0.7 lies within")
    newcombe(case, ["gates", 1], (78, 100), (69, 90), alpha)
    return case


def last_look() -> Case:
    """The last of three looks, and how many contacts are missing."""
    rows = [contact(n, n / 10, outcome="resolved" if n < 75 else "unresolved") for n in range(100)]
    case = Case(
        "gates-at-the-last-look",
        "75 of 100 against a line of 0.7. Bounds of three looks at 0.3, 0.7 and all of the information come from the "
        "multivariate normal distribution itself.",
        "gates",
        {
            "gates": [{"kpi": "autonomous_resolution_rate", "at_least": "0.7"}],
            "treated": {},
            "looks": {"information": [0.3, 0.7, 1.0]},
        },
        rows,
        {"as_of": AS_OF},
    )
    for look, bound in enumerate(boundaries(0.05, [0.3, 0.7, 1.0])):
        call = "brentq over scipy.stats.multivariate_normal(cov=…).cdf(bounds, lower_limit=-bounds)"
        case.put(["look", "boundaries", look], bound, call)
    case.put(["verdict"], "inconclusive", "0.7 lies within the interval of 75 of 100")
    return case


def corrected() -> Case:
    """An accuracy that a judge of known sensitivity and specificity found."""
    rows = [contact(n, n / 10, outcome="resolved" if n < 140 else "unresolved") for n in range(200)]
    case = Case(
        "corrected-for-a-judge",
        "The judge says yes to 140 of 200. With a sensitivity of 95/100 and a specificity of 80/100 the rate is "
        "(0.7 + 0.8 − 1) / (0.95 + 0.8 − 1) = 2/3.",
        "corrected",
        {
            "kpi": "autonomous_resolution_rate",
            "true_positives": 95,
            "false_negatives": 5,
            "true_negatives": 80,
            "false_positives": 20,
        },
        rows,
        {"as_of": AS_OF},
    )
    case.put(["value"], (0.7 + 0.8 - 1) / (0.95 + 0.8 - 1), "(0.7 + 0.8 - 1) / (0.95 + 0.8 - 1)")
    z = float(norm.ppf(0.975))
    n, p = 200 + z * z, (140 + z * z / 2) / (200 + z * z)
    sensitivity, specificity = 96 / 102, 81 / 102
    youden = sensitivity + specificity - 1
    rate = (p + specificity - 1) / youden
    spread = (sensitivity * (1 - sensitivity) / 102, specificity * (1 - specificity) / 102)
    shift = 2 * z * z * (rate * spread[0] - (1 - rate) * spread[1])
    half = z * sqrt(p * (1 - p) / n + rate**2 * spread[0] + (1 - rate) ** 2 * spread[1]) / youden
    call = "Lang and Reiczigel 2014, formula 2 written out with scipy.stats.norm.ppf(0.975)"
    case.put(["low"], rate + shift - half, call)
    case.put(["high"], rate + shift + half, call)
    return case


def warnings() -> Case:
    """Sixty contacts a week; handing over doubles in the last three of twelve weeks."""
    rows = []
    for n in range(720):
        week, place = divmod(n, 60)
        handed = place < (12 if week < 9 else 24)
        row = contact(n, 7 * week + place / 10, handling="ai_to_human" if handed else "ai")
        if handed:
            row["escalated_at"] = row["opened_at"]
        rows.append(row)
    case = Case(
        "warnings-of-a-jump",
        "12 of 60 contacts are handed over each week, and 24 of 60 in the last three: 72 of 180 against 96 of 480 in "
        "the eight weeks before. Four stretches were tried, which makes chance four times as likely.",
        "warnings",
        {},
        rows,
        {"as_of": "2026-03-30T00:00:00Z", "every": "week", "kpis": ["escalation_rate"]},
    )
    warning: list[object] = ["warnings", {"id": "escalation_rate"}]
    case.put([*warning, "since"], "2026-03-09T00:00:00Z", "the tenth Monday")
    case.put([*warning, "difference"], 72 / 180 - 96 / 480, "72/180 - 96/480")
    newcombe(case, warning, (72, 180), (96, 480))
    p = float(proportions_ztest([72, 96], [180, 480])[1])
    case.put([*warning, "p_value"], 4 * p, "4 * proportions_ztest([72, 96], [180, 480])[1]")
    return case


def bands() -> Case:
    """Ten contacts of AI, eight of them with a satisfied customer, each for two dollars."""
    rows = [
        contact(
            n, n / 10, customer_id=f"k{n}", confirmed=True, csat=5 if n < 8 else 2, cost_api="2.00", survey_sent=True
        )
        for n in range(10)
    ]
    targets = [
        {"kpi": "csat", "population": "ai", "goal": 0.9, "critical": 0.5, "owner": "AI operations"},
        {"kpi": "csat", "population": "ai", "goal": "baseline"},
        {"kpi": "ai_cost_per_resolution", "population": "ai_fronted", "goal": "forecast"},
        {"kpi": "verified_resolution_rate", "goal": 0.6, "sceptical": 0.9},
    ]
    case = Case(
        "bands-and-targets",
        "8 of 10 satisfied lies in the benchmark of 79 to 86 %, and is 0.1/0.9 = 11.1 % below a goal of 0.9, which is "
        "far off; its whole interval, 0.49 to 0.94, does not say so for sure. $2 lies in $1 to $2.50, and a third "
        "above $1.50. All of ten verified is above 75 %, and past the sceptical line.",
        "report",
        {},
        rows,
        {
            "as_of": AS_OF,
            "kpis": ["csat", "csat_response_rate", "verified_resolution_rate", "ai_cost_per_resolution"],
            "targets": targets,
            "baseline": {"csat": 0.8},
            "forecast": {"ai_cost_per_resolution": "1.50"},
        },
    )
    values: list[object] = ["groups", 0, "values"]
    case.put([*values, {"id": "csat", "population": "ai"}, "band"], "at_benchmark", "0.79 <= 8/10 <= 0.86")
    case.put([*values, {"id": "csat", "population": "all"}, "band"], None, "the line is about AI")
    case.put([*values, {"id": "verified_resolution_rate"}, "band"], "top_quartile", "10/10 >= 0.75")
    case.put([*values, {"id": "ai_cost_per_resolution"}, "band"], "at_benchmark", "1 <= 20/10 <= 2.5")
    low, high = proportion_confint(8, 10, method="wilson")
    for place, (standing, drift, far, sure) in enumerate(
        [
            ("missed", 0.8 / 0.9 - 1, True, low > 0.9 or high < 0.9),
            ("met", 0.0, False, low >= 0.8),
            ("missed", 2 / 1.5 - 1, True, False),
        ]
    ):
        case.put(["targets", place, "standing"], standing, "value against goal")
        case.put(["targets", place, "drift"], drift, "value / goal - 1")
        case.put(["targets", place, "far_off"], far, "abs(drift) > 0.1")
        case.put(
            ["targets", place, "sure"], sure, "both ends of proportion_confint(8, 10, method='wilson') say the same"
        )
    case.put(["targets", 3, "standing"], "too_good", "10/10 is past 0.9")
    return case


CASES = [bands, warnings, trends, bias, compare, milestone, drift, gates, last_look, corrected]
