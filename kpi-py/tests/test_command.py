"""The command line, as people call it: in a process of its own, with real files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import supportkpi
from conftest import ROOT

DATA = ROOT / "examples" / "data"
CONTACTS = str(DATA / "interactions.csv")
OPTIONS = ("--options", str(DATA / "options.json"))


def run(*words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "supportkpi", *words]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def answered(*words: str, stdin: str | None = None) -> str:
    done = run(*words, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*words: str, code: int = 1) -> str:
    done = run(*words)
    assert done.returncode == code, done.stdout
    return done.stderr


def test_a_report_is_told_in_the_terminal() -> None:
    told = answered("report", CONTACTS, *OPTIONS)
    assert "ARE CUSTOMERS GETTING RESOLVED?" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_figures_that_are_asked_for_are_told_with_their_evidence() -> None:
    asked = ("--kpis", "verified_resolution_rate", "--kpis", "csat")
    told = answered("report", CONTACTS, *OPTIONS, *asked)
    line = next(line for line in told.splitlines() if "verified_resolution_rate" in line)
    assert " to " in line
    assert "n " in line
    assert "agent_id aria" in told


def test_a_report_goes_to_files_and_is_that_of_the_library(tmp_path: Path) -> None:
    page, words, data = (str(tmp_path / f"report.{kind}") for kind in ("html", "md", "json"))
    asked = ("--kpis", "csat", "--by", "channel", "--every", "month", "--as-of", "2026-06-30T22:00:00Z")
    assert answered("report", CONTACTS, *asked, "--html", page, "--markdown", words, "--json", data) == ""
    assert Path(page).read_text("utf-8").startswith("<!DOCTYPE html>")
    assert Path(words).read_text("utf-8").startswith("#")
    computed = supportkpi.report(
        Path(CONTACTS), kpis=["csat"], by=["channel"], every="month", as_of="2026-06-30T22:00:00Z"
    )
    assert Path(data).read_text("utf-8") == computed.to_json() + "\n"


def test_standard_input_may_be_csv_json_or_json_lines() -> None:
    rows = [
        {"id": str(n), "handling": "ai", "opened_at": "2026-01-05T09:00:00Z", "outcome": None, "closed_at": None}
        for n in range(3)
    ]
    head = ",".join(rows[0])
    csv = "\n".join([head, *(",".join(cell or "" for cell in row.values()) for row in rows)])
    lines = "\n".join(json.dumps(row) for row in rows)
    for text in (csv, lines, json.dumps(rows)):
        told = json.loads(answered("report", "-", "--kpis", "interactions", "--json", "-", stdin=text))
        assert told["counts"]["rows_used"] == 3


def test_columns_may_have_other_names() -> None:
    csv = "ticket,handling,created\n1,ai,2026-01-05T09:00:00Z\n"
    asked = ("--column", "id=ticket", "--column", "opened_at=created", "--json", "-")
    assert json.loads(answered("report", "-", *asked, stdin=csv))["counts"]["rows_used"] == 1


def test_a_check_lists_what_is_wrong_and_what_is_missing() -> None:
    sound = answered("check", CONTACTS, *OPTIONS)
    assert "Every row keeps every rule." in sound
    done = run("check", str(DATA / "messy.csv"), *OPTIONS)
    assert done.returncode == 1
    assert "closed_before_opened" in done.stdout
    assert "Mend them" in done.stdout


def test_figures_explain_themselves() -> None:
    told = answered("explain", "verified_resolution_rate")
    assert "Misleads" in told
    assert "Formula" in told
    assert "did you mean verified_resolution_rate" in refused("explain", "verified_resolution")
    assert "verified_resolution_rate" in answered("catalogue")
    assert json.loads(answered("catalogue", "--json"))[0]["id"]


def test_definitions_of_resolved_stand_side_by_side() -> None:
    assert "Zendesk" in answered("profiles", CONTACTS, *OPTIONS)


def test_a_plan_is_calculated_and_explained() -> None:
    asked = ("roi", "monthly_volume=50000", "resolution_rate=0.67")
    assert "paid back in month" in answered(*asked)
    assert "line by line" in answered(*asked, "--explain")
    plan = answered("roi-plan", CONTACTS, *OPTIONS, "--json", "-")
    assert json.loads(plan)["plan"]["resolution_rate"]
    assert "resolution_rate` is 7" in refused("roi", "resolution_rate=7")
    assert "unknown field" in refused("roi", "volume=7")


def test_plans_of_prices_are_compared(tmp_path: Path) -> None:
    ask = tmp_path / "plans.json"
    seats = {"name": "seats", "charges": [{"kind": "seat", "price": 165}]}
    use = {"name": "use", "charges": [{"kind": "use", "of": "conversation", "price": 0.5}]}
    ask.write_text(json.dumps({"volumes": [1000], "usage": {"seats": 12}, "plans": [seats, use]}), "utf-8")
    told = answered("pricing", str(ask))
    assert "$1,980" in told
    assert "From 3,960 contacts on seats is cheaper than use" in told


def test_a_statement_is_settled_and_a_changed_one_is_found(tmp_path: Path) -> None:
    contract, first, second = (tmp_path / name for name in ("contract.json", "first.json", "second.json"))
    fee = {"kind": "use", "of": "verified_resolution", "price": "0.99"}
    terms = {"id": "c-1", "version": 1, "currency": "USD", "start": "2026-01-01T00:00:00Z", "fee": fee}
    contract.write_text(json.dumps(terms), "utf-8")
    settle = ("settle", str(contract), CONTACTS, *OPTIONS)
    told = answered(*settle, "--through", "1")
    assert "Resolutions that hold" in told
    answered(*settle, "--through", "1", "--json", str(first))
    answered(*settle, "--through", "2", "--previous", str(first), "--json", str(second))
    assert "as it was written" in answered("verify", str(first), str(second))
    second.write_text(second.read_text("utf-8").replace('"amount":"', '"amount":"1', 1), "utf-8")
    done = run("verify", str(first), str(second))
    assert done.returncode == 1
    assert "was changed" in done.stdout


def test_candidates_are_ranked() -> None:
    assert "WHAT TO AUTOMATE NEXT" in answered("candidates", CONTACTS, *OPTIONS)


def test_what_cannot_be_answered_says_why_in_one_line() -> None:
    assert "no figure" in refused("report", CONTACTS, "--kpis", "csta") or "csta" in refused(
        "report", CONTACTS, "--kpis", "csta"
    )
    assert "nowhere.csv" in refused("report", "nowhere.csv")
    assert "no JSON" in refused("pricing", CONTACTS)
    assert "write a name" in refused("roi", "monthly_volume")
    assert "usage:" in refused("report", code=2)
    assert "invalid choice" in refused("sing", code=2)


def test_help_is_there_for_each_command() -> None:
    whole = answered("--help")
    assert "examples:" in whole
    for command in (
        "report",
        "check",
        "profiles",
        "warnings",
        "roi",
        "pricing",
        "settle",
        "verify",
        "candidates",
        "mcp",
    ):
        assert command in whole
        assert "usage:" in answered(command, "--help")


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    words = f"{sys.executable} -m supportkpi catalogue | head -n 1"
    done = subprocess.run(words, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("word", ["--version"])
def test_the_version_is_that_of_the_package(word: str) -> None:
    assert supportkpi.__version__ in answered(word)
