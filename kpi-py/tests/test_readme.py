"""The examples that people read do what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT


def test_the_example_of_this_package(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    code, printed = re.findall(r"```(?:python|text)\n(.*?)```", readme, flags=re.DOTALL)
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out == printed


def test_the_example_of_the_front_page() -> None:
    folder = ROOT / "examples" / "readme"
    printed = subprocess.run([sys.executable, folder / "python.py"], check=True, capture_output=True, text=True).stdout
    assert printed == (folder / "expected.json").read_text("utf-8")
