"""What it costs, what it is worth, and what is owed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _supportkpi
from ._answers import Answer
from ._ask import ask
from ._findings import Finding

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._frames import Rows
    from ._options import Given, Number
    from ._plan import Plan

    Data = Mapping[str, Any]
    Amount = Number | str


def _calculated(calculator: str, asked: dict[str, Any]) -> Finding:
    found, text = _supportkpi.calculated(calculator, asked)
    return Finding(text, found)


def roi_inputs() -> list[dict[str, Any]]:
    """Every input of a plan with its unit, range, default and a sentence, so that a form can be made of it."""
    inputs: list[dict[str, Any]] = json.loads(_supportkpi.calculate("roi_inputs", {}))["inputs"]
    return inputs


def roi(plan: Plan | None = None, **inputs: Unpack[Plan]) -> Finding:
    """Whether it is worth it, month by month, with every step on the way in ``explain``.

    Args:
        plan: Inputs in one piece, such as ``roi_plan(…)["plan"]``.
        **inputs: Inputs one by one, such as ``monthly_volume=50_000``; they go before those of ``plan``.
    """
    return _calculated("roi", {**(plan or {}), **inputs})


def tornado(
    plan: Plan | None = None,
    *,
    watched: str | None = None,
    swing: Amount | None = None,
    ranges: Mapping[str, Mapping[str, Amount]] | None = None,
) -> Finding:
    """Which input matters most: each moved alone, all others staying where they are.

    Args:
        plan: Inputs, as for ``roi``.
        watched: The figure: ``"npv"`` (None), ``"net"``, ``"roi"`` or ``"savings_per_year"``.
        swing: By what part inputs are moved that have no range; None for a fifth.
        ranges: Ranges of inputs, such as ``{"resolution_rate": {"low": 0.4, "high": 0.7}}``.
    """
    return _calculated("tornado", {"plan": plan, "watched": watched, "swing": swing, "ranges": ranges})


def chance(
    plan: Plan | None = None,
    *,
    draws: Mapping[str, Mapping[str, Amount]],
    runs: int | None = None,
    seed: int | None = None,
) -> Finding:
    """How likely it pays, over thousands of plans with drawn inputs; a seed gives the same draws everywhere.

    Args:
        plan: Inputs, as for ``roi``.
        draws: Where inputs may lie: ``{"resolution_rate": {"shape": "pert", "low": 0.4, "likely": 0.6, "high": 0.7}}``;
            other shapes are ``"uniform"`` and ``"triangular"``.
        runs: How many plans are drawn; None for 10,000.
        seed: Another one gives other draws; None for 1.
    """
    return _calculated("chance", {"plan": plan, "draws": draws, "runs": runs, "seed": seed})


def scenarios(plan: Plan | None = None, *, scenarios: Mapping[str, Plan]) -> Finding:
    """Plans beside one that they change.

    Args:
        plan: Inputs, as for ``roi``.
        scenarios: By name, the inputs that are different, such as ``{"slow": {"ramp_months": 12}}``.
    """
    changed = [{"name": name, "changes": changes} for name, changes in scenarios.items()]
    return _calculated("scenarios", {"plan": plan, "scenarios": changed})


def labour(**labor: Amount) -> Finding:
    """What human work costs, by the year, the hour and the minute; takes what the option ``labor`` of a report does."""
    return _calculated("labour", labor)


def pricing(
    plans: Sequence[Data],
    *,
    volumes: Sequence[Amount],
    usage: Mapping[str, Amount] | None = None,
    between: Mapping[str, Amount] | None = None,
    currency: str | None = None,
) -> Finding:
    """Ways to pay at any volume, what a verified resolution costs under each, and where they change places.

    Args:
        plans: Plans as data: ``[{"name": "outcomes", "charges": [{"kind": "use", "of": "resolution", "price": 1}]}]``.
        volumes: Contacts a month at which they are compared.
        usage: How much of everything a contact brings, such as ``{"claimed_resolution_rate": 0.6}``.
        between: ``{"from": 0, "to": 100_000}``: where to look for crossings; None for up to a million contacts.
        currency: ISO 4217; None for USD.
    """
    asked = {"plans": plans, "volumes": volumes, "usage": usage, "between": between, "currency": currency}
    return _calculated("pricing", asked)


def variance(forecast: Mapping[str, Amount], actual: Mapping[str, Amount], *, currency: str | None = None) -> Finding:
    """Why a contact costs more than was expected, shared out to what moved; ``variance_drivers`` gives both sides.

    Args:
        forecast: ``volume``, ``escalation_rate``, ``review_minutes``, ``labour_rate``, ``ai_cost_per_item`` and
            ``fixed_cost``.
        actual: The same, as it came.
        currency: ISO 4217; None for USD.
    """
    return _calculated("variance", {"forecast": forecast, "actual": actual, "currency": currency})


def pnl(
    agents: Sequence[Data],
    *,
    rules: Sequence[Data] | None = None,
    targets: Sequence[Data] | None = None,
    currency: str | None = None,
) -> Finding:
    """Which agent pays for itself, and which is to go; ``pnl_books`` gives the agents.

    Args:
        agents: Each agent's ``periods`` with ``revenue``, ``avoided_cost``, ``costs`` by layer and ``outcomes``.
        rules: When an agent is to go; None for three periods of loss.
        targets: Outcomes that are expected in a period, such as ``[{"outcomes_per_period": 500}]``.
        currency: ISO 4217; None for USD.
    """
    return _calculated("pnl", {"agents": agents, "rules": rules, "targets": targets, "currency": currency})


def verify(statements: Iterable[Data | str]) -> Finding:
    """Whether statements of one contract, the earliest first, are as they were written, and add up.

    Args:
        statements: Each as it was received: its text, or what ``settle`` gave.
    """
    return _calculated("verify", {"statements": [_received(statement) for statement in statements]})


def _received(statement: Data | str) -> str:
    if isinstance(statement, str):
        return statement
    if isinstance(statement, Answer):
        return statement.to_json()
    return json.dumps(statement, ensure_ascii=False, separators=(",", ":"))


def settle(
    interactions: Rows,
    *,
    contract: Data,
    through: int,
    previous: Data | None = None,
    **given: Unpack[Given],
) -> Finding:
    """What is owed up to a period, line by line: a function of contract, contacts and the statement before.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        contract: What was agreed on, as data.
        through: The last period that is billed, counted from 1.
        previous: The statement before, if there is one.
        **given: The other tables, ``threads``, and options, as for ``report``; give ``as_of``.
    """
    return ask(Finding, "settle", interactions, {"contract": contract, "through": through, "previous": previous}, given)


def candidates(
    interactions: Rows,
    *,
    smallest: int | None = None,
    human_cost_per_contact: Amount | None = None,
    assumed_containment: Amount | None = None,
    handover_part: Amount | None = None,
    cost_per_breach: Amount | None = None,
    **given: Unpack[Given],
) -> Finding:
    """Which issues of people the AI should take next, and what is missing to be sure.

    Args:
        interactions: One row a contact, in any form that ``report`` takes; ``issue`` is needed.
        smallest: Contacts that a record must have to stand on its own; None for 30.
        human_cost_per_contact: Where costs are not in the data.
        assumed_containment: Where the AI has met no such contact.
        handover_part: What handing over costs, as a part of a contact of people; None for 0.3.
        cost_per_breach: What an answer against policy costs; only the desk knows it.
        **given: The other tables, ``threads``, and options, as for ``report``.
    """
    asked = {
        "smallest": smallest,
        "human_cost_per_contact": human_cost_per_contact,
        "assumed_containment": assumed_containment,
        "handover_part": handover_part,
        "cost_per_breach": cost_per_breach,
    }
    return ask(Finding, "candidates", interactions, asked, given)


def roi_plan(interactions: Rows, *, plan: Plan | None = None, **given: Unpack[Given]) -> Finding:
    """A plan with inputs from contacts, by what held and not by what was claimed; ``roi`` takes its ``plan``.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        plan: Inputs that contacts do not tell, such as ``{"implementation": 120_000}``.
        **given: The other tables, ``threads``, and options, as for ``report``.
    """
    return ask(Finding, "roi_plan", interactions, {"plan": plan}, given)


def pnl_books(interactions: Rows, **given: Unpack[Given]) -> Finding:
    """Each AI agent's revenue, avoided cost and costs: ``pnl(**pnl_books(…))``.

    Args:
        interactions: One row a contact, in any form that ``report`` takes; ``agent_id`` is needed.
        **given: The other tables, ``threads``, and options, as for ``report``; ``every`` makes periods, and
            ``baseline`` with ``cost_per_contact`` makes margins.
    """
    return ask(Finding, "pnl_books", interactions, {}, given)


def variance_drivers(interactions: Rows, **given: Unpack[Given]) -> Finding:
    """The option ``forecast`` against what contacts tell: ``variance(**variance_drivers(…))``.

    Args:
        interactions: One row a contact, in any form that ``report`` takes.
        **given: The other tables, ``threads``, and options, as for ``report``; ``forecast`` and ``labor`` are needed.
    """
    return ask(Finding, "variance_drivers", interactions, {}, given)
