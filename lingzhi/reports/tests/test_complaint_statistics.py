"""Complaint statistics against numbers counted by hand, and who sees which."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from lingzhi.cases.models import Case, Clock, Complaint
from lingzhi.cases.tests.complaining import complain, decided, fresh, settle
from lingzhi.reports.presenting.charts import Bar, pareto
from lingzhi.reports.queries.complaints import Asked, ages, handled, limits_kept, lines, steps

PAGE, BEHIND = reverse("reports:complaints"), reverse("reports:complaints_behind")
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
EACH = {"from_on": "2026-11-01", "to_on": "2026-11-30"}


@pytest.fixture
def told(cast, time_machine):
    """Five of November: one settled, one decided, one as it came in, one merged into it, and one
    of October that is still open. Of the settled one a time limit was missed.
    """
    time_machine.move_to("2026-10-20T02:00:00+00:00", tick=False)
    complain(by=cast.bo, accused_unit=cast.second)
    time_machine.move_to("2026-11-02T02:00:00+00:00", tick=False)  # a Monday, ten in the morning
    settled = settle(
        decided(complain(by=cast.bo, accused_unit=cast.first), by=cast.ada), by=cast.ada
    )
    time_machine.shift(timedelta(days=2))
    half = decided(complain(by=cast.bo, accused_unit=cast.first), by=cast.ada, finding="unfounded")
    waiting = complain(by=cast.bo, accused_unit=cast.second)
    merged = complain(by=cast.bo, accused_unit=cast.second)
    Case.objects.filter(pk=merged.pk).update(kind="merged")
    Complaint.objects.filter(pk=settled.pk).update(handling_satisfaction="satisfied")
    clock = Clock.objects.filter(case=settled, verdict="met", was_over_before=False).first()
    Clock.objects.filter(pk=clock.pk).update(verdict="late")
    time_machine.shift(timedelta(days=5))
    return settled, half.case, waiting.case


def test_it_counts_what_became_of_each(cast, told):
    asked = Asked(cast.quan, *NOVEMBER)
    rows = handled(asked)
    assert [one.pk for one in rows] == [one.pk for one in told]
    assert asked.still_open_from_before == 1
    judged = Clock.objects.filter(
        case__in=told, verdict__in=("met", "late"), was_over_before=False
    ).count()
    first, second = sorted(lines(rows, "unit"), key=lambda one: -one.number)
    assert (first.value, first.number) == (cast.first.pk, 2)
    assert (first.over.numerator, first.over.denominator) == (2, 2)
    assert (first.upheld.numerator, first.upheld.denominator) == (1, 2)
    assert (first.content.numerator, first.content.denominator, first.not_asked) == (1, 1, 1)
    assert (second.number, second.upheld.denominator) == (1, 0)
    assert first.missed.numerator == 1
    assert first.missed.denominator + second.missed.denominator == judged
    assert sum(rate.denominator for _kind, rate in limits_kept(asked)) == judged
    known, unknown = lines(rows, "cause")
    assert (known.number, unknown.value, unknown.number) == (2, None, 1)
    assert ages(rows) == [0, 0, 1, 0, 0]  # five days
    funnel = {one.code: (one.through, one.done, one.staying) for one in steps(rows)}
    assert funnel["registered"] == (3, 3, 1)
    assert funnel["assessed"] == (2, 2, 0)
    assert funnel["solved"] == (2, 2, 1)
    assert funnel["closed"] == (1, 1, 0)
    assert [one.pk for one in handled(Asked(cast.quan, *NOVEMBER, unit=cast.second))] == [
        told[2].pk
    ]
    assert handled(Asked(cast.nora, *NOVEMBER)) == []


def test_each_number_leads_to_its_complaints(cast, as_, told):
    quan = as_(cast.quan)
    page = quan.get(PAGE, {**EACH, "by": "unit"}, headers={"Accept-Language": "en"})
    shown = page.context["shown"]
    name, received, *_others = shown.lines.rows[0]
    assert (name.text, received.text) == ("一组", "2")
    rows = quan.get(received.url).context["rows"]
    assert [one.complaint.pk for one in rows] == [told[1].pk, told[0].pk]
    [late] = quan.get(BEHIND, {**EACH, "choice": "late"}).context["rows"]
    assert late.complaint.pk == told[0].pk
    [stays] = quan.get(BEHIND, {**EACH, "choice": "stay-solved"}).context["rows"]
    assert stays.complaint.pk == told[1].pk
    assert quan.get(BEHIND, {"choice": "nonsense"}).status_code == 404
    assert "too few to say" in page.content.decode()
    word = quan.get(reverse("reports:complaints_word"), EACH)
    assert word.content.startswith(b"PK")
    Complaint.objects.filter(pk=told[1].pk).update(accused=cast.quan)  # one about oneself
    assert fresh(told[1].complaint).accused == cast.quan
    assert [one.complaint.pk for one in quan.get(received.url).context["rows"]] == [told[0].pk]
    assert as_(cast.nora).get(PAGE).status_code == 403


def test_pareto_names_the_few_that_make_four_fifths():
    bars = [Bar("c", 5), Bar("a", 40), Bar("b", 40), Bar("d", 15), Bar("", 9)]
    with override("en"):
        shown = pareto("Weight", "Cause", bars)
    assert [row[0].text for row in shown.rows[:4]] == ["a", "b", "d", "c"]
    assert [row[2].text for row in shown.rows] == ["40.0%", "40.0%", "15.0%", "5.0%", "–"]
    assert [row[3].text for row in shown.rows[:4]] == ["40.0%", "80.0%", "95.0%", "100.0%"]
    assert shown.words.startswith("2 of 4 values make 80.0%")
    assert shown.option["series"][1]["data"] == [40.0, 80.0, 95.0, 100.0]
    assert pareto("Weight", "Cause", []).option is None
