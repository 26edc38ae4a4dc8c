"""What a pilot changed, beside the team where it does not hold."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.services import ensure_definition
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import import_regulation

BEGAN = date(2026, 10, 12)


@pytest.fixture
def pilot(cast, time_machine) -> Version:
    """For the first team: connect rate up by 10 points of which 8 elsewhere too, hold-ups worse."""
    time_machine.move_to("2026-11-10T03:00:00+00:00", tick=False)
    pack = import_regulation(text="第一条 总机三声内应接听。", title="总机规定", by=cast.quan)
    made = make_version(pack.code, cast.hotline, by=cast.quan)
    days = {"effective_on": BEGAN, "pilot_until": date(2026, 11, 8)}
    Version.objects.filter(pk=made.pk).update(**days)
    made.pilot_units.add(cast.first)
    connected = ensure_definition("K01", "all", {}, by=None)
    answer = ensure_definition("K02", "ringing", {}, by=None)
    for at in range(-28, 28):
        day, since = BEGAN + timedelta(days=at), at >= 0
        for unit, gain, seconds in ((cast.first, 10, 9), (cast.second, 8, 0)):
            odd = at % 2
            own = {"definition": connected, "unit": unit}
            make_fact(day, 70 + (at % 7) + since * gain + odd * (unit == cast.first), 100, **own)
            slow = 100 * (20 + at % 7) + since * seconds * 100 + 10 * odd * (unit == cast.first)
            make_fact(day, slow, 100, definition=answer, unit=unit)
    return made


def test_the_change_elsewhere_is_taken_off_and_the_figures_recommend(cast, as_, pilot):
    page = reverse("conformity:pilot", args=[pilot.pk])
    found = as_(cast.quan).get(page, {"one": "K01"}).context["shown"]
    [line] = found.lines
    assert (line.row.before_days.days, line.row.after_days.last) == (28, date(2026, 11, 8))
    assert line.row.found.value == pytest.approx(2)
    assert (line.row.others, line.row.verdict, found.found.advice) == (1, "better", "for")
    both = as_(cast.quan).get(page, {"one": "K01", "two": "K02"}).context["shown"]
    assert [one.row.verdict for one in both.lines] == ["better", "worse"]
    assert both.lines[1].row.found.value == pytest.approx(9)  # seconds more until an answer
    assert both.found.advice == "against"
    narrow, wide = (one.lines[0].row.found for one in (found, both))
    assert wide.high - wide.low > narrow.high - narrow.low  # of two at once each is stricter
    assert as_(cast.cai).get(page).status_code == 404  # the other team's leader


def test_on_the_page_of_the_regulation_it_says_what_the_figures_recommend(
    cast, as_, pilot, time_machine
):
    Version.objects.filter(pk=pilot.pk).update(pilot_until=date(2026, 11, 30))
    url = reverse("rulebook:regulation", args=[pilot.regulation_id])
    [(shown, panels)] = as_(cast.quan).get(url).context["pilots"]
    assert (shown, panels[0].context["shown"].found.advice) == (pilot, "against")
    time_machine.move_to("2026-10-20T03:00:00+00:00", tick=False)
    [(_shown, panels)] = as_(cast.quan).get(url).context["pilots"]
    assert panels[0].context["shown"].found.advice == "early"
