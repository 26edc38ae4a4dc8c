"""From a contact to its figure: days are marked, counted, in the organisation's zone, drilled."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.contacts.counting import days_of
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import match_agent
from lingzhi.core.measures import Place, measures
from lingzhi.jobs.services import later
from lingzhi.kpis.models import Fact, StaleDay
from lingzhi.kpis.queries import Scope, figure, headline, last_days
from lingzhi.kpis.services import count_days, count_stale

DAY = date(2026, 11, 20)
ENGLISH = {"Accept-Language": "en"}


def volume(first: date, last: date) -> dict[date, float]:
    cells = measures()["contacts.number"].cells({"direction": "any"}, first, last)
    return {cell.day: cell.numerator for cell in cells}


def test_a_day_is_a_day_of_the_organisation(cast):
    make_contact("late", started_at="2026-11-20 23:59:59", answered_at=None, ended_at=None)
    make_contact("early", started_at="2026-11-21 00:00:00", answered_at=None, ended_at=None)
    assert volume(DAY, DAY) == {DAY: 1}
    assert days_of(Contact.objects.all()) == [DAY, date(2026, 11, 21)]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-29T21:59:59+00:00", date(2026, 3, 29)),  # 23:59:59, summer time since the night
        ("2026-03-29T22:00:00+00:00", date(2026, 3, 30)),
        ("2026-03-28T22:59:59+00:00", date(2026, 3, 28)),  # the day before has 24 hours still
        ("2026-10-25T22:59:59+00:00", date(2026, 10, 25)),  # a day of 25 hours
        ("2026-10-25T23:00:00+00:00", date(2026, 10, 26)),
    ],
)
def test_days_with_a_change_of_clocks_are_whole(settings, cast, moment, day):
    settings.TIME_ZONE = "Europe/Berlin"
    make_contact("one", started_at=moment, answered_at=None, ended_at=None)
    assert volume(day, day) == {day: 1}
    assert days_of(Contact.objects.all()) == [day]


def test_a_contact_that_comes_is_counted(cast, run_jobs):
    made = make_contact("one", agent="1002", queued_at="2026-11-20 09:59:50")
    later("inspections.inspect_contacts", contact_ids=[made.pk])
    run_jobs()
    assert [one.day for one in StaleDay.objects.all()] == [DAY]
    assert count_stale() == 1
    assert not StaleDay.objects.exists()
    rate = figure(headline("K01"), Scope.of_unit(cast.first), last_days(1, DAY))
    assert (rate.numerator, rate.denominator) == (1, 1)
    assert count_stale() == 0


def test_a_matched_agent_moves_the_figure(cast):
    made = make_contact("one", agent="Stranger")
    count_days(DAY, DAY)
    assert set(Fact.objects.values_list("agent", flat=True)) == {None}
    match_agent(made.source, made.agent_reference, cast.bo, by=cast.sol)
    count_stale()
    own = Fact.objects.filter(definition=headline("K33"))
    assert [fact.agent_id for fact in own] == [cast.bo.pk]


def test_a_figure_leads_to_its_cases_and_their_words(as_, cast):
    seen = make_contact("SEEN-1", agent="1002", queued_at="2026-11-20 09:59:50")
    other = make_contact("OTHER-1", agent="2002", queued_at="2026-11-20 09:59:50")
    count_days(DAY, DAY)
    span = {"from_on": "2026-11-20", "to_on": "2026-11-20"}
    url = reverse("kpis:cases", args=["K01"])
    html = as_(cast.ada).get(url, span, headers=ENGLISH).content.decode()
    assert reverse("contacts:detail", args=[seen.pk]) in html
    assert other.external_id not in html
    export = as_(cast.ada).get(reverse("kpis:export_cases", args=["K01"]), span)
    text = b"".join(export.streaming_content).decode()
    assert "SEEN-1" in text
    assert "OTHER-1" not in text


def test_cases_are_read_page_by_page(cast, django_assert_num_queries):
    for number in range(5):
        make_contact(f"C{number}", agent="1002", queued_at="2026-11-20 09:59:50")
    rows = measures()["contacts.connected"].rows({}, Place(), DAY, DAY)
    assert len(rows) == 5
    with django_assert_num_queries(1):
        assert len(rows[1:3]) == 2
    assert rows[-1].label.startswith("C0")
