"""Time limits of clauses: laid, kept apart from the house's own, and judged."""

from dataclasses import replace
from datetime import date

import pytest

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, tell
from lingzhi.cases.models import CaseType, Clock, ClockRule
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.limits import LimitOfRulebook, end_limit, keep_type
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.core.errors import DomainError

pytestmark = pytest.mark.django_db
SLA = "sla"


@pytest.fixture(autouse=True)
def _laid(cast, calendar, at) -> None:
    at("2026-03-06 10:00")
    lay_built_ins(by=None)


def bound(unit, values, *, control=7, from_on=date(2026, 3, 6), **more) -> Binding:
    values = {"case": "all", **values}
    reference = f"s01 3.2 key{control}"
    return Binding(control, reference, SLA, {}, values, unit.pk, unit.path, from_on, **more)


def hours(number: int, **more) -> dict[str, object]:
    return {"clock": "resolution", "limit": number, "limit_unit": "hours", **more}


def apply(binding: Binding) -> None:
    control_kinds()[SLA].apply(binding, None)


def found(*bindings: Binding, first=date(2026, 2, 1), last=None):
    return control_kinds()[SLA].evidence(bindings, first, last or today())


def test_a_clause_lays_its_limit_once_and_ends_it(cast, at):
    binding = bound(cast.company, hours(24, case="complaint", channel="phone"))
    apply(binding)
    apply(binding)
    [rule] = ClockRule.objects.filter(control_id=7)
    assert (rule.type, rule.channel.code) == (CaseType.objects.get(code="complaint"), "phone")
    assert (rule.amount, rule.unit, rule.base) == (24, "hours", "round_the_clock")
    assert (rule.reference, rule.holds_in) == ("s01 3.2 key7", cast.company)
    with pytest.raises(LimitOfRulebook):
        end_limit(rule, today(), reason="?", by=cast.quan)
    at("2026-03-10 10:00")
    for _twice in range(2):
        control_kinds()[SLA].end(binding, None)
    rule.refresh_from_db()
    assert rule.to_on == date(2026, 3, 9)


def test_another_limit_of_the_same_clause_ends_the_one_before(cast, at):
    apply(bound(cast.company, hours(4, case="urgent")))
    at("2026-04-01 10:00")
    later = bound(cast.company, hours(8), from_on=date(2026, 4, 1))
    apply(replace(later, control_id=8))
    before, now = ClockRule.objects.filter(control_id__isnull=False).order_by("pk")
    assert (before.to_on, now.amount, now.to_on) == (date(2026, 3, 31), 8, None)


def test_a_later_version_takes_the_limit_over_and_says_so(cast, at):
    binding = bound(cast.company, hours(4))
    apply(binding)
    at("2026-04-01 10:00")
    for _twice in range(2):
        apply(replace(binding, control_id=8, from_on=date(2026, 4, 1)))
    [rule] = ClockRule.objects.filter(control_id=8)
    [entry] = Entry.objects.filter(action="cases.limit_taken_over", object_id=rule.pk)
    assert (entry.before["control"], entry.after["control"]) == (7, 8)


def test_the_limit_of_the_nearest_unit_holds(cast):
    apply(bound(cast.first, hours(2)))
    apply(bound(cast.company, hours(1), control=8))
    case = make_case(by=cast.bo, unit=cast.first)
    assert case.clocks.get(kind="resolution").rule.holds_in == cast.first


def test_a_new_type_of_complaints_is_under_it_too(cast):
    apply(bound(cast.company, hours(24, case="complaint")))
    flow = CaseType.objects.get(code="complaint").flow
    row = CaseType(code="goods", title={"zh-Hans": "货品投诉"}, flow=flow)
    keep_type(row, by=cast.quan)
    assert ClockRule.objects.get(control_id=7, type=row).amount == 24
    control_kinds()[SLA].end(bound(cast.company, hours(24, case="complaint")), None)
    assert not ClockRule.objects.filter(control_id=7, to_on=None).exists()


