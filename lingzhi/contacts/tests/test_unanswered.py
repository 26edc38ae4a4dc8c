"""Calls that nobody answered come in without words, are shown as such and found again."""

import csv
import io

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from lingzhi.contacts.checks import index_is_whole, turns_are_whole
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.factories import make_contact, make_unanswered
from lingzhi.contacts.intake import delivery_reader
from lingzhi.contacts.models import Channel, Contact
from lingzhi.core.intake import Refused

LIST = reverse("contacts:list")
ENGLISH = {"Accept-Language": "en"}
GIVEN_UP = {
    "external_id": "U1",
    "channel": "phone",
    "queued_at": "2026-11-20 10:00:00",
    "ended_at": "2026-11-20 10:00:30",
}
SILENT = [{"role": "agent", "text": ""}]
NOBODY = [{"role": "", "text": "", "at": "2026-11-20 10:00:00"}]
TOLD = {"queued_at": "", "started_at": "2026-11-20 10:00:00"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"turns": ""},
        {"turns": []},
        {"turns": "  "},
        {"turns": SILENT},
        {"turns": NOBODY},
        {"queued_at": "", "ringing_at": "2026-11-20 10:00:10"},
        {"channel": "视频"},
        {"direction": "out"},
        {"hold_seconds": "0", "transfers": 0},
        {**TOLD, "outcome": "未接"},
        {**TOLD, "outcome": "排队放弃"},
        {**TOLD, "outcome": "Abandoned"},
    ],
)
def test_a_call_that_nobody_answered_needs_no_words(changes):
    delivery = read_delivery({**GIVEN_UP, **changes})
    assert delivery.turns == []
    assert delivery.values["started_at"] is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"answered_at": "2026-11-20 10:00:10"},
        {"wrapped_up_at": "2026-11-20 10:01:00"},
        {"hold_seconds": 12},
        {"transfers": 1},
        {"recording": "rec/1.wav"},
        {"channel": "chat"},
        {"channel": "chat", "outcome": "放弃"},
        {"answered_at": "2026-11-20 10:00:10", "outcome": "未接"},
        {"answered_at": "2026-11-20 10:00:10", "turns": SILENT},
    ],
)
def test_anything_else_without_words_is_refused(changes):
    with pytest.raises(Refused) as refused:
        read_delivery({**GIVEN_UP, **changes})
    assert [(one.field, str(one.message)) for one in refused.value.problems] == [
        ("turns", "The conversation is empty: nobody says anything.")
    ]


@pytest.mark.parametrize("outcome", ["", "已解决"])
def test_a_call_of_which_nothing_is_known_is_told_what_is_missing(outcome):
    with pytest.raises(Refused) as refused:
        read_delivery({**GIVEN_UP, **TOLD, "outcome": outcome})
    [problem] = refused.value.problems
    assert problem.field == "turns"
    assert "queued or rang" in str(problem.message)


def test_the_channels_of_the_centre_say_where_people_call(db):
    Channel.objects.create(code="hotline2", name="二线", is_voice=True)
    assert delivery_reader()({**GIVEN_UP, "channel": "二线"}).turns == []
    Channel.objects.filter(code="phone").update(is_voice=False)
    with pytest.raises(Refused):
        delivery_reader()(GIVEN_UP)


def test_it_is_stored_keeps_pins_and_everything_is_whole(cast):
    found = make_unanswered(agent="1002", customer_phone="13800002071")
    assert (found.turn_count, found.turns.count(), found.is_unanswered) == (0, 0, True)
    assert (found.agent, found.duration_seconds, found.waited_seconds) == (cast.bo, None, 30)
    assert list(turns_are_whole()) == list(index_is_whole()) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contacts_search")
        assert cursor.fetchone() == (0,)


def test_an_answered_one_that_lost_its_words_is_named(cast):
    made = make_contact()
    made.turns.all().delete()
    Contact.objects.update(turn_count=0)
    assert [one.subject for one in turns_are_whole()] == [f"contacts.contact/{made.pk}"]


def test_its_page_says_so(as_, cast):
    made = make_unanswered(agent="1002")
    page = as_(cast.ada).get(reverse("contacts:detail", args=[made.pk]), headers=ENGLISH)
    html = page.content.decode()
    assert "Nobody answered this call" in html
    assert "Not answered" in html
    assert "0:30" in html
    assert "Not inspected yet." not in html
    assert 'class="lz-turns"' not in html


def test_an_answered_one_says_nothing_of_it(as_, cast):
    made = make_contact(agent="1002")
    page = as_(cast.ada).get(reverse("contacts:detail", args=[made.pk]), headers=ENGLISH)
    assert "Not answered" not in page.content.decode()


def test_of_another_team_it_does_not_exist(as_, cast):
    url = reverse("contacts:detail", args=[make_unanswered(agent="1002").pk])
    assert as_(cast.cai).get(url).status_code == 404


def numbers(client, **filters) -> set[str]:
    page = client.get(LIST, filters, headers=ENGLISH).context["page"]
    return {one.external_id for one in page.object_list}


def test_the_list_has_them_and_tells_them_apart(as_, cast):
    make_contact("A1", agent="1002")
    make_unanswered("U1", agent="1002")
    client = as_(cast.ada)
    assert numbers(client) == {"A1", "U1"}
    assert numbers(client, answered="no") == {"U1"}
    assert numbers(client, answered="yes") == {"A1"}
    rows = client.get(LIST, {"text": "U1"}, headers=ENGLISH).content.decode()
    assert rows.count('<span class="lz-tag lz-tag-warn">Not answered</span>') == 1


def test_the_search_finds_it_by_number_and_says_so(as_, cast):
    make_unanswered("U1", agent="1002")
    html = as_(cast.ada).get(reverse("search"), {"q": "U1"}, headers=ENGLISH).content.decode()
    assert "Not answered" in html


def test_an_export_has_it_without_an_answer(as_, cast):
    make_unanswered("U1", agent="1002")
    answer = as_(cast.quan).get(reverse("contacts:export"), headers=ENGLISH)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["number"], row["answered at"], row["turns"]) == ("U1", "", "0")
