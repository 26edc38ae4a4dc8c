# ruff: noqa: E402  # the path must be set before anything is imported
"""How much memory the command line takes, for 100,000 and for 500,000 turns.

CrossWOZ repeated in a file of JSON Lines, the thousand rules of `material/full_rules.py`. The most
memory that was resident at once, as the system counts it. The last line is JSON.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

import json
import os
import tempfile

from benchmarks.material import full_rules
from benchmarks.material.dialogues import conversations, said_often
from lingzhi_engine.inspect import Batch

SIZES = (100_000, 500_000)


def write_talk(path: Path, turns: int) -> None:
    """The sample again and again, until there are at least so many turns."""
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in conversations()]
    once = sum(len(one["turns"]) for one in conversations())
    with path.open("w", encoding="utf-8") as out:
        for _ in range(-(-turns // once)):
            out.writelines(lines)


def peak(rules: Path, talk: Path, out: Path) -> float:
    """Megabytes resident at most while the file is inspected."""
    command = [sys.executable, "-m", "lingzhi_engine", "inspect", rules, talk]
    command += ["--out", out, "--cache", rules.parent]
    process = os.posix_spawn(sys.executable, [str(part) for part in command], os.environ)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"the command ended with {status}")
    return used.ru_maxrss / 1024


def main() -> None:
    """Measures and prints."""
    os.chdir(ROOT)
    said = said_often(Batch.from_conversations(conversations()))
    figures = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rules = folder / "rules.json"
        rules.write_text(json.dumps(full_rules.ruleset(said), ensure_ascii=False), encoding="utf-8")
        for turns in SIZES:
            talk = folder / "talk.jsonl"
            write_talk(talk, turns)
            figures[f"peak_mb_{turns}"] = round(peak(rules, talk, folder / "found.jsonl"))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
