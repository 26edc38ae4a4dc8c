"""Words that must be said or must not be said (话术), written as a rule of the engine."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from lingzhi.core.controls import Binding
from lingzhi.inspections.canonical import Body, canonical

SCOPES: dict[str, dict[str, Any]] = {
    "opening": {"role": "agent", "first_turns": 3},
    "closing": {"role": "agent", "last_turns": 4},
    "any": {"role": "agent"},
}
DIMENSIONS = {"opening": "opening", "closing": "closing", "any": "courtesy"}
SEVERITIES = {"must": "moderate", "avoid": "severe"}
OTHER_WORDS = ("一二三", "〇", "甲乙丙")  # for examples: what no list of phrases consists of
WHY = {
    "must": {
        "zh-Hans": "制度规定这里要说到其中一句。",
        "en": "The rulebook asks for one of these phrases here.",
    },
    "avoid": {
        "zh-Hans": "制度规定不得使用这些话。",
        "en": "The rulebook forbids these phrases.",
    },
}


def words_of(values: Mapping[str, Any]) -> list[str]:
    """The list of words: each once, without blanks around it."""
    return list(dict.fromkeys(word.strip() for word in values.get("words") or () if word.strip()))


def demand_of(values: Mapping[str, Any]) -> Body:
    """The part of the rule that decides about a conversation, in canonical form."""
    must = values.get("use") == "must"
    channel = values.get("channel")
    body: Body = {
        "conditions": {"said": {"op": "text.keyword", "words": words_of(values)}},
        "when": "!said" if must else "said",
        "scope": SCOPES[values.get("place") or "any"],
        "effect": {"kind": "violation"},
        "channels": [channel] if channel else [],
    }
    return demanded_in(canonical(body))


def demanded_in(body: Body) -> Body:
    """The part of a stored rule that decides about a conversation."""
    wanted = ("conditions", "when", "scope", "channels", "applies_when", "directions")
    return {key: body[key] for key in wanted if key in body}


def body_of(code: str, binding: Binding) -> Body:
    """The whole rule for a control, with examples from its own words."""
    values = binding.values
    use, place = values["use"], values.get("place") or "any"
    return {
        **demand_of(values),
        "id": code,
        "title": dict(binding.title),
        "why": WHY[use],
        "dimension": DIMENSIONS[place],
        "severity": SEVERITIES[use],
        "effect": {"kind": "violation"},
        "tests": _examples(values),
    }


def _examples(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """One conversation in which the first of the words is said, one in which none is."""
    words = words_of(values)
    other = next((one for one in OTHER_WORDS if not _is_said(words, one)), "…")
    said, silent = ([_example(text, values)] for text in (words[0], other))
    return (
        {"hit": silent, "miss": said} if values["use"] == "must" else {"hit": said, "miss": silent}
    )


def _is_said(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words)


def _example(text: str, values: Mapping[str, Any]) -> Any:
    turns = [f"agent: {text}", "customer: 〇〇"]
    channel = values.get("channel")
    return {"channel": channel, "turns": turns} if channel else turns


def code_for(binding: Binding) -> str:
    """The code of the rule of a control: `phrases.s26_company_name`."""
    pack, *_number, key = binding.reference.split(" ")
    return "phrases." + slugify(f"{pack} {key}").replace("-", "_")
