"""What a report does not answer: what changed, whom it concerns, whether a pilot holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ._ask import ask
from ._findings import Bias, Comparison, Corrected, Curves, Drift, Gates, Profiles, Trends, Warnings

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._frames import Rows
    from ._options import Given, Number

    Side = Mapping[str, Any]


def trends(interactions: Rows, **given: Unpack[Given]) -> Trends:
    """What changed from period to period; the option ``every`` is needed.

    Each figure of each group with its moving figure over four periods, and each complete period against the one before,
    a month before and a year before, with interval and p-value.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        **given: The other tables, options and the rest, as for ``report``.
    """
    return ask(Trends, "trends", interactions, {}, given)


def bias(interactions: Rows, *, dimension: str, smallest: int | None = None, **given: Unpack[Given]) -> Bias:
    """Whether everybody is served alike: the values of a dimension, each against all others and against the best.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        dimension: What segments are told apart by, such as ``"language"``.
        smallest: Contacts that a segment must have to be judged; None for 30.
        **given: The other tables, options and the rest, as for ``report``.
    """
    return ask(Bias, "bias", interactions, {"dimension": dimension, "smallest": smallest}, given)


def compare(
    interactions: Rows,
    *,
    a: Side | None = None,
    b: Side | None = None,
    milestone: str | None = None,
    days: int | None = None,
    margin: Mapping[str, Number | str] | None = None,
    **given: Unpack[Given],
) -> Comparison:
    """One side against the other: each figure of both, the difference, its interval, and whether chance explains it.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        a: The side that differences are seen from, such as ``{"when": {"model_version": "v2"}}``; ``from`` and
            ``until`` bound when its contacts were opened.
        b: The side it is held against.
        milestone: Instead of sides, the label of one of the option ``milestones``: what was before it, and after.
        days: How many on either side of the milestone; None for 28.
        margin: By figure, how much worse ``a`` may be and still be as good; asks for a test of that.
        **given: The other tables, options and the rest, as for ``report``; ask for few ``kpis``.
    """
    asked = {"a": a, "b": b, "milestone": milestone, "days": days, "margin": margin}
    return ask(Comparison, "compare", interactions, asked, given)


def drift(interactions: Rows, *, a: Side, b: Side, population: str | None = None, **given: Unpack[Given]) -> Drift:
    """Whether the AI's confidence moved, which comes before its accuracy does.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        a: What is now, as for ``compare``.
        b: What it is held against.
        population: Whose contacts; None for ``"ai_fronted"``.
        **given: The other tables, options and the rest, as for ``report``.
    """
    return ask(Drift, "drift", interactions, {"a": a, "b": b, "population": population}, given)


def gates(
    interactions: Rows,
    *,
    gates: Sequence[Mapping[str, Any]],
    treated: Side,
    control: Side | None = None,
    intended_share: Number | None = None,
    alpha: float | None = None,
    looks: Mapping[str, Any] | None = None,
    **given: Unpack[Given],
) -> Gates:
    """Whether a pilot holds what it was meant to: each gate by its whole interval, after a check of the groups.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        gates: What has to hold, such as ``[{"kpi": "csat", "not_worse_than_control_by": 0.05}]``.
        treated: The contacts of the pilot, as sides of ``compare``.
        control: The contacts it is held against.
        intended_share: The share of both that was meant to be treated; asks for a check of that.
        alpha: How often pilots may be judged wrongly, over all looks; None for 0.05.
        looks: Which look this is, such as ``{"planned": 5, "now": 2}``; None for the only one.
        **given: The other tables, options and the rest, as for ``report``.
    """
    asked = {
        "gates": gates,
        "treated": treated,
        "control": control,
        "intended_share": intended_share,
        "alpha": alpha,
        "looks": looks,
    }
    return ask(Gates, "gates", interactions, asked, given)


def corrected(
    interactions: Rows,
    *,
    kpi: str,
    true_positives: int,
    false_negatives: int,
    true_negatives: int,
    false_positives: int,
    population: str | None = None,
    **given: Unpack[Given],
) -> Corrected:
    """A rate that a model judged, without the model's own mistakes.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        kpi: The figure: a proportion whose hits are what the judge said yes to.
        true_positives: Where people looked too: they say yes, and so does the judge.
        false_negatives: They say yes, the judge says no.
        true_negatives: They say no, and so does the judge.
        false_positives: They say no, the judge says yes.
        population: Whose contacts; None for the figure's first population.
        **given: The other tables, options and the rest, as for ``report``.
    """
    asked = {
        "kpi": kpi,
        "population": population,
        "true_positives": true_positives,
        "false_negatives": false_negatives,
        "true_negatives": true_negatives,
        "false_positives": false_positives,
    }
    return ask(Corrected, "corrected", interactions, asked, given)


def profiles(
    interactions: Rows,
    *,
    profiles: Sequence[str | Mapping[str, Any]] | None = None,
    examples: int | None = None,
    every_contact: bool | None = None,
    **given: Unpack[Given],
) -> Profiles:
    """The same contacts under several definitions of "resolved", and the rule behind each disagreement.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        profiles: Definitions by name, or your own as data; None for the six that are built in.
        examples: How many contacts are named for each reason; None for 3.
        every_contact: Whether to say of every contact what each definition makes of it.
        **given: The other tables, options and the rest, as for ``report``.
    """
    asked = {"profiles": profiles, "examples": examples, "every_contact": every_contact}
    return ask(Profiles, "profiles", interactions, asked, given)


def curves(
    interactions: Rows,
    *,
    hours: int | None = None,
    thresholds: Sequence[Number | str] | None = None,
    **given: Unpack[Given],
) -> Curves:
    """Who came back when, whether it holds when it is busy, and where to let the AI answer.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        hours: How far the curve of returns reaches; None for 168, a week.
        thresholds: Of the AI's confidence, ascending from 0 to 1; None for every twentieth.
        **given: The other tables, options and the rest, as for ``report``.
    """
    return ask(Curves, "curves", interactions, {"hours": hours, "thresholds": thresholds}, given)


def warnings(
    interactions: Rows,
    *,
    periods: int | None = None,
    before: int | None = None,
    smallest: int | None = None,
    **given: Unpack[Given],
) -> Warnings:
    """What has just moved, surest first: since when, how far beyond chance, what to look at; ``every`` is needed.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        periods: The longest that something may have been so to be news; None for 4.
        before: Periods that they are held against; None for 8.
        smallest: Observations that a figure must have on either side; None for 30.
        **given: The other tables, options and the rest, as for ``report``.
    """
    asked = {"periods": periods, "before": before, "smallest": smallest}
    return ask(Warnings, "warnings", interactions, asked, given)
