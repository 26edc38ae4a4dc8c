from datetime import time

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, step
from lingzhi.cases.models import Case, CaseType, Clock, ClockRule
from lingzhi.cases.services.changing import AtTheTop, Change, change_case, raise_case
from lingzhi.cases.services.claiming import CaseChanged
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.tests.conftest import ZONE
from lingzhi.conftest import LONG_AGO
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice
from lingzhi.org.services import create_calendar, record_presence, set_week
from lingzhi.org.services.calendars import change_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, calendar, at) -> Case:
    """Opened on Friday at 17:00; resolution takes three working days, to the end of the day."""
    at("2026-03-06 17:00")
    return make_case(by=cast.bo, unit=cast.first, handler=cast.bo)


def clock(case: Case, kind: str) -> Clock:
    return case.clocks.filter(kind=kind).latest("number")


def local(moment) -> str:
    return moment.astimezone(ZONE).strftime("%m-%d %H:%M")


def change(case: Case, by, reason: str = "重新分类", **more) -> None:
    change_case(case, Change(**more), reason=reason, seen=case.revision, by=by)


def test_another_class_goes_by_its_limit_and_keeps_waits(cast, case, at):
    in_work(case, by=cast.bo)
    at("2026-03-09 10:00")
    step(case, "wait", by=cast.bo, reason="等客户补材料")
    at("2026-03-10 10:00")
    step(case, "go_on", by=cast.bo)
    assert local(clock(case, "resolution").due_at) == "03-12 18:00"
    change(case, cast.bo, case_class="complex")
    found = clock(case, "resolution")
    assert (found.rule.code, local(found.due_at)) == ("resolution_complex", "03-16 18:00")
    assert [one.kind for one in found.events.all()] == [
        "opened", "paused", "resumed", "rule_changed",
    ]  # fmt: skip
    assert Entry.objects.filter(action="cases.changed").count() == 1


def test_late_stays_late_under_a_longer_limit(cast, case, at):
    at("2026-03-12 09:00")
    watch_clocks()
    change(case, cast.bo, case_class="complex")
    found = clock(case, "resolution")
    assert (found.verdict, found.rule.code) == ("late", "resolution_complex")
    case.refresh_from_db()
    assert case.is_late


def test_a_limit_that_came_too_late_is_said_to_be_so(cast, case, at):
    """By the urgent limit it was over on Monday evening; it became urgent on Tuesday."""
    at("2026-03-10 10:00")
    change(case, cast.bo, case_class="urgent")
    found = clock(case, "resolution")
    assert (found.verdict, found.was_over_before) == ("late", True)
    watch_clocks()
    watch_clocks()
    assert Notice.objects.filter(matter=f"cases.clock/{found.pk}/late").count() == 2


def test_another_type_of_the_flow_brings_its_clocks(cast, calendar, at):
    at("2026-03-06 17:00")
    case = make_case(by=cast.bo, unit=cast.first, type_code="suggestion")
    technical = CaseType.objects.get(code="technical")
    ClockRule.objects.create(
        code="proposal_technical", kind="proposal", type=technical, amount=2, unit="hours",
        from_on=LONG_AGO,
    )  # fmt: skip
    assert not case.clocks.filter(kind="proposal").exists()
    change(case, cast.bo, type=technical)
    assert clock(case, "proposal").due_at is not None
    with pytest.raises(BadInput):
        change(case, cast.bo, type=CaseType.objects.get(code="complaint"))


def test_another_unit_counts_by_its_calendar(cast, case, at):
    night = create_calendar(name="夜班", country="CN", zone="Asia/Shanghai", by=None)
    set_week(night, dict.fromkeys(range(7), "09:00-24:00"), by=None)
    night.published_from, night.published_until = case.opened_at.date().replace(day=1), (
        case.opened_at.date().replace(month=12)
    )  # fmt: skip
    night.save()
    cast.second.calendar = night
    cast.second.save()
    change(case, cast.quan, unit=cast.second)
    assert local(clock(case, "first_response").due_at) == "03-06 19:00"
    assert case.handler is None  # nobody of the other unit yet


