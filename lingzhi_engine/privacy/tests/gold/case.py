"""One sentence with at most one piece of personal data in it, and how sentences are built."""

import random
from dataclasses import dataclass

CARRIERS = (
    "{}",
    "我的{label}是{}",
    "{label}：{}",
    "您记一下{}谢谢",
    "{label}{}",
    "麻烦帮我登记一下，{label}是{}，谢谢",
    "喂你好，我{label}{}，帮我查查",
    "不是那个，是{}",
    "好的，{}。",
    "改成{}吧",
    "（{}）",
    "{}，对，就这个",
    "我说一下啊 {} 记好了吗",
    "预留的{label}为{}",
)


@dataclass(frozen=True)
class Case:
    """`text[start:end]` is the data of `kind`, meaning `value`; kind "" has none."""

    text: str
    kind: str = ""
    start: int = 0
    end: int = 0
    value: str = ""


def place(rng: random.Random, words: str, *, kind: str, value: str, label: str) -> Case:
    """The words in a sentence; `value` as a detection should report it."""
    head, _, tail = rng.choice(CARRIERS).replace("{label}", label).partition("{}")
    return Case(f"{head}{words}{tail}", kind, len(head), len(head) + len(words), value)


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def widen(text: str) -> str:
    """Full-width forms of digits and Latin letters."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def say(rng: random.Random, number: str) -> str:
    """A number as it is spoken and written down by speech recognition, pauses included."""
    names = {"0": "零零零洞", "1": "幺幺一", "2": "二二两", "X": "X"}
    names |= dict(zip("3456789", "三四五六七八九", strict=True))
    words = [rng.choice(names[sign]) for sign in number]
    if rng.random() < 0.4:
        for at in sorted(rng.sample(range(2, len(words) - 1), 2), reverse=True):
            words.insert(at, rng.choice([" ", "，", "、"]))
    return "".join(words)
