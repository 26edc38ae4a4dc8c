"""``python -m lingzhi_engine``: what the engine can do without the web."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .inspect import command


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    parser = argparse.ArgumentParser(prog="python -m lingzhi_engine")
    command.add_to(parser.add_subparsers(required=True))
    given = parser.parse_args(arguments)
    status: int = given.run(given)
    return status


if __name__ == "__main__":
    sys.exit(main())
