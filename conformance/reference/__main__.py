"""python3 -m reference [--write] CASE.json…: recompute `expect`, and compare or fill it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .compare import differences
from .report import report

SHARED = 24  # cases 01 to 24 are given and never written


def dump(case: dict[str, Any]) -> str:
    """Readable JSON: one row and one value a line."""

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def rows(values: list[Any], indent: str) -> str:
        if not values:
            return "[]"
        return "[\n" + ",\n".join(indent + line(value) for value in values) + "]"

    head = {key: case[key] for key in case if key not in ("tables", "options", "expect")}
    lines = [f"{line(key)}: {line(value)}" for key, value in head.items()]
    tables = (f" {line(name)}: {rows(found, '  ')}" for name, found in case["tables"].items())
    lines.append('"tables": {\n' + ",\n".join(tables) + "}")
    lines.append(f'"options": {line(case["options"])}')
    if "expect" in case:
        expect = case["expect"]
        parts = [f" {line(key)}: {line(expect[key])}" for key in expect if key != "groups"]
        groups = []
        for group in expect["groups"]:
            top = {key: group[key] for key in group if key != "values"}
            groups.append(f'  {line(top)[:-1]}, "values": {rows(group["values"], "   ")}}}')
        parts.append(' "groups": [\n' + ",\n".join(groups) + "]")
        lines.append('"expect": {\n' + ",\n".join(parts) + "}")
    return "{" + ",\n".join(lines) + "}\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="reference", description=__doc__)
    parser.add_argument("--write", action="store_true", help="fill `expect` instead of comparing")
    parser.add_argument("cases", nargs="+", type=Path)
    arguments = parser.parse_args()
    failed = 0
    for path in arguments.cases:
        case = json.loads(path.read_text(encoding="utf-8"))
        try:
            result = report(case["tables"], case["options"])
        except ValueError as problem:
            failed += 1
            print(f"FAIL {path.name}\n     {problem}")
            continue
        if arguments.write:
            number = path.name.partition("-")[0]
            if number.isdigit() and int(number) <= SHARED:
                parser.error(f"{path.name} is a shared case")
            path.write_text(dump(case | {"expect": result}), encoding="utf-8")
            continue
        found = differences(case["expect"], result)
        failed += bool(found)
        print(f"{'FAIL' if found else 'ok  '} {path.name}")
        for text in found[:20]:
            print(f"     {text}")
    if not arguments.write:
        print(f"{len(arguments.cases) - failed} of {len(arguments.cases)} agree")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
