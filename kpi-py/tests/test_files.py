"""Contacts as files of several sorts give what dicts give."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from supportkpi import MalformedInput, Translated, handling_from, report

ROWS = [
    {"ticket": "1", "who": "bot", "opened_at": "2026-01-05T09:00:00Z", "closed_at": "2026-01-05T09:04:00Z"},
    {"ticket": "2", "who": "agent", "opened_at": "2026-01-05T10:00:00Z", "closed_at": "2026-01-05T11:00:00Z"},
]
COLUMNS: dict[str, str | Translated] = {"id": "ticket", "handling": handling_from("who", ai="bot", human="agent")}
OURS = [
    {"id": row["ticket"], "handling": {"bot": "ai", "agent": "human"}[row["who"]], "outcome": "resolved", **times}
    for row in ROWS
    for times in [{name: row[name] for name in ("opened_at", "closed_at")}]
]


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        elif path.suffix == ".json":
            json.dump(rows, file)
        else:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


@pytest.mark.parametrize("name", ["desk.csv", "desk.json", "desk.jsonl", "desk.ndjson", "DESK.CSV"])
def test_a_file_is_read_by_its_name(tmp_path: Path, name: str) -> None:
    expected = report(OURS).to_json()
    path = written(tmp_path / name.lower(), OURS).rename(tmp_path / name)
    assert report(path).to_json() == expected
    assert report(str(path)).to_json() == expected
    assert report(path.read_text("utf-8")).to_json() == expected


@pytest.mark.parametrize("name", ["desk.csv", "desk.json", "desk.jsonl"])
def test_a_file_may_have_other_names_and_words(tmp_path: Path, name: str) -> None:
    rows = [{**row, "outcome": "resolved", "id": "theirs"} for row in ROWS]
    assert report(written(tmp_path / name, rows), columns=COLUMNS).to_json() == report(OURS).to_json()


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"interactions: .*nowhere.csv cannot be read"):
        report(tmp_path / "nowhere.csv")
    (tmp_path / "desk.csv").write_bytes(b"id,handling\n\xff,ai\n")
    with pytest.raises(ValueError, match="write it in UTF-8"):
        report(tmp_path / "desk.csv")


def test_a_column_that_a_file_lacks_is_named(tmp_path: Path) -> None:
    for name in ("desk.csv", "desk.jsonl"):
        with pytest.raises(ValueError, match="has no column `number`"):
            report(written(tmp_path / name, ROWS), columns={"id": "number"})


def test_one_line_in_braces_is_no_list() -> None:
    with pytest.raises(MalformedInput):
        report("{}")