def test_what_decides_on_limits_needs_a_reason_and_words_do_not(cast, case):
    with pytest.raises(BadInput):
        change(case, cast.bo, reason=" ", priority=1)
    change(case, cast.bo, reason="", title="包裹丢失")
    event = case.events.get(kind="changed")
    assert (case.title, event.changes) == ("包裹丢失", {"title": []})
    with pytest.raises(CaseChanged):
        change_case(case, Change(title="再改"), reason="", seen=0, by=cast.bo)


def test_a_changed_calendar_moves_living_clocks_at_once(cast, case, calendar, at):
    assert local(clock(case, "resolution").due_at) == "03-11 18:00"
    change_day(calendar, case.opened_at.date().replace(day=9), is_worked=False, by=cast.sol)
    watch_clocks()
    found = clock(case, "resolution")
    assert (local(found.due_at), found.calendar_version.number) == ("03-12 18:00", 2)
    assert watch_clocks() == 0
    assert found.events.filter(kind="rule_changed", by=None).count() == 1


def test_what_was_judged_is_not_judged_again_by_another_calendar(cast, case, calendar, at):
    at("2026-03-09 09:30")
    make_closed(in_work(case, by=cast.bo), by=cast.bo)
    change_day(calendar, case.opened_at.date(), is_worked=False, by=cast.sol)
    watch_clocks()
    found = clock(case, "resolution")
    assert (found.verdict, found.calendar_version.number) == ("met", 1)


def test_a_later_version_of_a_limit_is_for_later_cases(cast, case, at):
    """The rule in force at its opening holds for the whole life of a case."""
    old = ClockRule.objects.get(code="feedback")
    ClockRule.objects.filter(pk=old.pk).update(to_on="2026-03-08")
    old.pk, old.number, old.from_on, old.amount = None, 2, "2026-03-09", 5
    old.save()
    at("2026-03-09 10:00")
    step(in_work(case, by=cast.bo), "solve", by=cast.bo)
    later = step(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), "solve", by=cast.bo)
    assert [clock(one, "feedback").rule.number for one in (case, later)] == [1, 2]


def test_it_is_raised_from_the_agent_to_the_leader_to_the_supervisor(cast, case, hold):
    hold(cast.nora, "supervisor", cast.hotline)
    first = clock(case, "level")
    raise_case(case, "conflict", reason="客户情绪激动", seen=case.revision, by=cast.bo)
    assert (case.level, case.handler, case.owner) == (2, cast.ada, cast.bo)
    assert clock(case, "level").rule.code == "level_second"
    first.refresh_from_db()
    assert first.verdict == "cancelled"
    raise_case(case, "conflict", reason="仍不接受", seen=case.revision, by=cast.ada)
    assert (case.level, case.handler) == (3, cast.nora)
    with pytest.raises(AtTheTop):
        raise_case(case, "hard", reason="再升", seen=case.revision, by=cast.nora)


def test_it_is_raised_to_who_is_there(cast, case, at, hold):
    hold(cast.bea, "team_leader", cast.first)
    moment = at("2026-03-06 17:30")
    record_presence(
        cast.ada, kind="leave", from_at=moment.replace(hour=0),
        to_at=moment.combine(moment.date(), time(23), ZONE), by=None,
    )  # fmt: skip
    raise_case(case, "hard", reason="超出权限", seen=case.revision, by=cast.bo)
    assert case.handler == cast.bea


def test_both_go_through_their_pages(cast, case, as_):
    client = as_(cast.bo)
    url = reverse("cases:change", args=[case.pk])
    form = client.get(url).context["form"]
    assert "unit" not in form.fields  # an agent hands over instead
    sent = {
        **{name: getattr(case, name) for name in ("title", "description", "demand", "priority")},
        "type": case.type_id, "case_class": "urgent", "level": 1, "revision": case.revision,
    }  # fmt: skip
    assert client.post(url, sent).status_code == 422
    client.post(url, {**sent, "reason": "客户催促"})
    case.refresh_from_db()
    assert case.case_class == "urgent"
    page = client.get(reverse("cases:case", args=[case.pk])).text
    assert "常规 → 紧急" in page
    explained = client.get(reverse("cases:clock", args=[clock(case, "resolution").pk])).context
    assert [one.verdict.outcome for one in explained["explained"].verdicts] == ["replaced"]
    sent = {"cause": "hard", "reason": "需要主管", "revision": case.revision}
    client.post(reverse("cases:raise", args=[case.pk]), sent)
    case.refresh_from_db()
    assert case.level == 2
