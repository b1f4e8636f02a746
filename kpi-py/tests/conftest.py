"""What Rust answers to the conformance cases, for the tests to compare with."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "conformance" / "cases").glob("*.json"))
MONEY = sorted((ROOT / "conformance" / "money").glob("*.json"))
VERBS = sorted((ROOT / "conformance" / "verbs").glob("*.json"))


@pytest.fixture(scope="session")
def canonical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `cargo run --example canonical` writes; SUPPORTKPI_CANONICAL names one that is there already."""
    if given := os.environ.get("SUPPORTKPI_CANONICAL"):
        return Path(given)
    folder = tmp_path_factory.mktemp("canonical")
    command = ["cargo", "run", "-q", "-p", "kpi-core", "--example", "canonical", "--"]
    subprocess.run([*command, str(ROOT / "conformance"), str(folder)], cwd=ROOT, check=True)
    return folder
