"""Reviews within reach, what each kind looks at and asks, and what is due."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Review, ReviewDecision
from lingzhi.governance.queries.asked import DAY, Asked
from lingzhi.governance.queries.months import months_later
from lingzhi.governance.queries.people import AUDIT, READ
from lingzhi.governance.queries.points import EARLIER
from lingzhi.kpis.queries import Period
from lingzhi.org.queries import reach

Kind = Review.Kind
PREPARE_BEFORE = timedelta(days=14)  # so long before its day it is a to-do of who prepares it
ONCE_MONTHS = 12  # of data that a review looks at which comes once
DECISION = "governance.review_decision"
GOALS = "goals"

INPUTS: Mapping[str, tuple[str, ...]] = {
    Kind.MANAGEMENT: (
        EARLIER, GOALS, "targets", "satisfaction", "received", "complaints", "surveys", "audits",
        "progress", "rectifications", "alerts", "rules", "staffing",
    ),
    Kind.SERVICE: (
        EARLIER, "satisfaction", "received", "complaints", "surveys", "demands", "targets",
    ),
    Kind.RESOURCES: (EARLIER, "staffing", "demands", "targets", "alerts"),
    Kind.GOALS: (EARLIER, "targets", "alerts", "rules"),
    Kind.RULEBOOK: (EARLIER, "audits", "progress", "rectifications", "rules", "demands"),
}  # fmt: skip
ASKED: Mapping[str, Mapping[str, str | Promise]] = {
    Kind.MANAGEMENT: {
        "suitable": _("Suitability: does the system still fit the house and its customers?"),
        "adequate": _("Adequacy: does it cover all that is needed, with enough means?"),
        "effective": _("Effectiveness: does it reach what it aims at?"),
    },
    Kind.SERVICE: {
        "needs": _("Are the requirements of customers known, and do our standards answer them?"),
        "planning": _("Planning: do plans and promised levels answer what customers require?"),
        "provision": _("Provision: is the service given as it was planned?"),
        "supervision": _("Supervision: is what goes wrong found and mended?"),
    },
    Kind.RESOURCES: {
        "people": _("People: number, skills and shifts"),
        "equipment": _("Equipment: seats, telephones, computers"),
        "technology": _("Technology: systems, lines, tools"),
        "material": _("Material: rooms, supplies, documents"),
    },
    Kind.GOALS: {
        "fit": _("Do the indicators and their targets still match reality?"),
        "missing": _("Is everything that matters to customers and the house measured?"),
    },
    Kind.RULEBOOK: {
        "complete": _("Do the rules cover what is done and what is demanded of us?"),
        "current": _("Are the rules up to date?"),
        "followed": _("Are the rules known and followed?"),
    },
}
QUESTIONS = {code: words for several in ASKED.values() for code, words in several.items()}


def reviews_visible_to(user: User) -> QuerySet[Review]:
    """Those of units within reach, and those in which this person has a part."""
    within = Q(preparer=user) | Q(chair=user) | Q(created_by=user)
    for path in {*reach(user, READ).paths, *reach(user, AUDIT).paths}:
        within |= Q(unit__path__startswith=path)
    mine = ReviewDecision.objects.filter(owner=user).values("review")
    rows = Review.objects.filter(within | Q(pk__in=mine))
    return rows.select_related("unit", "preparer", "chair", "before", "closed_by")


def asked_reviews(user: User, *, kind: str = "", show: str = "") -> QuerySet[Review]:
    """Those that a page was asked for: what is open with the next first, or what is over."""
    rows = reviews_visible_to(user)
    if kind:
        rows = rows.filter(kind=kind)
    is_open = Q(closed_at=None, cancelled_at=None)
    if show == "over":
        return rows.exclude(is_open)
    return rows.filter(is_open).order_by("planned_on", "pk") if show == "open" else rows


def decisions_visible_to(user: User) -> QuerySet[ReviewDecision]:
    """What the reviews decided that one sees."""
    rows = ReviewDecision.objects.filter(review__in=reviews_visible_to(user).values("pk"))
    return rows.select_related("review__unit", "owner")


def asked_by(review: Review, day: date) -> Asked:
    """What it looks at on `day`: the days since the earlier review, else one round of it."""
    last = day - DAY
    first = months_later(day, -(review.every_months or ONCE_MONTHS))
    if review.before is not None and review.before.held_on is not None:
        first = review.before.held_on
    return Asked(review.unit, day, Period(min(first, last), last), review=review)


def to_be_prepared() -> QuerySet[Review]:
    """What comes soon and nobody prepared yet."""
    rows = Review.objects.filter(
        prepared_at=None, cancelled_at=None, planned_on__lte=today() + PREPARE_BEFORE
    )
    return rows.select_related("preparer", "unit")


def late_reviews() -> QuerySet[Review]:
    """What should have been held before today."""
    rows = Review.objects.filter(held_at=None, cancelled_at=None, planned_on__lt=today())
    return rows.select_related("preparer", "chair", "unit")


def without_next() -> QuerySet[Review]:
    """Closed ones that come again and have no successor, of units that still exist."""
    rows = Review.objects.filter(
        closed_at__isnull=False, following=None, every_months__gt=0, unit__closed_at=None
    )
    return rows.select_related("unit", "preparer", "chair")


def late_decisions() -> QuerySet[ReviewDecision]:
    """What should have been done before today and was not told of yet."""
    rows = ReviewDecision.objects.filter(done_at=None, due_on__lt=today(), late_told_at=None)
    return rows.select_related("owner", "review__chair", "review__unit")
