"""How often the first rule set is right on CrossWOZ, real Chinese talk, by reading what it found.

`--draw SEED` prints 200 of its findings as YAML, to be read and judged one by one. Up to twelve of
each rule, so that every rule that finds anything is seen; the rest in proportion to how much is
left of each rule. `--write` puts what was judged into the reference.

The last line is JSON.
"""
# ruff: noqa: E402

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # this file's own folder would hide the standard module `inspect`

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import yaml

from benchmarks.material.pages import write_measured
from lingzhi_engine.inspect import Batch, Finding, Verdict, compile, load
from lingzhi_engine.inspect.tests.crosswoz import conversations
from lingzhi_engine.stats import Rate

RULES = ROOT / "data" / "rules" / "first"
JUDGED = ROOT / "data" / "rules" / "crosswoz_findings.yaml"
PAGE = ROOT / "docs" / "reference" / "precision.md"
SIZE, OF_EACH = 200, 12
# What a finding of these rules says is that something is missing from the whole dialogue.
ABSENCES = frozenset(
    {
        "closing.no_farewell",
        "closing.no_more_help",
        "courtesy.no_honorific",
        "opening.no_greeting",
    }
)
Row = dict[str, Any]


def hits() -> Iterator[Finding]:
    """What the first rules find in the sample."""
    found = compile(load(RULES)).run(Batch.from_conversations(conversations()))
    yield from (finding for finding in found if finding.verdict == Verdict.HIT)


def drawn(found: list[Finding], seed: int) -> list[Finding]:
    """Up to twelve of each rule, the rest from what is left, whichever rule it is of."""
    chance = random.Random(seed)  # a sample that anybody can draw again
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(found, key=lambda f: (f.rule, f.conversation)):
        by_rule[finding.rule].append(finding)
    taken: list[Finding] = []
    left: list[Finding] = []
    for of_rule in by_rule.values():
        chance.shuffle(of_rule)
        taken += of_rule[:OF_EACH]
        left += of_rule[OF_EACH:]
    taken += chance.sample(left, min(len(left), SIZE - len(taken)))
    return sorted(taken, key=lambda f: (f.rule, f.conversation))


def as_yaml(sample: list[Finding]) -> str:
    """The sample with its words, each still to be judged."""
    told = {c["id"]: c["turns"] for c in conversations()}
    rows: list[Row] = []
    for finding in sample:
        turn = next((e.turn for e in finding.evidence if e.turn), None)
        rows.append(
            {
                "conversation": finding.conversation,
                "rule": finding.rule,
                "version": finding.version,
                "turn": turn,
                "judgement": None,
                "words": told[finding.conversation][turn - 1]["text"] if turn else None,
                "reason": None,
            }
        )
    return yaml.safe_dump({"findings": rows}, allow_unicode=True, sort_keys=False, width=1000)


def judged() -> Row:
    """What was read, as `data/rules/crosswoz_findings.yaml` keeps it."""
    return dict(yaml.safe_load(JUDGED.read_text(encoding="utf-8")))


