"""5.4 Experience."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .facts import Interaction
from .figures import Figure, Group, Kpi, Result, difference, mean, share_of
from .kpi_volume import BASIC

SURVEY = (*BASIC, "people")


def csat(group: Group, population: str) -> Result:
    answers = [i for i in group.of(population) if i.knows("csat")]
    return share_of(group, answers, lambda i: bool(i["csat"] >= 4))


def mean_of(column: str) -> Callable[[Group, str], Result]:
    def compute(group: Group, population: str) -> Result:
        return mean(group, [i[column] for i in group.of(population) if i.knows(column)])

    return compute


def low_effort_share(group: Group, population: str) -> Result:
    answers = [i for i in group.of(population) if i.knows("ces")]
    return share_of(group, answers, lambda i: bool(i["ces"] >= 5))


def csat_response_rate(group: Group, population: str) -> Result:
    """Of surveys sent; of closed rows where no row of the input knows survey_sent."""
    if any(i.knows("survey_sent") for i in group.data.rows):
        asked = [i for i in group.of(population) if i["survey_sent"]]
    else:
        asked = group.closed(population)
    return share_of(group, asked, lambda i: i.knows("csat"))


def csat_delta(group: Group, population: str) -> Result:
    return difference(group, csat(group, "ai"), csat(group, "people"))


def csat_response_skew(group: Group, population: str) -> Result:
    answers = [i for i in group.of(population) if i.knows("csat")]
    closed = group.closed(population)
    if not answers or not closed:
        return "no_denominator"
    of_answers, of_closed = (
        Fraction(sum(1 for i in rows if i.handling == "ai"), len(rows))
        for rows in (answers, closed)
    )
    return Figure(float(of_answers - of_closed), len(answers))


def nps(group: Group, population: str) -> Result:
    def points(i: Interaction) -> int:
        return 100 if i["nps"] >= 9 else -100 if i["nps"] <= 6 else 0

    result = mean(group, [points(i) for i in group.of(population) if i.knows("nps")])
    if isinstance(result, Figure):
        result.numerator = Fraction(result.numerator or 0) / 100
    return result


def both_sentiments(group: Group, population: str) -> list[Interaction]:
    return [i for i in group.of(population) if i.knows("sentiment_start", "sentiment_end")]


def sentiment_shift(group: Group, population: str) -> Result:
    rows = both_sentiments(group, population)
    return mean(group, [i["sentiment_end"] - i["sentiment_start"] for i in rows])


def negative_turn_rate(group: Group, population: str) -> Result:
    rows = both_sentiments(group, population)
    return share_of(
        group, rows, lambda i: bool(i["sentiment_start"] >= 0 and i["sentiment_end"] < 0)
    )


CSAT = (("csat",),)
CES = (("ces",),)
SENTIMENT = (("sentiment_start",), ("sentiment_end",))

KPIS = [
    Kpi("csat", "ratio", SURVEY, csat, CSAT),
    Kpi("csat_mean", "score", SURVEY, mean_of("csat"), CSAT),
    Kpi("ces_mean", "score", SURVEY, mean_of("ces"), CES),
    Kpi("low_effort_share", "ratio", SURVEY, low_effort_share, CES),
    Kpi("csat_response_rate", "ratio", SURVEY, csat_response_rate, CSAT),
    Kpi("csat_delta", "ratio", ("all",), csat_delta, CSAT),
    Kpi("csat_response_skew", "ratio", ("all",), csat_response_skew, CSAT),
    Kpi("nps", "points", SURVEY, nps, (("nps",),)),
    Kpi("sentiment_shift", "score", BASIC, sentiment_shift, SENTIMENT),
    Kpi("negative_turn_rate", "ratio", BASIC, negative_turn_rate, SENTIMENT),
]
