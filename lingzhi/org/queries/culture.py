"""What one's house stands for, what is on, and where one took part."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Activity, Participation, Statement, Unit
from lingzhi.org.queries.scope import assignments_on, in_force, reach


def units_around(person: User, day: date) -> set[int]:
    """Ids of the units the person works at on `day` and of all above; the company for everybody."""
    found = set(Unit.objects.filter(parent=None).values_list("pk", flat=True))
    for assignment in assignments_on(day).filter(person=person):
        found.update([*assignment.unit.above, assignment.unit_id])
    return found


def statements_of(person: User, day: date) -> QuerySet[Statement]:
    """What holds on `day` for the person: the company's statements first, one's team's last."""
    return (
        Statement.objects.filter(in_force(day), unit__in=units_around(person, day))
        .select_related("unit", "published_by")
        .order_by("unit__path", "kind")
    )


def statements_visible_to(user: User) -> QuerySet[Statement]:
    """Every version about the units around the person, or within reach of who publishes."""
    around = Q(unit__in=units_around(user, today()))
    return Statement.objects.filter(
        around | reach(user, "org.culture").over("unit__path", "published_by_id")
    )


def activities_for(person: User) -> QuerySet[Activity]:
    """Activities that are open to a unit around the person; each once."""
    mine = Activity.open_to.through.objects.filter(unit__in=units_around(person, today()))
    return Activity.objects.filter(pk__in=mine.values("activity_id"))


def coming_for(person: User, at: datetime) -> QuerySet[Activity]:
    """What is open to the person and not over yet, the next first."""
    rows = activities_for(person).filter(cancelled_at=None, ends_at__gt=at)
    return rows.select_related("unit", "organiser", "statement__unit").order_by("begins_at", "pk")


def activities_run_by(user: User) -> QuerySet[Activity]:
    """Activities that units within reach of `org.culture` hold, and those one organises."""
    held = reach(user, "org.culture").over("unit__path", "organiser_id")
    return Activity.objects.filter(held | Q(organiser=user))


def activities_visible_to(user: User) -> QuerySet[Activity]:
    """Open to oneself, run by oneself, or taken part in."""
    run = activities_run_by(user).values("pk")
    took_part = Participation.objects.filter(person=user).values("activity_id")
    open_to_me = activities_for(user).values("pk")
    return Activity.objects.filter(Q(pk__in=run) | Q(pk__in=took_part) | Q(pk__in=open_to_me))


def with_numbers(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """`signed_up`: who is on the list; `attended`: who was there. The latest first."""
    there = Q(participations__state=Participation.State.ATTENDED)
    counted = rows.select_related("unit", "organiser").annotate(
        signed_up=Count("participations"), attended=Count("participations", filter=there)
    )
    return counted.order_by("-begins_at", "-pk")


def participations_of(person: User) -> QuerySet[Participation]:
    """Where the person signed up or was, the latest first."""
    rows = Participation.objects.filter(person=person, activity__cancelled_at=None)
    return rows.select_related("activity__unit").order_by("-activity__begins_at", "-pk")
