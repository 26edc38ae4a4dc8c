from datetime import timedelta
from typing import Any

from lingzhi.cases.models import ForumDuty, ForumPost
from lingzhi.conftest import Cast
from lingzhi.contacts.models import Channel, Contact, Turn
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def a_post(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A post that was classed; whoever tries is not on duty."""
    contact = Contact.objects.create(
        source=source_named("bbs"), external_id="p", direction="in", turn_count=1,
        channel=Channel.objects.get(code="forum"), received_at=now(), started_at=now(),
    )  # fmt: skip
    Turn.objects.create(contact=contact, seq=1, role="customer", text="?")
    ForumPost.objects.create(contact=contact, kind="question", read_at=now(), read_by=cast.nora)
    return {"pk": contact.pk}


def on_duty(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The same, and the person is on duty."""
    a_duty(cast, whose)
    return a_post(cast, whose)


def a_duty(cast: Cast, whose: Whose) -> dict[str, Any]:
    hour = timedelta(hours=1)
    row = ForumDuty.objects.create(person=whose.person, from_at=now() - hour, to_at=now() + hour)
    return {"pk": row.pk}


ROUTES = {
    "cases:forum": Route(),
    "cases:forum_duty": Route(),
    "cases:forum_export": Route(),
    "cases:forum_post": Route(a_post),
    "cases:class_forum_post": Route(
        a_post, method="post", data={"kind": "noise", "about": "other"}
    ),
    "cases:answer_forum_post": Route(on_duty, method="post", data={"answer": "?"}),
    "cases:hand_on_forum_post": Route(
        on_duty, method="post", data={"type_code": "feedback", "title": "?"}
    ),
    "cases:withdraw_forum_duty": Route(a_duty, method="post"),
}
