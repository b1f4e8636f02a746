"""python -m independent: writes every case of the verbs into `verbs`, and every one of money into `money`."""

from __future__ import annotations

import sys
from pathlib import Path

from . import (
    contracts,
    curves,
    money_chains,
    money_contracts,
    money_desk,
    money_plans,
    money_prices,
    plans,
    prices,
    profiles,
    verbs,
)

FOLDERS = {
    "verbs": [*verbs.CASES, *curves.CASES, *profiles.CASES],
    "money": [
        *plans.CASES,
        *prices.CASES,
        *contracts.CASES,
        *money_plans.CASES,
        *money_prices.CASES,
        *money_contracts.CASES,
        *money_chains.CASES,
        *money_desk.CASES,
    ],
}


def main() -> int:
    if len(sys.argv) != 1:
        print(__doc__)
        return 2
    for folder, cases in FOLDERS.items():
        Path(folder).mkdir(exist_ok=True)
        for make in cases:
            case = make()
            (Path(folder) / f"{case.name}.json").write_text(case.text(), encoding="utf-8")
            print(f"{folder}/{case.name}: {len(case.expect)} figures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
