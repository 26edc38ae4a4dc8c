"""Units judge each other: prepared, opened, answered without a name, over."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from secrets import randbelow

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.origin import Origin, current_origin
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import PostHolding, Unit
from lingzhi.org.queries import in_force, people_in
from lingzhi.surveys.models import (
    InternalPair,
    InternalSeat,
    InternalSurvey,
    InternalWord,
    Questionnaire,
)
from lingzhi.surveys.services.answering import Missing
from lingzhi_engine.privacy import mask
from lingzhi_engine.questionnaire import Given, Kind

MOST_PAIRS = 100
IDS = 2**52  # numbers of words are drawn below this


class OpenedAlready(DomainError):
    message = _("This was opened already: what is asked and whom does not change any more.")


class NobodyIsAsked(DomainError):
    message = _("Nobody in these units would be asked.")


class IsOver(DomainError):
    message = _("It is over: nothing is taken any more.")


class JudgedAlready(DomainError):
    message = _("You judged this unit already. Thank you.")


@transaction.atomic
def save_internal(
    survey: InternalSurvey,
    raters: Sequence[Unit],
    rated: Sequence[Unit],
    *,
    is_mutual: bool,
    by: User,
) -> InternalSurvey:
    """Keep a draft and who judges whom; `is_mutual` the other way round, too. Raises BadInput,
    OpenedAlready."""
    pairs = {(one, other) for one in raters for other in rated if one != other}
    back = {(other, one) for one, other in pairs} - pairs if is_mutual else set()
    _require_sound(survey, pairs | back)
    if survey.pk is None:
        survey.created_at, survey.created_by = now(), by
    else:
        _require_draft(survey)
    survey.save()
    survey.pairs.all().delete()
    InternalPair.objects.bulk_create(
        InternalPair(survey=survey, rater=one, rated=other, is_back=(one, other) in back)
        for one, other in pairs | back
    )
    after = {"pairs": sorted([one.pk, other.pk] for one, other in pairs | back)}
    record(by, "surveys.internal_saved", survey, after=after)
    return survey


def _require_sound(survey: InternalSurvey, pairs: set[tuple[Unit, Unit]]) -> None:
    if not 1 <= len(pairs) <= MOST_PAIRS:
        raise BadInput(_("Name between one and a hundred pairs of units."), field="rated")
    units = {unit.pk: unit for pair in pairs for unit in pair}.values()
    for one, other in combinations(units, 2):
        if one.path.startswith(other.path) or other.path.startswith(one.path):
            raise BadInput(
                _("One of these units lies within another: its people would judge twice."),
                field="raters",
            )
    if survey.due_on < today():
        raise BadInput(_("That day is over."), field="due_on")
    if survey.questionnaire.occasion != Questionnaire.Occasion.INTERNAL:
        raise BadInput(_("Take a questionnaire for internal customers."), field="questionnaire")


def _require_draft(survey: InternalSurvey) -> None:
    rows = InternalSurvey.objects.select_for_update().filter(pk=survey.pk, opened_at=None)
    if not rows.exists():
        raise OpenedAlready()


@transaction.atomic
def open_internal(survey: InternalSurvey, *, by: User) -> int:
    """Everybody in the judging units gets a to-do; how many people. Raises OpenedAlready,
    NobodyIsAsked, IsOver."""
    _require_draft(survey)
    version = survey.questionnaire.active
    if survey.due_on < today() or version is None:
        raise IsOver()
    pairs = survey.pairs.select_related("survey", "rater", "rated")
    seats = [seat for pair in pairs for seat in _seats(pair)]
    if not seats:
        raise NobodyIsAsked()
    InternalSurvey.objects.filter(pk=survey.pk).update(opened_at=now(), version=version)
    InternalSeat.objects.bulk_create(seats)
    people = {seat.person_id: seat.person for seat in seats}
    for person in people.values():
        tell(
            [person], _("Judge how other units support yours"), body=survey.title, is_todo=True,
            url=reverse("surveys:my_judgements"), matter=_matter(survey, person.pk),
        )  # fmt: skip
    record(by, "surveys.internal_opened", survey, after={"people": len(people)})
    return len(people)


def _seats(pair: InternalPair) -> Iterable[InternalSeat]:
    """Who is of the judging unit and not of the judged one."""
    people = people_in(pair.rater).exclude(pk__in=people_in(pair.rated).values("pk"))
    if pair.survey.post_id is not None:
        holding = PostHolding.objects.filter(in_force(today()), post=pair.survey.post_id)
        people = people.filter(pk__in=holding.values("person"))
    return [InternalSeat(pair=pair, person=person) for person in people]


@transaction.atomic
def judge_unit(seat: InternalSeat, given: Given) -> None:
    """Keep what somebody said, apart from who said it. Raises Missing, IsOver, JudgedAlready.

    The audit trail says that an answer came in, neither whose nor from where; the number of the
    row is drawn, so that the order of the rows does not tell who said what either.
    """
    survey = seat.pair.survey
    assert survey.version is not None  # it was opened
    if not InternalSurvey.objects.filter(pk=survey.pk, closed_at=None).exists():
        raise IsOver()
    read = survey.version.read()
    wrong, missing = read.wrong(given), read.missing(given)
    if wrong or missing:
        raise Missing(missing, wrong)
    mine = InternalSeat.objects.filter(pk=seat.pk, has_answered=False)
    if not mine.update(has_answered=True):
        raise JudgedAlready()
    texts = {one.code for one in read.questions if one.kind is Kind.TEXT}
    kept = {
        place: [mask(text.strip()) for text in said] if place in texts else list(said)
        for place, said in read.kept(given).items()
    }
    InternalWord.objects.create(pk=randbelow(IDS), pair=seat.pair, given=kept)
    _record_unnamed(survey)
    left = InternalSeat.objects.filter(
        pair__survey=survey, person=seat.person_id, has_answered=False
    )
    if not left.exists():
        settle_matter(_matter(survey, seat.person_id))


def _record_unnamed(survey: InternalSurvey) -> None:
    """Without the address and the request that lead to a person."""
    token = current_origin.set(Origin("", "", current_origin.get().door))
    try:
        record(None, "surveys.internal_answered", survey)
    finally:
        current_origin.reset(token)


def _shuffle(survey: InternalSurvey) -> None:
    """Write all words anew at one moment: what a database knows of when each came goes."""
    rows = InternalWord.objects.filter(pair__survey=survey)
    words = [InternalWord(pk=randbelow(IDS), pair_id=one.pair_id, given=one.given) for one in rows]
    rows.delete()
    InternalWord.objects.bulk_create(sorted(words, key=lambda one: one.pk))


@transaction.atomic
def close_internal(survey: InternalSurvey, *, by: User | None) -> None:
    """Nothing is taken any more, and what was said is shown. Raises IsOver."""
    rows = InternalSurvey.objects.filter(pk=survey.pk, closed_at=None).exclude(opened_at=None)
    if not rows.update(closed_at=now()):
        raise IsOver()
    _shuffle(survey)
    people = InternalSeat.objects.filter(pair__survey=survey).values_list("person", flat=True)
    for person in set(people):
        settle_matter(_matter(survey, person))
    record(by, "surveys.internal_closed", survey)


def close_overdue() -> int:
    """End what could be answered until yesterday; how many surveys."""
    rows = InternalSurvey.objects.filter(closed_at=None, due_on__lt=today())
    due = list(rows.exclude(opened_at=None))
    for one in due:
        close_internal(one, by=None)
    return len(due)


def _matter(survey: InternalSurvey, person: int) -> str:
    return f"surveys.internal/{survey.pk}/{person}"
