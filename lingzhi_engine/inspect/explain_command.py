"""``explain``: why one rule gave its verdict on one conversation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from . import files, rules
from .explain import ConditionStory, Explanation, NearMiss, explain
from .model import Conversation, Evidence, Finding, Rule, RuleSet
from .problems import InvalidRules


class NotThere(LookupError):
    """The file has no rule, or no conversation, of this name; the text names those it has."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to a parser."""
    parser = commands.add_parser("explain", help="why a rule gave its verdict on a conversation")
    parser.add_argument("rules", type=Path, help="a YAML or JSON file, or a folder of them")
    parser.add_argument("conversations", type=Path, help="a .jsonl or .parquet file")
    parser.add_argument("--rule", required=True, help="the id of the rule")
    parser.add_argument("--conversation", help="the id of the conversation; the first if not given")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Says why, condition by condition; 1 when a file cannot be used or holds no such thing."""
    try:
        rule = _rule(rules.load(given.rules), given.rule)
        conversation = _conversation(given.conversations, given.conversation)
    except (InvalidRules, files.UnreadableFile, OSError, NotThere) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    story = explain(conversation, rule)
    sys.stdout.writelines(f"{line}\n" for line in told(story, conversation))
    return 0


def _rule(every: RuleSet, wanted: str) -> Rule:
    for rule in every.rules:
        if rule.id == wanted:
            return rule
    raise NotThere(f"no rule {wanted}; there are: {', '.join(rule.id for rule in every.rules)}")


def _conversation(path: Path, wanted: str | None) -> Conversation:
    for batch in files.batches(path):
        for place in range(len(batch)):
            conversation = batch.conversation(place)
            if wanted in (None, conversation.id):
                return conversation
    raise NotThere(f"no conversation {wanted or 'at all'} in {path.name}")


def told(story: Explanation, conversation: Conversation) -> Iterator[str]:
    """The explanation in lines; what decided it is starred."""
    texts = {turn.seq: f"{turn.role}: {turn.text}" for turn in conversation.turns}
    finding = story.finding
    yield f"{finding.rule} on {conversation.id}: {finding.verdict}{_why(finding)}"
    for one in story.conditions:
        star = "*" if one.name in story.decisive else " "
        turns = f"looks at {len(one.turns)} of {len(texts)} turns"
        yield f"{star} {one.name}  {one.operator}: {one.verdict}{_why(one)}  ({turns})"
        for piece in one.evidence:
            yield f"    {'measured' if piece.turn is None else 'found'} {_evidence(piece, texts)}"
        for near in one.near_misses:
            yield f"    {_near(near, texts)}"


def _why(one: ConditionStory | Finding) -> str:
    said = ": ".join(part for part in (one.reason, one.detail) if part)
    return f" ({said})" if said else ""


def _evidence(piece: Evidence, texts: dict[int, str]) -> str:
    figures = "" if piece.value is None else f"{piece.value:g}  "
    if piece.value is not None and piece.threshold is not None:
        figures = f"{piece.value:g} against {piece.threshold:g}  "
    where = "" if piece.turn is None else f"turn {piece.turn}  {texts[piece.turn]}"
    return f"{figures}{where}".rstrip()


def _near(near: NearMiss, texts: dict[int, str]) -> str:
    where = f"turn {near.turn}  {texts[near.turn]}"
    if near.likeness == 1:
        return f"said, but not where it looks: {near.pattern}  {where}"
    return f"nearest to {near.pattern}: {near.likeness:.0%} alike  {where}"
