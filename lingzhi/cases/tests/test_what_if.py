from datetime import date

import pytest
from django.urls import reverse

from lingzhi.cases.factories import make_case, tell
from lingzhi.cases.models import Clock, ClockTarget
from lingzhi.cases.queries.what_if import Changes, clocks_between, compare
from lingzhi_engine.clock import Limit, Unit

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def answered(cast, calendar, at) -> None:
    """Two answered on Monday, after one and after three business hours; a third is not yet."""
    at("2026-03-06 17:00")
    one, two, _three = [make_case(by=cast.bo, unit=cast.first, handler=cast.bo) for _n in range(3)]
    at("2026-03-09 09:00")
    tell(one, by=cast.bo)
    at("2026-03-09 11:00")
    tell(two, by=cast.bo)


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def test_another_limit_flips_what_it_would(answered):
    clocks = list(clocks_between(*MARCH, rule__code="first_response"))
    answer = compare(clocks, Changes("first_response", Limit(4, Unit.HOURS)))
    assert [(before, after) for _clock, before, after in answer.flips] == [
        ("late", "running"), ("late", "met"),
    ]  # fmt: skip
    assert (answer.as_is.in_time, answer.as_is.late, answer.as_if.in_time) == (1, 2, 2)
    assert Clock.objects.filter(verdict="met", kind="first_response").count() == 1  # as it was


def test_a_day_off_flips_what_it_would(answered, cast, as_):
    sent = {"days_off": "2026-03-09", "unit": "hours", "days": "30"}
    found = as_(cast.quan).get(page("what_if"), sent).context["answer"]
    assert found.answer.as_if.late < found.answer.as_is.late
    assert as_(cast.quan).get(page("what_if"), {**sent, "days_off": "mai"}).context["form"].errors


def test_a_target_is_not_the_limit_of_each_case(answered, cast, as_):
    client = as_(cast.quan)
    sent = {
        "kind": "first_response", "percent": "60", "amount": 4, "unit": "hours",
        "from_on": "2026-03-01", "type": "", "channel": "",
    }  # fmt: skip
    client.post(page("new_target"), sent)
    assert client.post(page("new_target"), {**sent, "percent": "0"}).status_code == 422
    [shown] = client.get(page("targets")).context["targets"]
    assert (shown.found.counts.in_time, shown.found.counts.running) == (2, 1)
    assert (shown.tone, shown.share.judged) == ("good", 2)  # 2 of 3, however the third ends
    ClockTarget.objects.update(percent=90)
    [shown] = client.get(page("targets")).context["targets"]
    assert shown.tone == "unknown"
    client.post(page("end_target", ClockTarget.objects.get().pk))
    assert ClockTarget.objects.get().to_on is not None
