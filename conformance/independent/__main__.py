"""python -m independent FOLDER: writes every case of the verbs into a folder, such as `verbs`."""

from __future__ import annotations

import sys
from pathlib import Path

from . import curves, profiles, verbs


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    for make in [*verbs.CASES, *curves.CASES, *profiles.CASES]:
        case = make()
        (Path(sys.argv[1]) / f"{case.name}.json").write_text(case.text(), encoding="utf-8")
        print(f"{case.name}: {len(case.expect)} figures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
