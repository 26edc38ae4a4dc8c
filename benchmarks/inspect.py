# ruff: noqa: E402  # the path must be set before anything is imported
"""How fast whole rules are judged, beside a plain program and beside the matcher alone.

CrossWOZ (real Chinese dialogue) is repeated to 500,000 turns. 400 phrases and 105 expressions make
185 rules with scopes and logic. Compared are
* the engine: from Arrow tables to the Arrow table of findings with the place of every match,
* a plain program: ``in`` and ``re``, phrase by phrase and turn by turn, on a tenth of the turns; it
  finds the same places and knows no scopes, no logic and no forms of a character,
* the raw scan: the same patterns over the same bytes, each pattern once, matches dropped.

Processor time of the fastest of several runs. The last line is JSON; quote the ratios only.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # this file's own folder would hide the standard module of its name

import json
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import hyperscan
import numpy as np
import pyarrow as pa

from lingzhi_engine.inspect import Batch, compile, parse
from lingzhi_engine.inspect.pattern import pattern
from lingzhi_engine.inspect.pattern.emit import scannable

TURNS = 500_000
ROLES = {"usr": "customer", "sys": "agent"}
# What a service centre looks for, which travel advice hardly holds …
SUBJECTS = (
    "退款", "投诉", "订单", "快递", "发票", "密码", "账户", "话费", "宽带", "保单",
    "理赔", "会员", "积分", "优惠", "套餐", "合同", "物流", "维修", "退货", "换货",
)  # fmt: skip
PREDICATES = (
    "不归我们管", "已经登记", "正在处理", "没有到账", "还没解决", "多久能好", "可以申请",
    "需要审核", "不能办理", "马上核实",
)  # fmt: skip
# … and what travel advice does hold, so that there is about a match a turn.
ASKED = ("请问", "麻烦", "抱歉", "帮我", "评分")
TOLD = ("地址", "电话", "餐馆", "酒店", "多少")


def dialogues() -> Iterator[list[dict[str, str]]]:
    """The messages of every dialogue of the sample."""
    for name in ("val", "test"):
        with zipfile.ZipFile(ROOT / f"data/crosswoz/{name}.json.zip") as archive:
            found = json.loads(archive.read(f"{name}.json"))
        yield from (dialogue["messages"] for dialogue in found.values())


def batch_of(turns: int) -> Batch:
    """The sample repeated to at least so many turns."""
    one = Batch.from_conversations(
        {"turns": [{"role": ROLES[m["role"]], "text": m["content"]} for m in messages]}
        for messages in dialogues()
    )
    times = -(-turns // one.turn_count)
    rows = np.concatenate([one.conversation_of + i * len(one) for i in range(times)])
    repeated = pa.concat_tables([one.turns] * times).combine_chunks()
    ids = pa.array([str(number) for number in range(times * len(one))])
    return Batch(
        pa.concat_tables([one.conversations] * times).set_column(0, "id", ids),
        repeated.set_column(0, "conversation", pa.array(rows, pa.int32())),
    )


def phrases(batch: Batch) -> list[str]:
    """200 phrases that nobody says here and 200 that are said, from often to hardly ever."""
    texts = batch.text.slice(0, 4000).to_pylist()
    said = Counter(
        text[i : i + 4] for text in texts for i in range(len(text) - 4) if text[i : i + 4].isalnum()
    )
    frequent = [word for word, _ in sorted(said.items(), key=lambda item: (-item[1], item[0]))]
    unsaid = [f"{subject}{predicate}" for subject in SUBJECTS for predicate in PREDICATES]
    return unsaid + frequent[20:1820:9]


def expressions() -> list[str]:
    """105: alternatives with gaps, classes, look-around, numbers; a third find something."""
    others, later = SUBJECTS[1:] + SUBJECTS[:1], PREDICATES[1:] + PREDICATES[:1]
    rare = [
        f"(?:{subject}|{other}).{{0,{4 + number % 7}}}(?:{predicate}|{next_one})"
        for number, (subject, other) in enumerate(zip(SUBJECTS, others, strict=True))
        for predicate, next_one in list(zip(PREDICATES, later, strict=True))[::5]
    ]
    gaps = [f"{asked}.{{0,6}}{told}" for asked in ASKED for told in TOLD]
    choices = [f"(?:{subject}|要{subject})(?:了吗|不了|一下)" for subject in SUBJECTS]
    looks = [f"(?<!不){word}[^，。]{{1,8}}(?:元|块)" for word in (*ASKED, *TOLD)]
    numbers = [rf"{told}[是为：]?\d{{{digits},}}" for told in TOLD for digits in (3, 7)]
    return rare + gaps + choices + looks + numbers


def ruleset(words: list[str], patterns: list[str]) -> dict[str, Any]:
    """80 rules of five phrases and 105 of one expression, over scopes that rules really have."""
    scopes = ({"role": "agent"}, {"role": "customer"}, {}, {"role": "agent", "last_turns": 3})
    found = [{"op": "text.keyword", "words": words[i::80]} for i in range(80)]
    found += [{"op": "text.regex", "pattern": one} for one in patterns]
    rules = []
    for number, condition in enumerate(found):
        excuse = {"op": "text.keyword", "words": [words[-1 - number % 50]]}
        conditions: dict[str, Any] = {"a": {**condition, "scope": scopes[number % len(scopes)]}}
        if number % 5 == 0:
            conditions["b"] = {**excuse, "scope": {"role": "customer"}}
        when = "a && !b" if "b" in conditions else "a"
        rules.append({"id": f"bench.r{number}", "conditions": conditions, "when": when})
    return {"rules": rules}


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


def raw_scan(batch: Batch, words: list[str], patterns: list[str]) -> Callable[[], object]:
    """Scans all bytes for all patterns, each reported once, and drops the matches."""
    made = [pattern.word(w) for w in words] + [pattern.expression(p) for p in patterns]
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_SINGLEMATCH
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    sources = [one.source.encode() for p in made if (one := scannable(p)) is not None]
    database.compile(
        expressions=sources, ids=list(range(len(sources))), flags=[flags] * len(sources)
    )
    text = bytes(batch.joined[0])
    return lambda: database.scan(text, match_event_handler=lambda *match: None)


def plain_program(batch: Batch, words: list[str], patterns: list[str]) -> Callable[[], int]:
    """The places of every phrase and expression, turn by turn, in a tenth of the batch."""
    texts = batch.text.slice(0, batch.turn_count // 10).to_pylist()
    compiled = [re.compile(one) for one in patterns]

    def run() -> int:
        places = []
        for turn, text in enumerate(texts):
            for number, word in enumerate(words):
                if word in text:
                    start = text.index(word)
                    places.append((number, turn, start, start + len(word)))
            for number, one in enumerate(compiled):
                for match in one.finditer(text):
                    places.append((number, turn, *match.span()))
        return len(places)

    return run


def main() -> None:
    """Measures and prints."""
    batch = batch_of(TURNS)
    words, patterns = phrases(batch), expressions()
    plan = compile(parse(ruleset(words, patterns)))
    plan.run(batch)  # compiles the patterns

    def engine() -> object:
        fresh = Batch(batch.conversations, batch.turns)  # nothing derived is kept between runs
        return plan.run(fresh).table()

    plain = plain_program(batch, words, patterns)
    hits_per_turn = plain() / (batch.turn_count // 10)
    seconds = best_of(7, {"engine": engine, "raw": raw_scan(batch, words, patterns)})
    seconds["plain"] = best_of(2, {"plain": plain})["plain"] * 10
    for name, spent in seconds.items():
        print(f"{name:8} {batch.turn_count / spent / 1000:10,.0f} thousand turns/s")
    print(f"{len(words)} phrases, {len(patterns)} expressions, {len(plan.rules)} rules")
    print(f"{plan.run(batch).table().num_rows:,} rows of findings")
    print(
        json.dumps(
            {
                "engine_vs_raw": round(seconds["raw"] / seconds["engine"], 3),
                "engine_vs_plain": round(seconds["plain"] / seconds["engine"], 1),
                "hits_per_turn": round(hits_per_turn, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
