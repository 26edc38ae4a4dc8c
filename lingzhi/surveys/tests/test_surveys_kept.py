"""A clause about surveys: judged service by service, by period, and never sending anything."""

from datetime import date, timedelta

import pytest

from lingzhi.core.clock import midnight, now, today
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.surveys.models import Invitation, SurveyPlan
from lingzhi.surveys.tests.saying import due, rule

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def judged(unit, first, last, **values):
    """The evidence of a clause that holds for the unit, and all days together."""
    given = {"moment": "contact_ended", "dimensions": ["overall"]} | values
    binding = Binding(1, "s06 3.4", "survey", {}, given, unit.pk, unit.path, first)
    (days,) = control_kinds()["survey"].evidence([binding], first, last)
    return days, sum(days.values(), Evidence())


def asks_about(by, *dimensions):
    version = by.questionnaire.active
    rows = [{"code": one, "dimension": one} for one in dimensions]
    version.questions = [{"code": "all", "kind": "matrix", "rows": rows}]
    version.save()


def test_each_service_counts_once_it_is_decided(cast):
    by, at = rule(), midnight(today()) - DAY
    asks_about(by, "overall", "attitude")
    due(by, unit=cast.first, at=at)
    due(by, unit=cast.first, at=at, state="withheld", reason="not_asked")
    due(by, unit=cast.first, at=at, state="withheld", reason="refused")
    due(by, unit=cast.first, at=at, state="unknown")
    due(by, unit=cast.first, at=at, state="due", sent_at=None)
    due(by, unit=cast.second, at=at)
    days, _whole = judged(cast.first, today() - 3 * DAY, today())
    assert days == {today() - DAY: Evidence(kept=1, broken=1, unknown=1)}
    assert judged(cast.first, today() - DAY, today(), dimensions=["attitude", "response"])[
        1
    ] == Evidence(broken=2, unknown=1)


def test_a_day_without_a_rule_is_broken_and_old_words_are_judged_by_nobody(cast):
    by = rule()
    by.starts_at, by.ended_at = now() - 3 * DAY, midnight(today())
    by.save()
    days, _whole = judged(cast.first, today() - 5 * DAY, today())
    assert days == {
        day: Evidence(broken=1) for day in (today() - 5 * DAY, today() - 4 * DAY, today())
    }
    assert judged(cast.first, today() - DAY, today(), moment="服务结束后")[0] == {}


def test_a_plan_asks_somebody_in_each_period(cast):
    by = rule()
    asks_about(by, "overall")
    plan = SurveyPlan.objects.create(
        title="季度调查", purpose="满意度", questionnaire=by.questionnaire, state="approved",
        approved_at=now(), starts_on=date(2026, 1, 1), created_at=now(), created_by=cast.quan,
    )  # fmt: skip
    first = today().replace(day=1)
    before = (first - DAY).replace(day=1)
    asked = due(by, unit=cast.first, at=midnight(before) + 2 * DAY)
    Invitation.objects.filter(pk=asked.pk).update(rule=None, plan=plan)
    longer = (before - DAY).replace(day=1)
    days, _whole = judged(cast.first, longer, today(), moment="campaign", cadence="monthly")
    assert days == {before - DAY: Evidence(broken=1), first - DAY: Evidence(kept=1)}
    assert control_kinds()["survey"].needed({"moment": "campaign"}) == 1.0


def test_what_cannot_be_asked_so_is_a_flaw():
    check = control_kinds()["survey"].check
    assert [one.param for one in check({"moment": "campaign"})] == ["cadence"]
    assert [one.param for one in check({"moment": "case_closed", "cadence": "x"})] == ["cadence"]
    assert list(check({"moment": "case_closed"})) == []
