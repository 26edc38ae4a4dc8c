"""What a month still waits for, and what was closed (月结)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Appeal, LateScore, MonthClose, Review, ReviewChange
from lingzhi.inspections.queries.appeals import open_appeals
from lingzhi.inspections.queries.policies import policy_of, sites
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.inspections.queries.standing import first_of_next, month_bounds
from lingzhi.org.models import Unit

State = Review.State
MONTHS = 12  # so many past months are offered


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """What keeps a month open (`vetoes`, `rechecks`, `unreleased`, `appeals`), and what is left
    out of it.

    `drafts` were begun in the month and not given: they count for the month in which they are.
    `covert` are not published yet. `late` were given in a month closed before and published since:
    this close takes them in.
    """

    vetoes: int
    rechecks: int
    unreleased: int
    appeals: int
    released: int
    closed: int
    drafts: int
    covert: int
    late: int

    @property
    def keeps_open(self) -> bool:
        return bool(self.vetoes or self.rechecks or self.unreleased or self.appeals)

    @property
    def sentences(self) -> list[str]:
        """What still waits, in words."""
        return [str(words % {"n": number}) for words, number in self._named() if number]

    def _named(self) -> Iterator[tuple[str | Promise, int]]:
        yield (
            ngettext_lazy(
                "%(n)d veto waits for a decision.", "%(n)d vetoes wait for a decision.", self.vetoes
            ),
            self.vetoes,
        )
        yield (
            ngettext_lazy(
                "%(n)d score is to be re-checked.", "%(n)d scores are to be re-checked.",
                self.rechecks,
            ),
            self.rechecks,
        )  # fmt: skip
        yield (
            ngettext_lazy(
                "%(n)d score waits for release.", "%(n)d scores wait for release.", self.unreleased
            ),
            self.unreleased,
        )
        yield (
            ngettext_lazy(
                "%(n)d appeal is not decided.", "%(n)d appeals are not decided.", self.appeals
            ),
            self.appeals,
        )


def given_in(unit: Unit, month: date) -> QuerySet[Review]:
    """The scores given in a month about a unit and what is below it."""
    first, after = month_bounds(month)
    return Review.objects.filter(
        unit__path__startswith=unit.path, scored_at__gte=first, scored_at__lt=after, counts=True
    )


def open_matters(unit: Unit, month: date) -> OpenMatters:
    """What a month of a unit still waits for. A score waits for one thing at a time."""
    veto = Q(is_vetoed=True, veto_decided_at=None)
    recheck = Q(needs_recheck=True, rechecked_at=None) & ~veto
    scored = Q(state=State.SCORED, is_covert=False)
    first, after = month_bounds(month)
    counts = given_in(unit, month).aggregate(
        vetoes=Count("pk", filter=scored & veto),
        rechecks=Count("pk", filter=scored & recheck),
        unreleased=Count("pk", filter=scored & ~veto & ~recheck),
        released=Count("pk", filter=Q(state=State.RELEASED, closed_at=None)),
        closed=Count("pk", filter=Q(closed_at__isnull=False)),
        covert=Count("pk", filter=Q(state=State.SCORED, is_covert=True)),
    )
    drafts = Review.objects.filter(
        unit__path__startswith=unit.path, state=State.DRAFT, is_covert=False, counts=True,
        started_at__gte=first, started_at__lt=after,
    )  # fmt: skip
    late = late_scores(unit, month)
    late_appeals = late.filter(appeals__state__in=Appeal.LIVING).count()
    appeals = open_appeals(unit, month).count() + late_appeals
    return OpenMatters(**counts, appeals=appeals, drafts=drafts.count(), late=late.count())


def late_scores(unit: Unit, month: date) -> QuerySet[Review]:
    """Released scores of earlier months whose close came before their release."""
    closes = MonthClose.objects.filter(month__lt=month, unit__in=[*unit.above, unit.pk])
    given = Q(pk__in=[])
    for closed in closes.order_by("month").values_list("month", flat=True).distinct():
        first, after = month_bounds(closed)
        given |= Q(scored_at__gte=first, scored_at__lt=after)
    return Review.objects.filter(
        given, unit__path__startswith=unit.path, state=State.RELEASED, closed_at=None, counts=True
    ).order_by("scored_at", "pk")


def close_of(unit: Unit, month: date) -> MonthClose | None:
    """The close of a month, of this unit or of one above it."""
    rows = MonthClose.objects.filter(month=month, unit__in=[*unit.above, unit.pk])
    return rows.select_related("closed_by", "unit").first()


def past_months() -> list[date]:
    """The first days of the months that are over, the latest first."""
    found = [_month_before(today().replace(day=1))]
    while len(found) < MONTHS:
        found.append(_month_before(found[-1]))
    return found


def _month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def is_over(month: date) -> bool:
    """Whether the last day of a month has passed."""
    return first_of_next(month) <= today()


def due_to_close() -> list[tuple[Unit, date]]:
    """Sites whose last month is to be closed today or was to be before, the inner ones first."""
    month = past_months()[0]
    units = [unit for unit in sites() if today().day >= policy_of(unit).close_day]
    wanted = [unit for unit in units if close_of(unit, month) is None]
    inner_first = sorted(wanted, key=lambda unit: unit.path.count("/"), reverse=True)
    return [
        (unit, month)
        for unit in inner_first
        if given_in(unit, month).exists() or late_scores(unit, month).exists()
    ]


def corrections_visible_to(user: User) -> QuerySet[ReviewChange]:
    """Dated corrections after a close, of the scores this person may see, the latest first."""
    rows = ReviewChange.objects.filter(
        cause=ReviewChange.Cause.CORRECTION, review__in=reviews_visible_to(user).values("pk")
    )
    people = ("review__contact", "review__agent", "review__version", "changed_by")
    return rows.select_related(*people).order_by("-id")


def late_visible_to(user: User) -> QuerySet[LateScore]:
    """Scores that a later close took in, of those this person may see, the latest first."""
    rows = LateScore.objects.filter(review__in=reviews_visible_to(user).values("pk"))
    people = ("review__contact", "review__agent", "close__unit")
    return rows.select_related(*people).order_by("-id")
