# ruff: noqa: E402  # the path must be set before anything is imported
"""How fast whole rules are judged, beside a plain program and beside the matcher alone.

CrossWOZ (real Chinese dialogue) is repeated to 500,000 turns. Two rule sets: 185 rules of 400
phrases and 105 expressions with scopes and logic, and a thousand rules of all kinds
(`material/full_rules.py`). Compared are
* the engine: from Arrow tables to the Arrow table of findings with the place of every match,
* a plain program: ``in`` and ``re``, pattern by pattern and turn by turn, on the sample once; it
  finds the same places and knows no scopes, no logic, no distances and no forms of a character,
* the raw scan: the same patterns over the same bytes, each pattern once, matches dropped.

Processor time of the fastest of several runs; also what one conversation of 40 turns takes. The
last line is JSON; quote the ratios only. `memory.py` measures the memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # this file's own folder would hide the standard module of its name

import json
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import hyperscan

from benchmarks.material import full_rules, phrases
from benchmarks.material.dialogues import conversations, repeated, said_often
from lingzhi_engine.inspect import Batch, Plan, compile, parse
from lingzhi_engine.inspect.pattern.emit import confirming, scannable
from lingzhi_engine.inspect.pattern.pattern import Pattern

TURNS = 500_000
CONVERSATION = 40  # turns of the one conversation
CONVERSATIONS = 50


def simple_rules(said: Sequence[str]) -> dict[str, Any]:
    """80 rules of five phrases and 105 of one expression, over scopes that rules really have."""
    words = phrases.words(said)
    scopes = ({"role": "agent"}, {"role": "customer"}, {}, {"role": "agent", "last_turns": 3})
    found = [{"op": "text.keyword", "words": words[i::80]} for i in range(80)]
    found += [{"op": "text.regex", "pattern": one} for one in phrases.expressions()]
    rules = []
    for number, condition in enumerate(found):
        excuse = {"op": "text.keyword", "words": [words[-1 - number % 50]]}
        conditions: dict[str, Any] = {"a": {**condition, "scope": scopes[number % len(scopes)]}}
        if number % 5 == 0:
            conditions["b"] = {**excuse, "scope": {"role": "customer"}}
        when = "a && !b" if "b" in conditions else "a"
        rules.append({"id": f"bench.r{number}", "conditions": conditions, "when": when})
    return {"rules": rules}


def patterns_of(plan: Plan) -> list[Pattern]:
    """The different patterns of all rules."""
    return list(dict.fromkeys(p for question in plan.questions for p in question.patterns))


def best_of(rounds: int, acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of processor time of the fastest run of each act; they take turns."""
    found: dict[str, float] = {}
    for _ in range(rounds):
        for name, act in acts.items():
            start = time.process_time()
            act()
            spent = time.process_time() - start
            found[name] = min(spent, found.get(name, spent))
    return found


def raw_scan(batch: Batch, patterns: Sequence[Pattern]) -> Callable[[], object]:
    """Scans all bytes for all patterns, each reported once, and drops the matches."""
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_SINGLEMATCH
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    sources = [one.source.encode() for p in patterns if (one := scannable(p)) is not None]
    database.compile(
        expressions=sources, ids=list(range(len(sources))), flags=[flags] * len(sources)
    )
    text = bytes(batch.joined[0])
    return lambda: database.scan(text, match_event_handler=lambda *match: None)


def plain_program(batch: Batch, patterns: Sequence[Pattern]) -> Callable[[], int]:
    """The places of every phrase and expression, turn by turn."""
    texts = batch.text.to_pylist()
    words = [(number, p.source) for number, p in enumerate(patterns) if p.is_word and not p.heard]
    compiled = [
        (number, re.compile(confirming(replace(p, folded=p.node))))
        for number, p in enumerate(patterns)
        if not p.is_word or p.heard
    ]

    def run() -> int:
        places = []
        for turn, text in enumerate(texts):
            for number, word in words:
                if word in text:
                    start = text.index(word)
                    places.append((number, turn, start, start + len(word)))
            for number, one in compiled:
                for match in one.finditer(text):
                    places.append((number, turn, *match.span()))
        return len(places)

    return run


def one_conversation(plan: Plan) -> float:
    """Milliseconds, in the middle, from a conversation of 40 turns to its table of findings."""
    turns = [turn for conversation in conversations() for turn in conversation["turns"]]
    spent = []
    for number in range(CONVERSATIONS):
        talk = turns[number * CONVERSATION :][:CONVERSATION]
        one = {"id": "1", "channel": "phone", "direction": "in", "turns": talk}

        def judge(one: dict[str, Any] = one) -> object:
            return plan.run(Batch.from_conversations([one])).table()

        spent.append(best_of(5, {"one": judge})["one"])
    return statistics.median(spent) * 1000


def measured(sample: Batch, rules: dict[str, Any]) -> dict[str, float]:
    """The figures of one rule set."""
    plan = compile(parse(rules))
    plan.prepare()
    patterns, batch = patterns_of(plan), repeated(sample, TURNS)

    def engine() -> object:
        fresh = Batch(batch.conversations, batch.turns)  # nothing derived is kept between runs
        return plan.run(fresh).table()

    plain = plain_program(sample, patterns)
    hits_per_turn = plain() / sample.turn_count
    seconds = best_of(7, {"engine": engine, "raw": raw_scan(batch, patterns)})
    plain_seconds = best_of(2, {"plain": plain})["plain"]
    seconds["plain"] = plain_seconds * batch.turn_count / sample.turn_count
    for name, spent in seconds.items():
        print(f"{name:8} {batch.turn_count / spent / 1000:10,.1f} thousand turns/s")
    words = sum(one.is_word for one in patterns)
    print(f"{len(plan.rules)} rules, {words} phrases, {len(patterns) - words} expressions")
    print(f"{plan.run(sample).table().num_rows / sample.turn_count:.1f} rows of findings a turn")
    return {
        "engine_vs_raw": round(seconds["raw"] / seconds["engine"], 3),
        "engine_vs_plain": round(seconds["plain"] / seconds["engine"], 1),
        "hits_per_turn": round(hits_per_turn, 2),
        "one_conversation_ms": round(one_conversation(plan), 2),
    }


def main() -> None:
    """Measures and prints."""
    sample = Batch.from_conversations(conversations())
    said = said_often(sample)
    simple = measured(sample, simple_rules(said))
    print(json.dumps({**simple, "full": measured(sample, full_rules.ruleset(said))}))


if __name__ == "__main__":
    main()
