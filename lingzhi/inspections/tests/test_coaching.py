"""A released score: seen, talked about, acknowledged or silent; and one's own quality."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.inspections.factories import make_review, make_rule, make_sheet
from lingzhi.inspections.models import Coaching, Policy, Review
from lingzhi.inspections.queries.coaching import narrowed, team_scores, team_scores_counted
from lingzhi.inspections.services import acknowledge_review, inspect_all
from lingzhi.inspections.services.coaching import (
    CoachedAlready,
    NotReleased,
    finish_coaching,
    take_silence,
    write_coaching,
)
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
TALK = "客户:我要退款\n客服:这个不归我们管"
TEAM = reverse("inspections:team_scores")
OWN = reverse("inspections:own")


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def released(cast, sheet):
    cast.first.owner = cast.ada
    cast.first.save()
    talk = make_contact("BO-1", agent="1002", turns=TALK)
    return make_review(talk, sheet, by=cast.ines, lead=cast.quan, solve="no")


def page(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def url(name, row):
    return reverse(f"inspections:{name}", args=[row.pk])


def test_the_leader_sees_what_was_released_about_the_team(as_, cast, released):
    client = as_(cast.ada)
    assert "BO-1" in page(client, TEAM, show="unseen")
    page(client, url("review", released))
    assert "BO-1" not in page(client, TEAM, show="unseen")
    assert "BO-1" in page(client, TEAM, show="unread")
    assert "BO-1" in page(client, TEAM, show="failed", text="Bo")
    assert "BO-1" not in page(client, TEAM, text="Bea")
    assert "BO-1" not in page(as_(cast.cai), TEAM)


def test_what_is_counted_is_what_is_listed(cast, sheet, released):
    for number, agent in enumerate(["1001", "1002", "1003"]):
        talk = make_contact(f"N{number}", agent=agent, turns=TALK)
        make_review(talk, sheet, by=cast.ines, lead=cast.quan)
    for user in (cast.ada, cast.bo, cast.cai, cast.ines, cast.quan):
        for show in ("", "unseen", "unread", "failed", "coaching"):
            listed = narrowed(team_scores(user), show=show)
            counted = narrowed(team_scores_counted(user), show=show)
            assert {row.pk for row in listed} == {row.pk for row in counted}
    assert len(team_scores(cast.ada)) > 1


def test_who_is_not_the_leader_does_not_count_as_the_leader(as_, cast, released):
    page(as_(cast.quan), url("review", released))
    released.refresh_from_db()
    assert released.leader_saw_at is None


def test_the_leader_agrees_on_something_and_does_it(as_, cast, released):
    due = today() + timedelta(days=3)
    as_(cast.ada).post(url("coach", released), {"note": "Listen first.", "due_on": due})
    coaching = Coaching.objects.get()
    assert (coaching.written_by, coaching.due_on) == (cast.ada, due)
    todo = Notice.objects.get(person=cast.ada, is_todo=True)
    assert "Listen first." in page(as_(cast.bo), url("review", released))
    assert "BO-1" in page(as_(cast.ada), TEAM, show="coaching")
    as_(cast.ada).post(url("finish_coaching", coaching))
    todo.refresh_from_db()
    assert todo.ended_at is not None
    with pytest.raises(CoachedAlready):
        finish_coaching(coaching, by=cast.ada)
    acts = ["inspections.coaching_done", "inspections.coaching_written"]
    assert Entry.objects.filter(action__in=acts).count() == 2


def test_a_note_without_words_or_of_yesterday_is_not_kept(as_, cast, released):
    as_(cast.ada).post(url("coach", released), {"note": "", "due_on": today()})
    late = {"note": "x", "due_on": today() - timedelta(days=1)}
    assert as_(cast.ada).post(url("coach", released), late).status_code == 422
    assert not Coaching.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("bo", 403), ("cai", 404), ("ines", 403)])
def test_others_do_not_coach(as_, cast, released, who, status):
    sent = {"note": "x", "due_on": today()}
    assert as_(getattr(cast, who)).post(url("coach", released), sent).status_code == status


def test_what_is_not_released_is_not_talked_about(cast, sheet):
    talk = make_contact("BO-2", agent="1002", turns=TALK)
    given = make_review(talk, sheet, by=cast.ines)
    with pytest.raises(NotReleased):
        write_coaching(given, "x", today(), by=cast.ada)


def test_silence_counts_as_seen_and_not_as_agreed(cast, sheet, released):
    other = make_contact("BO-3", agent="1002", turns=TALK)
    answered = make_review(other, sheet, by=cast.ines, lead=cast.quan)
    acknowledge_review(answered, by=cast.bo)
    Policy.objects.create(unit=cast.hotline, silent_days=5, changed_at=now())
    Review.objects.update(released_at=now() - timedelta(days=4))
    assert take_silence() == 0
    Review.objects.update(released_at=now() - timedelta(days=6))
    assert take_silence() == 1
    assert take_silence() == 0
    released.refresh_from_db()
    assert (released.is_silent, released.acknowledged_at) == (True, None)
    assert not Notice.objects.filter(person=cast.bo, is_todo=True, ended_at=None).exists()


def test_who_was_silent_may_still_say_they_have_read_it(cast, released):
    Review.objects.update(released_at=now() - timedelta(days=30))
    take_silence()
    acknowledge_review(released, by=cast.bo)
    released.refresh_from_db()
    assert released.acknowledged_at is not None


# --- my quality -------------------------------------------------------------------------------


def test_agents_see_their_scores_and_what_is_left_to_appeal(as_, cast, released):
    found = page(as_(cast.bo), OWN)
    assert "BO-1" in found
    assert "7 days left to appeal" in found
    assert "too few to say (n = 1)" in found
    Review.objects.update(released_at=now() - timedelta(days=8))
    assert "no longer to be appealed against" in page(as_(cast.bo), OWN)
    assert "BO-1" not in page(as_(cast.bea), OWN)


def test_agents_see_automatic_hits_on_their_conversations_the_same_day(as_, cast):
    make_rule()
    make_contact("TODAY", agent="1002", turns=TALK)
    Contact.objects.update(started_at=now() - timedelta(minutes=5))
    inspect_all(Contact.objects.all())
    found = page(as_(cast.bo), OWN)
    assert "TODAY" in found
    assert "Shirking" in found or "推诿用语" in found
    assert "TODAY" not in page(as_(cast.bea), OWN)


def test_the_lists_cost_the_same_however_many_scores(
    as_, cast, sheet, released, django_assert_max_num_queries
):
    for number in range(6):
        talk = make_contact(f"M{number}", agent="1002", turns=TALK)
        make_review(talk, sheet, by=cast.ines, lead=cast.quan)
    client = as_(cast.ada)
    client.get(TEAM)
    with django_assert_max_num_queries(14):
        client.get(TEAM)
    client = as_(cast.bo)
    client.get(OWN)
    with django_assert_max_num_queries(30):
        client.get(OWN)
