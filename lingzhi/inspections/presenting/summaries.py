"""A rule in words: when it hits, what each condition looks for and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.contacts.facts import fact_in_words, value_in_words
from lingzhi.contacts.models import Channel, Contact
from lingzhi.core.languages import joined
from lingzhi.inspections.canonical import Body, canonical
from lingzhi.inspections.forms.fields import speakers_in_words, yaml_lines
from lingzhi.inspections.forms.notation import phrase_list_of, phrases_of, synonyms_of
from lingzhi.inspections.wording.choices import choice_in_words
from lingzhi.inspections.wording.operators import operator_in_words
from lingzhi.inspections.wording.params import param_in_words
from lingzhi_engine.inspect import OPERATORS
from lingzhi_engine.inspect.params import Param


@dataclass(frozen=True, slots=True)
class SaidCondition:
    """One condition: its name, what it looks for, its parameters `(label, text)`, its place."""

    name: str
    operator: str
    params: list[tuple[str, str]]
    scope: str


def said_conditions(body: Body) -> list[SaidCondition]:
    """The conditions of a rule in words."""
    return [
        SaidCondition(
            name,
            operator_in_words(condition["op"]),
            list(_params(condition)),
            scope_in_words(condition.get("scope") or {}),
        )
        for name, condition in canonical(body)["conditions"].items()
    ]


def _params(condition: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for param in OPERATORS[condition["op"]].params:
        if param.name in condition:
            label, _help = param_in_words(condition["op"], param.name)
            yield label, _told(param, condition)


def _told(param: Param, condition: dict[str, Any]) -> str:
    """A parameter in words; the field of a conversation and its value go by the field's own."""
    value, field = condition[param.name], condition.get("field", "")
    if field and param.name == "field":
        return fact_in_words(field)
    if field and param.name == "value" and isinstance(value, str):
        return value_in_words(field, value)
    return _value(param, value)


def _value(param: Param, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if param.name.endswith("_ms"):
        return f"{value / 1000:g}"
    return _WRITERS.get(param.kind, _joined)(param, value)


def _joined(param: Param, value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return joined(items)


def _chosen(param: Param, value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return joined(choice_in_words(param.name, str(item)) for item in items)


def _distance(param: Param, value: Any) -> str:
    unit, amount = next(iter(value.items()))
    return f"{amount:g} {choice_in_words('within', unit)}"


def _lines(param: Param, value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)


def _speakers(param: Param, value: Any) -> str:
    return speakers_in_words(",".join(value) if isinstance(value, list) else str(value))


_WRITERS = {
    "choice": _chosen,
    "choices": _chosen,
    "distance": _distance,
    "pattern": _lines,
    "phrases": lambda param, value: phrases_of(value),
    "phrase_list": lambda param, value: phrase_list_of(value),
    "synonyms": lambda param, value: synonyms_of(value),
    "roles": _speakers,
    "nodes": lambda param, value: yaml_lines(value),
    "edges": lambda param, value: yaml_lines(value),
}

COUNTED = {
    "first_turns": gettext_lazy("first %(n)s turns"),
    "last_turns": gettext_lazy("last %(n)s turns"),
    "first_seconds": gettext_lazy("first %(n)s seconds"),
    "last_seconds": gettext_lazy("last %(n)s seconds"),
    "first_percent": gettext_lazy("first %(n)s %% of the time"),
    "last_percent": gettext_lazy("last %(n)s %% of the time"),
}


SPANS = {
    "turns": gettext_lazy("turns %(first)s to %(last)s"),
    "seconds": gettext_lazy("second %(first)s to %(last)s"),
    "percent": gettext_lazy("%(first)s to %(last)s %% of the time"),
}


def scope_in_words(scope: dict[str, Any]) -> str:
    """Where it looks: speakers, part of the conversation, place."""
    parts = [_speakers_of(scope)]
    parts += [str(words) % {"n": scope[name]} for name, words in COUNTED.items() if name in scope]
    for name, sentence in SPANS.items():
        if name in scope:
            first, last = scope[name]
            parts.append(str(sentence) % {"first": first, "last": last or "…"})
    if scope.get("absolute"):
        parts.append(_("turns of everybody counted"))
    parts += _anchors(scope)
    if isinstance(scope.get("quantifier"), dict):
        kind, amount = next(iter(scope["quantifier"].items()))
        words = _("in %(n)s turns or more") if kind == "at_least" else _("in %(n)s %% of the turns")
        parts.append(words % {"n": amount})
    elif scope.get("quantifier") == "all":
        parts.append(_("in every turn"))
    return " · ".join(part for part in parts if part)


def _speakers_of(scope: dict[str, Any]) -> str:
    role = scope.get("role", "")
    return speakers_in_words(",".join(role) if isinstance(role, list) else role) if role else ""


def _anchors(scope: dict[str, Any]) -> Iterator[str]:
    words = {
        "after": _("after the words of “%(name)s”"),
        "before": _("before the words of “%(name)s”"),
        "around": _("around the words of “%(name)s”"),
        "at": _("in the turn with the words of “%(name)s”"),
    }
    for relation, sentence in words.items():
        anchor = scope.get(relation)
        if anchor:
            given = anchor if isinstance(anchor, dict) else {"condition": anchor}
            yield sentence % {"name": given.get("condition")}
            if given.get("turns"):
                yield _("within %(n)s turns") % {"n": given["turns"]}


def applies_to(body: Body) -> str:
    """The channels and directions of a rule in words."""
    names = {channel.code: channel.label for channel in Channel.objects.all()}
    directions = dict(Contact.Direction.choices)
    parts = [names.get(code, code) for code in body.get("channels") or []]
    parts += [str(directions.get(code, code)) for code in body.get("directions") or []]
    return joined(parts) or _("every conversation")
