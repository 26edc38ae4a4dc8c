"""The control kind `followup`: a rule with its source, and who was called in time."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.cases.models import CaseType, FollowUp, FollowUpRule
from lingzhi.cases.services.by_clause import FreeWords, NoSuchClass, OnSomeChannels
from lingzhi.cases.services.follow_up_rules import RuleEnded, SetByClause, end_rule, save_rule
from lingzhi.cases.services.limits import keep_type
from lingzhi.cases.services.planning_follow_ups import plan_follow_ups
from lingzhi.cases.tests.demanding import (
    BROKEN,
    KEPT,
    PACKS,
    UNKNOWN,
    binding_of,
    bound_to,
    control,
    found,
    in_force,
    revised,
)
from lingzhi.core.clock import midnight, now, today
from lingzhi.core.controls import control_kinds
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Segment

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
DUE = date(2026, 11, 24)  # the close of the second working day
KIND = control_kinds()["followup"]


@pytest.fixture(autouse=True)
def _morning(calendar, at, settings):
    settings.PACKS = PACKS
    at("2026-11-20 10:00")


@pytest.fixture
def version(cast):
    return in_force(cast, DAY)


def closed(cast, unit, by, phone="13800002071"):
    case = make_case(by=by, unit=unit, customer=make_customer(phone=phone))
    return make_closed(in_work(case, by=by), by=by)


def test_a_clause_makes_a_rule_with_its_source_and_ends_it(cast, version):
    rule = FollowUpRule.objects.get()
    assert (rule.trigger, rule.within_days, rule.share_percent) == ("closed", 2, 100)
    assert (rule.reference, rule.holds_in) == ("demands 1.2 call", cast.hotline)
    assert rule.starts_at == midnight(DAY)
    binding = binding_of(version, "call")
    KIND.apply(binding, cast.quan)
    assert FollowUpRule.objects.count() == 1
    for _time in range(2):
        KIND.end(binding, cast.quan)
    rule.refresh_from_db()
    assert rule.ended_at is not None
    assert Entry.objects.filter(action="cases.follow_up_rule_ended").count() == 1
    KIND.apply(binding, cast.quan)
    assert FollowUpRule.objects.filter(ended_at=None).count() == 1


def test_nobody_changes_what_the_clause_demands(as_, cast, version):
    rule = FollowUpRule.objects.get()
    rule.tries = 5
    save_rule(rule, by=cast.quan)
    rule.within_days = 9
    with pytest.raises(SetByClause):
        save_rule(rule, by=cast.quan)
    with pytest.raises(SetByClause):
        end_rule(rule, by=cast.quan)
    shown = as_(cast.quan).get(reverse("cases:follow_up_rules")).content.decode()
    assert reverse("rulebook:clause", args=[version.regulation_id, "1.2"]) in shown
    form = as_(cast.quan).get(reverse("cases:follow_up_rule", args=[rule.pk])).context["form"]
    assert (form["within_days"].field.disabled, form["script"].field.disabled) == (True, False)


def test_who_looked_at_a_rule_before_its_clause_changed_leaves_it_with_the_clause(
    cast, version, at
):
    seen = FollowUpRule.objects.get()
    seen.tries = 5
    at("2026-11-21 10:00")
    later = revised(version, by=cast.quan)
    save_rule(seen, by=cast.quan)
    rule = FollowUpRule.objects.get()
    assert (rule.tries, rule.control_id) == (5, control(later, "call").pk)
    at("2026-11-22 10:00")
    later = revised(later, by=cast.quan, call={"within": 1})
    with pytest.raises(SetByClause):
        save_rule(seen, by=cast.quan)
    at("2026-11-23 10:00")
    make_case(by=cast.bo, unit=cast.first)  # the types of cases are laid
    revised(later, by=cast.quan, call={"trigger": "solved", "case": "feedback"})
    assert Entry.objects.filter(action="cases.follow_up_rule_ended", object_id=seen.pk).exists()
    for act in (save_rule, end_rule):
        with pytest.raises(RuleEnded):
            act(seen, by=cast.quan)


def test_it_asks_only_where_its_regulation_holds(cast, version, hold):
    closed(cast, cast.first, cast.bo)
    FollowUpRule.objects.update(holds_in=cast.second)
    assert plan_follow_ups() == 0
    FollowUpRule.objects.update(holds_in=cast.first)
    assert plan_follow_ups() == 1


def test_what_was_due_was_called_in_time_or_not(cast, version, at):
    closed(cast, cast.first, cast.bo)
    plan_follow_ups()
    rows, binding = (
        FollowUp.objects.filter(rule__reference="demands 1.2 call"),
        binding_of(version, "call"),
    )

    def judged():
        return found(binding, DAY, DUE)

    assert judged() == {}  # it is not due yet
    at("2026-11-25 10:00")
    assert judged() == {DUE: BROKEN}
    ended = {"ended_at": midnight(DUE), "ended_by": cast.ada}
    for state, verdict in (("done", KEPT), ("unreached", KEPT), ("refused", KEPT)):
        rows.update(state=state, **ended)
        assert judged() == {DUE: verdict}
    rows.update(state="done", ended_at=midnight(today()))
    assert judged() == {DUE: BROKEN}
    rows.update(state="suppressed", why="refused")
    assert judged() == {}
    rows.update(why="no_customer")
    assert judged() == {DUE: UNKNOWN}


def test_one_that_was_asked_with_another_ends_with_it(cast, version, at):
    closed(cast, cast.first, cast.bo)
    plan_follow_ups()
    one = FollowUp.objects.get()
    other = FollowUp.objects.create(
        rule=one.rule, key="other", unit=one.unit, state="done", triggered_at=one.triggered_at,
        from_at=one.from_at, due_at=one.due_at + timedelta(days=30), ended_at=one.due_at,
        ended_by=cast.ada,
    )  # fmt: skip
    FollowUp.objects.filter(pk=one.pk).update(state="merged", merged_into=other)
    at("2026-11-25 10:00")
    assert found(binding_of(version, "call"), DAY, DUE) == {DUE: KEPT}


def test_a_rule_for_each_class_of_customers_and_type_that_is_there(cast, version):
    asked = bound_to(
        cast.hotline, "followup", DAY, trigger="solved", audience=["important", "special"],
        case="complaint", within=1,
    )  # fmt: skip
    with pytest.raises(NoSuchClass):
        KIND.apply(asked, cast.quan)
    for code in ("important", "special"):
        Segment.objects.get_or_create(code=code, defaults={"name": code})
    make_case(by=cast.bo, unit=cast.first)  # the types of cases are laid
    only = CaseType.objects.get(code="complaint")
    like = {"flow": only.flow, "title": only.title}
    CaseType.objects.create(code="safety", **like)
    CaseType.objects.create(code="former", retired_at=midnight(DAY), **like)
    KIND.apply(asked, cast.quan)
    rules = FollowUpRule.objects.filter(reference=asked.reference)
    assert {(one.segment.code, one.type.code) for one in rules} == {
        ("important", "complaint"), ("special", "complaint"),
        ("important", "safety"), ("special", "safety"),
    }  # fmt: skip
    KIND.apply(asked, cast.quan)
    assert FollowUpRule.objects.filter(reference=asked.reference).count() == 4
    rules.update(starts_at=midnight(DAY) - timedelta(days=9), tries=5)
    keep_type(CaseType(code="goods", **like), by=cast.quan)
    later = {
        (one.segment.code, one.tries, one.starts_at) for one in rules.filter(type__code="goods")
    }
    assert later == {("important", 5, now()), ("special", 5, now())}
    KIND.apply(asked, cast.quan)
    assert rules.count() == 6
    free = {**asked.values, "trigger": {"en": "A case was settled"}}
    with pytest.raises(FreeWords):
        KIND.apply(type(asked)(**{**_fields(asked), "values": free}), cast.quan)
    with pytest.raises(OnSomeChannels):
        KIND.apply(type(asked)(**{**_fields(asked), "channels": ("phone",)}), cast.quan)


def _fields(binding):
    return {name: getattr(binding, name) for name in type(binding).__dataclass_fields__}


def test_what_does_not_fit_together_is_named():
    given = {"trigger": "event", "audience": ["all"], "case": "all", "cadence": "monthly"}
    assert [flaw.param for flaw in KIND.check(given)] == ["case", "cadence"]
    assert [flaw.param for flaw in KIND.check({"trigger": "regular", "audience": ["all"]})] == [
        "audience"
    ]
