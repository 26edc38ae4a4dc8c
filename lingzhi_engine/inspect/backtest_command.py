"""``backtest``: what another rule set would find in the same conversations (回测)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from functools import reduce
from pathlib import Path

from ..stats import TOO_FEW, wilson
from . import files, rules
from .backtest import Comparison
from .batch import Batch
from .difference import SAMPLES, Compared, Difference, Kind, Pairs, RuleDifference
from .model import Verdict
from .problems import InvalidRules

JUDGED = (Verdict.HIT, Verdict.MISS)
MOST_MEMBERS = 5  # agents and teams named in the summary; the file has all


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to a parser."""
    parser = commands.add_parser("backtest", help="compare two rule sets on the same conversations")
    parser.add_argument("before", type=Path, help="rules as they are: a file or a folder")
    parser.add_argument("after", type=Path, help="rules as they would be: a file or a folder")
    parser.add_argument("conversations", type=Path, help="a .jsonl or .parquet file")
    parser.add_argument("--out", type=Path, required=True, help="where to write the differences")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="kept of each kind of change")
    parser.add_argument("--cache", type=Path, help="a folder to keep compiled patterns in")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Writes one line a rule and says what changes; 1 when a file cannot be used."""
    try:
        before, after = rules.load(given.before), rules.load(given.after)
        comparison = Comparison(before, after, samples=given.samples, cache=given.cache)
        parts = map(comparison.of, files.batches(given.conversations))
        found = reduce(Difference.merged, parts, comparison.of(Batch.from_conversations(())))
        with given.out.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(map(_line, found))
    except (InvalidRules, files.UnreadableFile, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in summary(found))
    for side, rule, condition, detail in sorted(found.suspended):
        sys.stderr.write(f"{rule} ({side}): {condition} suspended: {detail}\n")
    return 0


def _line(rule: RuleDifference) -> str:
    return json.dumps(rule.as_json(), ensure_ascii=False, separators=(",", ":")) + "\n"


def summary(found: Difference) -> Iterator[str]:
    """What changes, for people: a block for each rule in which anything does."""
    changed = [rule for rule in found if any(rule.pairs.changed(kind) for kind in Kind)]
    yield (
        f"{found.conversations} conversations, {len(found.compared)} rules, "
        f"{len(changed)} with another verdict somewhere"
    )
    for rule in changed:
        yield from _block(rule)


def _block(rule: RuleDifference) -> Iterator[str]:
    pairs = rule.pairs
    yield f"{rule.compared.rule}  {_versions(rule.compared)}"
    yield f"  rate    {_rate(pairs, after=False)} -> {_rate(pairs, after=True)}"
    yield f"  gained  {pairs.changed(Kind.GAINED):6}   lost {pairs.changed(Kind.LOST):6}"
    if other := pairs.changed(Kind.OTHER):
        yield f"  other   {other:6}   (no hit on either side)"
    for verdict in (Verdict.NA, Verdict.UNKNOWN):
        if pairs.before(verdict) or pairs.after(verdict):
            yield f"  {verdict.value:7} {pairs.before(verdict):6} -> {pairs.after(verdict)}"
    for group, members in rule.groups.items():
        for name, moved in _most_moved(members):
            yield (
                f"  {group} {name or '(not known)'}: "
                f"{_rate(moved, after=False)} -> {_rate(moved, after=True)}"
            )


def _versions(compared: Compared) -> str:
    before, after = compared.before_version, compared.after_version
    if before is None:
        return f"v{after} (new)"
    return f"v{before} (gone)" if after is None else f"v{before} -> v{after}"


def _rate(pairs: Pairs, *, after: bool) -> str:
    count = pairs.after if after else pairs.before
    hits, judged = count(Verdict.HIT), count(*JUDGED)
    if not judged:
        return "nothing judged"
    said = f"{hits}/{judged} [{wilson(hits, judged).as_percent()}]"
    return said if judged >= TOO_FEW else f"{said} too few to say"


def _most_moved(members: Mapping[str, Pairs]) -> list[tuple[str, Pairs]]:
    """Those of whom enough was judged on both sides and whose rate moves, the most moved first."""
    moves = {name: move_of(pairs) for name, pairs in members.items()}
    known = [name for name, move in moves.items() if move]
    known.sort(key=lambda name: (-abs(moves[name] or 0.0), name))
    return [(name, members[name]) for name in known[:MOST_MEMBERS]]


def move_of(pairs: Pairs) -> float | None:
    """The rate afterwards less the rate before; ``None`` where too few were judged to say."""
    before, after = pairs.before(*JUDGED), pairs.after(*JUDGED)
    if min(before, after) < TOO_FEW:
        return None
    return pairs.after(Verdict.HIT) / after - pairs.before(Verdict.HIT) / before
