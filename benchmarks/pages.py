# ruff: noqa: E402  # the path must be set before anything is imported
"""How much longer pages take over 1,000,000 conversations and 100,000 scores than over a 20th.

Two databases of the demo centre made large (`material/many.py`); the pages that people open most,
each by who opens it, in this process, without a network. The 95th percentile of each page, and how
it grows. Last line: JSON; `worst_ratio` is to be 1.5 at most.

    python benchmarks/pages.py [CONVERSATIONS]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LARGE, PART = 1_000_000, 20
BASE = int(os.environ.get("BASE", 2_000))  # conversations of the demo that are copied
ROUNDS = 30
PAGES = (
    ("7002", "home", ""),
    ("7002", "contacts:list", ""),
    ("7002", "contacts:list", "?text=退款"),
    ("7002", "inspections:results", ""),
    ("7002", "inspections:conversations", ""),
    ("7002", "inspections:reviews", ""),
    ("7002", "inspections:reviews", "?state=scored"),
    ("7004", "inspections:reviews", "?state=draft"),
    ("8001", "inspections:reviews", ""),
    ("8002", "inspections:reviews", ""),
    ("8002", "contacts:list", ""),
    ("7002", "inspections:rules", ""),
)


def measure(conversations: int) -> dict[str, list[float]]:
    """Milliseconds of each page, in a process and a database of its own."""
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        database = f"sqlite:///{folder}/pages.sqlite3"
        own = {"DATA_DIR": folder, "DATABASE_URL": database, "DEMO": "1"}
        command = [sys.executable, __file__, "--one", str(conversations)]
        done = subprocess.run(  # noqa: S603  # this very file
            command, env={**os.environ, **own}, stdout=subprocess.PIPE, check=True, text=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def one(conversations: int) -> None:
    """Fill the database and ask for each page."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.material.asking import milliseconds
    from benchmarks.material.many import multiply
    from benchmarks.material.scored import score_some

    call_command("migrate", verbosity=0)
    call_command("seed-demo", contacts=BASE, stdout=sys.stderr)
    score_some(BASE // 10)
    multiply(conversations // BASE - 1)
    sys.stdout.write(json.dumps(milliseconds(PAGES, ROUNDS)) + "\n")


def main() -> None:
    """Measures and prints."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    small, whole = measure(large // PART), measure(large)
    ratios = {}
    for page, before in small.items():
        after = whole[page]
        ratios[page] = round(p95(after) / p95(before), 2)
        print(f"{page:60} {p95(before):8.1f} ms {p95(after):8.1f} ms  x {ratios[page]}")  # noqa: T201
    worst = max(ratios, key=lambda page: ratios[page])
    said = {"conversations": large, "worst": worst, "worst_ratio": ratios[worst]}
    print(json.dumps({**said, "slowest_ms": round(max(map(p95, whole.values())))}))  # noqa: T201


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main()
