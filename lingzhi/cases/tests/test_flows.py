import copy

import pytest

from lingzhi.audit.models import Entry
from lingzhi.cases.models import CaseType, ClockRule, FlowVersion
from lingzhi.cases.services.built_in import built_in
from lingzhi.cases.services.flows import (
    FlowChanged,
    FlowProblems,
    activate_flow,
    create_flow,
    lay_built_ins,
    save_flow,
    stamp_of_draft,
)

pytestmark = pytest.mark.django_db
CONTENT = built_in("flows/technical.yaml")
CONTENT.pop("code")


def test_the_built_ins_are_laid_once():
    assert lay_built_ins(by=None) == 7
    types, rules = CaseType.objects.count(), ClockRule.objects.count()
    assert lay_built_ins(by=None) == 0
    assert (CaseType.objects.count(), ClockRule.objects.count()) == (types, rules)
    titles = [version.title for version in FlowVersion.objects.filter(state="active")]
    assert "接收—登记—分配—处理—回访" in titles
    assert all(rule.limit for rule in ClockRule.objects.all())


def test_class_priority_and_level_are_three_things():
    lay_built_ins(by=None)
    outage = CaseType.objects.get(code="outage")
    assert (outage.case_class, outage.priority, outage.level) == ("urgent", 1, 3)


def test_one_version_is_in_force(cast):
    first = create_flow("own_flow", CONTENT, by=cast.quan)
    activate_flow(first, by=cast.quan)
    second = save_flow(first.flow, CONTENT, by=cast.quan)
    activate_flow(second, by=cast.quan)
    assert list(first.flow.versions.values_list("number", "state")) == [
        (2, "active"), (1, "retired"),
    ]  # fmt: skip
    assert Entry.objects.filter(action="cases.flow_activated").count() == 2


def test_what_does_not_fit_is_not_put_into_force(cast):
    content = copy.deepcopy(CONTENT)
    content["transitions"][0] |= {"capability": "cases.fly", "post": "pilot"}
    draft = create_flow("own_flow", content, by=cast.quan)
    with pytest.raises(FlowProblems) as found:
        activate_flow(draft, by=cast.quan)
    assert {one.code for one in found.value.problems} == {"unknown_name"}


def test_a_draft_saved_meanwhile_is_not_overwritten(cast):
    draft = create_flow("own_flow", CONTENT, by=cast.quan)
    seen = stamp_of_draft(draft)
    save_flow(draft.flow, CONTENT, seen=seen, by=cast.quan)
    with pytest.raises(FlowChanged):
        save_flow(draft.flow, CONTENT, seen=seen, by=cast.quan)
