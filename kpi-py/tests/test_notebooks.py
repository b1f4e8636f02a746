"""The notebooks run from the top, and print what stands in them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

FOLDER = ROOT / "examples" / "python"
RUN = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(notebook, sys.argv[3])
"""


def printed(notebook: Path) -> list[str]:
    """What cells print, and what tables they show, as text."""
    outputs = [
        output for cell in json.loads(notebook.read_text("utf-8"))["cells"] for output in cell.get("outputs", ())
    ]
    assert not [output for output in outputs if output["output_type"] == "error"]
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
    return ["".join(text) for text in texts]


@pytest.mark.parametrize("notebook", sorted(FOLDER.glob("*.ipynb")), ids=lambda notebook: notebook.stem)
def test_a_notebook_prints_what_stands_in_it(notebook: Path, tmp_path: Path) -> None:
    again = tmp_path / notebook.name
    command = [sys.executable, "-c", RUN, str(notebook), str(FOLDER), str(again)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert printed(again) == printed(notebook)
