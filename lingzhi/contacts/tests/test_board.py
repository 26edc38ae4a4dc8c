"""Service now: today so far beside the days before, by the same hour."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from lingzhi.contacts.board import board
from lingzhi.contacts.factories import make_contacts, make_unanswered
from lingzhi.contacts.models import Contact
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.services import Aim, ensure_definition, set_target

URL = reverse("contacts:board")
TEN = datetime.fromisoformat("2026-11-20 10:00:00+08:00")
SECOND = timedelta(seconds=1)


def clock(moment):
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def calls(unit, began, ratings):
    made = make_contacts(
        {"external_id": f"{unit.pk} {began} {number}", "started_at": clock(began),
         "queued_at": clock(began), "ringing_at": clock(began), "direction": "in",
         "answered_at": clock(began + 12 * SECOND), "ended_at": clock(began + 90 * SECOND),
         "meta": {"satisfaction": rating} if rating else {}}
        for number, rating in enumerate(ratings)
    )  # fmt: skip
    Contact.objects.filter(pk__in=[one.pk for one in made]).update(unit=unit)


@pytest.fixture
def three_days(cast):
    """Of the first team: three answered and one lost; two the day before, one the week before."""
    calls(cast.first, TEN, [5, 5, 2])
    lost = make_unanswered(
        direction="in", queued_at="2026-11-20 11:00:00", ended_at="2026-11-20 11:00:30"
    )
    Contact.objects.filter(pk=lost.pk).update(unit=cast.first, started_at=lost.queued_at)
    calls(cast.first, TEN - timedelta(days=1), [1, 0])
    calls(cast.first, TEN - timedelta(days=1) + timedelta(hours=5), [5])  # later than now
    calls(cast.first, TEN - timedelta(days=7), [4])
    calls(cast.second, TEN, [1])
    for code, variant in (("K01", "all"), ("K02", "queue"), ("K12", "share")):
        definition = ensure_definition(code, variant, {}, by=None)
        if code == "K01":
            aim = Aim(90, warning=50)
            set_target(
                definition, cast.hotline, aim, from_on=date(2026, 1, 1), reason="x", by=cast.quan
            )
    solved = ensure_definition("K07", "no_repeat", {}, by=None)
    for ago, above in ((2, 0), (4, 8), (5, 9)):  # two days ago nobody can know yet
        day = TEN.date() - timedelta(days=ago)
        make_fact(day, above, 10, definition=solved, unit=cast.first)


def values(line):
    return {
        name: {span: round(one.value, 1) for span, one in spans.items()}
        for name, spans in line.figures.items()
    }


def test_today_stands_beside_the_days_before_by_the_same_hour(
    as_, cast, three_days, django_assert_max_num_queries
):
    with time_machine.travel("2026-11-20 12:00+08:00", tick=False):
        found = board(cast.ada)
        assert values(found.whole) == {
            "volume": {"today": 4, "yesterday": 2, "week": 1},
            "connected": {"today": 75, "yesterday": 100, "week": 100},
            "speed": {"today": 12, "yesterday": 12, "week": 12},
            "satisfied": {"today": 66.7, "yesterday": 0, "week": 100},
            "solved": {"today": 80, "yesterday": 90},
        }
        assert [one.key for one in found.teams] == [cast.first]
        assert found.judged == {"solved": date(2026, 11, 16)}
        assert not found.is_quiet  # the days beside had none in that quarter of an hour either
        assert values(board(cast.quan).whole)["volume"]["today"] == 5
        client = as_(cast.ada)
        client.get(URL)
        with django_assert_max_num_queries(32):
            html = client.get(URL, headers={"Accept-Language": "en"}).content.decode()
        for words in ("75.0%", "≥ 90%", "Target missed", "of 2026-11-16", "12:00:00"):
            assert words in html, words
        assert "hx-trigger" in client.get(URL, headers={"HX-Request": "true"}).content.decode()
        for person in (cast.bo, cast.nora):
            assert as_(person).get(URL).status_code == 403
    with time_machine.travel("2026-11-20 10:05+08:00", tick=False):
        assert not board(cast.ada).is_quiet
        Contact.objects.filter(started_at__gte=TEN).delete()
        assert board(cast.ada).is_quiet
