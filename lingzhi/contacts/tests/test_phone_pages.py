"""Pages of calls: doubts, the figures of a day, what the phone system told of a conversation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import CallDoubt, Contact
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now, today

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def told(cast):
    """One call that Bo took and one that was given up, today; the first was transferred nowhere."""
    begin = now() - timedelta(minutes=5)

    def at(second: int) -> str:
        return (begin + timedelta(seconds=second)).isoformat()

    events = [
        {"type": "queued", "id": "c1", "at": at(0), "queue": "售后", "number": "13800002071"},
        {"type": "answer", "id": "c1", "at": at(12), "agent": "1002"},
        {"type": "transfer", "id": "c1", "at": at(30), "agent": "1002"},
        {"type": "hangup", "id": "c1", "at": at(60), "by": "agent"},
        {"type": "queued", "id": "c2", "at": at(0), "queue": "售前"},
        {"type": "left", "id": "c2", "at": at(40), "reason": "abandoned"},
    ]
    take_events(source_named("pbx"), read_events({"events": events}))


def test_doubts_are_listed_narrowed_and_marked(cast, told, as_):
    client = as_(cast.quan)
    page = client.get(reverse("contacts:doubts"), headers=ENGLISH).content.decode()
    assert "A transfer to nowhere" in page
    assert "13800002071" not in page
    assert "c1" not in client.get(reverse("contacts:doubts"), {"kind": "overlap"}).content.decode()
    doubt = CallDoubt.objects.get()
    client.post(reverse("contacts:see_doubt", args=[doubt.pk]), {"note": "外转"})
    doubt.refresh_from_db()
    assert (doubt.seen_by, doubt.note) == (cast.quan, "外转")
    seen = client.get(reverse("contacts:doubts"), {"state": "seen"}).content.decode()
    assert "外转" in seen


def test_the_figures_of_a_day(cast, told, as_):
    Contact.objects.update(unit=cast.first)
    for by, label in (("queue", "售前"), ("unit", cast.first.name), ("half_hour", ":")):
        answer = as_(cast.ada).get(
            reverse("contacts:call_figures"), {"by": by, "day": today().isoformat()}
        )
        total = answer.context["total"]
        assert (total.calls, total.answered, total.given_up) == (2, 1, 1)
        assert label in answer.content.decode()
    assert answer.context["total"].speed.value == pytest.approx(12, abs=0.1)


def test_a_conversation_shows_what_the_phone_system_told(cast, told, as_):
    contact = Contact.objects.get(external_id="c1")
    page = as_(cast.quan).get(reverse("contacts:detail", args=[contact.pk]), headers=ENGLISH)
    words = page.content.decode()
    assert "As the phone system told it" in words
    assert "A transfer to nowhere" in words
    assert "The words of this call are not here" in words
