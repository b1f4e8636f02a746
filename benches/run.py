"""How fast supportkpi is beside queries by hand.

python benches/run.py --write docs/benchmarks.md

Makes the tables it needs, measures, prints a table, and says in words where another engine is better.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

import pages
import plan

QUICK_ROWS, QUICK_ROUNDS = 100_000, 3


def asked() -> argparse.Namespace:
    """The command line."""
    words = argparse.ArgumentParser(description="Measures supportkpi beside queries by hand in Polars and DuckDB.")
    words.add_argument("--rows", type=int, default=plan.SIZES[-1], help="contacts of the largest table (10,000,000)")
    words.add_argument("--rounds", type=int, default=5, help="processes for each engine and setting (5)")
    words.add_argument("--quick", action="store_true", help="up to 100,000 contacts in 3 rounds, to see that it works")
    words.add_argument("--very-large", action="store_true", help="a Parquet file of 50,000,000 contacts, too")
    words.add_argument("--data", type=Path, default=Path("target/bench"), help="where tables are kept (target/bench)")
    words.add_argument("--write", type=Path, metavar="PATH", help="writes the page of the documentation")
    words.add_argument("--only", metavar="TEXT", help="settings whose title has this in it, such as Parquet")
    return words.parse_args()


def without_folder(words: list[str]) -> list[str]:
    """The command line but for where tables are kept, which is nobody's business."""
    at = words.index("--data") if "--data" in words else len(words)
    return words[:at] + words[at + 2 :]


def main() -> None:
    """Measures what the command line asks for."""
    words = asked()
    rows, rounds = (QUICK_ROWS, QUICK_ROUNDS) if words.quick else (words.rows, words.rounds)
    settings = [one for one in plan.settings(rows, words.very_large) if (words.only or "").lower() in one.title.lower()]
    found: list[plan.Measured] = []
    for number, setting in enumerate(settings, 1):
        found += plan.measure(setting, words.data, rounds)
        last = [one for one in found if one.setting == setting]
        done = ", ".join(f"{one.engine} {one.failure or pages.seconds(one.median)}" for one in last)
        print(f"{number}/{len(settings)} {pages.setting_in_words(last[0])}: {done}", file=sys.stderr, flush=True)
    print(pages.terminal(found))
    if words.write:
        command = shlex.join(["python", "benches/run.py", *without_folder(sys.argv[1:])])
        words.write.parent.mkdir(parents=True, exist_ok=True)
        words.write.write_text(pages.page(found, rounds, command))


if __name__ == "__main__":
    main()
