"""Section 2 as data: which column has which type, in the order of SPEC's tables."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Column(NamedTuple):
    name: str
    kind: str  # text, enum, bool, instant, date, integer, number, decimal, currency
    required: bool = False
    values: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None


def _many(kind: str, names: str, low: int | None = None, high: int | None = None) -> list[Column]:
    bottom = None if low is None else Decimal(low)
    top = None if high is None else Decimal(high)
    return [Column(name, kind, low=bottom, high=top) for name in names.split()]


HANDLINGS = ("ai", "human", "ai_to_human")
OUTCOMES = ("resolved", "unresolved", "abandoned")
AI_COSTS = (
    "cost_api",
    "cost_retries",
    "cost_infrastructure",
    "cost_observability",
    "cost_vector_db",
    "cost_platform",
)
RETRIES = ("retries_timeout", "retries_rate_limit", "retries_model_error", "retries_validation")
QA_COLUMNS = (
    "qa_responses",
    "qa_correct",
    "qa_hallucinated",
    "qa_policy_ok",
    "qa_data_ok",
    "qa_brand_ok",
    "qa_summary_ok",
)

INTERACTIONS: list[Column] = [
    Column("id", "text", required=True),
    Column("handling", "enum", required=True, values=HANDLINGS),
    Column("in_scope", "bool"),
    Column("opened_at", "instant", required=True),
    *_many("instant", "first_response_at closed_at reopened_at"),
    Column("outcome", "enum", values=OUTCOMES),
    Column("confirmed", "bool"),
    *_many("text", "customer_id account_id issue session_id channel agent_id human_agent_id"),
    *_many("text", "model_version segment language priority"),
    Column("escalated_at", "instant"),
    Column("escalation_reason", "text"),
    *_many("bool", "escalation_needed context_transferred resolved_in_session"),
    Column("human_first_response_at", "instant"),
    *_many("number", "ai_handle_seconds human_handle_seconds", 0),
    *_many("integer", "csat", 1, 5),
    *_many("integer", "ces", 1, 7),
    *_many("integer", "nps", 0, 10),
    Column("survey_sent", "bool"),
    *_many("number", "sentiment_start sentiment_end", -1, 1),
    *_many("number", "confidence", 0, 1),
    Column("intent_correct", "bool"),
    *_many("integer", "customer_messages unanswered_messages fallback_messages", 0),
    *_many("integer", "qa_responses qa_correct qa_hallucinated", 0),
    *_many("bool", "qa_policy_ok qa_data_ok qa_brand_ok qa_summary_ok"),
    *_many("integer", "drafts_offered drafts_accepted drafts_edited drafts_rejected", 0),
    *_many("number", "asr_words asr_errors voice_latency_ms", 0),
    *_many("integer", "api_calls api_calls_cached api_calls_retried", 0),
    *_many("integer", " ".join(RETRIES), 0),
    *_many("integer", "input_tokens output_tokens cached_input_tokens", 0),
    *_many("decimal", " ".join(AI_COSTS), 0),
    *_many("decimal", "cost_human", 0),
    Column("revenue", "decimal"),
    Column("converted", "bool"),
    Column("currency", "currency"),
]
COSTS: list[Column] = [
    Column("layer", "text", required=True),
    Column("scope", "enum", required=True, values=("ai", "human")),
    Column("amount", "decimal", required=True),
    Column("start", "instant", required=True),
    Column("end", "instant", required=True),
]
ACCOUNTS: list[Column] = [
    Column("account_id", "text", required=True),
    Column("segment", "text"),
    *_many("decimal", "starting_arr retained_arr expansion_arr"),
    *_many("bool", "churned at_risk"),
    Column("renewal_date", "date"),
]
SIGNAL_KINDS = ("churn", "upsell", "competitor", "feature_request")
SIGNALS: list[Column] = [
    *_many("text", "interaction_id account_id"),
    Column("kind", "enum", required=True, values=SIGNAL_KINDS),
    Column("detected_at", "instant", required=True),
    Column("routed_at", "instant"),
    Column("value", "decimal"),
    Column("label", "text"),
    Column("result", "enum", values=("saved", "lost", "won")),
]
FIXES: list[Column] = [
    Column("failure_id", "text", required=True),
    *_many("text", "interaction_id issue"),
    Column("flagged_at", "instant", required=True),
    Column("deployed_at", "instant"),
    Column("model_version", "text"),
    Column("recurred_at", "instant"),
]
TABLES: dict[str, list[Column]] = {
    "interactions": INTERACTIONS,
    "costs": COSTS,
    "accounts": ACCOUNTS,
    "signals": SIGNALS,
    "fixes": FIXES,
}
ID_COLUMNS = {"interactions": "id", "accounts": "account_id", "fixes": "failure_id"}

# Text columns of interactions that a cost entry can be pinned to, besides those named in `by`.
DIMENSIONS = (
    "customer_id",
    "account_id",
    "issue",
    "session_id",
    "channel",
    "agent_id",
    "human_agent_id",
    "model_version",
    "segment",
    "language",
    "priority",
)

_ORDER = {
    (column.name if table == "interactions" else f"{table}.{column.name}"): (number, place)
    for number, (table, columns) in enumerate(TABLES.items())
    for place, column in enumerate(columns)
}


def spec_order(name: str) -> tuple[int, int]:
    """Where a column stands in SPEC section 2; other tables' columns are `table.column`."""
    return _ORDER[name]


# ISO 4217, active codes.
CURRENCIES = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP
    BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR
    FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES
    KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
    MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
    ZWG""".split()  # noqa: SIM905
)
