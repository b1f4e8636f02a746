"""The cases of curves: returns against lifelines, load and thresholds against SciPy and statsmodels."""

from __future__ import annotations

from random import Random

import numpy as np
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from scipy.stats import norm, spearmanr
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.proportion import proportion_confint

from .case import Case, Row, contact, moment


def returns() -> Case:
    """Contacts of ten days, the last ones closed an hour ago; some come back, some more than once."""
    random = Random(11)
    as_of = 10.0
    rows: list[Row] = []
    watched: dict[str, list[tuple[float, bool]]] = {"ai": [], "human": []}
    for n in range(120):
        handling = "ai" if n % 5 else "human"
        opened = round(random.uniform(0, 9.9) * 24 * 60) / 1440
        row = contact(n, opened, handling=handling, customer_id=f"k{n}")
        # Hours until the customer comes back, on a whole minute: longer and rarer after people.
        after = round(random.expovariate(1 / (60 if handling == "ai" else 160)) * 60) / 60 + 1 / 60
        closed = opened + 5 / 1440
        left = (as_of - closed) * 24
        comes_back = random.random() < 0.5 and after < left
        if comes_back:
            row["reopened_at"] = moment(closed + after / 24)
        watched[handling].append((min(after, 168) if comes_back else min(left, 168), comes_back and after <= 168))
        rows.append(row)
    case = Case(
        "curves-of-returns",
        "120 contacts of ten days. lifelines is given the hours until a return, or until the data was taken, and says "
        "what share is still without one; the curve is one less that, and its band is Greenwood's log-log one.",
        "curves",
        {},
        rows,
        {"as_of": moment(as_of)},
    )
    for handling, times in watched.items():
        hours, seen = [t for t, _ in times], [e for _, e in times]
        fitter = KaplanMeierFitter().fit(hours, seen)
        curve: list[object] = ["recontact", "curves", {"population": handling}]
        for mark in (24, 48, 72, 168):
            point = [*curve, "points", {"hours": mark}]
            call = f"KaplanMeierFitter().fit(hours, seen).survival_function_at_times({mark})"
            case.put([*point, "back"], 1 - float(fitter.survival_function_at_times(mark).iloc[0]), f"1 - {call}")
            band = fitter.confidence_interval_survival_function_.loc[:mark].iloc[-1]
            call = f"1 - fitter.confidence_interval_survival_function_.loc[:{mark}].iloc[-1]"
            case.put([*point, "low"], 1 - float(band.iloc[1]), call)
            case.put([*point, "high"], 1 - float(band.iloc[0]), call)
    (a, b) = watched.values()
    test = logrank_test([t for t, _ in a], [t for t, _ in b], [e for _, e in a], [e for _, e in b])
    case.put(["recontact", "p_value"], test.p_value, "logrank_test(ai, human, seen_ai, seen_human).p_value")
    return case


def load() -> Case:
    """Contacts that take longer and fail more often when many are in progress, and the AI's confidence in each."""
    random = Random(5)
    spans: list[tuple[float, float]] = []
    rows: list[Row] = []
    for _ in range(150):
        opened = round(random.uniform(0, 2) * 86400) / 86400
        closed = opened + round(random.uniform(600, 9000)) / 86400
        spans.append((round(opened * 86400), round(closed * 86400)))
    loads = [
        sum(1 for other, (begin, end) in enumerate(spans) if other != n and begin <= opened < end)
        for n, (opened, _) in enumerate(spans)
    ]
    solved: list[bool] = []
    waits: list[int] = []
    checks: list[tuple[int, int]] = []
    confidences: list[float] = []
    for n, (opened, closed) in enumerate(spans):
        solved.append(random.random() < 0.9 - 0.06 * loads[n])
        waits.append(round(random.uniform(1, 20) + loads[n]))
        answers = random.randint(1, 4)
        checks.append((sum(random.random() < 0.9 - 0.02 * loads[n] for _ in range(answers)), answers))
        confidences.append(round(random.betavariate(5, 2) - (0 if solved[n] else 0.1), 2) % 1)
        rows.append(
            contact(
                n,
                opened / 86400,
                outcome="resolved" if solved[n] else "unresolved",
                first_response_at=moment((opened + waits[n]) / 86400),
                closed_at=moment(closed / 86400),
                qa_responses=checks[n][1],
                qa_correct=checks[n][0],
                confidence=max(confidences[n], 0),
                customer_id=f"k{n}",
            )
        )
    case = Case(
        "curves-of-load-and-threshold",
        "150 contacts that overlap. Whether resolution falls with load is Cochran and Armitage's test on "
        "single contacts, whose z is the correlation of load and answer times the root of n.",
        "curves",
        {"thresholds": ["0.5", "0.75"]},
        rows,
        {"as_of": moment(30)},
    )
    # Cochran and Armitage's z, from the table of answers by load.
    scores = np.array(sorted(set(loads)))
    counts = [
        [sum(1 for seen in zip(loads, solved, strict=True) if seen == (s, yes)) for s in scores] for yes in (0, 1)
    ]
    found = Table(np.array(counts), shift_zeros=False).test_ordinal_association(np.array([0, 1]), scores)
    n = len(loads)
    # statsmodels shuffles answers among contacts, which makes the variance n / (n - 1) times as large.
    z = found.zscore * np.sqrt(n / (n - 1))
    call = f"Table(counts).test_ordinal_association([0, 1], loads).zscore * sqrt({n} / {n - 1})"
    case.put(["load", "resolved", "z"], z, call)
    case.put(["load", "resolved", "p_value"], 2 * norm.sf(abs(z)), f"2 * norm.sf(abs({call}))")
    rho = spearmanr(loads, waits).statistic
    case.put(
        ["load", "first_response", "z"], rho * np.sqrt(n - 1), f"spearmanr(loads, waits).statistic * sqrt({n - 1})"
    )
    y, x = (np.array([check[i] for check in checks], float) for i in (0, 1))
    rest = y - y.sum() / x.sum() * x
    lean = np.array(loads) - (np.array(loads) * x).sum() / x.sum()
    call = "(lean * rest).sum() / sqrt((lean**2 * rest**2).sum())"
    case.put(["load", "accurate", "z"], (lean * rest).sum() / np.sqrt((lean**2 * rest**2).sum()), call)
    lowest = sorted(loads)[0]
    first = [n for n in range(n) if loads[n] == lowest]
    if sorted(loads)[len(first)] > lowest and len(first) >= n / 10:
        hits = sum(solved[n] for n in first)
        case.put(["load", "bins", 0, "resolved", "hits"], hits, f"of {len(first)} contacts with {lowest} others")
    for place, threshold in enumerate((0.5, 0.75)):
        served = [n for n in range(n) if max(confidences[n], 0) >= threshold]
        hits = sum(solved[n] for n in served)
        point: list[object] = ["threshold", "points", place]
        low, high = proportion_confint(hits, len(served), method="wilson")
        call = f"proportion_confint({hits}, {len(served)}, method='wilson')"
        case.put([*point, "served", "value"], len(served) / n, f"{len(served)} / {n}")
        case.put([*point, "verified", "value"], hits / len(served), f"{hits} / {len(served)}")
        case.put([*point, "verified", "low"], low, call)
        case.put([*point, "verified", "high"], high, call)
        rest_hits = sum(solved) - hits
        case.put([*point, "forgone", "value"], rest_hits / (n - len(served)), f"{rest_hits} / {n - len(served)}")
    return case


CASES = [returns, load]
