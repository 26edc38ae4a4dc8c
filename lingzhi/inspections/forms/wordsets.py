"""Word sets as text: `[name]` or `[name: level]`, then one word a line."""

import re
from typing import Any

HEAD = re.compile(r"\[(?P<name>[^\]:：]+)(?:[:：](?P<level>[^\]]*))?\]")


def text_of_wordsets(wordsets: dict[str, Any]) -> str:
    """The sets as paragraphs, one a set or one a level."""
    paragraphs = []
    for name, words in wordsets.items():
        levels = words if isinstance(words, dict) else {"": words}
        for level, several in levels.items():
            head = f"[{name}: {level}]" if level else f"[{name}]"
            paragraphs.append("\n".join([head, *(str(word) for word in several)]))
    return "\n\n".join(paragraphs)


def read_wordsets(text: str) -> dict[str, Any]:
    """The sets as rule files write them. Raises ValueError with a line that stands in no set."""
    found: dict[str, Any] = {}
    words: list[str] | None = None
    for line in (line.strip() for line in text.splitlines()):
        head = HEAD.fullmatch(line)
        if head:
            words = _opened(found, head["name"].strip(), (head["level"] or "").strip())
        elif line and words is None:
            raise ValueError(line)
        elif line and words is not None:
            words.append(line)
    return found


def _opened(found: dict[str, Any], name: str, level: str) -> list[str]:
    """The list that the next words go into."""
    if not level:
        words: list[str] = found.setdefault(name, [])
        return words
    levels = found.setdefault(name, {})
    if not isinstance(levels, dict):
        raise ValueError(f"[{name}: {level}]")
    several: list[str] = levels.setdefault(level, [])
    return several
