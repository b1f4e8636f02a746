"""Random instants, small tables, and ways to break a row, for random_case."""

from __future__ import annotations

import random
from typing import Any

from .instants import DAY, HOUR, SECOND, format_instant

# Steps that meet the windows of 24, 48, 72 and 120 hours exactly, or miss them by a millisecond.
STEPS = (0, 90, 3600, 11_407, 86_400, 172_800, 259_200, 259_200.001, 432_000)
SHORT_STEPS = (0, 7, 90, 900, 3600, 3600.5, 40_000)
NUDGES = (0, 0, 0, 1_000_000, 250_000_000, 999_999_999)


class Times:
    """Instants in [start, horizon]; often the same ones, so that ties and overlaps are common."""

    def __init__(self, rng: random.Random, start: int, horizon: int) -> None:
        self.rng, self.start, self.horizon = rng, start, horizon
        hours = (horizon - start) // HOUR
        self.anchors = [start + rng.randrange(hours) * HOUR for _ in range(8)]

    def any(self) -> int:
        if self.rng.random() < 0.5:
            return self.clip(self.rng.choice(self.anchors) + self.step(STEPS))
        seconds = (self.horizon - self.start) // SECOND
        return self.clip(self.start + self.rng.randrange(seconds) * SECOND + self.nudge())

    def after(self, instant: int, short: bool = False) -> int:
        """Not before the instant, and not after the horizon."""
        steps = SHORT_STEPS if short else STEPS
        return max(instant, self.clip(instant + self.step(steps) + self.nudge()))

    def step(self, steps: tuple[float, ...]) -> int:
        return round(self.rng.choice(steps) * 1000) * SECOND // 1000

    def nudge(self) -> int:
        return self.rng.choice(NUDGES)

    def clip(self, instant: int) -> int:
        return min(instant, self.horizon)


def cost(rng: random.Random, times: Times) -> dict[str, Any]:
    start = times.any() - rng.choice((0, 0, 10 * DAY))
    end = start + rng.choice((1, 7 * 86_400, 30 * 86_400, 12_345)) * SECOND
    row: dict[str, Any] = {
        "layer": rng.choice(("licences", "oversight", "api", "management", "Sonstiges")),
        "scope": rng.choice(("ai", "human")),
        "amount": rng.choice(("100", "10.000001", 7.3, "-2", "0.000002", 0, "1234.5")),
        "start": format_instant(start),
        "end": format_instant(end),
    }
    if rng.random() < 0.4:
        row[rng.choice(("agent_id", "channel", "segment"))] = rng.choice(("a1", "chat", "smb"))
    return row


def account(rng: random.Random, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "account_id": f"acc{number}",
        "starting_arr": rng.randrange(1, 90) * 1000,
    }
    if rng.random() < 0.9:
        row["retained_arr"] = f"{rng.randrange(90_000)}.50"
        row["expansion_arr"] = rng.choice((0, "100.25", 3000))
    if rng.random() < 0.8:
        row["at_risk"] = rng.random() < 0.7
        row["churned"] = rng.random() < 0.3
    if rng.random() < 0.6:
        row["renewal_date"] = rng.choice(("2025-12-31", "2026-03-03", "2026-11-11", "2028-02-29"))
    return row


def signal(rng: random.Random, times: Times, rows: int) -> dict[str, Any]:
    kind = rng.choice(("churn", "upsell", "competitor", "feature_request"))
    detected = times.any()
    row: dict[str, Any] = {
        "interaction_id": f"i{rng.randrange(max(rows, 1)):03d}",
        "account_id": f"acc{rng.randrange(7)}",
        "kind": kind,
        "detected_at": format_instant(detected),
    }
    if rng.random() < 0.7:
        row["routed_at"] = format_instant(times.after(detected, short=True))
    if rng.random() < 0.7:
        row["value"] = rng.choice(("12000", 900.1, "0.000001"))
    if rng.random() < 0.8:
        row["label"] = rng.choice(("sso", "dark mode", "api"))
    results = {"churn": ("saved", "lost"), "upsell": ("won", "lost")}.get(kind)
    if results and rng.random() < 0.7:
        row["result"] = rng.choice(results)
    return row


def fix(rng: random.Random, times: Times, number: int) -> dict[str, Any]:
    flagged = times.any()
    row: dict[str, Any] = {"failure_id": f"f{number}", "flagged_at": format_instant(flagged)}
    if rng.random() < 0.7:
        deployed = times.after(flagged)
        row["deployed_at"] = format_instant(deployed)
        if rng.random() < 0.4:
            row["recurred_at"] = format_instant(times.after(deployed))
    return row


def break_row(rng: random.Random, table: str, row: dict[str, Any], times: Times) -> None:
    """Break one rule, sometimes more as a consequence."""
    late = format_instant(times.horizon + DAY)
    early = format_instant(times.start - 40 * DAY)
    changes: dict[str, list[dict[str, Any]]] = {
        "interactions": [
            {"id": None},
            {"id": "i001"},
            {"handling": "robot"},
            {"opened_at": None},
            {"opened_at": "2026-01-05T08:00:00"},
            {"opened_at": "yesterday"},
            {"opened_at": late},
            {"first_response_at": early},
            {"first_response_at": late},
            {"closed_at": early, "outcome": "resolved"},
            {"closed_at": None, "outcome": "resolved"},
            {"closed_at": None, "outcome": None, "reopened_at": row.get("opened_at")},
            {"closed_at": row.get("opened_at"), "outcome": None},
            {"closed_at": row.get("opened_at"), "outcome": "resolved", "reopened_at": early},
            {"outcome": "solved"},
            {"handling": "human", "escalated_at": row.get("opened_at")},
            {"handling": "ai", "escalation_reason": "policy"},
            {"handling": "ai_to_human", "escalated_at": early},
            {"csat": 6},
            {"nps": 3.5},
            {"ces": "7"},
            {"in_scope": "yes"},
            {"confidence": 1.01},
            {"sentiment_end": -1.5},
            {"cost_api": "NaN"},
            {"cost_api": "-0.01"},
            {"revenue": "a lot"},
            {"currency": "USD"},
            {"qa_responses": 1, "qa_correct": 2, "qa_hallucinated": 2},
            {"input_tokens": 5, "cached_input_tokens": 6},
            {"drafts_offered": 1, "drafts_accepted": 1, "drafts_edited": 1},
            {"api_calls": 3, "api_calls_retried": 1, "retries_timeout": 2},
        ],
        "costs": [
            {"end": row.get("start")},
            {"scope": "both"},
            {"amount": "Infinity"},
            {"layer": None},
            {"start": "2026-01-05"},
        ],
        "accounts": [{"account_id": "acc1"}, {"starting_arr": True}, {"renewal_date": "soon"}],
        "signals": [
            {"kind": "gossip"},
            {"kind": "churn", "result": "won"},
            {"routed_at": early},
            {"detected_at": late, "routed_at": None},
        ],
        "fixes": [
            {"failure_id": "f1"},
            {"deployed_at": early, "recurred_at": None},
            {"deployed_at": None, "recurred_at": row.get("flagged_at")},
            {"deployed_at": row.get("flagged_at"), "recurred_at": early},
        ],
    }
    row |= rng.choice(changes[table])
