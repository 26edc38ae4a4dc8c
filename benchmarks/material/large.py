# ruff: noqa: E402  # settings must be there before anything is imported
"""Fills a database and asks for pages: one side of `benchmarks/pages.py`.

    python -m benchmarks.material.large base
    python -m benchmarks.material.large COPIES < PAGES.json

The database is that of `DATABASE_URL`: empty for the base, and with the base for its copies. The
last line of the second is JSON: milliseconds by page.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command

from benchmarks.material.asking import milliseconds
from benchmarks.material.many import multiply
from benchmarks.material.scored import score_some
from lingzhi.inspections.services.adding_up import add_up_days

BASE = 2_000  # conversations of the demo that are copied; one in ten is scored


def main() -> None:
    """Fills, or fills and asks."""
    if sys.argv[1] == "base":
        call_command("migrate", verbosity=0)
        call_command("seed-demo", contacts=BASE, stdout=sys.stderr)
        score_some(BASE // 10)
        return
    multiply(int(sys.argv[1]))
    add_up_days()
    print(json.dumps(milliseconds(**json.load(sys.stdin))))


if __name__ == "__main__":
    main()
