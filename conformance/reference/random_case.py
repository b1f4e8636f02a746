"""A seeded random case, for differential testing.

python3 -m reference.random_case --seed 1 --rows 40 [--invalid] [--kpis 12]
prints a case with `expect`. Rows are messy but valid; with --invalid some are broken, and the
case quarantines them. The same seed and flags give the same case.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import date, timedelta
from typing import Any

from .__main__ import dump
from .columns import AI_COSTS, RETRIES
from .instants import DAY, HOUR, SECOND, format_instant, parse_instant
from .random_rows import Times, account, break_row, cost, fix, signal
from .report import CATALOGUE, report

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Africa/Cairo",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
)
# Days around which clocks change in several of the zones above.
STARTS = ("2026-01-05", "2026-03-05", "2026-03-27", "2026-04-22", "2026-09-03", "2026-10-22")
SPANS = {"day": 6, "week": 30, "month": 100, "quarter": 300, "year": 700, None: 12}
ISSUES = ("login", "refund", "billing", "bug", "Ünïcode, “quoted”")
REASONS = ("low_confidence", "customer_request", "policy", "sentiment", "the weather")


class Maker:
    """Draws one table after the other from one generator of random numbers."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.every = self.rng.choice(list(SPANS))
        self.zone = self.rng.choice(ZONES)
        start = parse_instant(self.rng.choice(STARTS) + "T00:00:00Z", None)
        self.times = Times(self.rng, start, start + SPANS[self.every] * DAY)
        # A sparse column is absent from some cases altogether.
        self.density = self.rng.choice((0.3, 0.6, 0.9))
        self.absent: set[str] = set()

    def some(self, column: str, value: Any) -> dict[str, Any]:
        """The column with the value, or nothing, or sometimes an explicit null."""
        if column in self.absent or self.rng.random() > self.density:
            return {column: None} if self.rng.random() < 0.03 else {}
        return {column: value}

    def number(self, top: float, places: int = 3) -> float | int:
        value = round(self.rng.uniform(0, top), places)
        return int(value) if self.rng.random() < 0.3 else value

    def amount(self, top: int) -> str | float | int:
        """Money as text or as a number."""
        places = self.rng.choice((0, 2, 4, 6))
        value = round(self.rng.uniform(0, top), places)
        if self.rng.random() < 0.3:
            return int(value) if places == 0 else value
        return f"{value:.{places}f}"

    def interaction(self, number: int) -> dict[str, Any]:
        rng, times = self.rng, self.times
        handling = rng.choices(("ai", "human", "ai_to_human"), (5, 3, 3))[0]
        opened = times.any()
        row: dict[str, Any] = {
            "id": f"i{number:03d}",
            "handling": handling,
            "opened_at": format_instant(opened),
        }
        if rng.random() < 0.2:
            row["in_scope"] = rng.random() < 0.6
        closed = None
        if rng.random() < 0.85:
            closed = times.after(opened)
            row["closed_at"] = format_instant(closed)
            row["outcome"] = rng.choices(("resolved", "unresolved", "abandoned"), (6, 2, 2))[0]
            if rng.random() < 0.12:
                row["reopened_at"] = format_instant(times.after(closed))
        row |= self.some("first_response_at", format_instant(times.after(opened, short=True)))
        if rng.random() < 0.25:
            row |= self.some("confirmed", rng.random() < 0.7)
        row |= self._who()
        if handling == "ai_to_human":
            row |= self._handoff(opened, closed)
        row |= self._work() | self._survey() | self._quality() | self._money()
        return row

    def _who(self) -> dict[str, Any]:
        rng, some = self.rng, self.some
        row: dict[str, Any] = {}
        if rng.random() < 0.85:
            row["customer_id"] = f"c{rng.randrange(5)}"
        if rng.random() < 0.3:
            row["session_id"] = f"s{rng.randrange(6)}"
        row |= some("account_id", f"acc{rng.randrange(6)}")
        row |= some("issue", rng.choice(ISSUES))
        row |= some("channel", rng.choice(("chat", "email", "voice")))
        row |= some("agent_id", rng.choice(("a1", "a2")))
        row |= some("human_agent_id", rng.choice(("h1", "h2", "h3")))
        row |= some("model_version", rng.choice(("m1", "m2")))
        row |= some("segment", rng.choice(("smb", "ent")))
        row |= some("language", rng.choice(("de", "en")))
        row |= some("priority", rng.choice(("high", "low")))
        row |= some("tier", rng.choice((1, 2, 10)))
        row |= some("vip", rng.random() < 0.5)
        return row

    def _handoff(self, opened: int, closed: int | None) -> dict[str, Any]:
        rng, times = self.rng, self.times
        end = times.after(opened) if closed is None else closed
        escalated = rng.choice((opened, end, opened + (end - opened) // SECOND // 2 * SECOND))
        row = self.some("escalated_at", format_instant(escalated))
        human = times.after(escalated, short=True)
        row |= self.some("human_first_response_at", format_instant(human))
        row |= self.some("escalation_reason", rng.choice(REASONS))
        row |= self.some("context_transferred", rng.random() < 0.7)
        row |= self.some("qa_summary_ok", rng.random() < 0.7)
        if rng.random() < 0.3:
            row |= self.some("resolved_in_session", rng.random() < 0.6)
        return row

    def _work(self) -> dict[str, Any]:
        rng, some = self.rng, self.some
        row = some("escalation_needed", rng.random() < 0.5)
        row |= some("ai_handle_seconds", self.number(300))
        row |= some("human_handle_seconds", self.number(1500))
        row |= some("voice_latency_ms", self.number(1200, 2))
        row |= some("asr_words", self.number(200, 1))
        row |= some("asr_errors", self.number(30, 0))
        for whole, *parts in (
            ("customer_messages", "unanswered_messages", "fallback_messages"),
            ("qa_responses", "qa_correct", "qa_hallucinated"),
            ("api_calls", "api_calls_cached", "api_calls_retried"),
        ):
            total = rng.randrange(8)
            row |= some(whole, total)
            for part in parts:
                row |= some(part, rng.randint(0, total))
        row |= self._split(
            "drafts_offered", ("drafts_accepted", "drafts_edited", "drafts_rejected")
        )
        left = row.get("api_calls_retried")
        for column in RETRIES:
            used = rng.randint(0, 2 if left is None else left)
            found = some(column, used)
            if left is not None:
                left -= found.get(column) or 0
            row |= found
        total = rng.randrange(5000)
        row |= some("input_tokens", total) | some("cached_input_tokens", rng.randint(0, total))
        row |= some("output_tokens", float(rng.randrange(900)) if rng.random() < 0.1 else 77)
        return row

    def _split(self, whole: str, parts: tuple[str, ...]) -> dict[str, Any]:
        total = left = self.rng.randrange(7)
        row = self.some(whole, total)
        for part in parts:
            used = self.rng.randint(0, left)
            left -= used
            row |= self.some(part, used)
        return row

    def _survey(self) -> dict[str, Any]:
        rng, some = self.rng, self.some
        row = some("csat", rng.randint(1, 5)) | some("ces", rng.randint(1, 7))
        row |= some("nps", rng.randint(0, 10)) | some("survey_sent", rng.random() < 0.7)
        row |= some("sentiment_start", rng.choice((-1, -0.4, 0, 0.25, 1)))
        row |= some("sentiment_end", rng.choice((-1, -0.1, 0, 0.3, 1)))
        return row

    def _quality(self) -> dict[str, Any]:
        rng, some = self.rng, self.some
        row = some("confidence", rng.choice((0, 0.1, 0.29, 0.3, 0.5, 0.58, 0.7, 0.999, 1)))
        row |= some("intent_correct", rng.random() < 0.8)
        for column in ("qa_policy_ok", "qa_data_ok", "qa_brand_ok"):
            row |= some(column, rng.random() < 0.8)
        return row

    def _money(self) -> dict[str, Any]:
        rng, some = self.rng, self.some
        row: dict[str, Any] = {}
        for column in AI_COSTS:
            row |= some(column, self.amount(2))
        row |= some("cost_human", self.amount(12))
        sign = "-" if rng.random() < 0.2 else ""
        row |= some("revenue", f"{sign}{rng.randrange(10**8) / 10**5:.5f}")
        row |= some("converted", rng.random() < 0.4)
        row |= some("currency", "EUR")
        return row

    def options(self, tables: dict[str, Any], kpis: int) -> dict[str, Any]:
        rng = self.rng
        options: dict[str, Any] = {"time_zone": self.zone}
        if rng.random() < 0.6:
            options["as_of"] = format_instant(self.times.horizon)
        if self.every:
            options["every"] = self.every
        columns = ("channel", "segment", "tier", "vip", "issue", "agent_id", "language")
        options["by"] = rng.sample(columns, rng.choice((0, 1, 1, 2)))
        for name, values in (
            ("recontact_hours", (24, 48, 72, 120)),
            ("confidence_level", (0.9, 0.99)),
            ("low_confidence_threshold", (0.3, "0.58")),
        ):
            if rng.random() < 0.4:
                options[name] = rng.choice(values)
        if rng.random() < 0.7:
            options["baseline"] = {"cost_per_contact": "6.05", "closed_per_agent_per_week": 1.5}
            if rng.random() < 0.5:
                options["baseline"]["cost_per_resolution"] = 8.1
        if rng.random() < 0.6:
            options["forecast"] = {"cost_per_resolution": "2.5"}
        if rng.random() < 0.6:
            options["labor"] = {
                "salary": "41600",
                "benefits_rate": 0.25,
                "recruitment_per_hire": 4000,
                "training_per_hire": 2500,
                "annual_attrition": 0.3,
                "management_rate": 0.1,
                "tooling_per_year": 1980,
                "qa_per_year": 600,
                "paid_hours_per_year": 2080,
                "utilisation": 0.75,
            }
        if rng.random() < 0.8:
            day = date.fromisoformat(format_instant(self.times.start + DAY)[:10])
            options["business_hours"] = {
                "weekly": {
                    "mon": [["09:00", "12:30"], ["13:30", "17:00"]],
                    "tue": [["00:00", "24:00"]],
                    "wed": [["22:15", "24:00"]],
                    "sun": [["00:00", "04:00"]],
                },
                "holidays": [(day + timedelta(days=n)).isoformat() for n in (0, 3)],
            }
            if rng.random() < 0.5:
                options["business_hours"]["time_zone"] = rng.choice(ZONES)
            options["sla"] = [
                {"when": {"priority": "high"}, "first_response_seconds": 900},
                {
                    "when": {"channel": None},
                    "first_response_seconds": 3600,
                    "resolution_seconds": 5400,
                    "clock": "business",
                },
                {"when": {"channel": "chat"}, "resolution_seconds": 86400},
            ]
        if kpis:
            names = [kpi.id for kpi in CATALOGUE]
            options["kpis"] = rng.sample(names, min(kpis, len(names)))
        if rng.random() < 0.2:
            self._make_naive(tables, options)
        return options

    def _make_naive(self, tables: dict[str, Any], options: dict[str, Any]) -> None:
        """Write the signals' times without an offset, as clocks of Kolkata (no changes)."""
        options["naive_timezone"] = "Asia/Kolkata"
        for row in tables["signals"]:
            for column in ("detected_at", "routed_at"):
                if row.get(column):
                    instant = parse_instant(row[column], None) + 11 * HOUR // 2
                    row[column] = format_instant(instant).removesuffix("Z")


def random_case(seed: int, rows: int, invalid: bool = False, kpis: int = 0) -> dict[str, Any]:
    maker = Maker(seed)
    rng = maker.rng
    sample = maker.interaction(0)
    optional = sorted(sample.keys() - {"id", "handling", "opened_at", "closed_at", "outcome"})
    maker.absent = {column for column in optional if rng.random() < 0.1}
    tables: dict[str, Any] = {
        "interactions": [maker.interaction(number) for number in range(rows)],
        "costs": [cost(rng, maker.times) for _ in range(rng.choice((0, 2, 4)))],
        "accounts": [account(rng, n) for n in range(rng.choice((0, 5)))],
        "signals": [signal(rng, maker.times, rows) for _ in range(rng.choice((0, 9)))],
        "fixes": [fix(rng, maker.times, n) for n in range(rng.choice((0, 5)))],
    }
    options = maker.options(tables, kpis)
    if invalid:
        options["on_invalid"] = "quarantine"
        for table, found in tables.items():
            for row in found:
                if rng.random() < 0.2:
                    break_row(rng, table, row, maker.times)
    tables = {name: found for name, found in tables.items() if found or name == "interactions"}
    return {
        "name": f"random-{seed}",
        "tables": tables,
        "options": options,
        "expect": report(tables, options),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="reference.random_case", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--invalid", action="store_true", help="break some rows, and quarantine")
    parser.add_argument("--kpis", type=int, default=0, help="that many random figures, not all")
    arguments = parser.parse_args()
    case = random_case(arguments.seed, arguments.rows, arguments.invalid, arguments.kpis)
    sys.stdout.write(dump(case))
    return 0


if __name__ == "__main__":
    sys.exit(main())
