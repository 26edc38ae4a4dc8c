# ruff: noqa: E402  # the path must be set before anything is imported
"""How much longer pages take over 1,000,000 conversations and 100,000 scores than over a 20th.

Two databases of the demo centre made large (`material/large.py`); the pages that people open most,
each by who opens it, without a network. The 95th percentile of each page, and how it grows. Last
line: JSON; `worst_ratio` is to be 1.5 at most.

    python benchmarks/pages.py [CONVERSATIONS]
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

import json
import os
import shutil
import subprocess
import tempfile

LARGE, PART = 1_000_000, 20
BASE = 2_000
ROUNDS = 30
PAGES = (
    ("7002", "home", ""),
    ("7002", "inspections:results", ""),
    ("7002", "contacts:list", ""),
    ("7002", "contacts:list", "?text=退款"),
    ("7002", "inspections:conversations", ""),
    ("7002", "inspections:reviews", ""),
    ("7002", "inspections:reviews", "?state=releasable"),
    ("7004", "inspections:tasks", ""),
    ("7002", "inspections:coverage", ""),
    ("7002", "inspections:appeals", ""),
    ("7002", "inspections:trust", ""),
    ("7002", "inspections:inspectors", ""),
    ("8001", "inspections:team_scores", ""),
    ("8002", "inspections:own", ""),
    ("8002", "contacts:list", ""),
)


def measure(base: Path, conversations: int) -> dict[str, list[float]]:
    """Milliseconds of each page over so many conversations, in a copy of the base."""
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        shutil.copytree(base, folder, dirs_exist_ok=True)
        done = _run(folder, str(conversations // BASE - 1))
    return dict(json.loads(done.splitlines()[-1]))


def _run(folder: str, argument: str) -> str:
    """What a process prints whose database is in the folder."""
    own = {
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/pages.sqlite3",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.material.large", argument],
        cwd=ROOT, env={**os.environ, **own}, check=True, text=True,
        input=json.dumps({"pages": PAGES, "rounds": ROUNDS}), stdout=subprocess.PIPE,
    )  # fmt: skip
    return done.stdout


def main() -> None:
    """Measures and prints."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    with tempfile.TemporaryDirectory(prefix="pages-base-") as base:
        _run(base, "base")
        small, whole = measure(Path(base), large // PART), measure(Path(base), large)
    ratios = {}
    for page, before in small.items():
        after = whole[page]
        ratios[page] = round(p95(after) / p95(before), 2)
        print(f"{page:50} {p95(before):8.1f} ms {p95(after):8.1f} ms  x {ratios[page]}")
    worst = max(ratios, key=lambda page: ratios[page])
    said = {"conversations": large, "worst": worst, "worst_ratio": ratios[worst]}
    print(json.dumps({**said, "slowest_ms": round(max(map(p95, whole.values())))}))


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    main()
