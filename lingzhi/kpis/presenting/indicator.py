"""The page of one indicator: which definition is shown, its words, its parts."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.channels import channel_words
from lingzhi.core.controls import Param
from lingzhi.core.languages import joined
from lingzhi.core.units import say_figure
from lingzhi.kpis.dictionary import Variant, counted
from lingzhi.kpis.forms import FigureFilters
from lingzhi.kpis.models import Definition
from lingzhi.kpis.presenting.figures import Asked, ShownFigure, ShownGroup, cases_url
from lingzhi.kpis.queries import by, definitions_of, headline

SORTS = ("name", "-name", "value", "-value", "n", "-n")


def chosen_definition(code: str, asked: Any) -> Definition | None:
    """The definition asked for by number, or by variant and limit; else the one in use."""
    known = definitions_of(code)
    number, variant = str(asked.get("definition", "")), asked.get("variant", "")
    if number.isdecimal():
        return next((one for one in known if one.pk == int(number)), None) or headline(code)
    if variant:
        limit = asked.get("limit", "")
        same = [one for one in known if one.variant == variant]
        exact = [one for one in same if _number(one.params.get("limit")) == _number(limit)]
        return next(iter((exact or same)[::-1]), None) or headline(code)
    return headline(code)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class ShownDefinition:
    """A way of counting in words."""

    way: Variant
    params: list[tuple[str, str]]
    numerator: str
    denominator: str


def shown_definition(variant: Variant, params: dict[str, Any]) -> ShownDefinition:
    """The variant with its parameters said."""
    said = [
        (str(one.label), say_param(one, params[one.name]))
        for one in variant.asks
        if params.get(one.name) not in (None, "", [])
    ]
    parts = counted(variant)
    return ShownDefinition(variant, said, parts.numerator, parts.denominator)


def say_param(param: Param, value: Any) -> str:
    """A parameter's value in words."""
    if param.choices:
        words = {str(key): str(label) for key, label in param.choices()}
        several = value if isinstance(value, list) else [value]
        return joined(words.get(str(one), str(one)) for one in several)
    if isinstance(value, list):
        return joined(map(str, value))
    return str(say_figure(value, param.unit))


def shown_groups(
    definition: Definition, form: FigureFilters, group: str, target: Any, asked: Asked
) -> list[ShownGroup]:
    """The figures by team, agent or channel."""
    words = channel_words() if group == "channel" else {}
    found = []
    for key, figure in by(definition, form.scope, form.span, group):
        name, about, narrower = _named(key, group, words)
        url = cases_url(definition.code, {**asked, **narrower}, definition=definition.pk)
        found.append(ShownGroup(name, about, ShownFigure(figure, target), url if narrower else ""))
    return found


def _named(key: Any, group: str, words: dict[str, str]) -> tuple[str, str, dict[str, str]]:
    if group == "channel":
        return words.get(key, key) or _("not by channel"), "", {"channel": key} if key else {}
    if key is None:
        return _("Unknown"), "", {}
    if group == "agent":
        return key.name, key.staff_no, {"agent": key.staff_no}
    return key.name, "", {"unit": str(key.pk)}


def sorted_groups(groups: list[ShownGroup], sort: str) -> list[ShownGroup]:
    """As asked, else by name; figures without data come last."""
    name = sort.lstrip("-")
    is_down = sort.startswith("-")
    if name not in ("value", "n"):
        return sorted(groups, key=lambda one: one.name, reverse=is_down)
    known = [one for one in groups if one.shown.figure.value is not None]
    rest = [one for one in groups if one.shown.figure.value is None]
    return sorted(known, key=lambda one: getattr(one.shown.figure, name), reverse=is_down) + rest
