"""What verbs answer with: data for programs, words and tables for people."""

import copy
import json
import multiprocessing
import pickle
from collections.abc import Callable
from datetime import datetime, timezone
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import supportkpi
from conftest import VERBS
from supportkpi import Answer, Finding, Part, Report
from supportkpi._answers import Printed

Ask = Callable[[], Answer]
ONE_OF_EACH = {json.loads(case.read_text("utf-8"))["verb"]: case for case in VERBS}


def answer_of(case: Path) -> Answer:
    read = json.loads(case.read_text("utf-8"))
    found: Answer = getattr(supportkpi, read["verb"])(**read["tables"], **read["ask"], **read["options"])
    return found


@pytest.fixture(scope="module", params=ONE_OF_EACH)
def answer(request: pytest.FixtureRequest) -> Answer:
    return answer_of(ONE_OF_EACH[request.param])


@pytest.fixture(scope="module")
def finding(answer: Answer) -> Finding:
    if not isinstance(answer, Finding):
        pytest.skip("a report has values, and no names of its own")
    return answer


def named(verb: str) -> Any:
    return answer_of(ONE_OF_EACH[verb])


class Balanced(HTMLParser):
    """Counts elements, and finds what is never closed and what would be loaded."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [name for name, _ in attrs if name in ("src", "srcset", "onclick", "onload")]
        self.loads += [tag] if tag in ("script", "link", "img", "iframe") else []
        if tag not in ("meta", "br", "rect", "path", "line", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()


def test_every_verb_has_a_case() -> None:
    others = {"trends", "bias", "compare", "drift", "gates", "corrected", "profiles", "curves", "warnings"}
    assert set(ONE_OF_EACH) == {"report", *others}


def test_entries_are_what_json_says_and_attributes_what_python_has(finding: Finding) -> None:
    plain = json.loads(finding.to_json())
    assert finding == plain
    assert dict(finding) == plain == finding.to_dict()
    assert list(finding) == list(plain)
    for name, value in plain.items():
        assert finding[name] == value
        assert hasattr(finding, name)
        assert name in dir(finding)
    if "as_of" in plain:
        assert isinstance(finding.as_of, datetime)
    with pytest.raises(KeyError):
        finding["nothing"]
    with pytest.raises(AttributeError, match="there is no 'nothing' here; there are schema, "):
        finding.nothing  # noqa: B018


def test_typed_attributes_are_those_of_the_core(finding: Finding) -> None:
    hints = {name for name in type(finding).__annotations__ if not name.startswith("_")}
    assert hints == set(finding) - {"schema"}, "mend the class in python/supportkpi/_findings.py"
    assert get_type_hints(type(finding))


def test_answers_are_equal_when_their_json_is(answer: Answer) -> None:
    same = type(answer)(answer.to_json())
    assert same == answer
    assert hash(same) == hash(answer)
    assert answer not in (None, 1, "answer", Report("{}"))
    assert copy.copy(answer) is copy.deepcopy(answer) is answer


def test_answers_are_told_in_words(answer: Answer) -> None:
    text, markdown = answer.to_text(), answer.to_markdown()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert max(len(line) for line in answer.to_text(width=60).splitlines()) <= 60
    assert "\x1b[" in answer.to_text(colour=True)
    assert "\x1b[" not in text
    assert markdown.startswith("#")


def test_a_page_stands_alone(answer: Answer) -> None:
    page = answer.to_html("Tom & <Jerry>")
    assert page.startswith("<!DOCTYPE html>")
    assert "<title>Tom &amp; &lt;Jerry&gt;</title>" in page
    read = Balanced(page)
    assert (read.open, read.loads) == ([], [])


def test_what_a_notebook_shows_stands_in_its_page(answer: Answer) -> None:
    fragment = answer._repr_html_()
    assert fragment is not None
    assert fragment.startswith('<div class="supportkpi">')
    assert "<body" not in fragment
    read = Balanced(fragment)
    assert (read.open, read.loads) == ([], [])
    rules = fragment[fragment.index("<style>") + 7 : fragment.index("</style>")].strip().splitlines()
    assert all(rule.startswith(".supportkpi") for rule in rules), "nothing outside is touched"


def test_answers_say_what_they_are(finding: Finding) -> None:
    lines = repr(finding).splitlines()
    assert lines[0] == f"<supportkpi.{type(finding).__name__}"
    assert lines[-1].strip().startswith("attributes: ")
    assert len(lines) < 20
    assert finding.to_text().splitlines()[1] in repr(finding) or finding.to_text().splitlines()[0] in repr(finding)
    assert repr(type(finding)(finding.to_json())).startswith(f"<supportkpi.{type(finding).__name__}; attributes: ")


def test_answers_travel_as_they_are(answer: Answer) -> None:
    travelled = pickle.loads(pickle.dumps(answer))
    assert travelled == answer
    assert type(travelled) is type(answer)
    assert travelled.to_text() == answer.to_text()
    assert travelled.to_markdown() == answer.to_markdown()
    assert travelled.to_html() == answer.to_html()
    assert travelled.to_html("Tom & Jerry") == answer.to_html("Tom & Jerry")
    assert travelled._repr_html_() == answer._repr_html_()
    assert repr(travelled) == repr(answer)
    again = pickle.loads(pickle.dumps(travelled))
    assert isinstance(again._told, Printed)
    assert again.to_html() == answer.to_html()


def test_answers_come_back_from_another_process() -> None:
    cases = [ONE_OF_EACH["bias"], ONE_OF_EACH["report"]]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.map(answer_of, cases)
    assert found == [answer_of(case) for case in cases]
    assert [answer.to_html() for answer in found] == [answer_of(case).to_html() for case in cases]


def test_what_was_made_from_json_cannot_be_told() -> None:
    bare = type(named("bias"))(named("bias").to_json())
    assert bare._repr_html_() is None
    with pytest.raises(ValueError, match="compute it anew"):
        bare.to_text()


def test_parts_have_times_and_names_of_their_own() -> None:
    found = named("compare")
    answer = answer_of(next(case for case in VERBS if case.stem == "compare-a-milestone"))
    assert isinstance(answer, Finding)
    assert answer.milestone.at == datetime(2026, 1, 19, tzinfo=timezone.utc)
    assert answer.a.from_ == answer.milestone.at
    assert answer.a["from"] == "2026-01-19T00:00:00Z"
    assert found.figures[0].id == found["figures"][0]["id"]
    margins = {figure.parity.margin for figure in found.figures if figure.parity}
    assert margins == {Decimal("0.1")}


def test_money_is_decimal() -> None:
    contact = {"handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T10:00:00Z"}
    rows = [
        {**contact, "id": str(n), "outcome": "resolved", "model_version": f"v{n % 2}", "cost_api": Decimal(n) / 100}
        for n in range(80)
    ]
    sides = {name: {"when": {"model_version": name}} for name in ("v0", "v1")}
    found = supportkpi.compare(rows, a=sides["v0"], b=sides["v1"], kpis=["cost_per_contact"])
    figures = [figure for figure in found.figures if figure.unit == "money" and figure.a.value is not None]
    assert figures
    assert all(isinstance(figure.a.value, Decimal) and isinstance(figure.difference, Decimal) for figure in figures)


def test_a_part_is_data() -> None:
    part = named("bias").figures[0]
    assert isinstance(part, Part)
    assert part == dict(part)
    assert hash(part) == hash(named("bias").figures[0])
    assert pickle.loads(pickle.dumps(part)) == part
    assert "segments" in dir(part)
    assert repr(part).startswith("Part(id='")
