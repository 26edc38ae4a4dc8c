"""The life of a questionnaire: draft, active, ended. What was asked under a version stays so."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.surveys.models import Questionnaire, QuestionnaireVersion
from lingzhi.surveys.queries.questionnaires import problems_of
from lingzhi.surveys.wording.questionnaires import in_words
from lingzhi_engine.questionnaire.reading import CODE

State = QuestionnaireVersion.State
Texts = Mapping[str, str]
Questions = Sequence[Mapping[str, Any]]


class NotADraft(DomainError):
    message = _("This version was active: make a new version instead.")


class NothingToDiscard(DomainError):
    message = _("Only a draft is thrown away.")


@dataclass(frozen=True, slots=True)
class Words:
    """What a questionnaire is called, and what is said before and after its questions."""

    name: str
    occasion: str
    title: Texts
    intro: Texts = field(default_factory=dict)
    thanks: Texts = field(default_factory=dict)


@transaction.atomic
def create_questionnaire(code: str, words: Words, *, by: User | None) -> QuestionnaireVersion:
    """A new questionnaire with its first draft, still without questions."""
    if not CODE.fullmatch(code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if Questionnaire.objects.filter(code=code).exists():
        raise BadInput(_("Another questionnaire has this code."), field="code")
    found = Questionnaire.objects.create(
        code=code, name=words.name, occasion=words.occasion, created_at=now()
    )
    draft = QuestionnaireVersion(questionnaire=found, number=1, created_by=by, created_at=now())
    _write(draft, words)
    record(by, "surveys.questionnaire_created", found, after={"code": code})
    return draft


@transaction.atomic
def revise_questionnaire(found: Questionnaire, *, by: User) -> QuestionnaireVersion:
    """The draft there is, else a new one like the version that is active or was last."""
    Questionnaire.objects.select_for_update().get(pk=found.pk)
    draft = found.versions.filter(state=State.DRAFT).first()
    if draft is not None:
        return draft
    last = found.active or found.versions.latest("number")
    number = found.versions.aggregate(highest=Max("number"))["highest"] + 1
    draft = QuestionnaireVersion(
        questionnaire=found, number=number, title=last.title, intro=last.intro,
        thanks=last.thanks, questions=last.questions, created_by=by, created_at=now(),
    )  # fmt: skip
    _write(draft)
    record(by, "surveys.questionnaire_saved", found, after=_audited(draft))
    return draft


@transaction.atomic
def save_words(draft: QuestionnaireVersion, words: Words, *, by: User) -> None:
    """Change what it is called and what stands around its questions. Raises NotADraft."""
    found = _locked(draft)
    Questionnaire.objects.filter(pk=found.questionnaire_id).update(
        name=words.name, occasion=words.occasion
    )
    _write(found, words)
    record(by, "surveys.questionnaire_saved", found.questionnaire, after=_audited(found))


@transaction.atomic
def save_questions(
    draft: QuestionnaireVersion, questions: Questions, *, by: User | None
) -> QuestionnaireVersion:
    """All questions anew. A draft may be unfinished. Raises NotADraft."""
    found = _locked(draft)
    found.questions = list(questions)
    _write(found)
    record(by, "surveys.questionnaire_saved", found.questionnaire, after=_audited(found))
    return found


@transaction.atomic
def put_question(
    draft: QuestionnaireVersion, question: Mapping[str, Any], *, old: str = "", by: User
) -> None:
    """Add a question at the end, or put it in the place of `old`. Raises BadInput with what is
    wrong with it, NotADraft."""
    rows = list(_locked(draft).questions)
    codes = [row.get("code") for row in rows]
    if question["code"] != old and question["code"] in codes:
        raise BadInput(_("Another question has this code."), field="code")
    if old in codes:
        rows[codes.index(old)] = question
    else:
        rows.append(question)
    place = f"questions.{question['code']}"
    wrong = [one for one in problems_of(rows) if one.place.startswith(place)]
    if wrong:
        raise BadInput("\n".join(in_words(one) for one in wrong), field="kind")
    save_questions(draft, rows, by=by)


@transaction.atomic
def move_question(draft: QuestionnaireVersion, code: str, step: int, *, by: User) -> None:
    """One place up (-1) or down (1). At either end nothing changes. Raises NotADraft."""
    rows = list(_locked(draft).questions)
    at = next((at for at, row in enumerate(rows) if row.get("code") == code), None)
    if at is None or not 0 <= at + step < len(rows):
        return
    rows[at], rows[at + step] = rows[at + step], rows[at]
    save_questions(draft, rows, by=by)


@transaction.atomic
def remove_question(draft: QuestionnaireVersion, code: str, *, by: User) -> None:
    """It is not asked any more. Raises NotADraft."""
    rows = [row for row in _locked(draft).questions if row.get("code") != code]
    save_questions(draft, rows, by=by)


@transaction.atomic
def discard_draft(draft: QuestionnaireVersion, *, by: User) -> None:
    """Throw a draft away; a questionnaire that never had another version goes with it, unless a
    rule or plan names it."""
    found = draft.questionnaire
    gone, _rows = QuestionnaireVersion.objects.filter(pk=draft.pk, state=State.DRAFT).delete()
    if not gone:
        raise NothingToDiscard()
    record(by, "surveys.draft_discarded", found, before={"version": draft.number})
    in_use = found.rules.exists() or found.plans.exists() or found.places.exists()
    if not in_use and not found.versions.exists():
        found.delete()


@transaction.atomic
def activate_version(draft: QuestionnaireVersion, *, by: User | None) -> None:
    """From now on this version is sent; who got an earlier one answers that. Raises BadInput with
    every problem (a required dimension nobody asks about is one), NotADraft."""
    found = _locked(draft)
    problems = problems_of(found.questions, of=found.questionnaire.occasion)
    if problems:
        raise BadInput("\n".join(in_words(one) for one in problems))
    before = found.questionnaire.versions.filter(state=State.ACTIVE)
    before.update(state=State.ENDED, ended_at=now())
    found.state, found.activated_at, found.activated_by = State.ACTIVE, now(), by
    found.save()
    record(by, "surveys.version_activated", found.questionnaire, after=_audited(found))


def _locked(draft: QuestionnaireVersion) -> QuestionnaireVersion:
    rows = QuestionnaireVersion.objects.select_for_update(of=("self",))
    found = rows.select_related("questionnaire").filter(pk=draft.pk, state=State.DRAFT).first()
    if found is None:
        raise NotADraft()
    return found


def _write(version: QuestionnaireVersion, words: Words | None = None) -> None:
    if words is not None:
        version.title, version.intro = dict(words.title), dict(words.intro)
        version.thanks = dict(words.thanks)
    content = [version.title, version.intro, version.thanks, version.questions]
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    version.sha256 = hashlib.sha256(written.encode()).hexdigest()
    version.changed_at = now()
    version.save()


def _audited(version: QuestionnaireVersion) -> dict[str, Any]:
    return {"version": version.number, "sha256": version.sha256}
