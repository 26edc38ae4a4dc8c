"""What a matter is recognised as, by rules and by what was learned; and how often that held."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TypeVar

from django.db.models import Count, F, Q, QuerySet

from lingzhi.cases.models import (
    Case,
    CaseType,
    LearnedModel,
    Recognition,
    RecognitionRule,
    RecognitionSettings,
)
from lingzhi.cases.queries.flows import types_to_open
from lingzhi.cases.queries.hits import rule_hits
from lingzhi.contacts.models import Contact
from lingzhi.customers.queries.segments import segments_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units
from lingzhi_engine.inspect.fold import fold
from lingzhi_engine.inspect.meaning.classifier import Classifier, UnreadableModel, read
from lingzhi_engine.stats import Rate

Target = LearnedModel.Target
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a matter before it is a case."""

    text: str
    channel: int | None
    customer: int | None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Fitting:
    """A rule that fits a matter, and which of its inspection rules had hit."""

    rule: RecognitionRule
    hits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the assistant takes a matter for, how certain it is (0-1), and by which model."""

    type: CaseType
    certainty: float
    learned: LearnedModel
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class InUse:
    """Of closed cases: how many stayed what they were recognised as, type and unit apart."""

    type: Rate
    unit: Rate


def recognition_settings() -> RecognitionSettings:
    """What the assistant may do; the defaults where nobody has set anything."""
    return RecognitionSettings.objects.first() or RecognitionSettings()


def rules_in_order() -> QuerySet[RecognitionRule]:
    """The rules in use, in the order in which they are tried."""
    rows = RecognitionRule.objects.filter(ended_at=None, type__retired_at=None)
    return rows.select_related("type", "type__flow", "unit", "channel", "segment")


def recognises() -> bool:
    """Whether a case may be opened without its type: a rule is in use, or something was learned."""
    return rules_in_order().exists() or newest_model(Target.TYPE) is not None


def joined(title: str, description: str, demand: str) -> str:
    """The words of a matter by which it is recognised."""
    return "\n".join((title, description, demand))


def first_fitting(seen: Seen, chosen: CaseType | None) -> Fitting | None:
    """The first rule that fits; where the type was chosen, of those that say this type."""
    rules = list(rules_in_order())
    if chosen is not None:
        rules = [one for one in rules if one.type_id == chosen.pk]
    belongs: set[int] = set()
    if seen.customer and any(one.segment_id for one in rules):
        belongs = {one.pk for one in segments_of([seen.customer])[seen.customer]}
    text, hit = fold(seen.text), _hit(seen.contact, rules)
    for one in rules:
        hits = tuple(code for code in one.hits if code in hit)
        if (hits or not one.hits) and _fits(one, text, seen, belongs):
            return Fitting(one, hits)
    return None


def _hit(contact: Contact | None, rules: list[RecognitionRule]) -> set[str]:
    """What hit in the conversation, where any of these rules asks for it."""
    asked = contact is not None and any(one.hits for one in rules)
    return set(rule_hits().of(contact)) if contact and asked else set()


def _fits(rule: RecognitionRule, text: str, seen: Seen, belongs: set[int]) -> bool:
    if rule.channel_id and rule.channel_id != seen.channel:
        return False
    if rule.segment_id and rule.segment_id not in belongs:
        return False
    words = rule.word_list
    return not words or any(fold(word) in text for word in words)


def newest_model(target: str) -> LearnedModel | None:
    """What was learned last; None where there was too little to learn from."""
    rows = LearnedModel.objects.filter(target=target).exclude(weights=b"")
    return rows.defer("weights").first()


@lru_cache(maxsize=4)
def _read(pk: int, version: str) -> Classifier:
    row = LearnedModel.objects.get(pk=pk)
    return read(BytesIO(bytes(row.weights)), version)


def classifier_of(learned: LearnedModel) -> Classifier:
    """The model itself: its labels are ids."""
    return _read(learned.pk, learned.version)


def proposal_for(text: str) -> Proposal | None:
    """The most probable type among those of which cases are opened, and the most probable unit."""
    learned = newest_model(Target.TYPE)
    if learned is None:
        return None
    found = _likeliest(learned, text, {str(one.pk): one for one in types_to_open()})
    if found is None:
        return None
    kind, certainty = found
    return Proposal(kind, certainty, learned, _likely_unit(text))


def _likely_unit(text: str) -> Unit | None:
    learned = newest_model(Target.UNIT)
    rows = {str(one.pk): one for one in open_units()} if learned else {}
    found = _likeliest(learned, text, rows) if learned else None
    return found[0] if found else None


def _likeliest(learned: LearnedModel, text: str, rows: dict[str, Row]) -> tuple[Row, float] | None:
    try:
        model = classifier_of(learned)
    except UnreadableModel:  # a newer one took its place this moment
        return None
    shares = zip(model.labels, model([text])[0], strict=True)
    known = [(float(share), label) for label, share in shares if label in rows]
    if not known:
        return None
    share, label = max(known)
    return rows[label], share


NOTHING = InUse(Rate(0, 0), Rate(0, 0))


def in_use() -> dict[int | None, InUse]:
    """How often what cases were recognised as held until they were closed: by rule, the assistant
    under None. A rule is not judged by types that a person chose."""
    judged = Q(rule=None) | Q(is_acted_on=True)
    closed = Recognition.objects.filter(judged, case__kind=Case.Kind.CLOSED)
    rows = closed.order_by().values("rule")
    counted = rows.annotate(
        number=Count("pk"), right=Count("pk", filter=Q(type=F("case__type"))),
        placed=Count("pk", filter=Q(unit__isnull=False)),
        stayed=Count("pk", filter=Q(unit=F("case__unit"))),
    )  # fmt: skip
    return {
        one["rule"]: InUse(
            Rate(one["right"], one["number"]), Rate(one["stayed"], one["placed"])
        )
        for one in counted
    }  # fmt: skip


def closed_cases() -> int:
    """How many cases are closed."""
    return Case.objects.filter(kind=Case.Kind.CLOSED).count()


def examples_of(target: str, most: int) -> list[tuple[str, str]]:
    """Text and type or unit of closed cases, the newest first; none whose complainant is hidden,
    and none that the assistant decided: it would learn from itself."""
    rows = Case.objects.filter(kind=Case.Kind.CLOSED).exclude(
        secrecy__isnull=False, secrecy__lifted_at=None
    )
    rows = rows.exclude(recognition__learned__isnull=False, recognition__is_acted_on=True)
    if target == Target.TYPE:
        rows = rows.filter(type__in=types_to_open())
    names = ("title", "description", "demand", f"{target}_id")
    found = rows.order_by("-closed_at", "-pk").values_list(*names)[:most]
    return [(joined(*words), str(label)) for *words, label in found]
