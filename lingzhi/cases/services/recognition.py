"""Keeping the rules of recognition and what the assistant may do; learning from closed cases."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import LearnedModel, RecognitionRule, RecognitionSettings
from lingzhi.cases.queries.recognition import examples_of, newest_model, recognition_settings
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi_engine.inspect.meaning.classifier import ENOUGH, Classifier, train
from lingzhi_engine.inspect.meaning.features import letters

MOST = 5_000  # closed cases it learns from, the newest: minutes of one core at night
BY_NOTHING = _("Say by what it is recognised: words, a channel, a class or a rule that hit.")


class RuleEnded(DomainError):
    message = _("This rule was ended or changed already.")


@transaction.atomic
def add_recognition(rule: RecognitionRule, *, by: User | None) -> RecognitionRule:
    """A rule for cases opened from now on. Raises BadInput."""
    if not (rule.word_list or rule.channel_id or rule.segment_id or rule.hits):
        raise BadInput(BY_NOTHING, field="words")
    rule.pk, rule.ended_at = None, None
    rule.save(force_insert=True)
    after = {
        "title": rule.title, "type": rule.type.code, "unit": rule.unit_id, "hits": rule.hits,
    }  # fmt: skip
    record(by, "cases.recognition_set", rule, after=after)
    return rule


@transaction.atomic
def change_recognition(
    old: RecognitionRule, rule: RecognitionRule, *, by: User | None
) -> RecognitionRule:
    """Another one in its place: what the old one recognised stays counted under it."""
    end_recognition(old, by=by)
    return add_recognition(rule, by=by)


@transaction.atomic
def end_recognition(rule: RecognitionRule, *, by: User | None) -> None:
    """No case is recognised by it any more. Raises RuleEnded."""
    rows = RecognitionRule.objects.filter(pk=rule.pk, ended_at=None)
    if not rows.update(ended_at=now()):
        raise RuleEnded()
    record(by, "cases.recognition_ended", rule, after={"title": rule.title})


@transaction.atomic
def set_recognition(values: Mapping[str, Any], *, by: User | None) -> RecognitionSettings:
    """What the assistant may do from now on."""
    settings = recognition_settings()
    before = {name: getattr(settings, name) for name in values}
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()
    record(by, "cases.assistant_set", settings, before=before, after=dict(values))
    return settings


def learn() -> int:
    """Learn type and unit anew from closed cases; how many models are new.

    Nothing is learned from less than the centre has set, nor where there is nothing to tell apart,
    nor again from the same cases.
    """
    return sum(_learn(target) for target in LearnedModel.Target.values)


def usable(examples: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each text once; none that has two labels, and no label with too few to measure it by."""
    labels: dict[str, set[str]] = defaultdict(set)
    for text, label in examples:
        if letters(text):
            labels[text.strip()].add(label)
    clear = [(text, *found) for text, found in labels.items() if len(found) == 1]
    numbers = Counter(label for _text, label in clear)
    return [(text, label) for text, label in clear if numbers[label] >= ENOUGH]


def _learn(target: str) -> int:
    found = usable(examples_of(target, MOST))
    if len(found) < recognition_settings().least or len({label for _, label in found}) < 2:
        return 0
    version = hashlib.sha256(json.dumps(sorted(found)).encode()).hexdigest()[:16]
    known = newest_model(target)
    if known is not None and known.version == version:
        return 0
    _keep(target, version, train(found, name=target, threshold=0.0), len(found))
    return 1


@transaction.atomic
def _keep(target: str, version: str, model: Classifier, examples: int) -> None:
    file = BytesIO()
    model.write(file)
    LearnedModel.objects.filter(target=target).exclude(weights=b"").update(weights=b"")
    row = LearnedModel.objects.create(
        target=target, version=version, trained_at=now(), examples=examples,
        right=model.accuracy.numerator, measured=model.accuracy.denominator,
        weights=file.getvalue(),
    )  # fmt: skip
    after = {"target": target, "version": version, "examples": examples}
    record(None, "cases.recognition_learned", row, after=after)
