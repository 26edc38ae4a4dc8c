"""What a condition of a rule may ask (算子): every operator in words, by family."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.wording.choices import choice_in_words
from lingzhi.inspections.wording.needs import need_in_words
from lingzhi.inspections.wording.operators import OPERATORS as WORDS
from lingzhi.inspections.wording.params import param_in_words
from lingzhi_engine.inspect import OPERATORS

FAMILIES: dict[str, str | Promise] = {
    "text": _("Words"),
    "time": _("Time"),
    "voice": _("Voice"),
    "call": _("The call"),
    "audio": _("Sound"),
    "conv": _("Course of the conversation"),
    "model": _("Meaning, by a model"),
    "llm": _("Meaning, by a language model"),
    "kb": _("Knowledge"),
    "meta": _("Data of the conversation"),
    "ticket": _("Tickets"),
    "history": _("History of the customer"),
    "survey": _("Surveys"),
    "sla": _("Time limits"),
    "screen": _("What happened on the screen"),
    "pii": _("Personal data"),
    "auth": _("Identity checks"),
    "forbidden": _("Forbidden promises"),
    "risk": _("Risks"),
    "bot": _("Bots"),
}


@dataclass(frozen=True, slots=True)
class ShownParam:
    """One parameter: its name in rule files, its label, help and choices."""

    name: str
    label: str
    help: str
    choices: list[str]
    is_required: bool


@dataclass(frozen=True, slots=True)
class ShownOperator:
    """One operator as people read it."""

    code: str
    label: str
    sentence: str
    needs: list[str]
    params: list[ShownParam]


def shown_families() -> list[tuple[str, list[ShownOperator]]]:
    """All operators by family, in the order of the reference."""
    found: dict[str, list[ShownOperator]] = {}
    for code in OPERATORS:
        found.setdefault(code.partition(".")[0], []).append(_shown(code))
    return [(str(FAMILIES[family]), several) for family, several in found.items()]


def _shown(code: str) -> ShownOperator:
    operator = OPERATORS[code]
    label, sentence = WORDS[code]
    params = []
    for param in operator.params:
        words, help_text = param_in_words(code, param.name)
        choices = [choice_in_words(param.name, choice) for choice in param.choices]
        params.append(ShownParam(param.name, words, help_text, choices, param.required))
    needs = [need_in_words(need) for need in operator.needs]
    return ShownOperator(code, str(label), str(sentence), needs, params)
