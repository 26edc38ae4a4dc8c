"""Packs, adopted with every question answered: what they bind is put to work."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import Authority, ClockRule, Duty, FollowUpRule
from lingzhi.cases.queries.numbers import pattern_of
from lingzhi.conformity.services import count_kind, counted_kinds
from lingzhi.conftest import Cast, make_cast
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.controls import control_kinds
from lingzhi.customers.services.segments import take_usual_segments
from lingzhi.inspections.services import adopt_rule_file, inspect_all
from lingzhi.kpis.models import Target
from lingzhi.org.models import PostVersion
from lingzhi.org.services import seed_posts
from lingzhi.reports.models import Plan
from lingzhi.rulebook.factories import make_version, settle_all
from lingzhi.rulebook.models import Control, Version
from lingzhi.rulebook.regulation_text.articles import regulation_of
from lingzhi.rulebook.regulation_text.reading import read_file
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
    "s03": {"sop", "training"},
    "s20": {"training"},
    "s21": {"duty", "sop"},
    "s22": {"duty", "training"},
    "s04": set(),
    "s06": {"appraisal", "duty", "training"},
    "s12": {"duty", "training"},
    "s14": {"appraisal", "sanctions"},
    "s15": {"equipment_check"},
    "s25": {
        "appraisal", "drill", "duty", "equipment_check", "exam", "grade",
        "register", "retention", "sop", "training",
    },
}  # fmt: skip
TIMES = ("started_at", "answered_at", "ended_at")
RUDE = "客服:你要咨询什么\n客户:我昨天交过费\n客服:您说的不对,你去营业厅查\n客户:好吧"


@pytest.fixture(scope="module")
def house(shared) -> Cast:
    """A centre with its rules, posts, flows and classes of customers."""
    cast = make_cast()
    adopt_rule_file(settings.BASE_DIR / "data" / "rules" / "first", by=None)
    seed_posts(by=None)
    with_flows()
    take_usual_segments(by=None)
    return cast


def adopted(code: str, cast: Cast, **more: Any) -> Version:
    return make_version(code, cast.hotline, by=cast.quan, answers=ANSWERS.get(code), **more)


def put_to_work(code: str, version: Version) -> None:
    """Whatever runs was put to work without a problem; only what waits for its app stands idle."""
    idle = Control.objects.filter(clause__version=version, applied_at=None)
    assert [(one.key, one.problem) for one in idle if one.problem] == []
    assert {one.kind for one in idle} == WAITING[code]
    assert not any(control_kinds()[kind].runs for kind in WAITING[code])


def taken_out(version: Version, by: User) -> None:
    withdraw_version(version, reason="r", by=by)
    settle_all()
    controls = Control.objects.filter(clause__version=version)
    assert not controls.filter(applied_at__isnull=False, ended_at=None).exists()
    assert not Duty.objects.exclude(reference="").exists()
    assert not FollowUpRule.objects.exclude(reference="").filter(ended_at=None).exists()


@pytest.mark.parametrize("code", sorted(WAITING.keys() - {"s25"}))
def test_whatever_runs_is_put_to_work_and_taken_out_again(code, house):
    version = adopted(code, house)
    put_to_work(code, version)
    taken_out(version, house.quan)


def test_an_auditor_walks_the_handbook_from_clause_to_words(
    as_, house, django_assert_max_num_queries
):
    yesterday = today() - timedelta(days=1)
    version = adopted("s25", house, effective_on=yesterday)
    put_to_work("s25", version)
    times = {name: f"{yesterday} 10:0{at}:00" for at, name in enumerate(TIMES)}
    make_contact("H-1", agent="1002", turns=RUDE, **times)
    inspect_all(Contact.objects.all())
    asked = set(Control.objects.filter(clause__version=version).values_list("kind", flat=True))
    for kind in asked & set(counted_kinds()):
        count_kind(kind)
    assert {kind for kind in asked if control_kinds()[kind].runs} <= set(counted_kinds())
    auditor, regulation = as_(house.quan), version.regulation_id
    document = reverse("conformity:document", args=[regulation])
    auditor.get(document)
    with django_assert_max_num_queries(30):
        auditor.get(document)
    for number in ("2.1.3", "2.3.2.4", "2.3.3.3"):
        page = auditor.get(reverse("conformity:clause", args=[regulation, number]))
        assert re.search("<blockquote.*你.*</blockquote>", page.content.decode()), number
    printed = auditor.get(reverse("rulebook:print_word", args=[version.pk])).content
    articles = regulation_of(read_file(printed, "handbook.docx")).articles
    assert [one.number for one in articles] == [one["number"] for one in version.body["clauses"]]
    taken_out(version, house.quan)


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
