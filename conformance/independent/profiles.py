"""The case of profiles: each definition written out once more, as one sentence of Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from statsmodels.stats.proportion import proportion_confint

from .case import Case, Row, contact, moment

AS_OF = moment(20)
Answer = bool | None


def hours(first: str, then: str) -> float:
    return (datetime.fromisoformat(then) - datetime.fromisoformat(first)).total_seconds() / 3600


class Desk:
    """Contacts, and what happened after each."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def old(self, row: Row, window: float) -> bool:
        return "closed_at" in row and hours(row["closed_at"], AS_OF) >= window

    def session(self, row: Row) -> list[Row]:
        own = (row.get("customer_id"), row.get("session_id"))
        return [o for o in self.rows if o is not row and own[1] and own == (o.get("customer_id"), o.get("session_id"))]

    def conversation_came_back(self, row: Row, window: float) -> bool:
        times = [row["reopened_at"]] if "reopened_at" in row else []
        times += [other["opened_at"] for other in self.session(row) if other["opened_at"] > row["closed_at"]]
        return any(hours(row["closed_at"], time) <= window for time in times)

    def customer_came_back(self, row: Row, window: float) -> bool:
        """Reopened, or another session of the customer about the same or an unnamed matter."""
        times = [row["reopened_at"]] if "reopened_at" in row else []
        for other in self.rows:
            same = "customer_id" in row and other is not row and other.get("customer_id") == row["customer_id"]
            apart = not (row.get("session_id") and other.get("session_id") == row.get("session_id"))
            alike = "issue" not in row or "issue" not in other or row["issue"] == other["issue"]
            if same and apart and alike and other["opened_at"] > row["closed_at"]:
                times.append(other["opened_at"])
        return any(hours(row["closed_at"], time) <= window for time in times)

    def person(self, row: Row, window: float) -> bool:
        came = [o for o in self.session(row) if o["handling"] != "ai"]
        late = [hours(row["closed_at"], o["opened_at"]) for o in came]
        return row["handling"] != "ai" or any(after <= window for after in late)


def strict(desk: Desk, row: Row) -> Answer:
    known = "customer_id" in row or "confirmed" in row
    if row["handling"] == "human" or not desk.old(row, 72) or not known:
        return None
    claimed = row["handling"] == "ai" and row["outcome"] == "resolved"
    return claimed and row.get("confirmed", not desk.customer_came_back(row, 72))


def intercom_fin(desk: Desk, row: Row) -> Answer:
    if row["handling"] == "human" or "closed_at" not in row:
        return None
    left = row["outcome"] != "unresolved" and row.get("confirmed") is not False
    answered = row["handling"] == "ai" and "first_response_at" in row
    return answered and left and not desk.conversation_came_back(row, float("inf"))


def zendesk(desk: Desk, row: Row) -> Answer:
    if row["handling"] == "human" or not desk.old(row, 72):
        return None
    left = row["outcome"] != "unresolved" and row.get("confirmed") is not False
    return row["handling"] == "ai" and left and not desk.conversation_came_back(row, 72)


def gorgias(desk: Desk, row: Row) -> Answer:
    return None if row["handling"] == "human" or not desk.old(row, 72) else not desk.person(row, 72)


def ada(desk: Desk, row: Row) -> Answer:
    checked = {"intent_correct", "qa_responses", "qa_correct", "qa_policy_ok"} <= set(row)
    if row["handling"] == "human" or "closed_at" not in row or not checked:
        return None
    good = row["intent_correct"] and row["qa_correct"] == row["qa_responses"] and row["qa_policy_ok"]
    return good and not desk.person(row, float("inf"))


def chatwoot(desk: Desk, row: Row) -> Answer:
    if row["handling"] == "human" or not desk.old(row, 168):
        return None
    alone = not desk.person(row, float("inf")) and row["outcome"] == "resolved"
    return alone and not desk.conversation_came_back(row, 168)


def desk_of_all_sorts() -> list[Row]:
    random = Random(29)
    rows: list[Row] = []
    for n in range(160):
        opened = round(random.uniform(0, 19.5) * 1440) / 1440
        handling = random.choices(["ai", "human", "ai_to_human"], [7, 2, 2])[0]
        row = contact(n, opened, handling=handling)
        if random.random() < 0.9:
            row["first_response_at"] = row["opened_at"]
        row["outcome"] = random.choices(["resolved", "unresolved", "abandoned"], [7, 1, 2])[0]
        if random.random() < 0.85:
            row["customer_id"] = f"k{random.randrange(45)}"
            if random.random() < 0.3:
                row["session_id"] = f"s{random.randrange(3)}"
        if random.random() < 0.4:
            row["issue"] = random.choice(["refund", "login"])
        if random.random() < 0.2:
            row["confirmed"] = random.random() < 0.7
        back = opened + 5 / 1440 + random.expovariate(1 / 3)
        if random.random() < 0.2 and back < 20:
            row["reopened_at"] = moment(back)
        if random.random() < 0.4:
            row["intent_correct"], row["qa_policy_ok"] = random.random() < 0.9, random.random() < 0.95
            row["qa_responses"] = random.randint(1, 3)
            row["qa_correct"] = row["qa_responses"] - (random.random() < 0.2)
        if random.random() < 0.05:
            for column in ("closed_at", "outcome", "reopened_at", "confirmed"):
                row.pop(column, None)
        rows.append(row)
    return rows


def profiles() -> Case:
    rows = desk_of_all_sorts()
    case = Case(
        "profiles-of-all-sorts",
        "160 contacts of all sorts under six definitions, each of which is written out once more in Python: yes, "
        "no, or no answer. Counts are exact; intervals are Wilson's.",
        "profiles",
        {"examples": 0},
        rows,
        {"as_of": AS_OF},
    )
    desk = Desk(rows)
    definitions: list[Callable[[Desk, Row], Answer]] = [strict, intercom_fin, zendesk, gorgias, ada, chatwoot]
    answers = {one.__name__: [one(desk, row) for row in rows] for one in definitions}
    for name, own in answers.items():
        counted, n = own.count(True), own.count(True) + own.count(False)
        profile: list[object] = ["profiles", {"name": name}]
        case.put([*profile, "rate", "counted"], counted, f"sum of what {name} in profiles.py says yes to")
        case.put([*profile, "rate", "n"], n, f"sum of what {name} in profiles.py has an answer to")
        low, high = proportion_confint(counted, n, method="wilson")
        call = f"proportion_confint({counted}, {n}, method='wilson')"
        case.put([*profile, "rate", "low"], low, call)
        case.put([*profile, "rate", "high"], high, call)
        more = sum(mine is True and strictly is not True for mine, strictly in zip(own, answers["strict"], strict=True))
        case.put([*profile, "more"], more, f"sum of what {name} says yes to and strict does not")
    for name in ("intercom_fin", "gorgias"):
        pairs = list(zip(answers["strict"], answers[name], strict=True))
        both = sum(a is True and b is True for a, b in pairs)
        case.put(["overlaps", {"a": "strict", "b": name}, "both"], both, f"both strict and {name} say yes")
    return case


CASES = [profiles]
