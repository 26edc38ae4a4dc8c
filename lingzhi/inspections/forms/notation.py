"""How lists of words, patterns and phrases are written in a text field: one a line.

A line between slashes is a regular expression. Phrases that stand for several things are written
as paragraphs; `[name @agent @bot]` above a paragraph names it and says whose words it means.
"""

import re
from typing import Any

HEAD = re.compile(r"\[(?P<name>[^\]@]*)(?P<roles>(?:@\s*\w+\s*)*)\]")
PATTERN = re.compile(r"/(?P<pattern>.+)/")


def lines_of(value: Any) -> str:
    """A list (or a single value) as lines."""
    items = value if isinstance(value, list) else [value]
    return "\n".join(str(item) for item in items if item is not None)


def read_lines(text: str) -> list[str]:
    """The lines that hold something, without blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_patterns(text: str) -> list[str]:
    """Expressions keep their blanks."""
    return [line for line in text.splitlines() if line.strip()]


def one_or_list(items: list[Any]) -> Any:
    """A single item stands alone, as rule files write it."""
    return items[0] if len(items) == 1 else items


def synonyms_of(value: dict[str, Any]) -> str:
    """`退款 = 退钱, 返款`, one word a line."""
    return "\n".join(
        f"{word} = {', '.join(str(other) for other in _items(others))}"
        for word, others in value.items()
    )


def read_synonyms(text: str) -> dict[str, list[str]]:
    """Raises ValueError with the line that says no word."""
    found: dict[str, list[str]] = {}
    for line in read_lines(text):
        word, sign, others = line.partition("=")
        several = [other.strip() for other in re.split(r"[,，、]", others) if other.strip()]
        if not sign or not word.strip() or not several:
            raise ValueError(line)
        found[word.strip()] = several
    return found


def phrases_of(value: Any) -> str:
    """One phrase: a head where it has a name or roles, then its ways to be said."""
    if not isinstance(value, dict):
        return lines_of(value)
    head = _head(value)
    ways = [
        *(str(word) for word in _items(value.get("words"))),
        *(f"/{pattern}/" for pattern in _items(value.get("pattern"))),
    ]
    return "\n".join([*([head] if head else []), *ways])


def _head(value: dict[str, Any]) -> str:
    name = str(value.get("name") or "")
    roles = [f"@{role}" for role in _items(value.get("role"))]
    words = " ".join(part for part in (name, *roles) if part)
    return f"[{words}]" if words else ""


def _items(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]


def read_phrases(text: str) -> Any:
    """The phrase as rule files write it: a list of words, or a mapping."""
    found: dict[str, Any] = {}
    words, patterns = [], []
    for line in read_patterns(text):
        head, pattern = HEAD.fullmatch(line.strip()), PATTERN.fullmatch(line.strip())
        if head:
            found |= _read_head(head)
        elif pattern:
            patterns.append(pattern["pattern"])
        else:
            words.append(line.strip())
    if words:
        found["words"] = words
    if patterns:
        found["pattern"] = one_or_list(patterns)
    return words if list(found) == ["words"] else found


def _read_head(head: re.Match[str]) -> dict[str, Any]:
    roles = re.findall(r"\w+", head["roles"])
    named = {"name": head["name"].strip()} if head["name"].strip() else {}
    return {**named, **({"role": one_or_list(roles)} if roles else {})}


def phrase_list_of(value: Any) -> str:
    """Several phrases as paragraphs."""
    return "\n\n".join(phrases_of(item) for item in _items(value))


def read_phrase_list(text: str) -> list[Any]:
    """Paragraphs are divided by empty lines, or by the head of the next one."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if not line.strip() or HEAD.fullmatch(line.strip()):
            paragraphs.append([])
        paragraphs[-1].append(line)
    found = (read_phrases("\n".join(lines)) for lines in paragraphs)
    return [phrase for phrase in found if phrase]
