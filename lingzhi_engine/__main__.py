"""``python -m lingzhi_engine``: what the engine can do without the web."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .inspect import backtest_command, command, explain_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    parser = argparse.ArgumentParser(prog="python -m lingzhi_engine")
    commands = parser.add_subparsers(required=True)
    command.add_to(commands)
    backtest_command.add_to(commands)
    explain_command.add_to(commands)
    given = parser.parse_args(arguments)
    status: int = given.run(given)
    return status


if __name__ == "__main__":
    sys.exit(main())