def tallies(read: Row) -> dict[str, Counter[str]]:
    """How many findings of each rule were judged right, wrong, unclear."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read["findings"]:
        found[row["rule"]][row["judgement"]] += 1
    return found


def precision(tally: Counter[str], *, unclear: str = "") -> Rate:
    """Of what was judged, how much is right. The unclear count nowhere, or as is said."""
    right = tally["right"] + tally["unclear"] * (unclear == "right")
    wrong = tally["wrong"] + tally["unclear"] * (unclear == "wrong")
    return Rate(right, right + wrong)


def weighted(rates: dict[str, Rate], found: dict[str, int]) -> tuple[float, float, float]:
    """The precision over all findings with its 95 % interval, 0 to 1.

    A rule counts as often as it hit in the whole sample of dialogues. The intervals of the rules
    are joined by the method of variance estimates recovery, MOVER (Zou and Donner 2008).
    """
    known = {rule: rate for rule, rate in rates.items() if rate.ratio is not None}
    whole = sum(found[rule] for rule in known)
    middle = below = above = 0.0
    for rule, rate in known.items():
        share, ratio = found[rule] / whole, rate.ratio or 0.0
        low, high = rate.interval()
        middle += share * ratio
        below += (share * (ratio - low)) ** 2
        above += (share * (high - ratio)) ** 2
    return middle, max(0.0, middle - below**0.5), min(1.0, middle + above**0.5)


def written(ratio: float, low: float, high: float) -> str:
    return f"{ratio:.0%} ({low * 100:.0f}–{high * 100:.0f})"


def table(read: Row) -> str:
    """What was read, by rule: Markdown."""
    versions = {rule.id: rule.version for rule in load(RULES).rules}
    lines = [
        "| rule | found | read | right | wrong | unclear | precision | measured on version |",
        "|---|---|---|---|---|---|---|---|",
    ]
    of_rule = {row["rule"]: row["version"] for row in read["findings"]}
    for rule, tally in sorted(tallies(read).items()):
        rate = precision(tally)
        ratio = "–" if rate.ratio is None else written(rate.ratio, *rate.interval())
        counts = " | ".join(str(tally[name]) for name in ("right", "wrong", "unclear"))
        version = str(of_rule[rule])
        if versions[rule] != of_rule[rule]:
            version += f", now {versions[rule]}"
        found = read["found"][rule]
        lines.append(f"| `{rule}` | {found} | {tally.total()} | {counts} | {ratio} | {version} |")
    return "\n".join(lines)


def overall(read: Row) -> str:
    """Three figures each: the unclear left out, as wrong, as right."""
    lines = [
        "| the unclear count | all findings | something is missing | something is said |",
        "|---|---|---|---|",
    ]
    by_rule = tallies(read)
    for title, unclear in (("not at all", ""), ("as wrong", "wrong"), ("as right", "right")):
        rates = {rule: precision(tally, unclear=unclear) for rule, tally in by_rule.items()}
        missing = {rule: rate for rule, rate in rates.items() if rule in ABSENCES}
        said = {rule: rate for rule, rate in rates.items() if rule not in ABSENCES}
        cells = (written(*weighted(part, read["found"])) for part in (rates, missing, said))
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def mistakes(read: Row) -> str:
    """What was wrong or unclear, by kind, in all that was ever read."""
    lines = ["| what was wrong | wrong | unclear | in |", "|---|---|---|---|"]
    for kind, meaning in read["kinds"].items():
        every = (*read["findings"], *read["earlier"])
        rows = [row for row in every if row.get("kind") == kind]
        count = Counter(row["judgement"] for row in rows)
        where = ", ".join(f"`{rule}`" for rule in sorted({row["rule"] for row in rows}))
        lines.append(f"| {meaning} | {count['wrong']} | {count['unclear']} | {where} |")
    return "\n".join(lines)


def since(read: Row, found: list[Finding]) -> str:
    """What was read of earlier versions and was gone after a change: is it found again?"""
    now = {(finding.rule, finding.conversation) for finding in found}
    hit = Counter(finding.rule for finding in found)
    lines = [
        "| rule | found then | found now | right, found again | wrong, found again |",
        "|---|---|---|---|---|",
    ]
    for rule, then in read["found_then"].items():
        cells = []
        for judgement in ("right", "wrong"):
            rows = [
                row["conversation"]
                for row in read["earlier"]
                if (row["rule"], row["judgement"]) == (rule, judgement)
            ]
            cells.append(f"{sum((rule, one) in now for one in rows)} of {len(rows)}")
        lines.append(f"| `{rule}` | {then} | {hit[rule]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def page(read: Row, found: list[Finding]) -> str:
    """All that the reference shows between its marks."""
    return "\n\n".join(
        (
            f"Read on {read['date']}. Who labels: {read['by']}.",
            overall(read),
            table(read),
            mistakes(read),
            "What was read of earlier versions, and was gone once the rule had been changed:",
            since(read, found),
        )
    )


def main() -> None:
    """Draws, or prints what was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", type=int, metavar="SEED", help="print a sample to be judged")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/precision.md")
    options = parser.parse_args()
    found = list(hits())
    if options.draw is not None:
        print(as_yaml(drawn(found, options.draw)))
        return
    read = judged()
    print(page(read, found))
    if options.write:
        write_measured(PAGE, page(read, found))
    ratio, low, high = weighted(
        {rule: precision(tally) for rule, tally in tallies(read).items()}, read["found"]
    )
    counts = Counter(row["judgement"] for row in read["findings"])
    print(json.dumps({"read": counts, "precision": ratio, "precision_95": [low, high]}))


if __name__ == "__main__":
    main()
