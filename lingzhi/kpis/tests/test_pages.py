"""Dashboard by role, page of an indicator, cases and files: what they show and to whom."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import today
from lingzhi.kpis.dictionary import BY_HAND
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.services import Aim, ensure_definition, set_target
from lingzhi.org.services import assign_role

DASHBOARD = reverse("kpis:dashboard")
K03 = reverse("kpis:indicator", args=["K03"])
ENGLISH = {"Accept-Language": "en"}


def page(client, url, **query) -> str:
    answer = client.get(url, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def facts(cast):
    yesterday = today() - timedelta(days=1)
    for at in range(12):
        day = yesterday - timedelta(days=at)
        make_fact(day, 9, 10, agent=cast.bo, unit=cast.first)
        make_fact(day, 5, 10, agent=cast.chen, unit=cast.second, channel="chat")
    return ensure_definition("K03", "rings", {}, by=None)


def test_without_figures_it_says_so(as_, cast):
    html = page(as_(cast.quan), DASHBOARD)
    assert "No figures yet" in html


def test_a_manager_sees_the_table_with_interval_and_target(as_, cast, facts):
    set_target(facts, cast.hotline, Aim(95, 80), from_on=date(2026, 1, 1), reason="x", by=cast.quan)
    html = page(as_(cast.quan), DASHBOARD)
    assert "70.0%" in html
    assert "[63.8, 75.7]" in html  # 168 of 240
    assert "Beyond the warning line" in html
    assert "≥ 95%" in html
    assert "cannot be counted yet" in html


def test_a_target_missed_by_no_more_than_chance_is_said_so(as_, cast, facts):
    set_target(facts, cast.hotline, Aim(72), from_on=LONG_AGO, reason="x", by=cast.quan)
    assert "Target missed, but not clearly" in page(as_(cast.quan), DASHBOARD)
    set_target(facts, cast.hotline, Aim(80), from_on=today(), reason="x", by=cast.quan)
    html = page(as_(cast.quan), DASHBOARD)
    assert "Target missed" in html
    assert "not clearly" not in html


def test_the_number_of_cases_leads_to_them(as_, cast, facts):
    cases = f"{reverse('kpis:cases', args=['K03'])}?period=30&amp;definition={facts.pk}"
    assert f'<a href="{cases}">240</a>' in page(as_(cast.quan), DASHBOARD, look="table")


@pytest.mark.parametrize("url", [DASHBOARD, K03])
def test_a_target_shows_on_the_day_it_comes_into_force(as_, cast, facts, url):
    set_target(facts, cast.hotline, Aim(95), from_on=today(), reason="x", by=cast.quan)
    assert "≥ 95%" in page(as_(cast.quan), url)
    ended = today() - timedelta(days=3)
    assert "≥ 95%" not in page(as_(cast.quan), DASHBOARD, from_on=LONG_AGO, to_on=ended)


def test_leadership_sees_tiles(as_, cast, facts):
    assign_role(cast.nora, "leadership", cast.hotline, from_on=LONG_AGO, by=None)
    html = page(as_(cast.nora), DASHBOARD)
    assert "lz-tile" in html
    assert "70.0%" in html
    assert "lz-tile" not in page(as_(cast.quan), DASHBOARD)


def test_a_leader_sees_the_team_and_an_agent_the_own_work(as_, cast, facts):
    assert "90.0%" in page(as_(cast.ada), DASHBOARD)
    html = page(as_(cast.chen), DASHBOARD)
    assert "50.0%" in html
    assert "your own work" in html
    assert "70.0%" not in html


def test_filters_narrow(as_, cast, facts):
    client = as_(cast.quan)
    assert "50.0%" in page(client, DASHBOARD, channel="chat")
    assert "50.0%" in page(client, DASHBOARD, unit=cast.second.pk)
    assert "90.0%" in page(client, DASHBOARD, agent="1002")
    assert "Nothing was counted here" in page(client, DASHBOARD, agent="nobody")
    assert "Nothing was counted here" in page(client, DASHBOARD, from_on="2020-01-01",
                                              to_on="2020-01-31")  # fmt: skip
    assert "70.0%" in page(client, DASHBOARD, unit="nonsense", from_on="x")


@pytest.mark.parametrize("url", [DASHBOARD, K03, reverse("kpis:export"), K03 + "cases/"])
@pytest.mark.parametrize("days", [("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-02")])
def test_days_beyond_the_calendar_narrow_nothing(as_, cast, facts, url, days):
    assert as_(cast.quan).get(url, {"from_on": days[0], "to_on": days[1]}).status_code == 200


def test_every_period_and_step_has_its_page(as_, cast, facts):
    client = as_(cast.quan)
    for period in ("1", "7", "30", "90", "month", "last_month"):
        for step in ("day", "week", "month"):
            page(client, K03, period=period, step=step)


def test_the_page_of_an_indicator_says_how_it_is_counted(as_, cast, facts):
    html = page(as_(cast.quan), K03, by="agent")
    assert "Calls answered within the limit ÷ calls" in html
    assert "3 rings" in html
    assert "Bo" in html
    assert "168 calls answered within the limit ÷ 240 inbound calls" in html


@pytest.mark.parametrize("by", ["unit", "agent", "channel", "nonsense"])
@pytest.mark.parametrize("sort", ["", "value", "-n", "nonsense"])
def test_its_parts_sort(as_, cast, facts, by, sort):
    assert "90.0%" in page(as_(cast.quan), K03, by=by, sort=sort)


def test_an_indicator_that_waits_says_for_what(as_, cast):
    html = page(as_(cast.quan), reverse("kpis:indicator", args=["K23"]))
    assert "Cannot be counted yet" in html
    assert "training and exams" in html


def test_an_unknown_indicator_is_not_there(as_, cast):
    assert as_(cast.quan).get(reverse("kpis:indicator", args=["K99"])).status_code == 404


def test_who_may_not_see_figures_is_refused(as_, cast, client):
    assert as_(cast.nora).get(DASHBOARD).status_code == 403
    assert as_(cast.nora).get(K03).status_code == 403
    client.logout()
    assert client.get(DASHBOARD).status_code == 302
    assert as_(cast.quan).post(DASHBOARD).status_code == 405


def test_the_table_leaves_as_a_file(as_, cast, facts):
    answer = as_(cast.quan).get(reverse("kpis:export"), headers=ENGLISH)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = list(csv.DictReader(io.StringIO(text)))
    assert (row["Code"], row["Figure"], row["Denominator"]) == ("K03", "70.0", "240.0")
    book = as_(cast.quan).get(reverse("kpis:export"), {"form": "xlsx"})
    assert book.content[:2] == b"PK"


def test_entered_figures_have_no_cases(as_, cast):
    definition = ensure_definition("K15", BY_HAND, {}, by=None)
    make_fact(today(), 1, 2, definition=definition, unit=cast.hotline, channel="")
    assert as_(cast.quan).get(reverse("kpis:cases", args=["K15"])).status_code == 404


def test_the_dashboard_asks_the_same_number_of_questions(
    as_, cast, facts, django_assert_max_num_queries
):
    client = as_(cast.quan)
    for code in ("K01", "K02", "K04", "K05", "K20"):
        definition = ensure_definition(code, "", {}, by=None)
        make_fact(today() - timedelta(days=1), 1, 2, definition=definition, unit=cast.first)
    with django_assert_max_num_queries(45):
        page(client, DASHBOARD)
