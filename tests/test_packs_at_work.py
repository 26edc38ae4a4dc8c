"""Packs, adopted with every question answered: what they bind is put to work."""

import pytest
from django.conf import settings

from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import Authority, ClockRule, Duty, FollowUpRule
from lingzhi.cases.queries.numbers import pattern_of
from lingzhi.conftest import Cast, make_cast
from lingzhi.core.controls import control_kinds
from lingzhi.customers.services.segments import take_usual_segments
from lingzhi.inspections.services import adopt_rule_file
from lingzhi.kpis.models import Target
from lingzhi.org.models import PostVersion
from lingzhi.org.services import seed_posts
from lingzhi.reports.models import Plan
from lingzhi.rulebook.factories import make_version, settle_all
from lingzhi.rulebook.models import Control
from lingzhi.rulebook.services import withdraw_version

pytestmark = pytest.mark.django_db
ANSWERS = {
    "s04": {
        "first-word": {"limit": 24},
        "complaint-report": {"cadence": "monthly"},
        "passed-on": {"cadence": "weekly"},
    },
    "s06": {"weak-links": {"cadence": "monthly"}, "relations": {"cadence": "quarterly"}},
    "s15": {
        "watching": {"cadence": "monthly"},
        "summary-report": {"cadence": "weekly"},
        "statistics": {"cadence": "weekly"},
    },
    "s12": {"to-leaders": {"cadence": "monthly"}, "analysis": {"cadence": "monthly"}},
    "s25": {"accuracy": {"target": 90}, "relations": {"cadence": "quarterly"}},
}
# Kinds of control of apps that are not there yet, by pack.
WAITING = {
    "s02": {"appraisal", "duty"},
    "s03": {"rectification", "sop", "training"},
    "s20": {"training"},
    "s21": {"audit", "duty", "meeting", "rectification", "sop"},
    "s22": {"duty", "rectification", "training"},
    "s04": set(),
    "s06": {"appraisal", "duty", "rectification", "training"},
    "s12": {"duty", "rectification", "training"},
    "s14": {"appraisal", "meeting", "sanctions"},
    "s15": {"audit", "duty", "equipment_check", "meeting", "rectification"},
    "s25": {
        "appraisal", "audit", "drill", "duty", "equipment_check", "exam", "grade", "meeting",
        "rectification", "register", "retention", "sop", "training",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def house(shared) -> Cast:
    """A centre with its rules, posts, flows and classes of customers."""
    cast = make_cast()
    adopt_rule_file(settings.BASE_DIR / "data" / "rules" / "first", by=None)
    seed_posts(by=None)
    with_flows()
    take_usual_segments(by=None)
    return cast


def adopted(code: str, cast: Cast):
    return make_version(code, cast.hotline, by=cast.quan, answers=ANSWERS.get(code))


@pytest.mark.parametrize("code", WAITING)
def test_whatever_runs_is_put_to_work_and_taken_out_again(code, house):
    version = adopted(code, house)
    controls = Control.objects.filter(clause__version=version)
    idle = controls.filter(applied_at=None)
    assert [(one.key, one.problem) for one in idle if one.problem] == []
    assert {one.kind for one in idle} == WAITING[code]
    assert not any(control_kinds()[kind].runs for kind in WAITING[code])
    withdraw_version(version, reason="r", by=house.quan)
    settle_all()
    assert not controls.filter(applied_at__isnull=False, ended_at=None).exists()
    assert not Duty.objects.exclude(reference="").exists()
    assert not FollowUpRule.objects.exclude(reference="").filter(ended_at=None).exists()


def test_complaints_of_a_manufacturer(house):
    adopted("s04", house)
    assert pattern_of("complaint") == "KS{year}{month}{serial:4}"
    route = Duty.objects.filter(task="opinion").exclude(reference="").order_by("order")
    assert [one.title["zh-Hans"] for one in route] == [
        "业务部门", "质量管理部", "总经理室生产管理组", "制造部门"
    ]  # fmt: skip
    lines = Authority.objects.exclude(reference="").order_by("up_to")
    assert {(one.up_to, tuple(one.roles)) for one in lines} == {(3, ()), (None, ("leadership",))}
    limits = ClockRule.objects.exclude(reference="").values_list("kind", "amount", "unit")
    assert set(limits) == {
        ("first_response", 24, "hours"), ("investigation", 3, "working_days"),
        ("resolution", 3, "working_days"), ("feedback", 3, "working_days"),
    }  # fmt: skip
    assert set(Plan.objects.values_list("cadence", flat=True)) == {"weekly", "monthly"}


def test_operation_and_maintenance(house):
    adopted("s15", house)
    rule = FollowUpRule.objects.exclude(reference="").get()
    assert (rule.trigger, rule.segment, rule.share_percent) == ("event", None, 100)
    assert Plan.objects.filter(cadence="yearly", control__key="yearly-report").exists()
    major = Duty.objects.filter(grade="major").exclude(reference="")
    assert set(major.values_list("task", flat=True)) == {"handle", "analyse", "told"}
    aims = Target.objects.values_list("definition__indicator__code", flat=True)
    assert {"K08", "K12", "K16", "K28"} <= set(aims)
    assert PostVersion.objects.filter(post__code="field_engineer").exists()


def test_a_technology_company(house):
    """Projects monthly, later every quarter; one unit serves, another supervises (R-IP-09)."""
    adopted("s14", house)
    rule = FollowUpRule.objects.exclude(reference="").get()
    assert (rule.trigger, rule.every_months, rule.later_months) == ("delivery", 1, 3)
    lines = Duty.objects.exclude(reference="").values_list("task", "role", "grade")
    assert set(lines) == {
        ("handle", "department_officer", ""), ("supervise", "quality_manager", ""),
        ("told", "leadership", "major"),
    }  # fmt: skip
    assert set(Plan.objects.values_list("cadence", flat=True)) == {"weekly", "monthly"}
