from datetime import date

import pytest
from django.urls import reverse

from lingzhi.cases.factories import make_case
from lingzhi.cases.models import CaseType, ClockRule
from lingzhi.cases.queries.limits import limits_on_or_after_today, warnings
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.limits import AlreadyEnded, end_limit, supersede_limit
from lingzhi.contacts.models import Channel
from lingzhi.core.errors import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laid(cast, calendar, at) -> None:
    at("2026-03-06 10:00")
    lay_built_ins(by=None)


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def copied(of: str, **more) -> ClockRule:
    rule = ClockRule.objects.get(code=of)
    rule.pk = None
    for name, value in more.items():
        setattr(rule, name, value)
    return rule


def test_a_new_version_leaves_the_old_row_and_old_cases_alone(cast, at):
    case = make_case(by=cast.bo, unit=cast.first)
    old = ClockRule.objects.get(code="own")
    new = copied("own", amount=30, unit="minutes", from_on=date(2026, 3, 9))
    supersede_limit(old, new, reason="试行", by=cast.quan)
    at("2026-03-09 10:00")
    later = make_case(by=cast.bo, unit=cast.first)
    old.refresh_from_db()
    assert (old.amount, old.to_on) == (1, date(2026, 3, 8))
    assert [one.clocks.get(kind="own").rule.number for one in (case, later)] == [1, 2]
    with pytest.raises(BadInput):  # not in the past
        supersede_limit(new, copied("resolution", from_on=date(2026, 3, 1)), reason="?", by=None)


def test_a_limit_ends_once(cast):
    rule = ClockRule.objects.get(code="own")
    end_limit(rule, date(2026, 3, 6), reason="不再考核", by=cast.quan)
    with pytest.raises(AlreadyEnded):
        end_limit(rule, date(2026, 3, 7), reason="再一次", by=cast.quan)


def test_an_urgent_limit_looser_than_the_ordinary_one_is_warned_of(cast):
    assert warnings(limits_on_or_after_today()) == []
    ClockRule.objects.filter(code="first_response_urgent").update(amount=24, unit="hours")
    [found] = warnings(limits_on_or_after_today())
    assert (found.code, found.looser.code, found.stricter.code) == (
        "urgent", "first_response_urgent", "first_response",
    )  # fmt: skip


def test_limits_that_differ_by_channel_are_named(cast):
    chat = Channel.objects.get(code="chat")
    copied("own", code="own_chat", channel=chat, amount=30, unit="minutes").save()
    [found] = warnings(limits_on_or_after_today())
    assert (found.code, found.looser.code, found.stricter.code) == ("channels", "own", "own_chat")
    ClockRule.objects.filter(code="own_chat").update(amount=60)  # the same in other words
    assert warnings(limits_on_or_after_today()) == []


def test_limits_are_kept_on_their_pages(cast, as_):
    client = as_(cast.quan)
    rule = ClockRule.objects.get(code="first_response_urgent")
    sent = {
        "case_class": "urgent", "amount": 24, "unit": "hours", "base": "working",
        "is_inclusive": "on", "stops_when_waiting": "on", "warns_percent": 50,
        "from_on": "2026-03-09", "reason": "试行",
    }  # fmt: skip
    shown = client.post(page("next_limit", rule.pk), {**sent, "preview": "1"})
    assert [one.code for one in shown.context["warnings"]] == ["urgent"]
    assert ClockRule.objects.filter(code=rule.code).count() == 1
    wrong = {**sent, "unit": "working_days", "base": "round_the_clock"}
    assert client.post(page("next_limit", rule.pk), wrong).status_code == 422
    client.post(page("next_limit", rule.pk), sent)
    assert ClockRule.objects.filter(code=rule.code, number=2, amount=24).exists()
    client.post(page("new_limit"), {**sent, "code": "update", "kind": "update", "level": ""})
    added = ClockRule.objects.get(code="update")
    client.post(page("end_limit", added.pk), {"to_on": "2026-03-31", "reason": "季末"})
    added.refresh_from_db()
    assert added.to_on == date(2026, 3, 31)
    assert client.post(page("new_limit"), {**sent, "code": "own", "kind": "own"}).status_code == 422
    assert client.get(page("limit", rule.pk)).context["examples"][0].due is not None


def test_types_and_numbers_are_kept_on_their_pages(cast, as_):
    client = as_(cast.quan)
    flow = CaseType.objects.get(code="enquiry").flow_id
    sent = {
        "chinese": "发票", "english": "Invoice", "code": "invoice", "flow": flow,
        "case_class": "routine", "priority": 2, "level": 1, "order": 60,
    }  # fmt: skip
    client.post(page("new_type"), sent)
    row = CaseType.objects.get(code="invoice")
    client.post(page("edit_type", row.pk), {**sent, "chinese": "开票", "case_class": "urgent"})
    client.post(page("retire_type", row.pk))
    row.refresh_from_db()
    assert (str(row), row.case_class, row.retired_at is None) == ("开票", "urgent", False)
    shown = client.post(page("numbers"), {"pattern": "KH{year}-{serial:3}", "preview": "1"})
    assert shown.context["example"] == "KH2026-042"
    assert client.post(page("numbers"), {"pattern": "{serial}{serial}"}).status_code == 422
    client.post(page("numbers"), {"pattern": "KH{year}-{serial:3}"})
    assert make_case(by=cast.bo, unit=cast.first).number == "KH2026-001"
