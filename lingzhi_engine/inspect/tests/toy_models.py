"""Models for tests: classifiers of a few words, and a judge that does only what its task says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lingzhi_engine.inspect import Models
from lingzhi_engine.inspect.meaning.classifier import Classifier, train
from lingzhi_engine.inspect.meaning.prompt import CLOSE, OPEN, Prompt

INTENTS = {
    "退款": ["我要退款", "申请退款", "退款什么时候到账", "帮我退款吧", "我想退款", "这个能退款吗"],
    "投诉": ["我要投诉", "投诉你们", "我要投诉客服", "怎么投诉", "转投诉部门", "投诉电话是多少"],
    "查询": ["查一下订单", "帮我查快递", "查询余额", "物流到哪了", "查一下进度", "订单号查询"],
}


class ObedientJudge:
    """Obeys the system message alone: the first answer when a word in 「」 of the task is said."""

    name = "obedient"
    version = "1"
    max_chars = 20_000

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []

    def __call__(self, prompt: Prompt, seconds: float) -> str:
        self.prompts.append(prompt)
        words = re.findall("「(.+?)」", prompt.system)
        answers = re.findall('"(.+?)"', prompt.system.rpartition("Answers: ")[2].split("\n")[0])
        for turn in record(prompt.user):
            for word in words:
                if word in turn["text"]:
                    return reply(answers[0], [(turn["turn"], word)])
        return reply(answers[1], [])


def record(user: str) -> Iterator[dict[str, Any]]:
    """The turns in a user message."""
    first, *lines, last = user.split("\n")
    assert (first, last) == (OPEN, CLOSE)
    return map(json.loads, lines)


def reply(verdict: str, quotes: list[tuple[int, str]], reason: str = "如引文所示") -> str:
    """An answer in the form asked for."""
    said = [{"turn": turn, "text": text} for turn, text in quotes]
    return json.dumps({"verdict": verdict, "quotes": said, "reason": reason}, ensure_ascii=False)


@cache
def classifier(name: str = "intent", enough: int = 5) -> Classifier:
    """Tells refunds, complaints and queries apart."""
    return train(
        [(text, label) for label, texts in INTENTS.items() for text in texts],
        name=name,
        enough=enough,
    )


@cache
def models() -> Models:
    """All kinds of models, the sentiment model that comes with the engine among them."""
    return Models(
        classifiers={name: classifier(name) for name in ("intent", "topic", "own")},
        judge=ObedientJudge(),
    )
