"""A queue belongs to a team: its lost calls count for the team and stand on its wallboard."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_unanswered
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Call, CallQueue, Contact
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def tell(*events) -> None:
    take_events(source_named("test"), read_events({"events": list(events)}))


def lose(call: str) -> None:
    begin = now() - timedelta(minutes=2)
    end = (begin + timedelta(minutes=1)).isoformat()
    tell(
        {"type": "queued", "id": call, "at": begin.isoformat(), "queue": "售后"},
        {"type": "left", "id": call, "at": end, "reason": "abandoned"},
        {"type": "hangup", "id": call, "at": end},
    )


def test_lost_calls_belong_to_the_team_of_their_queue(cast, as_, run_jobs):
    lose("c1")
    make_unanswered(queue="售后")  # from a file
    tell({"type": "queued", "id": "c3", "at": now().isoformat(), "queue": "售后"})
    queue = CallQueue.objects.get()
    assert Notice.objects.get(ended_at=None).person == cast.sol  # asked once
    board = reverse("contacts:wallboard")
    for leader in (cast.ada, cast.cai):  # nobody's calls wait for everybody
        found = as_(leader).get(board).context["board"]
        assert (found.waiting, found.today.calls) == (1, 0)
    page = as_(cast.sol).get(reverse("contacts:queues"))
    assert [one for one, _form in page.context["shown"]] == [queue]
    address, given = reverse("contacts:give_queue", args=[queue.pk]), f"{queue.pk}-unit"
    assert as_(cast.sol).post(address, {given: "999999"}).status_code == 422
    as_(cast.sol).post(address, {given: cast.first.pk})
    run_jobs()
    assert Contact.objects.filter(unit=cast.first).count() == 2
    assert not Notice.objects.filter(ended_at=None).exists()
    lose("c4")
    make_unanswered("U2", queue="售后")
    for leader, waiting, lost in ((cast.ada, 1, 2), (cast.cai, 0, 0)):
        found = as_(leader).get(board).context["board"]
        assert (found.waiting, found.today.calls) == (waiting, lost)
    as_(cast.sol).post(address, {given: cast.second.pk})
    run_jobs()
    assert Contact.objects.filter(unit=cast.first).count() == 4  # what it lost stays with it
    assert Entry.objects.filter(action="contacts.queue_given").count() == 2
    tell({"type": "answer", "id": "c3", "at": now().isoformat(), "agent": "1002"})
    assert Call.objects.get(external_id="c3").unit == cast.first  # of who took it
    assert as_(cast.ada).get(reverse("contacts:queues")).status_code == 403
