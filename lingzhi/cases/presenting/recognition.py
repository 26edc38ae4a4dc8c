"""Rules of recognition and the assistant, each with how often it was right."""

from dataclasses import dataclass
from functools import lru_cache

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseType, LearnedModel, Recognition, RecognitionRule
from lingzhi.cases.queries.hits import rule_hits
from lingzhi.cases.queries.recognition import (
    NOTHING,
    InUse,
    classifier_of,
    closed_cases,
    examples_of,
    in_use,
    newest_model,
    recognition_settings,
    rules_in_order,
)
from lingzhi.cases.services.recognition import MOST, usable
from lingzhi.contacts.models import Contact
from lingzhi.org.models import Unit
from lingzhi_engine.stats import Rate


@dataclass(frozen=True, slots=True)
class ShownHit:
    """An inspection rule by its title; one out of force hits nowhere any more."""

    title: str
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule, and how often cases stayed what it took them for."""

    rule: RecognitionRule
    hits: list[ShownHit]
    in_use: InUse


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """How well one type or unit is recognised, on cases held back."""

    name: str
    examples: int
    precision: Rate
    recall: Rate
    is_enough: bool


@dataclass(frozen=True, slots=True)
class ShownModel:
    """What was learned of types or units; `usable` of `least` cases where there is too little."""

    title: str
    learned: LearnedModel | None
    labels: list[ShownLabel]
    kept: Rate
    usable: int
    least: int


def shown_rules() -> list[ShownRule]:
    """The rules in their order."""
    counted, known = in_use(), rule_hits()
    titles, in_force = known.titles(), known.in_force()
    return [
        ShownRule(
            one,
            [ShownHit(titles.get(code, code), code in in_force) for code in one.hits],
            counted.get(one.pk, NOTHING),
        )
        for one in rules_in_order()
    ]


def hits_behind(case: Case, contact: Contact | None, user: User) -> list[str]:
    """The titles of the rules that had hit in the conversation when the case was recognised, for
    whoever may see this conversation and what was found in it."""
    if contact is None or not user.can("inspections.read"):
        return []
    noted = Recognition.objects.filter(case=case).first()
    if noted is None or not noted.hits:
        return []
    titles = rule_hits().titles()
    return [titles.get(code, code) for code in noted.hits]


def shown_models() -> list[ShownModel]:
    """What was learned of types, and of units."""
    kept = in_use().get(None, NOTHING)
    return [
        _model(LearnedModel.Target.TYPE, kept.type), _model(LearnedModel.Target.UNIT, kept.unit)
    ]  # fmt: skip


def _model(target: LearnedModel.Target, kept: Rate) -> ShownModel:
    learned = newest_model(target)
    number = learned.examples if learned else _usable(target, closed_cases())
    labels = _labels(learned) if learned else []
    least = recognition_settings().least
    return ShownModel(str(target.label), learned, labels, kept, number, least)


@lru_cache(maxsize=4)
def _usable(target: LearnedModel.Target, _closed: int) -> int:
    """How many could be learned from: read anew only when another case was closed."""
    return len(usable(examples_of(target, MOST)))


def _labels(learned: LearnedModel) -> list[ShownLabel]:
    model = classifier_of(learned)
    rows = CaseType.objects if learned.target == LearnedModel.Target.TYPE else Unit.objects
    names = {str(one.pk): getattr(one, "name", None) or str(one) for one in rows.all()}
    found = [
        ShownLabel(
            names.get(label, "–"), one.examples, one.precision, one.recall, model.is_measured(label)
        )
        for label, one in model.measures.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.examples)
