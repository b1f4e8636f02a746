"""The command ``supportkpi``: reports and calculators for a terminal, without a line of Python."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .._error import SupportKpiError
from .._supportkpi import __version__
from . import assistant, contacts, figures, money

_EPILOG = """\
examples:
  supportkpi report tickets.csv --by agent_id --every week --html report.html
  supportkpi report tickets.parquet --costs costs.csv --options desk.json --json -
  supportkpi check tickets.csv --column id=ticket_id --column opened_at=created
  supportkpi profiles tickets.csv
  supportkpi explain verified_resolution_rate
  supportkpi roi monthly_volume=50000 resolution_rate=0.67 implementation=120000 --explain
  supportkpi settle contract.json tickets.csv --through 1 --json january.json

Files are CSV, Parquet, JSON (a list of rows) or JSON lines; - reads standard input.

exit codes: 0 answered · 1 refused, or a check found something wrong · 2 asked for in a way that is not known
"""

_STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Answers a command line, and gives the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; nothing is written at the end of Python either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("supportkpi: stopped.", file=sys.stderr)
        return _STOPPED
    except (SupportKpiError, OSError, TypeError, ValueError) as error:
        print(f"supportkpi: {error}", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="supportkpi",
        description="What does our AI really resolve, and what is it worth? Honest figures for support teams.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"supportkpi {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    contacts.add_commands(commands)
    figures.add_commands(commands)
    money.add_commands(commands)
    assistant.add_commands(commands)
    return parser
