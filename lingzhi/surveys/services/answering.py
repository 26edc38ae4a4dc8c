"""Taking answers: page by page, what was said so far is kept; the end is final."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Outreach
from lingzhi.customers.services.outreach import settle_ask
from lingzhi.jobs.services import later
from lingzhi.org.queries.privacy import CHANNELS, notice_on
from lingzhi.surveys.models import Answer, Answering, Invitation, Mode, Place, Scale
from lingzhi.surveys.queries.answering import given_in
from lingzhi.surveys.queries.questionnaires import scales
from lingzhi.surveys.services.asking import hash_of
from lingzhi_engine.privacy import mask
from lingzhi_engine.questionnaire import Given, Kind, Question, Questionnaire

PAUSE = timedelta(minutes=15)  # whoever stopped for so long does not take a bad answer back
State = Invitation.State
ON_A_PAGE = (Mode.MAIL, Mode.SMS, Mode.CHAT)  # the customer reads our page


class AnsweredAlready(DomainError):
    message = _("These questions were answered already. Thank you.")


class Expired(DomainError):
    message = _("The time to answer is over. Thank you all the same.")


class Missing(BadInput):
    """Questions that want an answer got none, or one that is none of theirs."""

    def __init__(self, missing: Sequence[str], wrong: Sequence[str]) -> None:
        self.missing, self.wrong = list(missing), list(wrong)
        super().__init__(_("Please answer the questions that are marked."), field="questions")


def begin_answering(row: Invitation, *, by: User | None = None) -> Answering:
    """The answering of an invitation, made with the first answer. Raises AnsweredAlready, Expired.

    To be called inside the transaction that keeps the answer.
    """
    locked = Invitation.objects.select_for_update().get(pk=row.pk)
    require_open(locked)
    assert locked.version_id is not None  # it was claimed
    found, is_new = Answering.objects.get_or_create(
        invitation=locked,
        defaults={
            "version_id": locked.version_id, "mode": locked.mode, "unit_id": locked.unit_id,
            "language": get_language() or locked.language, "started_at": now(), "entered_by": by,
            "notice": notice_on(CHANNELS.SURVEY) if locked.mode in ON_A_PAGE and not by else None,
        },
    )  # fmt: skip
    if is_new:
        facts: dict[str, object] = {"opened_at": found.started_at}
        if locked.state != State.SENT:  # it arrived after all
            facts |= {"state": State.SENT, "sent_at": locked.claimed_at or found.started_at}
        Invitation.objects.filter(pk=locked.pk).update(**facts)
    return found


def require_open(row: Invitation) -> None:
    """Raises AnsweredAlready, Expired."""
    if row.finished_at is not None:
        raise AnsweredAlready()
    if row.expires_at is None or row.expires_at <= now():
        raise Expired()


def begin_at_place(place: Place, secret: str) -> Answering:
    """Somebody at a counter gave a first answer. `secret` came with the empty page: sent twice, for
    the line or the server broke off, it is one answering. Raises Expired."""
    version = place.questionnaire.active
    if version is None or place.closed_at is not None:
        raise Expired()
    found, _new = Answering.objects.get_or_create(
        secret_hash=hash_of(secret), place=place,
        defaults={
            "version": version, "mode": Mode.QR, "unit_id": place.unit_id, "started_at": now(),
            "language": get_language() or "zh-hans", "notice": notice_on(CHANNELS.SURVEY),
        },
    )  # fmt: skip
    return found


@transaction.atomic
def keep_page(answering: Answering, page: Sequence[Question], given: Given) -> None:
    """Keep what was said on a page, in the place of what was said there before. Raises Missing,
    AnsweredAlready.

    A judgement that calls for somebody is looked at after a while, also where nobody finishes.
    """
    locked = Answering.objects.select_for_update().get(pk=answering.pk)
    if locked.finished_at is not None:
        raise AnsweredAlready()
    read = locked.version.read()
    known = {**given_in(locked), **{place: [] for one in page for place in one.places}, **given}
    _require_sound(read, page, known)
    kept = read.kept(known)
    known_scales = scales()
    locked.answers.filter(question__in=[one.code for one in page]).delete()
    rows = [row for one in page for row in _rows(locked, one, kept, known_scales)]
    Answer.objects.bulk_create(rows)
    if read.low(kept):
        later("surveys.recover", run_after=now() + PAUSE, answering_id=locked.pk)


def _require_sound(read: Questionnaire, page: Sequence[Question], given: Given) -> None:
    codes = {one.code for one in page}
    wrong = [code for code in read.wrong(given) if code in codes]
    missing = read.missing(given, page)
    if wrong or missing:
        raise Missing(missing, wrong)


def _rows(
    answering: Answering, one: Question, given: Mapping[str, Sequence[str]],
    known: Mapping[str, Scale],
) -> list[Answer]:  # fmt: skip
    about = {f"{one.code}.{row.code}": row for row in one.rows}
    rows = []
    for place in one.places:
        said = given.get(place)
        if not said:
            continue
        row = Answer(answering=answering, question=one.code, kind=one.kind)
        row.dimension = about[place].dimension if place in about else one.dimension
        row.row = about[place].code if place in about else ""
        if one.kind in (Kind.SCALE, Kind.MATRIX):
            row.scale, row.number = known[one.scale], int(said[0])
        elif one.kind is Kind.TEXT:
            row.text = mask(said[0].strip())
        else:
            row.choices = list(said)
        rows.append(row)
    return rows


@transaction.atomic
def finish_answering(answering: Answering, *, is_short: bool = False) -> None:
    """The last page was sent. What a later answer made meaningless is dropped. A telephone asks
    but a few of the questions (`is_short`). Raises Missing, AnsweredAlready."""
    locked = Answering.objects.select_for_update().get(pk=answering.pk)
    if locked.finished_at is not None:
        raise AnsweredAlready()
    read, given = locked.version.read(), given_in(locked)
    missing = [] if is_short else read.missing(given)
    if missing:
        raise Missing(missing, [])
    asked = {one.code for one in read.asked(given)}
    locked.answers.exclude(question__in=asked).delete()
    locked.finished_at = now()
    locked.save()
    if locked.invitation is not None:
        rows = Invitation.objects.filter(pk=locked.invitation.pk)
        rows.update(finished_at=locked.finished_at)
        if locked.invitation.outreach is not None:
            settle_ask(locked.invitation.outreach, Outreach.Outcome.ANSWERED)
    record(locked.entered_by, "surveys.answered", locked, after={"mode": locked.mode})
    if read.low(given):
        later("surveys.recover", answering_id=locked.pk)


@transaction.atomic
def answer_page(
    row: Invitation, page: Sequence[Question], given: Given, *, by: User | None = None
) -> Answering:
    """One page of an invitation; the first one begins the answering, in the same transaction."""
    found = begin_answering(row, by=by)
    keep_page(found, page, given)
    return found


@transaction.atomic
def first_page_at(
    place: Place, page: Sequence[Question], given: Given, *, secret: str
) -> Answering:
    """The first page at a place, kept with what it begins."""
    found = begin_at_place(place, secret)
    keep_page(found, page, given)
    return found


@transaction.atomic
def refuse_to_answer(row: Invitation, *, by: User) -> None:
    """An interviewer asked, and the customer did not want to answer."""
    rows = Invitation.objects.filter(pk=row.pk, state=State.SENT, finished_at=None)
    if not rows.update(expires_at=now()):
        raise AnsweredAlready()
    if row.outreach is not None:
        settle_ask(row.outreach, Outreach.Outcome.REFUSED)
    record(by, "surveys.refused", row)
