"""Texts with places for figures: `{ring.limit}` becomes “3 rings” in the reader's language."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from lingzhi.accounts.roles import ROLES
from lingzhi.core.controls import Param, Words, control_kinds
from lingzhi.core.languages import joined
from lingzhi.core.units import cadences, say_figure
from lingzhi.rulebook.packs.content import Content, ControlBody, said
from lingzhi.rulebook.packs.resolving import Answers, resolve_control

PLACE = re.compile(r"\{([a-z0-9][a-z0-9_-]*)\.([a-z][a-z0-9_]*)\}")
LANGUAGES = {"zh-Hans": "zh-hans", "en": "en"}
Asked = dict[tuple[Param, str | None], Mapping[str, Words]]
_asked: ContextVar[Asked | None] = ContextVar("words_asked", default=None)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain words, or the figure that stands in a place."""

    text: str
    key: str = ""
    figure: str = ""
    is_missing: bool = False

    @property
    def is_figure(self) -> bool:
        return bool(self.key)


def pieces(text: str, content: Content, answers: Answers) -> list[Piece]:
    """The text with its places filled, in the active language. Joined they are the sentence."""
    return list(_pieces(text, content, answers))


def _pieces(text: str, content: Content, answers: Answers) -> Iterator[Piece]:
    end = 0
    for place in PLACE.finditer(text):
        if place.start() > end:
            yield Piece(text[end : place.start()])
        yield _filled(place[1], place[2], content, answers)
        end = place.end()
    if end < len(text):
        yield Piece(text[end:])


def _filled(key: str, name: str, content: Content, answers: Answers) -> Piece:
    control, clause = content.control(key), content.clause_of(key)
    if control is None or clause is None:
        return Piece(f"{{{key}.{name}}}")
    values = resolve_control(clause, control, answers.get(key, {})).values
    if name not in values:
        return Piece(str(_("[to be set]")), key, name, is_missing=True)
    return Piece(_in_sentence(say_value(control, name, values), values[name]), key, name)


def _in_sentence(words: str, value: Any) -> str:
    """Words that stand well alone as they stand in a sentence: monthly; 3声 without a space."""
    if isinstance(value, str):
        return words[:1].lower() + words[1:]
    is_chinese = (translation.get_language() or "").startswith("zh")
    return words.replace(" ", "") if is_chinese and isinstance(value, int | float) else words


def say_value(control: ControlBody, name: str, values: Mapping[str, Any]) -> str:
    """One value of a control as people say it: with its unit, or the words of its choice."""
    return say(control.kind, name, values.get(name), str(values.get(f"{name}_unit", "")))


def say(kind: str, name: str, value: Any, unit: str = "") -> str:
    """The value of the parameter `name` of a kind, in the active language."""
    param = param_of(kind, name)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        words = _words_of(param)
        return joined(_word(words, one) for one in value)
    if isinstance(value, int | float):
        return say_figure(value, unit or (param.unit if param else ""))
    return "" if value is None else _word(_words_of(param), value)


def param_of(kind: str, name: str) -> Param | None:
    """The parameter of a kind; None where either is unknown."""
    known = control_kinds().get(kind)
    return next((param for param in known.params if param.name == name), None) if known else None


@contextmanager
def words_asked_once() -> Iterator[None]:
    """Within it, look up only once what the values of a parameter are called.

    Some choices come from the database (posts, rules), and a page says many values of one kind.
    """
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def _words_of(param: Param | None) -> Mapping[str, Words]:
    """What the values of a parameter are called, in the active language."""
    asked = _asked.get()
    if param is None or asked is None:
        return _look_up(param)
    key = (param, translation.get_language())
    if key not in asked:
        asked[key] = _look_up(param)
    return asked[key]


def _look_up(param: Param | None) -> Mapping[str, Words]:
    words: dict[str, Words] = dict(param.choices()) if param and param.choices else {}
    if param is not None and param.form == "roles":
        words |= {code: role.label for code, role in ROLES.items()}
    return words | dict(cadences())  # as in a sentence: every app may head its lists otherwise


def _word(words: Mapping[str, Words], value: Any) -> str:
    return said(value) if isinstance(value, Mapping) else str(words.get(value, value))


def in_all_languages(
    texts: Mapping[str, str], content: Content, answers: Answers
) -> dict[str, str]:
    """The texts of a clause with their places filled, each in its language."""
    filled = {}
    for name, text in texts.items():
        with translation.override(LANGUAGES.get(name, name)):
            filled[name] = "".join(piece.text for piece in pieces(text, content, answers))
    return filled
