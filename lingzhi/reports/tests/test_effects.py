"""Trainings, surveys and measures held against an indicator, beside where nothing was done."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.services import ensure_definition
from lingzhi.reports.models import Event
from lingzhi.surveys.factories import make_rule

PAGE, NEW = reverse("reports:effects"), reverse("reports:new_event")
BEGAN = date(2026, 10, 12)
WEEK = (0, 4, -3, 2, -2, 3, -4)  # what a day does to everybody, in cases of a hundred


@pytest.fixture
def centre(cast, time_machine):
    """Satisfaction in two teams: 70 % before, then 85 % in the first and 75 % in the second."""
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)
    definition = ensure_definition("K12", "share", {}, by=None)
    for at in range(-28, 28):
        for unit, gain, own in ((cast.first, 15, at % 2), (cast.second, 5, 0)):
            above = 70 + WEEK[at % 7] + (gain if at >= 0 else 0) + own
            make_fact(BEGAN + timedelta(days=at), above, 100, definition=definition, unit=unit)
    return cast


def enter(client, unit, day=BEGAN, **more):
    given = {"kind": "training", "title": "倾听与复述", "unit": unit.pk, "day": day, "note": ""}
    return client.post(NEW, given | more)


def test_a_training_is_judged_by_what_changed_elsewhere(centre, as_):
    quan = as_(centre.quan)
    assert enter(quan, centre.first, date(2026, 11, 23)).status_code == 422  # has not begun
    assert enter(quan, centre.first).status_code == 302
    [row] = quan.get(PAGE).context["rows"]
    found = row.shown.row
    assert (found.before.n, found.after.n, found.others, found.verdict) == (2800, 2800, 1, "better")
    assert found.found.value == pytest.approx(10)  # 85 − 70 less 75 − 70; what days did cancels
    assert found.found.elsewhere == pytest.approx(5)
    # days differ by 0 or 1 case in turn: sd of 28 such is 0.509, of the difference of means 0.136
    assert 10 - 2.1 * 0.136 < found.found.low < 10 < found.found.high < 10 + 2.1 * 0.136
    event = Event.objects.get()
    gone = reverse("reports:remove_event", args=[event.pk])
    assert as_(centre.ada).post(gone).status_code in (403, 404)
    quan = as_(centre.quan)
    assert quan.post(gone).status_code == 302
    assert quan.get(PAGE).context["rows"] == []
    assert quan.post(gone).status_code == 404
    acts = Entry.objects.filter(action__startswith="reports.event").values_list("action", flat=True)
    assert sorted(acts) == ["reports.event_entered", "reports.event_removed"]


def test_a_survey_for_all_has_no_comparison_and_little_says_nothing(centre, as_):
    """No figure but what was counted here: nothing that a rulebook promises stands in for one."""
    rule = make_rule(by=centre.quan)
    type(rule).objects.filter(pk=rule.pk).update(starts_at=now() - timedelta(days=41))
    quan = as_(centre.quan)
    enter(quan, centre.first, date(2026, 11, 15))
    early, survey = quan.get(PAGE).context["rows"]
    assert early.shown is None
    assert (survey.happened.kind, survey.shown.row.others) == ("survey", 0)
    assert survey.shown.row.found.elsewhere is None
    other = quan.get(PAGE, {"channel": "email"}).context["rows"][1].shown
    assert (other.row.verdict, other.change) == ("too_few", "–")
    assert not any(sign.isdigit() for sign in other.before.replace("n = 0", ""))
    assert [one.happened.source for one in as_(centre.cai).get(PAGE).context["rows"]] == ["rule"]
