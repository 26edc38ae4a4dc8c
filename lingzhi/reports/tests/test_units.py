"""Units side by side: tiers beyond chance, and what a better unit shares."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.queries import Period
from lingzhi.kpis.services import ensure_definition
from lingzhi.org.services import create_unit
from lingzhi.reports.models import Practice
from lingzhi.reports.queries.units import compared

PAGE = reverse("reports:units")
DAYS = {"from_on": "2026-10-01", "to_on": "2026-10-31"}
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def figures(cast):
    """First and third are alike, second is surely worse, fourth has twenty cases."""
    third = create_unit(kind="team", name="三组", code="third", parent=cast.hotline, by=None)
    fourth = create_unit(kind="team", name="四组", code="fourth", parent=cast.hotline, by=None)
    sums = ((cast.first, 92, 100), (cast.second, 60, 100), (third, 90, 100), (fourth, 2, 20))
    for day in (6, 7):
        for unit, above, below in sums:
            make_fact(date(2026, 10, day), above / 2, below / 2, unit=unit)
    return third, fourth


def test_they_stand_in_tiers_of_those_that_cannot_be_told_apart(cast, as_, figures):
    third, fourth = figures
    definition = ensure_definition("K03", "rings", {}, by=None)
    [found] = compared([cast.first, cast.second, third, fourth], [definition], OCTOBER)
    assert [one.tier for one in found.standings] == [1, 2, 1, None]
    assert [one.figure.numerator for one in found.standings] == [92, 60, 90, 2]
    [centre] = compared([cast.hotline], [definition], OCTOBER)  # with everything below it
    assert centre.standings[0].figure.numerator == 244
    page = as_(cast.quan).get(PAGE, {**DAYS, "one": "K03"}, headers=ENGLISH)
    rows = {unit.name: cells[0] for unit, cells in page.context["shown"].rows}
    assert list(rows) == ["一组", "三组", "二组", "四组"]
    assert [one.tier for one in rows.values()] == [
        "tier 1 of 2", "tier 1 of 2", "tier 2 of 2", "too few to say",
    ]  # fmt: skip
    [own] = as_(cast.ada).get(PAGE, {**DAYS, "one": "K03"}).context["shown"].rows
    assert own[0] == cast.first
    assert as_(cast.nora).get(PAGE).status_code == 403


def test_no_difference_is_said_as_such(cast, as_):
    for unit, above in ((cast.first, 46), (cast.second, 44)):
        make_fact(date(2026, 10, 6), above, 50, unit=unit)
    page = as_(cast.quan).get(PAGE, {**DAYS, "one": "K03"}, headers=ENGLISH)
    assert "No difference beyond chance between 2 units." in page.content.decode()
    assert "tier 1" not in page.content.decode()


def test_a_better_unit_tells_how_and_takes_it_back(cast, as_, figures):
    def door(unit):
        url = reverse("reports:share_practice", args=[unit.pk, "K03"])
        return f"{url}?{urlencode(DAYS)}"

    said = {"title": "晨会过前一天的慢接", "words": "每天十分钟，逐通看原因。"}
    ada = as_(cast.ada)
    assert ada.get(door(cast.first)).status_code == 200
    assert ada.post(door(cast.first), {"title": "", "words": ""}).status_code == 422
    assert ada.post(door(cast.first), said).status_code == 302
    assert ada.post(door(cast.second), said).status_code == 404
    assert as_(cast.cai).post(door(cast.second), said).status_code == 409  # surely not better
    [kept] = Practice.objects.all()
    assert (kept.counted["numerator"], kept.counted["tier"]) == (92, 1)
    page = as_(cast.cai).get(PAGE)
    assert said["words"] in page.content.decode()  # for those who are not the better ones
    withdraw = reverse("reports:withdraw_practice", args=[kept.pk])
    assert as_(cast.cai).post(withdraw).status_code == 403
    assert as_(cast.ada).post(withdraw).status_code == 302
    assert as_(cast.ada).post(withdraw).status_code == 409
    assert said["words"] not in as_(cast.cai).get(PAGE).content.decode()
    acts = Entry.objects.filter(action__startswith="reports.practice").order_by("pk")
    assert [one.action for one in acts] == [
        "reports.practice_shared", "reports.practice_withdrawn",
    ]  # fmt: skip
