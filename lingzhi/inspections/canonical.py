"""One way to write a rule: both doors of the editor and every file give the same content.

Keys stand in a fixed order, what equals a default is left out, one-item lists of expressions are
plain texts, and turns of examples are lines.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lingzhi_engine.inspect import OPERATORS
from lingzhi_engine.inspect.scope import RELATIONS

Body = dict[str, Any]

ORDER = (
    "id", "version", "title", "why", "dimension", "severity", "channels", "directions", "scope",
    "conditions", "when", "applies_when", "effect", "wordsets", "tests",
)  # fmt: skip
LANGUAGES = ("zh-Hans", "en")
VERDICTS = ("hit", "miss", "na", "unknown")
FACTS = (
    "channel", "direction", "agent", "team", "outcome", "started_at", "ended_at", "meta", "related",
)  # fmt: skip
EFFECT = {"kind": "violation", "points": 0, "per": "once", "cap": None}
SCOPE = (
    "role", "turns", "first_turns", "last_turns", "absolute", "seconds", "first_seconds",
    "last_seconds", "percent", "first_percent", "last_percent", *RELATIONS, "quantifier",
)  # fmt: skip


def canonical(body: Body) -> Body:
    """`body` in the one way to write it. What cannot be read is kept, for the check to name."""
    known = {key: _part(key, body) for key in ORDER if body.get(key) not in (None, "", [], {})}
    rest = {key: value for key, value in body.items() if key not in ORDER}
    conditions = known.get("conditions")
    if isinstance(conditions, dict) and len(conditions) == 1 and "when" not in known:
        known["when"] = next(iter(conditions))
    return _ordered({**known, **rest}, ORDER)


def _part(key: str, body: Body) -> Any:
    value = body[key]
    readers: dict[str, Callable[[Any], Any]] = {
        "title": _texts,
        "why": _texts,
        "scope": scope,
        "effect": _effect,
        "wordsets": _wordsets,
        "tests": _tests,
    }
    if key == "conditions":
        return _conditions(value, f"{body.get('when', '')} {body.get('applies_when', '')}")
    return readers[key](value) if key in readers else value


def _ordered(values: Mapping[str, Any], order: Iterable[str]) -> dict[str, Any]:
    """`values` with the keys of `order` first, the others behind in alphabetical order."""
    first = [key for key in order if key in values]
    return {key: values[key] for key in (*first, *sorted(values.keys() - set(first), key=str))}


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return {"zh-Hans": value}
    return _ordered(value, LANGUAGES) if isinstance(value, Mapping) else value


def _effect(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    kept = {
        key: one
        for key, one in value.items()
        if key == "kind" or one not in (None, "", EFFECT.get(key))
    }
    return _ordered({"kind": "violation", **kept}, EFFECT)


def _wordsets(value: Any) -> Any:
    return _ordered(value, ()) if isinstance(value, Mapping) else value


def scope(value: Any) -> Any:
    """A scope in its order; an anchor that is only a name is written as the name."""
    if not isinstance(value, Mapping):
        return value
    found = {("role" if key == "roles" else key): one for key, one in value.items()}
    found = {key: one for key, one in found.items() if one not in (None, "", [], {})}
    if isinstance(found.get("role"), list) and len(found["role"]) == 1:
        found["role"] = found["role"][0]
    if found.get("quantifier") == "any":
        del found["quantifier"]
    if found.get("absolute") is False:
        del found["absolute"]
    for span, first in (("turns", 1), ("seconds", 0), ("percent", 0)):
        if isinstance(found.get(span), Mapping):
            found[span] = [found[span].get("from", first), found[span].get("to")]
    for relation in RELATIONS:
        if relation in found:
            found[relation] = _anchor(relation, found[relation])
    return _ordered(found, SCOPE)


def _anchor(relation: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    defaults = {"nth": "any", "turns": None, "inclusive": relation in ("around", "at")}
    kept = {key: one for key, one in value.items() if one != defaults.get(key, "")}
    if list(kept) == ["condition"]:
        return kept["condition"]
    return _ordered(kept, ("condition", *defaults))


def _conditions(value: Any, expressions: str) -> Any:
    """Conditions in the order in which the expressions name them."""
    if not isinstance(value, Mapping):
        return value
    named = re.findall(r"\w+", expressions)
    place = {name: at for at, name in reversed(list(enumerate(named)))}
    names = sorted(value, key=lambda name: (place.get(name, len(named)), str(name)))
    return {name: condition(value[name]) for name in names}


def condition(value: Any) -> Any:
    """One condition: operator, parameters in the operator's order, scope."""
    if not isinstance(value, Mapping):
        return value
    operator = OPERATORS.get(str(value.get("op")))
    params = {param.name: param for param in operator.params} if operator else {}
    found = {}
    for key, one in value.items():
        if key == "scope":
            one = scope(one)  # noqa: PLW2901 the same value, written the one way
        elif key in params:
            one = _parameter(params[key].kind, one)  # noqa: PLW2901
            default = params[key].default
            if isinstance(default, tuple):  # written as a file would: one role is a plain text
                default = _parameter(params[key].kind, list(default))
            if one == default:
                continue
        if one not in (None, [], {}):
            found[key] = one
    return _ordered(found, ("op", *params, "scope"))


def _parameter(kind: str, value: Any) -> Any:
    if kind in ("words", "choices"):
        return _strings(value if isinstance(value, list) else [value])
    if kind in ("pattern", "value", "wordset", "roles") and isinstance(value, list):
        return value[0] if len(value) == 1 else value
    if kind == "phrases":
        return _phrases(value)
    if kind == "phrase_list" and isinstance(value, list):
        return [_phrases(one) for one in value]
    return value


def _strings(items: list[Any]) -> list[Any]:
    return [str(one) if type(one) is int else one for one in items]


def _phrases(value: Any) -> Any:
    """Ways of saying something: plain words as a list, anything else as a mapping."""
    if not isinstance(value, Mapping):
        return _parameter("words", value)
    found = {
        key: _parameter({"words": "words", "pattern": "pattern", "role": "roles"}.get(key, ""), one)
        for key, one in value.items()
        if one not in (None, "", [])
    }
    if list(found) == ["words"]:
        return found["words"]
    return _ordered(found, ("name", "role", "words", "pattern"))


def _tests(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    found = {
        verdict: [_example(one) for one in examples] if isinstance(examples, list) else examples
        for verdict, examples in value.items()
        if examples
    }
    return _ordered(found, VERDICTS)


def _example(value: Any) -> Any:
    if isinstance(value, list):
        return [_turn(one) for one in value]
    if not isinstance(value, Mapping) or not isinstance(value.get("turns") or [], list):
        return value
    turns = [_turn(one) for one in value.get("turns") or []]
    facts = {key: one for key, one in value.items() if key != "turns" and one not in (None, {})}
    return {**_ordered(facts, FACTS), "turns": turns} if facts else turns


def _turn(value: Any) -> Any:
    """A turn as a line, if a line can say all of it."""
    if not isinstance(value, Mapping) or value.keys() - {"role", "text", "start_ms", "end_ms"}:
        return value
    start, end = value.get("start_ms"), value.get("end_ms")
    times = f"@{start}-{end}" if start is not None and end is not None else ""
    return f"{value.get('role', '')}{times}: {value.get('text', '')}"
