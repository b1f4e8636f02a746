"""What command lines share: tables from files, options, and where answers go."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from .._answers import Answer

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # pyright: ignore[reportPrivateUsage]

TABLES = ("costs", "accounts", "signals", "fixes")
_WIDEST = 100
_KEPT = ("time_zone", "naive_timezone", "every", "as_of", "currency", "on_invalid")


def add_tables(parser: argparse.ArgumentParser) -> None:
    """Arguments for contacts and everything beside them."""
    parser.add_argument("interactions", metavar="CONTACTS", help="a file with one row a contact; - for standard input")
    tables = parser.add_argument_group("tables beside the contacts")
    for table in TABLES:
        tables.add_argument(f"--{table}", metavar="FILE", help=f"the table `{table}`")
    tables.add_argument(
        "--column",
        metavar="OURS=YOURS",
        action="append",
        default=[],
        help="what a column is called in the file, such as id=ticket_id; once for each",
    )
    options = parser.add_argument_group("options")
    options.add_argument("--options", metavar="FILE", help="a JSON file with options; those below go before it")
    options.add_argument("--as-of", metavar="TIME", help="when the data was taken, such as 2026-06-30T00:00:00Z")
    options.add_argument("--every", choices=["day", "week", "month", "quarter", "year"], help="periods")
    options.add_argument("--time-zone", metavar="ZONE", help="of periods, such as Europe/Berlin")
    options.add_argument("--naive-timezone", metavar="ZONE", help="of times without a zone")
    options.add_argument("--currency", metavar="CODE", help="such as EUR")
    options.add_argument(
        "--on-invalid", choices=["error", "quarantine"], help="what becomes of rows that break rules (default: error)"
    )
    options.add_argument("--threads", type=int, metavar="N", help="how many may work at once")
    options.add_argument("--progress", action="store_true", help="show how far it is")


def add_outputs(parser: argparse.ArgumentParser, *, pages: bool = True) -> None:
    """Arguments that say where the answer goes; by default it is told in the terminal."""
    outputs = parser.add_argument_group("output (default: text, in the terminal)")
    if pages:
        outputs.add_argument("--html", metavar="FILE", help="a page that stands by itself")
        outputs.add_argument("--title", metavar="TEXT", help="what stands above the page")
        outputs.add_argument("--markdown", metavar="FILE", help="for issues and wikis")
    outputs.add_argument("--json", metavar="FILE", help="canonical JSON; - for standard output")


def tables(asked: argparse.Namespace) -> dict[str, Any]:
    """The keyword arguments of a verb: tables, columns, options, threads."""
    given: dict[str, Any] = dict(read_json(asked.options, "--options")) if asked.options else {}
    given |= {name: getattr(asked, name) for name in _KEPT if getattr(asked, name, None) is not None}
    given |= {name: getattr(asked, name) for name in ("by", "kpis") if getattr(asked, name, None)}
    given |= {table: _rows(path) for table in TABLES if (path := getattr(asked, table))}
    given["interactions"] = _rows(asked.interactions)
    given["threads"] = asked.threads
    if asked.column:
        given["columns"] = dict(_pair(pair, "--column") for pair in asked.column)
    if asked.progress:
        given["progress"] = True
    return given


def _rows(path: str) -> Any:
    """A file is read where it lies; standard input is text."""
    return sys.stdin.buffer.read().decode() if path == "-" else Path(path)


def _pair(text: str, place: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise ValueError(f"{place} {text}: write a name, =, and what it is")
    return name, value


def pairs(texts: list[str], place: str) -> dict[str, str]:
    """Words such as monthly_volume=50000."""
    return dict(_pair(text, place) for text in texts)


def read_json(path: str, place: str) -> dict[str, Any]:
    """A JSON object from a file, or from standard input."""
    text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8")
    try:
        read: Any = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{place} {path}: it is no JSON: {error}") from None
    if not isinstance(read, dict):
        raise ValueError(f"{place} {path}: it is no JSON object")
    return cast("dict[str, Any]", read)


def tell(asked: argparse.Namespace, answer: Answer, words: str | None = None) -> None:
    """Writes an answer wherever it was asked for, or tells it in the terminal.

    Args:
        asked: The command line.
        answer: What there is to tell.
        words: How it is told in the terminal; None for the answer's own way.
    """
    wanted = {name: getattr(asked, name, None) for name in ("html", "markdown", "json")}
    if html := wanted["html"]:
        write(html, answer.to_html(asked.title))
    if markdown := wanted["markdown"]:
        write(markdown, answer.to_markdown())
    if canonical := wanted["json"]:
        write(canonical, answer.to_json() + "\n")
    if not any(wanted.values()):
        print(answer.to_text(width(), colour()) if words is None else words)


def write(path: str, text: str) -> None:
    """To a file, or to standard output."""
    if path == "-":
        sys.stdout.write(text)
    else:
        Path(path).write_text(text, "utf-8")


def width() -> int:
    """Columns of the terminal, but no more than can be read well."""
    return min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)


def colour() -> bool:
    """Only in a terminal, and not where nobody wants it."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
