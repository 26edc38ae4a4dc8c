from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.contacts.models import Call, CallLeg, Feed, OpenContact, Source
from lingzhi.core.clock import now
from lingzhi.inspections.models import Watch
from lingzhi.inspections.services.watching import begin_watch, publish_watch
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import address, open_contact


def watched(cast: Cast, whose: Whose) -> Watch:
    """The person's conversation, watched by somebody of whom nobody else knows."""
    talk = OpenContact.objects.get(**open_contact(cast, whose))
    other, _new = User.objects.get_or_create(staff_no="7001", defaults={"name": "Other"})
    return begin_watch(talk, by=other)


def published(cast: Cast, whose: Whose) -> dict[str, Any]:
    watch = watched(cast, whose)
    publish_watch(watch, by=watch.person)
    return {"pk": watch.pk}


def unpublished(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": watched(cast, whose).pk}


def to_see_to(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A note that the person was given."""
    notes = watched(cast, whose).notes
    return {"pk": notes.create(at="2026-11-20T10:00Z", text="look", todo_for=whose.person).pk}


def call(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The person talks at a phone system that lets leaders listen."""
    source = Source.objects.get(pk=Feed.objects.get(**address(cast, whose)).source_id)
    row = Call.objects.create(source=source, external_id="c1", state="talking", direction="in",
                              agent=whose.person, unit=whose.unit, moved_at=now())  # fmt: skip
    CallLeg.objects.create(call=row, seq=1, agent=whose.person, answered_at=now(),
                           agent_reference=whose.person.staff_no)  # fmt: skip
    return {"pk": row.pk}


ROUTES = {
    "inspections:calls": Route(),
    "inspections:call": Route(call),
    "inspections:step_in": Route(call, method="post", data={"kind": "listen", "reason": "x"}),
    "inspections:commands": Route(),
    "inspections:watch_any": Route(method="post"),
    "inspections:note_live": Route(open_contact, method="post", data={"text": "look"}),
    "inspections:watches": Route(),
    "inspections:watch": Route(published),
    "inspections:publish_watch": Route(unpublished, method="post"),
    "inspections:finish_note": Route(to_see_to, method="post"),
}
