"""5.5 AI integrity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

from .columns import QA_COLUMNS
from .facts import Data, Interaction
from .figures import (
    Figure,
    Group,
    Kpi,
    Result,
    distribution,
    mean,
    ratio_of_counts,
    share_of,
    within_rows,
)
from .reading import to_decimal

F = ("ai_fronted",)
CONFIDENCE = ("ai_fronted", "ai", "ai_to_human")
CHECKS = ("qa_policy_ok", "qa_data_ok", "qa_brand_ok")


def within(part: str, whole: str) -> Callable[[Group, str], Result]:
    return lambda group, population: within_rows(group, group.of(population), part, whole)


def ok_of(column: str) -> Callable[[Group, str], Result]:
    def compute(group: Group, population: str) -> Result:
        known = [i for i in group.of(population) if i.knows(column)]
        return share_of(group, known, lambda i: bool(i[column]))

    return compute


def qa_coverage(group: Group, population: str) -> Result:
    return share_of(group, group.closed(population), lambda i: i.knows_any(*QA_COLUMNS))


def clean_audit_rate(group: Group, population: str) -> Result:
    rows = [i for i in group.of(population) if i.knows_any(*CHECKS)]
    return share_of(group, rows, lambda i: all(i[column] is not False for column in CHECKS))


def confidence_mean(group: Group, population: str) -> Result:
    return mean(group, [i["confidence"] for i in group.of(population) if i.knows("confidence")])


def bin_of(i: Interaction) -> int:
    return min(9, int(i["confidence"] * 10))


def confidence_histogram(group: Group, population: str) -> Result:
    counts = {f"{n / 10:.1f}-{(n + 1) / 10:.1f}": 0 for n in range(10)}
    keys = list(counts)
    for i in group.of(population):
        if i.knows("confidence"):
            counts[keys[bin_of(i)]] += 1
    return distribution(counts, ordered=True)


def low_confidence_served_rate(group: Group, population: str) -> Result:
    threshold = to_decimal(group.data.options.get("low_confidence_threshold", 0.5))
    rows = [i for i in group.closed(population) if i.knows("confidence")]
    return share_of(group, rows, lambda i: bool(i["confidence"] < threshold))


def confidence_calibration_error(group: Group, population: str) -> Result:
    rows = [i for i in group.closed(population) if i.knows("confidence")]
    if not rows:
        return "no_denominator"
    bins: dict[int, list[Interaction]] = defaultdict(list)
    for i in rows:
        bins[bin_of(i)].append(i)
    # (n_b / n) * |sum confidence / n_b - resolved / n_b|: n_b cancels.
    error = sum(
        (
            abs(Fraction(sum(i["confidence"] for i in found)) - sum(i.resolved for i in found))
            for found in bins.values()
        ),
        Fraction(0),
    )
    return Figure(float(error / len(rows)), len(rows))


def new_topic_rate(group: Group, population: str) -> Result:
    data, period = group.data, group.period
    assert period is not None
    if period == data.periods[0]:
        return "no_denominator"
    rows = [i for i in group.of(population) if i.knows("issue")]
    return share_of(group, rows, lambda i: period.start <= data.first_seen[i["issue"]] < period.end)


def word_error_rate(group: Group, population: str) -> Result:
    rows = [i for i in group.of(population) if i.knows("asr_words", "asr_errors")]
    pairs = [(Fraction(i["asr_errors"]), Fraction(i["asr_words"])) for i in rows]
    return ratio_of_counts(group, pairs, len(pairs))


def needs_every(data: Data) -> str | None:
    """Asked of the whole report; groups without a period are handled by the report."""
    return None if data.every else "every"


def one(name: str, compute: Callable[[Group, str], Result], *columns: str) -> Kpi:
    return Kpi(name, "ratio", F, compute, tuple((column,) for column in columns))


def drafts(name: str, part: str) -> Kpi:
    needs = (("drafts_offered",), (part,))
    return Kpi(name, "ratio", ("people",), within(part, "drafts_offered"), needs)


KNOWN = (("confidence",),)

KPIS = [
    one("answer_accuracy", within("qa_correct", "qa_responses"), "qa_responses", "qa_correct"),
    one(
        "hallucination_rate",
        within("qa_hallucinated", "qa_responses"),
        "qa_responses",
        "qa_hallucinated",
    ),
    Kpi("qa_coverage", "ratio", F, qa_coverage, (QA_COLUMNS,)),
    one("policy_compliance_rate", ok_of("qa_policy_ok"), "qa_policy_ok"),
    one("data_handling_rate", ok_of("qa_data_ok"), "qa_data_ok"),
    one("brand_consistency_rate", ok_of("qa_brand_ok"), "qa_brand_ok"),
    Kpi("clean_audit_rate", "ratio", F, clean_audit_rate, (CHECKS,)),
    Kpi(
        "summary_accuracy", "ratio", ("ai_to_human",), ok_of("qa_summary_ok"), (("qa_summary_ok",),)
    ),
    one("intent_recognition_rate", ok_of("intent_correct"), "intent_correct"),
    one(
        "unanswered_rate",
        within("unanswered_messages", "customer_messages"),
        "customer_messages",
        "unanswered_messages",
    ),
    one(
        "fallback_rate",
        within("fallback_messages", "customer_messages"),
        "customer_messages",
        "fallback_messages",
    ),
    Kpi("confidence_mean", "ratio", CONFIDENCE, confidence_mean, KNOWN),
    Kpi("confidence_histogram", "distribution", CONFIDENCE, confidence_histogram, KNOWN),
    Kpi("low_confidence_served_rate", "ratio", ("ai",), low_confidence_served_rate, KNOWN),
    Kpi("confidence_calibration_error", "ratio", ("ai",), confidence_calibration_error, KNOWN),
    drafts("draft_acceptance_rate", "drafts_accepted"),
    drafts("draft_edit_rate", "drafts_edited"),
    drafts("draft_rejection_rate", "drafts_rejected"),
    Kpi("new_topic_rate", "ratio", ("all",), new_topic_rate, (("issue",),), option=needs_every),
    one("word_error_rate", word_error_rate, "asr_words", "asr_errors"),
]
