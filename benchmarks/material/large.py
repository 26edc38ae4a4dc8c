# ruff: noqa: E402  # settings must be there before anything is imported
"""Fills a database, and answers for one side of `benchmarks/pages.py`.

    python -m benchmarks.material.large base
    python -m benchmarks.material.large COPIES

The database is that of `DATABASE_URL`: empty for the base, and with the base for its copies. The
second says "ready", then reads pages, one JSON list a line, and says how many milliseconds each
took.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command

from benchmarks.material.asking import Visitors
from benchmarks.material.many import multiply
from benchmarks.material.scored import score_some
from lingzhi.core.serving import keep_what_is_loaded
from lingzhi.inspections.services.adding_up import add_up_days

BASE = 2_000  # conversations of the demo that are copied; one in ten is scored


def main() -> None:
    """Fills, or fills and answers."""
    if sys.argv[1] == "base":
        call_command("migrate", verbosity=0)
        call_command("seed-demo", contacts=BASE, stdout=sys.stderr)
        score_some(BASE // 10)
        return
    multiply(int(sys.argv[1]))
    add_up_days()
    keep_what_is_loaded()
    visitors = Visitors()
    print("ready", flush=True)
    for line in sys.stdin:
        print(visitors.milliseconds(*json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
