"""From draft to retired: each step, its audit row and its refusals."""

import pytest

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.inspections import services
from lingzhi.inspections.factories import SHIRKING, make_rule
from lingzhi.inspections.models import Rule, RuleVersion

pytestmark = pytest.mark.django_db
State = RuleVersion.State


def newest_act() -> str:
    return Entry.objects.latest("id").action


def failing() -> dict:
    tests = {**SHIRKING["tests"], "hit": [["agent: 好的"]]}
    return {**SHIRKING, "tests": tests}


def test_a_new_rule_is_a_draft_of_whoever_made_it(cast):
    version = services.create_rule(SHIRKING, note="first", by=cast.ines)
    assert (version.state, version.number, version.rule.owner) == (State.DRAFT, 1, cast.ines)
    assert (version.dimension, version.severity, version.kind) == (
        "ownership", "severe", "violation",
    )  # fmt: skip
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.reason) == ("inspections.rule_created", "first")


def test_a_code_is_used_once():
    make_rule()
    with pytest.raises(services.RuleProblems) as refused:
        services.create_rule(SHIRKING, by=None)
    assert [problem.code for problem in refused.value.problems] == ["duplicate_id"]


def test_every_problem_is_named_at_once():
    body = {**SHIRKING, "severity": "huge", "when": "pushed && other"}
    with pytest.raises(services.RuleProblems) as refused:
        services.create_rule(body, by=None)
    assert {problem.field for problem in refused.value.problems} == {"severity", "when"}
    assert not Rule.objects.exists()


def test_saving_again_changes_the_draft():
    version = make_rule(state="draft")
    again = services.save_draft(version.rule, {**SHIRKING, "severity": "minor"}, by=None)
    assert (again.pk, again.number, again.severity) == (version.pk, 1, "minor")
    assert newest_act() == "inspections.rule_saved"


def test_saving_a_rule_in_force_makes_a_new_version():
    version = make_rule()
    draft = services.save_draft(version.rule, SHIRKING, by=None)
    assert (draft.number, draft.state, draft.body["version"]) == (2, State.DRAFT, 2)


def test_a_draft_somebody_saved_meanwhile_is_not_overwritten():
    version = make_rule(state="draft")
    seen = services.draft_stamp(version)
    services.save_draft(version.rule, SHIRKING, seen=seen, by=None)
    with pytest.raises(services.ChangedMeanwhile):
        services.save_draft(version.rule, SHIRKING, seen=seen, by=None)


def test_the_code_of_a_rule_stays():
    version = make_rule()
    with pytest.raises(services.RuleProblems):
        services.save_draft(version.rule, {**SHIRKING, "id": "ownership.other"}, by=None)


def test_shadow_then_active():
    version = make_rule(state="draft")
    services.shadow_version(version, by=None)
    assert newest_act() == "inspections.rule_shadowed"
    services.activate_version(version, reason="good for two weeks", by=None)
    version.refresh_from_db()
    assert (version.state, bool(version.activated_at)) == (State.ACTIVE, True)
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.reason) == ("inspections.rule_activated", "good for two weeks")


def test_a_new_version_in_force_retires_the_one_before():
    first = make_rule()
    second = services.save_draft(first.rule, SHIRKING, by=None)
    services.activate_version(second, by=None)
    first.refresh_from_db()
    assert (first.state, first.retire_reason) == (State.RETIRED, "v2")


@pytest.mark.parametrize("step", [services.shadow_version, services.activate_version])
def test_examples_that_fail_stop_it(step):
    version = services.create_rule(failing(), by=None)
    with pytest.raises(services.RuleProblems, match="1"):
        step(version, by=None)
    version.refresh_from_db()
    assert version.state == State.DRAFT


def test_only_a_draft_goes_into_shadow():
    version = make_rule()
    with pytest.raises(services.NotADraft):
        services.shadow_version(version, by=None)


def test_a_retired_version_does_not_come_back(cast):
    version = make_rule()
    services.retire_version(version, reason="too many false hits", by=cast.quan)
    assert newest_act() == "inspections.rule_retired"
    with pytest.raises(services.NotToActivate):
        services.activate_version(version, by=None)
    with pytest.raises(services.NotInForce):
        services.retire_version(version, reason="again", by=cast.quan)


def test_retiring_needs_a_reason(cast):
    with pytest.raises(BadInput):
        services.retire_version(make_rule(), reason=" ", by=cast.quan)


def test_a_discarded_draft_takes_its_only_rule_along(cast):
    services.discard_draft(make_rule(state="draft"), by=cast.quan)
    assert newest_act() == "inspections.draft_discarded"
    assert not Rule.objects.exists()


def test_a_version_that_judged_is_not_discarded(cast):
    with pytest.raises(services.NotADraft):
        services.discard_draft(make_rule(), by=cast.quan)


def test_the_owner_changes(cast):
    rule = make_rule().rule
    services.change_owner(rule, cast.ines, by=cast.quan)
    rule.refresh_from_db()
    entry = Entry.objects.latest("id")
    assert (rule.owner, entry.after) == (cast.ines, {"owner": "3002"})
