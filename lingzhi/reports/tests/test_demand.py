"""What grows, shrinks or is new among the subjects, and where each leads."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.urls import reverse

from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Case, CaseType
from lingzhi.reports.facts import FACTS
from lingzhi.reports.queries import demand as queries
from lingzhi.reports.queries.demand import Asked, demand
from lingzhi.reports.services.facts import write_day

PAGE = reverse("reports:demand")
FIRST, LAST = date(2026, 9, 7), date(2026, 11, 15)  # ten weeks
DAYS = {"from_on": FIRST.isoformat(), "to_on": LAST.isoformat()}
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def facts(cast, settings, tmp_path, time_machine):
    """Enquiries stay at two a day; faults grow by half in four weeks; one type is new."""
    settings.DATA_DIR = tmp_path
    time_machine.move_to("2026-11-16T03:00:00+00:00", tick=False)
    one = make_case(by=cast.bo, unit=cast.first)
    fault, fresh = CaseType.objects.exclude(code__in=("enquiry", "complaint"))[:2]
    enquiry, made = one.type, []
    days = np.arange((LAST - FIRST).days + 1)
    faults = np.random.default_rng(2).poisson(1.5 * np.exp(np.log(1.5) / 28 * days))
    for at in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=at)
        wanted = [enquiry] * 2 + [fault] * int(faults[at]) + [fresh] * (at > 50)
        for number, kind in enumerate(wanted):
            copy = Case.objects.get(pk=one.pk)
            copy.pk, copy.number, copy.type = None, f"{at}-{number}", kind
            copy.opened_at = datetime(day.year, day.month, day.day, 10, number, tzinfo=ZONE)
            made.append(copy)
    Case.objects.filter(pk=one.pk).update(opened_at=datetime(2026, 9, 1, tzinfo=ZONE))
    Case.objects.bulk_create(made)
    write_all()
    known = {"enquiry": enquiry.code, "fault": fault.code, "fresh": fresh.code}
    return {**known, "faults": int(faults.sum())}


def write_all():
    table = FACTS["cases"]
    for day, version in table.versions().items():
        write_day(table, day, f"{table.edition}.{version}")


def test_it_tells_growth_and_what_is_new_from_chance(cast, as_, facts):
    found = demand(Asked(cast.quan, "type", FIRST, LAST))
    assert (found.first, found.last) == (FIRST, LAST)
    states = {one.value: one.state for one in found.subjects}
    assert states == {facts["fresh"]: "new", facts["fault"]: "grows", facts["enquiry"]: "same"}
    numbers = {one.value: one.number for one in found.subjects}
    assert numbers == {facts["enquiry"]: 140, facts["fault"]: facts["faults"], facts["fresh"]: 19}
    assert found.whole.number == 159 + facts["faults"]
    [grown] = [one for one in found.subjects if one.value == facts["fault"]]
    _share, low, high = grown.found.over(28)
    assert 0 < low < 0.5 < high
    [still] = [one for one in found.subjects if one.value == facts["enquiry"]]
    assert list(still.weeks) == [14.0] * 10
    assert still.found.over(28)[0] == pytest.approx(0, abs=1e-6)
    page = as_(cast.quan).get(PAGE, DAYS)
    lines = page.context["shown"].lines
    assert [one.subject.state for one in lines] == ["new", "grows", "same"]
    behind = as_(cast.quan).get(lines[0].url)
    assert behind.context["page"].paginator.count == 19
    assert as_(cast.nora).get(PAGE).status_code == 403
    assert demand(Asked(cast.cai, "type", FIRST, LAST)) is None  # another team's


def test_six_weeks_are_asked_for_and_nothing_is_called_few(cast, facts):
    found = demand(Asked(cast.quan, "type", LAST - timedelta(days=13), LAST))
    assert {one.state for one in found.subjects} == {"few"}
    assert demand(Asked(cast.quan, "channel", FIRST, LAST)) is None  # no facts of contacts
    assert set(queries.SOURCES) == {"type", "signal", "channel"}
