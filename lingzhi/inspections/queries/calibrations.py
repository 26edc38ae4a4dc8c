"""Calibrations: who sees which, who may score in one, and how far everybody is."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import Abs

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.core.clock import now
from lingzhi.inspections.models import (
    Calibration,
    CalibrationScore,
    CalibrationTalk,
    Calibrator,
    Review,
    Sheet,
)
from lingzhi.inspections.queries.reviews import holders_over
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi_engine.stats import simple_sample

CALIBRATE, SCORE = "inspections.calibrate", "inspections.score"
DAYS = 180
"""How far back conversations are looked for."""
FRAME = 20_000
"""From how many of the newest conversations some are taken by chance."""


def calibrations_visible_to(user: User) -> QuerySet[Calibration]:
    """Those in which one scores, once people are invited; and those within reach to hold."""
    shown = Q(pk__in=Calibrator.objects.filter(person=user).values("calibration"))
    shown &= ~Q(state=Calibration.State.DRAFT)
    if user.can(CALIBRATE):
        shown |= Q(created_by=user) | reach(user, CALIBRATE).over("unit__path", "created_by_id")
    rows = Calibration.objects.filter(shown)
    return rows.select_related("version__sheet", "unit", "created_by", "closed_by")


def possible_calibrators(*units: Unit) -> list[User]:
    """Everybody who may score the conversations of one of these units, by staff number."""
    reaching = {one for unit in units for one in holders_over(unit.path, SCORE)}
    return sorted(reaching, key=lambda person: str(person.staff_no))


def conversations_to_calibrate(unit: Unit, user: User) -> QuerySet[Contact]:
    """Conversations of a unit and those below it, within reach of who holds the session."""
    rows = conversations(visible_to(user, CALIBRATE))
    return rows.filter(unit__path__startswith=unit.path)


def some_by_chance(rows: QuerySet[Contact], count: int, *, seed: int) -> list[int]:
    """The numbers of `count` conversations of the last months; the same seed takes the same."""
    since = now() - timedelta(days=DAYS)
    newest = rows.filter(started_at__gte=since).order_by("-started_at", "-pk")
    ids = list(newest.values_list("pk", flat=True)[:FRAME])
    return [ids[row] for row in simple_sample(ids, count, seed=seed).rows]


def most_disagreed(rows: QuerySet[Contact], sheet: Sheet, count: int) -> list[int]:
    """The conversations about whose score people or rules differed most, the worst first.

    Two inspectors far apart come before scores that were changed, those before items in which
    the inspector's answer is not that of the rules.
    """
    given = Review.objects.exclude(state=Review.State.DRAFT).filter(
        version__sheet=sheet, scored_at__gte=now() - timedelta(days=DAYS), contact__in=rows
    )
    found: Counter[int] = Counter()
    apart = given.values("contact").annotate(by=Max("value") - Min("value")).filter(by__gt=0)
    _add(found, apart.order_by("-by").values_list("contact", "by")[:count])
    changed = given.filter(changes__isnull=False).values("contact")
    moved = changed.annotate(by=Max(Abs(F("changes__new_value") - F("changes__value"))))
    _add(found, moved.filter(by__gt=0).order_by("-by").values_list("contact", "by")[:count])
    differing = Q(items__proposed__gt="") & ~Q(items__proposed=F("items__value"))
    ruled = given.values("contact").annotate(by=Count("items", filter=differing))
    _add(found, ruled.filter(by__gt=0).order_by("-by").values_list("contact", "by")[:count])
    return list(found)[:count]


def _add(found: Counter[int], rows: QuerySet[Review, tuple[int, float]]) -> None:
    for contact, by in rows:
        found.setdefault(contact, int(by))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many conversations one person has scored in a round, of how many."""

    calibrator: Calibrator
    given: int
    of: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to score."""
        return self.given >= self.of


def progress_of(calibration: Calibration, number: int | None = None) -> list[Progress]:
    """Everybody's progress in a round, the present one unless another is named."""
    wanted = number or calibration.round
    counted = Count(
        "scores", filter=Q(scores__round=wanted, scores__submitted_at__isnull=False), distinct=True
    )
    rows = calibration.calibrators.select_related("person").annotate(given=counted)
    rows = rows.order_by("-is_expert", "person__staff_no")
    of = calibration.talks.count()
    return [Progress(one, one.given, of) for one in rows]


def scores_shown_to(
    user: User, talk: CalibrationTalk, number: int | None = None
) -> QuerySet[CalibrationScore]:
    """The given scores about a conversation that this person may see.

    Blind, one's own until the discussion; open, everybody's once one has given one's own.
    """
    calibration = talk.calibration
    number = number or calibration.round
    rows = talk.scores.filter(round=number).exclude(submitted_at=None)
    rows = rows.select_related("calibrator__person")
    if calibration.is_opened or number < calibration.round:
        return rows
    own = rows.filter(calibrator__person=user)
    return rows if not calibration.is_blind and own.exists() else own
