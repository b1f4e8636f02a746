"""A contract settled by hand: lists from events, fees in fractions, promises from counts, lines sealed by hashlib."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from statsmodels.stats.proportion import proportion_confint

from .case import Row
from .contracts import hashed, written
from .exact import of, rounded, text

LISTS = ("paid", "held", "clawed_back", "refused")
AMOUNTS = ("fee", "cap", "minimum")
EVENTS = ("opened_at", "closed_at", "reopened_at")
LABELS = {
    "resolutions": "resolutions that hold",
    "held": "resolutions that are too young to know",
    "cap": "over the most",
    "minimum": "lacking to the least",
    "released": "resolutions that hold by now",
    "clawed_back": "resolutions that were paid and do not hold",
}


def instant(value: str) -> datetime:
    return datetime.fromisoformat(value)


def written_at(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def known(rows: list[Row], as_of: str) -> list[Row]:
    """What a table of that moment holds: nothing that happens later."""
    found = []
    for row in rows:
        if instant(row["opened_at"]) > instant(as_of):
            continue
        late = {name for name in EVENTS if name in row and instant(row[name]) > instant(as_of)}
        if "closed_at" in late:
            late |= {"outcome", "reopened_at", "confirmed"}
        found.append({name: cell for name, cell in row.items() if name not in late})
    return found


class Settlement:
    """One contract, its contacts as they are known at a moment, and the periods up to one."""

    def __init__(self, contract: Mapping[str, Any], rows: list[Row], as_of: str, through: int) -> None:
        self.contract, self.as_of, self.through = contract, instant(as_of), through
        self.rows = known(rows, as_of)
        self.hours = {name: timedelta(hours=contract[name]) for name in ("verify_hours", "clawback_hours")}
        self.periods = [self.period(number) for number in range(1, through + 1)]

    def bounds(self, number: int) -> tuple[datetime, datetime]:
        """Months and weeks by the wall clock of the contract's zone."""
        first = instant(self.contract["start"]).astimezone(ZoneInfo(self.contract.get("time_zone", "UTC")))
        if self.contract.get("every", "month") == "week":
            return first + timedelta(weeks=number - 1), first + timedelta(weeks=number)
        month = first.month - 1 + number
        end = first.replace(year=first.year + month // 12, month=month % 12 + 1)
        return first if number == 1 else self.bounds(number - 1)[1], end

    def returned(self, row: Row) -> datetime | None:
        """When the customer came back: on the record, or with another contact of any issue."""
        closed, customer = instant(row["closed_at"]), row.get("customer_id")
        seen = [instant(row["reopened_at"])] if "reopened_at" in row else []
        if customer:
            others = (instant(one["opened_at"]) for one in self.rows if one.get("customer_id") == customer)
            seen += [opened for opened in others if opened > closed]
        return min(seen, default=None)

    def list_of(self, row: Row) -> str:
        """Which of the four lists of docs/money.md."""
        closed, back, confirmed = instant(row["closed_at"]), self.returned(row), row.get("confirmed")
        if confirmed is False or (confirmed is None and not row.get("customer_id")):
            return "refused"
        if confirmed is None and back and back <= closed + self.hours["verify_hours"]:
            return "refused"
        if confirmed is None and closed + self.hours["verify_hours"] > self.as_of:
            return "held"
        return "clawed_back" if back and back <= closed + self.hours["clawback_hours"] else "paid"

    def fee(self, resolutions: int) -> Fraction:
        """Each by the tier that it lies in, to the places of the contract."""
        charge = self.contract["fee"]
        cost, begin = Fraction(0), Fraction(0)
        for tier in charge.get("tiers") or [{"price": charge["price"]}]:
            end = min(of(tier["up_to"]), Fraction(resolutions)) if "up_to" in tier else Fraction(resolutions)
            cost += max(end - begin, Fraction(0)) * of(tier["price"])
            begin = max(begin, end)
        return rounded(cost, self.contract.get("places", 2))

    def period(self, number: int) -> dict[str, Any]:
        start, end = self.bounds(number)
        lists: dict[str, list[str]] = {name: [] for name in LISTS}
        for row in self.rows:
            by_ai = row["handling"] == "ai" and row.get("outcome") == "resolved"
            if by_ai and start <= instant(row["closed_at"]) < end:
                lists[self.list_of(row)].append(row["id"])
        paid, held, back = (len(lists[name]) for name in ("paid", "held", "clawed_back"))
        fee, with_held, earned = self.fee(paid), self.fee(paid + held), self.fee(paid + held + back)
        cap = min(of(self.contract.get("cap", fee)) - fee, Fraction(0))
        minimum = max(of(self.contract.get("minimum", 0)) - fee - cap, Fraction(0))
        kept = {one["name"]: self.kept(one, start, end) for one in self.contract.get("guarantees", [])}
        money = {
            one["name"]: self.due(one, kept[one["name"]], fee + cap + minimum)
            for one in self.contract.get("guarantees", [])
        }
        agreed = sum(
            (of(one["amount"]) for one in self.contract.get("credits", []) if one["period"] == number), Fraction(0)
        )
        return {
            "period": number,
            "start": written_at(start),
            "end": written_at(end),
            **{name: sorted(ids) for name, ids in lists.items()},
            "earned": earned,
            "fee": fee,
            "held_amount": with_held - fee,
            "clawed_back_amount": earned - with_held,
            "cap": cap,
            "minimum": minimum,
            "guarantees": dict(sorted(money.items())),
            "kept": dict(sorted(kept.items())),
            "credits": agreed,
        }

    def counts(self, kpi: str, start: datetime, end: datetime) -> tuple[int, int]:
        """Of contacts that came in the period: what the catalogue counts."""
        rows = [row for row in self.rows if start <= instant(row["opened_at"]) < end]
        if kpi == "csat":
            answers = [row["csat"] for row in rows if row["handling"] == "ai" and "csat" in row]
            return sum(answer >= 4 for answer in answers), len(answers)
        handed = sum(row["handling"] == "ai_to_human" for row in rows)
        closed = sum(row["handling"] == "ai" and "outcome" in row for row in rows)
        return (handed if kpi == "escalation_rate" else closed), handed + closed

    def kept(self, promise: Mapping[str, Any], start: datetime, end: datetime) -> str:
        """Judged once the period is old enough, by the figure or by its whole Wilson interval."""
        if end + self.hours["verify_hours"] > self.as_of:
            return "pending"
        part, whole = self.counts(promise["kpi"], start, end)
        if not whole or whole < promise.get("smallest", 0):
            return "not_judged"
        low = high = part / whole
        if promise.get("basis") == "interval":
            low, high = (float(limit) for limit in proportion_confint(part, whole, method="wilson"))
        if "at_most" in promise:
            # The same the other way round.
            low, high, line = -high, -low, -float(promise["at_most"])
        else:
            line = float(promise["at_least"])
        if "bonus_from" in promise and low >= float(promise["bonus_from"]):
            return "exceeded"
        return "kept" if low >= line else "broken" if high < line else "inconclusive"

    def due(self, promise: Mapping[str, Any], kept: str, fees: Fraction) -> Fraction:
        found = {"broken": ("penalty", -1), "exceeded": ("bonus", 1)}.get(kept)
        if not found or found[0] not in promise:
            return Fraction(0)
        terms = promise[found[0]]
        amount = of(terms["amount"]) if "amount" in terms else rounded(fees * of(terms["part_of_fee"]), self.places)
        return found[1] * amount

    @property
    def places(self) -> int:
        return int(self.contract.get("places", 2))

    def fallback(self) -> list[str]:
        """Promises that were broken so often in a row, up to the latest period that is judged."""
        found = []
        for promise in self.contract.get("guarantees", []):
            judged = [one["kept"][promise["name"]] for one in self.periods]
            while judged and judged[-1] == "pending":
                judged.pop()
            last = judged[-promise.get("fallback_after", len(judged) + 1) :]
            if "fallback_after" in promise and len(last) == promise["fallback_after"] and set(last) == {"broken"}:
                found.append(promise["name"])
        return found

    def lines(self, previous: Mapping[str, Any] | None) -> list[dict[str, Any]]:
        """What is due beyond what was billed before; lines of nothing are left out."""
        found: list[dict[str, Any]] = []
        before = {one["period"]: one for one in previous["periods"]} if previous else {}
        for now in self.periods:
            was = before.get(now["period"])

            def add(kind: str, label: str, ids: list[str], amount: Fraction, period: int = now["period"]) -> None:
                if ids or amount:
                    line = {"kind": kind, "period": period, "label": label, "ids": ids, "amount": text(amount)}
                    found.append({**line, "hash": ""})

            if was is None:
                add("resolutions", LABELS["resolutions"], now["paid"], now["fee"])
            else:
                # No case has both in one period of one statement: which of them a tier belongs to is not said.
                new = sorted(set(now["paid"]) - set(was["paid"]))
                gone = sorted(set(was["paid"]) - set(now["paid"]))
                assert not (new and gone)
                kind = "released" if new else "clawed_back"
                add(kind, LABELS[kind], new or gone, now["fee"] - of(was["fee"]))
            add("held", LABELS["held"], now["held"], Fraction(0))
            for kind in ("cap", "minimum"):
                add(kind, LABELS[kind], [], now[kind] - (of(was[kind]) if was else 0))
            for name, amount in now["guarantees"].items():
                add("guarantee", name, [], amount - (of(was["guarantees"][name]) if was else 0))
            if was is None:
                for one in self.contract.get("credits", []):
                    if one["period"] == now["period"]:
                        add("credit", one["label"], [], of(one["amount"]))
        return found

    def statement(self, previous: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The whole statement with its hashes, over the contract as `full` writes it."""
        lines = self.lines(previous)
        total = sum((of(line["amount"]) for line in lines), Fraction(0))
        found: dict[str, Any] = {
            "schema": "supportkpi.statement/1",
            "contract": self.contract["id"],
            "contract_hash": hashed(written(full(self.contract))),
            "number": previous["number"] + 1 if previous else 1,
            "previous_hash": previous["hash"] if previous else None,
            "as_of": written_at(self.as_of),
            "through": self.through,
            "currency": self.contract["currency"],
            "order": ["fee", "cap", "minimum", "guarantees", "credits"],
            "lines": lines,
            "periods": [as_text(period) for period in self.periods],
            "fallback": self.fallback(),
            "total": text(total),
            "balance": text(total + (of(previous["balance"]) if previous else 0)),
            "hash": "",
        }
        last = hashed(found["contract_hash"], found["previous_hash"] or "", str(found["number"]))
        for line in lines:
            line["hash"] = last = hashed(last, written(line))
        found["hash"] = hashed(last, written(found))
        return found


def as_text(value: Any) -> Any:
    """Fractions as decimal text, wherever they stand."""
    if isinstance(value, Fraction):
        return text(value)
    return {name: as_text(one) for name, one in value.items()} if isinstance(value, dict) else value


def full(contract: Mapping[str, Any]) -> dict[str, Any]:
    """The contract with every default, in the order of its type, amounts as text: what its hash is over."""

    def amounts(value: Any) -> Any:
        return value if value is None else text(of(value))

    def due(value: Mapping[str, Any] | None) -> Any:
        return value and {name: amounts(value.get(name)) for name in ("amount", "part_of_fee")}

    fee = contract["fee"]
    return {
        **{name: contract[name] for name in ("id", "version", "currency", "start")},
        "every": contract.get("every", "month"),
        "time_zone": contract.get("time_zone", "UTC"),
        **{name: contract[name] for name in ("verify_hours", "clawback_hours")},
        "places": contract.get("places", 2),
        "fee": {
            "kind": "use",
            "of": "verified_resolution",
            "price": amounts(fee.get("price")),
            "tiers": [
                {"up_to": amounts(tier.get("up_to")), "price": amounts(tier["price"])} for tier in fee.get("tiers", [])
            ],
            "tiering": "marginal",
            "included": "0",
            "per": "1",
        },
        "cap": amounts(contract.get("cap")),
        "minimum": amounts(contract.get("minimum", 0)),
        "guarantees": [
            {
                "name": one["name"],
                "kpi": one["kpi"],
                "population": one.get("population"),
                **{name: amounts(one.get(name)) for name in ("at_least", "at_most")},
                "basis": one.get("basis", "point"),
                "smallest": one.get("smallest", 0),
                "penalty": due(one.get("penalty")),
                "bonus_from": amounts(one.get("bonus_from")),
                "bonus": due(one.get("bonus")),
                "fallback_after": one.get("fallback_after"),
            }
            for one in contract.get("guarantees", [])
        ],
        "credits": [{**one, "amount": amounts(one["amount"])} for one in contract.get("credits", [])],
    }
