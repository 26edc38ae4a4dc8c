from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lingzhi.conftest import LONG_AGO, Cast
from lingzhi.org.models import (
    Assignment,
    Calendar,
    Deputy,
    Designation,
    Group,
    Identity,
    Membership,
    Post,
    PostHolding,
    Presence,
    SupervisionArea,
)
from tests.permissions.objects import Route, Whose

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def person(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": whose.person.pk}


def unit(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": whose.unit.pk}


def assignment(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Assignment.objects.create(
        person=whose.person, role="agent", unit=whose.unit, from_on=LONG_AGO
    )
    return {"pk": row.pk}


def identity(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Identity.objects.create(
        person=whose.person, kind="extension", value="8001", from_on=LONG_AGO
    )
    return {"pk": row.pk}


def post(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": Post.objects.create(code="agent", name="Agent").pk}


def holding(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = PostHolding.objects.create(
        person=whose.person, post_id=post(cast, whose)["pk"], unit=whose.unit, from_on=LONG_AGO
    )
    return {"pk": row.pk}


def presence(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Presence.objects.create(
        person=whose.person,
        kind="leave",
        from_at=NOON,
        to_at=NOON + timedelta(hours=4),
        recorded_at=NOON,
    )
    return {"pk": row.pk}


def deputy(cast: Cast, whose: Whose) -> dict[str, Any]:
    stand_in = cast.chen if whose.person == cast.nora else cast.nora
    row = Deputy.objects.create(person=whose.person, deputy=stand_in, from_on=LONG_AGO)
    return {"pk": row.pk}


def area(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = SupervisionArea.objects.create(unit=whose.unit, name="Desk", owner=whose.person)
    return {"pk": row.pk}


def designation(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Designation.objects.create(matter="complaints", unit=whose.unit, from_on=LONG_AGO)
    return {"pk": row.pk}


def group(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Group.objects.create(
        name="Joint inspection",
        kind="standing",
        mandate="Look together.",
        unit=whose.unit,
        from_on=LONG_AGO,
    )
    return {"pk": row.pk}


def member(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Membership.objects.create(
        group_id=group(cast, whose)["pk"], person=whose.person, from_on=LONG_AGO
    )
    return {"pk": row.pk}


def calendar(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": Calendar.objects.create(name="Days", published_until=date(2026, 12, 31)).pk}


def calendar_day(cast: Cast, whose: Whose) -> dict[str, Any]:
    return calendar(cast, whose) | {"day": "2026-10-01"}


ROUTES = {
    "org:setup": Route(),
    "org:people": Route(),
    "org:people_export": Route(),
    "org:person_create": Route(),
    "org:people_file": Route(),
    "org:people_check": Route(),
    "org:people_confirm": Route(method="post"),
    "org:people_template": Route(),
    "org:passwords": Route(method="post"),
    "org:person": Route(person),
    "org:person_change": Route(person),
    "org:person_deactivate": Route(person, method="post"),
    "org:person_reactivate": Route(person, method="post"),
    "org:password": Route(person, method="post"),
    "org:unlock": Route(person, method="post"),
    "org:second_factor": Route(person, method="post"),
    "org:end_sessions": Route(person, method="post"),
    "org:assign": Route(person),
    "org:assignment_end": Route(assignment, method="post"),
    "org:move": Route(assignment),
    "org:identity_add": Route(person),
    "org:identity_end": Route(identity, method="post"),
    "org:post_hold": Route(person),
    "org:post_leave": Route(holding, method="post"),
    "org:skills": Route(person),
    "org:deputy_name": Route(person),
    "org:deputy_end": Route(deputy, method="post"),
    "org:presence_record": Route(person),
    "org:presence_withdraw": Route(presence, method="post"),
    "org:duty": Route(),
    "org:units": Route(),
    "org:unit_create": Route(),
    "org:unit": Route(unit),
    "org:unit_change": Route(unit),
    "org:unit_close": Route(unit, method="post"),
    "org:supervision": Route(),
    "org:lines": Route(),
    "org:area_create": Route(),
    "org:area_change": Route(area),
    "org:area_close": Route(area, method="post"),
    "org:matters": Route(),
    "org:designate": Route(),
    "org:designation_end": Route(designation, method="post"),
    "org:posts": Route(),
    "org:post_create": Route(),
    "org:post": Route(post),
    "org:post_change": Route(post),
    "org:post_describe": Route(post),
    "org:post_withdraw": Route(post, method="post"),
    "org:groups": Route(),
    "org:group_create": Route(),
    "org:group": Route(group),
    "org:group_change": Route(group),
    "org:group_join": Route(group),
    "org:group_leave": Route(member, method="post"),
    "org:calendars": Route(),
    "org:calendar_create": Route(),
    "org:calendar": Route(calendar),
    "org:calendar_week": Route(calendar),
    "org:calendar_day": Route(calendar_day, missing={"pk": 999_999_999, "day": "2026-10-01"}),
    "org:calendar_load": Route(calendar, method="post", data={"year": "2026"}),
    "org:calendar_publish": Route(calendar, method="post", data={"year": "2027"}),
    "org:calendar_file": Route(calendar),
}
