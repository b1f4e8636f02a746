# Written by `cargo xtask gen` from the code; change it there.
"""The inputs of a return on investment, for type checkers; the core reads and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from ._options import Number


class Plan(TypedDict, total=False):
    """What a return is calculated from; ``roi_inputs()`` says what each input means, and its range."""

    currency: str
    labor: Mapping[str, Number | str] | None
    monthly_volume: Number | str
    monthly_growth: Number | str
    ai_share: Number | str
    horizon_months: Number | str
    resolution_rate: Number | str
    ramp_start: Number | str
    ramp_months: Number | str
    failed_review_minutes: Number | str
    human_cost_per_contact: Number | str
    human_minutes_per_contact: Number | str
    fte_cost_per_year: Number | str
    api_cost_per_attempt: Number | str
    retry_rate: Number | str
    fee_per_attempt: Number | str
    fee_per_resolution: Number | str
    platform_per_month: Number | str
    licences_per_month: Number | str
    infrastructure_per_month: Number | str
    observability_per_month: Number | str
    vector_db_per_month: Number | str
    training_data_per_month: Number | str
    oversight_per_month: Number | str
    quality_assurance_per_month: Number | str
    management_per_month: Number | str
    implementation: Number | str
    staff_training: Number | str
    revenue_per_resolution: Number | str
    revenue_per_month: Number | str
    revenue_margin: Number | str
    discount_rate_per_year: Number | str
    claimed_resolution_rate: Number | str | None
