"""A version that errs or costs too much is suspended; the others go on."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections import services
from lingzhi.inspections.factories import SHIRKING, make_rule
from lingzhi.inspections.models import Finding, Inspection, RuleVersion
from lingzhi.inspections.queries import Tally, by_rule, tallies_of
from lingzhi.inspections.services.judging import judge, snapshot_now
from lingzhi.inspections.services.live import Desk
from lingzhi.inspections.tests.test_live import tell
from lingzhi.notifications.models import Notice
from lingzhi_engine.inspect import Plan
from lingzhi_engine.inspect.pattern import confirm

ENGLISH = {"Accept-Language": "en"}
SLOW = {
    **SHIRKING,
    "id": "ownership.slow",
    "title": {"zh-Hans": "慢", "en": "Slow"},
    "conditions": {"slow": {"op": "text.regex", "pattern": r"(x+)(x+)(x+)y\1\2\3z"}},
    "when": "slow",
    "tests": {"hit": [["agent: xxxyxxxz"]], "miss": [["agent: 您好"]]},
}
PUSHED = "客服:不归我们管"
LONG = f"{'x' * 4000}yxxxxxz"  # it matches in the end: no filter spares the search


@pytest.fixture
def slow(cast) -> RuleVersion:
    make_rule()
    version = make_rule(SLOW)
    services.change_owner(version.rule, cast.ines, by=cast.quan)
    return RuleVersion.objects.select_related("rule__owner").get(pk=version.pk)


@pytest.fixture
def suspended(slow) -> RuleVersion:
    make_contact("slow", agent="1002", turns=f"{PUSHED}{LONG}")
    with patch.object(confirm, "TIMEOUT_SECONDS", 0.01):
        services.inspect_all(Contact.objects.all())
    slow.refresh_from_db()
    return slow


def lift(version) -> str:
    return reverse("inspections:lift", args=[version.rule_id, version.number])


def test_a_pattern_that_takes_too_long_suspends_its_version(cast, suspended):
    assert (bool(suspended.suspended_at), suspended.suspended_reason) == (True, "timeout:slow")
    assert Inspection.objects.get().verdicts == "hu"
    entry = Entry.objects.get(action="inspections.rule_suspended")
    assert (entry.after, entry.reason) == ({"version": 1}, "timeout:slow")


def test_the_owner_is_told_once(cast, suspended):
    todo = Notice.objects.get(is_todo=True)
    assert todo.person == cast.ines
    assert "慢" in todo.title
    assert not services.suspend_version(suspended, "again")
    assert Notice.objects.count() == 1


def test_later_snapshots_leave_it_out(suspended):
    make_contact("later", agent="1002", turns=PUSHED)
    services.inspect_all(Contact.objects.filter(external_id="later"))
    assert Contact.objects.get(external_id="later").inspections.get().verdicts == "h"
    tallies = {
        line.key.rule.code: line.tally for line in by_rule(tallies_of(Contact.objects.all()))
    }
    assert tallies["ownership.slow"] == Tally(unknown=1), "shown, and nothing is claimed"


def test_a_run_that_goes_on_answers_unknown_for_it(slow):
    snapshot = snapshot_now()
    services.suspend_version(slow, "overturned too often")
    contact = make_contact("more", agent="1002", turns="客服:xxxyxxxz")
    assert services.inspect_contacts([contact], snapshot)["hits"] == 0
    assert contact.inspections.get().verdicts == "mu"
    assert Finding.objects.get().reason == "suspended"


def raising(broken: str) -> Any:
    whole = Plan.run

    def run(plan: Plan, batch: Any, **more: Any) -> Any:
        if any(rule.id.startswith(broken) for rule in plan.rules):
            raise KeyError("no such thing")
        return whole(plan, batch, **more)

    return patch.object(Plan, "run", run)


def test_a_rule_that_raises_alone_is_suspended_and_the_others_judge(slow):
    contact = make_contact("more", agent="1002", turns=PUSHED)
    with raising("ownership.slow"):
        services.inspect_all(Contact.objects.all())
    slow.refresh_from_db()
    assert slow.suspended_reason == "error:KeyError"
    assert contact.inspections.get().verdicts == "hu"


def test_when_every_rule_raises_no_rule_is_to_blame(slow):
    make_contact("more", agent="1002", turns=PUSHED)
    with raising("ownership"), pytest.raises(KeyError):
        services.inspect_all(Contact.objects.all())
    assert not RuleVersion.objects.exclude(suspended_at=None).exists()


def test_lifting_lets_it_judge_anew(as_, cast, slow):
    snapshot = snapshot_now()
    services.suspend_version(slow, "odd")
    contact = make_contact("more", agent="1002", turns="客服:xxxyxxxz")
    services.inspect_contacts([contact], snapshot)
    assert as_(cast.ines).post(lift(slow)).status_code == 302
    slow.refresh_from_db()
    assert (slow.suspended_at, slow.suspended_reason) == (None, "")
    assert Notice.objects.get().ended_at is not None
    entry = Entry.objects.get(action="inspections.suspension_lifted")
    assert entry.before == {"version": 1, "reason": "odd"}
    services.inspect_all(Contact.objects.all())
    assert Inspection.objects.get(is_latest=True).verdicts == "mh"


def test_when_all_are_suspended_nothing_is_judged_and_nothing_fails(slow):
    snapshot = snapshot_now()
    for version in RuleVersion.objects.select_related("rule__owner"):
        services.suspend_version(version, "odd")
    contact = make_contact("more", agent="1002", turns=PUSHED)
    services.inspect_contacts([contact], snapshot)
    assert contact.inspections.get().verdicts == "uu"
    services.inspect_all(Contact.objects.all())
    assert Inspection.objects.count() == 1


def test_what_was_seen_before_it_was_lifted_suspends_nothing(cast, slow):
    snapshot = snapshot_now()
    services.suspend_version(slow, "timeout:slow")
    services.lift_suspension(slow, by=cast.quan)
    assert not services.suspend_version(slow, "timeout:slow", seen_at=snapshot.created_at)
    assert services.suspend_version(slow, "timeout:slow", seen_at=now() + timedelta(seconds=1))


def test_a_suspended_version_is_not_put_into_force(cast):
    version = make_rule(state="shadow")
    services.suspend_version(version, "odd")
    with pytest.raises(services.IsSuspended):
        services.activate_version(version, by=cast.quan)


def test_a_reason_is_needed(slow):
    with pytest.raises(BadInput):
        services.suspend_version(slow, " ")


def test_without_an_owner_the_quality_managers_are_told(cast):
    services.suspend_version(make_rule(), "odd")
    assert [notice.person for notice in Notice.objects.all()] == [cast.quan]


def test_pages_say_that_it_is_suspended_and_why(as_, cast, suspended):
    client = as_(cast.ines)
    page = client.get(
        reverse("inspections:rule", args=[suspended.rule_id]), headers=ENGLISH
    ).content.decode()
    assert "Condition slow: an expression takes too long." in page
    assert lift(suspended) in page
    listed = client.get(reverse("inspections:rules"), headers=ENGLISH).content.decode()
    assert "v1 suspended: Condition slow" in listed
    read = as_(cast.ada).get(reverse("inspections:rule", args=[suspended.rule_id]))
    assert lift(suspended) not in read.content.decode()


def test_it_is_refused(as_, client, cast, slow):
    assert client.post(lift(slow)).status_code == 302
    assert as_(cast.ada).post(lift(slow)).status_code == 403
    ines = as_(cast.ines)
    assert ines.post(lift(slow)).status_code == 409
    assert ines.get(lift(slow)).status_code == 405
    assert ines.post(reverse("inspections:lift", args=[slow.rule_id, 9])).status_code == 404


def test_judging_is_not_writing(slow):
    contact = make_contact("more", agent="1002", turns=PUSHED)
    with raising("ownership.slow"):
        judgement = judge([contact], snapshot_now())
    assert judgement.suspended == {slow.pk: "error:KeyError"}
    assert not RuleVersion.objects.exclude(suspended_at=None).exists()


def test_live_conversations_suspend_it_too(cast, slow):
    tell("c1", "您好", LONG)
    with patch.object(confirm, "TIMEOUT_SECONDS", 0.01):
        desk = Desk.start()
        tell("c1", "您好", LONG, "在吗", LONG)
        desk.step()
    slow.refresh_from_db()
    assert slow.suspended_reason == "timeout:slow"
    assert not desk.is_current(), "the process takes the rules up anew, without it"
