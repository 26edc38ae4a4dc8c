"""How well the first rule set does on calls that people wrote and judged by hand.

For every rule and over all: precision (of what it found, how much is right) and recall (of what is
there, how much it found), each with its Wilson interval, and the share of verdicts that agree when
`na`, `unknown` and `miss` are told apart too. `--write` puts the table into the reference;
`--mistakes RULE` lists the calls a rule judges otherwise. A rule that no label names was not judged
by people and is left out.

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
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from benchmarks.material.pages import write_measured
from lingzhi_engine.inspect import Batch, compile, load
from lingzhi_engine.stats import Rate, wilson_each

GOLDEN = ROOT / "data" / "golden"
RULES = ROOT / "data" / "rules" / "first"
PAGE = ROOT / "docs" / "reference" / "golden.md"
TUNED = yaml.safe_load((GOLDEN / "tuned.yaml").read_text(encoding="utf-8"))
Call = dict[str, Any]


@dataclass
class Score:
    """How one rule, or all of them, compare with what people said."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    agreed: int = 0
    judged: int = 0
    mistakes: list[str] = field(default_factory=list)

    def add(self, call: str, expected: str, found: str) -> None:
        """One verdict beside the one a person gave. A hit judged `unknown` is missed."""
        self.judged += 1
        self.agreed += expected == found
        self.right += expected == found == "hit"
        self.wrong += found == "hit" != expected
        self.missed += expected == "hit" != found
        if expected != found:
            self.mistakes.append(f"{call}: {expected}, found {found}")

    @property
    def precision(self) -> Rate:
        return Rate(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Rate:
        return Rate(self.right, self.right + self.missed)

    @property
    def agreement(self) -> Rate:
        return Rate(self.agreed, self.judged)


def calls(folder: Path = GOLDEN) -> Iterator[Call]:
    """The golden calls, in order of file and line."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def expected_verdict(call: Call, rule: str) -> str:
    """What people said: `miss` unless the rule is named."""
    return next((name for name, rules in call["expected"].items() if rule in rules), "miss")


def labelled(golden: list[Call]) -> set[str]:
    """The rules that some label names."""
    return {rule for call in golden for rules in call["expected"].values() for rule in rules}


def judge(golden: list[Call]) -> dict[str, Score]:
    """The score of every labelled rule, by id. The engine sees nothing of what is expected."""
    plan = compile(load(RULES))
    given = ("id", "channel", "direction", "meta", "turns")
    asked = [{name: call[name] for name in given} for call in golden]
    known = labelled(golden)
    scores: dict[str, Score] = {rule.id: Score() for rule in plan.rules if rule.id in known}
    by_id = {call["id"]: call for call in golden}
    for finding in plan.run(Batch.from_conversations(asked)):
        if finding.rule not in known:
            continue
        call = by_id[finding.conversation]
        expected = expected_verdict(call, finding.rule)
        scores[finding.rule].add(call["id"], expected, finding.verdict.value)
    return scores


def total(scores: dict[str, Score]) -> Score:
    """All rules together."""
    whole = Score()
    for score in scores.values():
        whole.right += score.right
        whole.wrong += score.wrong
        whole.missed += score.missed
        whole.agreed += score.agreed
        whole.judged += score.judged
    return whole


def written(rate: Rate) -> str:
    """`12/13 92 % (67–99)`; a dash where there was nothing to find."""
    if rate.ratio is None:
        return "–"
    low, high = rate.interval()
    return (
        f"{rate.numerator}/{rate.denominator} {rate.ratio:.0%} ({low * 100:.0f}–{high * 100:.0f})"
    )


def table(scores: dict[str, Score]) -> str:
    """A Markdown table, one line a rule, the whole first."""
    lines = ["| rule | precision | recall | verdicts that agree |", "|---|---|---|---|"]
    for name, score in {"**all**": total(scores), **scores}.items():
        cells = (written(score.precision), written(score.recall), written(score.agreement))
        label = name if name.startswith("*") else f"`{name}`"
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def unseen(golden: list[Call]) -> dict[str, Score]:
    """The rules that were tuned on some calls, on the others."""
    scores = judge([call for call in golden if int(call["id"][-2:]) > TUNED["up_to"]])
    return {rule: scores[rule] for rule in TUNED["rules"]}


def page(golden: list[Call], scores: dict[str, Score]) -> str:
    """What the reference shows between its marks."""
    first = TUNED["up_to"] + 1
    told = (
        f"Rules that were tuned on calls 01 to {first - 1:02} of each scenario (`tuned.yaml`), "
        f"on the calls from {first:02} on, which nobody looked at for it:"
    )
    on_all = ", ".join(f"`{rule}`" for rule in TUNED["on_all"])
    rest = f"Tuned after all calls had been read, with none left to measure on: {on_all}."
    return f"{table(scores)}\n\n{told}\n\n{table(unseen(golden))}\n\n{rest}"


def figures(golden: list[Call], scores: dict[str, Score]) -> dict[str, Any]:
    """The last line: the whole, and the rules whose precision is surely below nine tenths."""
    whole = total(scores)
    rates = {"precision": whole.precision, "recall": whole.recall, "agreement": whole.agreement}
    right = [score.right for score in scores.values()]
    found = [score.right + score.wrong for score in scores.values()]
    _, highest = wilson_each(right, found)
    return {
        "calls": len(golden),
        "rules": len(scores),
        "hits_expected": whole.right + whole.missed,
        **{name: round(rate.ratio or 0.0, 4) for name, rate in rates.items()},
        **{
            f"{name}_95": [round(end, 4) for end in rate.interval()] for name, rate in rates.items()
        },
        "weak": [name for name, high in zip(scores, highest, strict=True) if high < 0.9],
    }


def main() -> None:
    """Judges and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew docs/reference/golden.md")
    parser.add_argument("--mistakes", metavar="RULE", help="a rule id, or `all`")
    options = parser.parse_args()
    golden = list(calls())
    scores = judge(golden)
    measured = page(golden, scores)
    print(measured)
    if options.write:
        write_measured(PAGE, measured)
    for name, score in scores.items():
        if options.mistakes in (name, "all"):
            print(name, *score.mistakes, sep="\n  ")
    print(json.dumps(figures(golden, scores)))


if __name__ == "__main__":
    main()