def test_of_the_clause_and_the_house_the_stricter_holds_and_only_in_its_unit(cast):
    apply(bound(cast.first, hours(2, case="normal")))
    apply(bound(cast.first, hours(240, case="urgent"), control=8))
    inside = make_case(by=cast.bo, unit=cast.first)
    outside = make_case(by=cast.bo, unit=cast.second)
    urgent = make_case(by=cast.bo, unit=cast.first, case_class="urgent")
    rules = [one.clocks.get(kind="resolution").rule for one in (inside, outside, urgent)]
    assert [one.code for one in rules] == [
        f"s01_3_2_key7_u{cast.first.pk}_routine", "resolution", "resolution_urgent"
    ]  # fmt: skip


def test_what_no_clock_counts_is_refused(cast):
    with pytest.raises(DomainError):
        apply(bound(cast.company, {"clock": "next_reply", "limit": 2, "limit_unit": "hours"}))
    with pytest.raises(DomainError):  # no such channel here
        apply(bound(cast.company, hours(2, channel="pigeon")))


def test_clocks_are_kept_broken_or_unknown_on_the_day_they_are_due(cast, at):
    binding = bound(cast.company, hours(2))
    apply(binding)
    kept = in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    broken = make_case(by=cast.bo, unit=cast.second)
    make_closed(kept, by=cast.bo)
    at("2026-03-06 13:00")
    watch_clocks()
    part = bound(cast.first, hours(2))
    whole, first = found(binding, part)
    assert whole == {today(): Evidence(kept=1, broken=1)}
    assert first == {today(): Evidence(kept=1)}
    Clock.objects.filter(case=broken).update(due_at=None, verdict="", judged_at=None)
    assert found(binding) == [{today(): Evidence(kept=1, unknown=1)}]


def test_it_looks_back_by_its_own_limit(cast, at):
    """Before the clause cases went by three working days: 24 hours would have been broken."""
    case = in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    at("2026-03-09 10:00")
    make_closed(case, by=cast.bo)
    assert case.clocks.get(kind="resolution").verdict == "met"
    binding = bound(cast.company, hours(24), from_on=date(2026, 3, 12))
    assert found(binding) == [{date(2026, 3, 7): Evidence(broken=1)}]
    at("2026-03-10 10:00")
    assert found(bound(cast.company, hours(96), from_on=date(2026, 3, 12))) == [
        {date(2026, 3, 10): Evidence(kept=1)}
    ]
    begun = bound(cast.company, hours(24), from_on=date(2026, 3, 7))
    assert found(begun) == [{}], "a case that is older than the clause is not under it"
    assert found(begun, first=begun.from_on) == [{}]


def test_promises_kept_are_the_evidence_of_a_promise(cast, at):
    kept = tell(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo, hours=1)
    tell(make_case(by=cast.bo, unit=cast.first), by=cast.bo, hours=1)
    make_closed(kept, by=cast.bo)
    at("2026-03-06 12:00")
    watch_clocks()
    binding = bound(cast.company, {"clock": "promise"})
    apply(binding)
    assert not ClockRule.objects.filter(control_id=7).exists()
    assert found(binding) == [{today(): Evidence(kept=1, broken=1)}]


def test_handling_is_the_length_of_conversations(cast):
    def talk(number: str, minutes: int):
        ended = f"2026-03-02 10:0{minutes}:00"
        return make_contact(
            number, agent="1002", started_at="2026-03-02 10:00:00",
            answered_at="2026-03-02 10:00:00", ended_at=ended,
        )  # fmt: skip

    talk("short", 2), talk("long", 4)
    make_case(by=cast.bo, unit=cast.first, contact=talk("special", 5), case_class="complex")
    values = {"clock": "handling", "limit": 3, "limit_unit": "minutes", "case": "normal"}
    day = date(2026, 3, 2)
    assert found(bound(cast.company, values)) == [{day: Evidence(kept=1, broken=1)}]
    values = {**values, "limit": 5, "case": "special"}
    assert found(bound(cast.company, values)) == [{day: Evidence(kept=1)}]
    assert found(bound(cast.company, {**values, "is_strict": True})) == [{day: Evidence(broken=1)}]
