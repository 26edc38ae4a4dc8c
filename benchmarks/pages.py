# ruff: noqa: E402  # the path must be set before anything is imported
"""How much longer pages take over 1,000,000 conversations and 100,000 scores than over a 20th.

Two databases of the demo centre made large (`material/large.py`); the pages that people open most,
each by who opens it, without a network. Both sides are asked in turns, so that whatever else the
machine does falls on both. The 95th percentile of each page, and how it grows. Last line: JSON;
`worst_ratio` is to be 1.5 at most.

    python benchmarks/pages.py [CONVERSATIONS [ROUNDS]]
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
from collections import defaultdict

LARGE, PART = 1_000_000, 20
BASE = 2_000
ROUNDS = 60
PAGES = (
    ("7002", "home", ""),
    ("7002", "inspections:results", ""),
    ("7002", "inspections:rules", ""),
    ("7002", "contacts:list", ""),
    ("7002", "inspections:conversations", ""),
    ("7002", "inspections:reviews", ""),
    ("7002", "inspections:reviews", "?state=releasable"),
    ("7004", "inspections:tasks", ""),
    ("7002", "inspections:coverage", ""),
    ("7002", "inspections:budget", ""),
    ("7002", "inspections:appeals", ""),
    ("7002", "inspections:trust", ""),
    ("7002", "inspections:inspectors", ""),
    ("8001", "inspections:team_scores", ""),
    ("8002", "inspections:own", ""),
    ("8002", "contacts:list", ""),
)


class Side:
    """A process with a database of its own that says how long pages take."""

    def __init__(self, base: Path, folder: str, conversations: int) -> None:
        shutil.copytree(base, folder, dirs_exist_ok=True)
        self._process = _start(folder, str(conversations // BASE - 1))

    def wait(self) -> None:
        """Until its database is filled."""
        self._read()

    def milliseconds(self, page: tuple[str, str, str]) -> float:
        """How long it took to answer."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(page) + "\n")
        self._process.stdin.flush()
        return float(self._read())

    def _read(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a side of the benchmark ended early")
        return line

    def end(self) -> None:
        """Stop the process."""
        self._process.communicate()


def _start(folder: str, argument: str) -> subprocess.Popen[str]:
    own = {
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/pages.sqlite3",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.material.large", argument],
        cwd=ROOT, env={**os.environ, **own}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def measure(conversations: int, rounds: int) -> dict[str, tuple[list[float], list[float]]]:
    """For each page the times over a part of the conversations, and over all of them."""
    found: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        base = Path(folder, "base")
        if _start(str(base), "base").wait():
            raise SystemExit("the base could not be filled")
        numbers = (conversations // PART, conversations)
        sides = [Side(base, f"{folder}/{number}", number) for number in numbers]
        for side in sides:
            side.wait()
        for round_ in range(rounds + 1):
            for page in PAGES:
                for side, times in zip(sides, found[" ".join(page)], strict=True):
                    taken = side.milliseconds(page)
                    if round_:  # the first one reads everything from the disk
                        times.append(taken)
        for side in sides:
            side.end()
    return dict(found)


def main() -> None:
    """Measures and prints."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    ratios, slowest = {}, 0.0
    for page, (before, after) in measure(large, rounds).items():
        ratios[page] = round(p95(after) / p95(before), 2)
        slowest = max(slowest, p95(after))
        print(f"{page:50} {p95(before):8.1f} ms {p95(after):8.1f} ms  x {ratios[page]}")
    worst = max(ratios, key=lambda page: ratios[page])
    said = {"conversations": large, "worst": worst, "worst_ratio": ratios[worst]}
    print(json.dumps({**said, "slowest_ms": round(slowest)}))


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    main()
