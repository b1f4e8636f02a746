"""What type checkers see, checked by `mypy --strict` and run here."""

from decimal import Decimal

from supportkpi import Report, Share, Value, report


def test_types() -> None:
    computed: Report = report("[]", by=["agent_id"], every="week", on_invalid="quarantine", baseline={"csat": 0.8})
    value: Value = computed["interactions"]
    number: float | int | Decimal | tuple[Share, ...] | None = value.value
    assert number is None or isinstance(number, int)
    report("[]", every="fortnight") if value.n else None  # type: ignore[arg-type]
    report("[]", colour="red") if value.n else None  # type: ignore[call-arg]
