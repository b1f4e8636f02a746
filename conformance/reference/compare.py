"""Comparing two reports by the rules of the README."""

from __future__ import annotations

import math
import re
from typing import Any

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def tidy(text: str) -> str:
    """Decimal text without trailing zeros; other text as it is."""
    if not _NUMBER.fullmatch(text):
        return text
    return text.rstrip("0").rstrip(".") if "." in text else text


def differences(expected: Any, actual: Any, where: str = "") -> list[str]:
    """Every place where two reports disagree."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        found = []
        for key in [*expected, *(key for key in actual if key not in expected)]:
            if key in ("band", "flags", "fingerprint"):
                continue
            if key not in expected or key not in actual:
                found.append(f"{where}.{key}: only in one")
                continue
            if key == "n" and expected.get("unit") == "count":
                continue
            found += differences(expected[key], actual[key], f"{where}.{key}")
        return found
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return [f"{where}: {len(expected)} expected, {len(actual)} found"]
        return [
            line
            for number, pair in enumerate(zip(expected, actual, strict=True))
            for line in differences(*pair, f"{where}[{label(pair[0], number)}]")
        ]
    if same(expected, actual):
        return []
    return [f"{where}: expected {expected!r}, found {actual!r}"]


def label(item: Any, number: int) -> str:
    if isinstance(item, dict) and "population" in item:
        return f"{item['id']}/{item['population']}"
    if isinstance(item, dict) and "by" in item:
        return f"{number} {item['by']} {item.get('period')}"
    return str(number)


def same(expected: Any, actual: Any) -> bool:
    if isinstance(expected, str) and isinstance(actual, str):
        return tidy(expected) == tidy(actual)
    booleans = isinstance(expected, bool) or isinstance(actual, bool)
    if isinstance(expected, (int, float)) and isinstance(actual, (int, float)) and not booleans:
        if isinstance(expected, int) and isinstance(actual, int):
            return expected == actual
        return math.isclose(expected, actual, rel_tol=1e-9, abs_tol=1e-12)
    return type(expected) is type(actual) and bool(expected == actual)
