from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval, Signature
from lingzhi.approvals.services import AlreadyAsked, ask, set_chain
from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import now
from lingzhi.jobs.models import Job
from lingzhi.notifications.models import Notice
from lingzhi.org.services import assign_role, name_deputy, record_presence

MATTER = "inspections.activate_rule"


def request_of(cast, content=None) -> Approval | None:
    return ask(
        cast.first, MATTER, title="Rule", url="/", content=content or {"a": 1},
        job="imports.publish", arguments={}, by=cast.ines,
    )  # fmt: skip


@pytest.fixture
def approval(cast, settings):
    settings.JOBS = [*settings.JOBS, "lingzhi.approvals.tests.jobs.take_effect"]
    set_chain(MATTER, ["quality_manager", "quality_manager"], by=cast.sol)
    return ask(
        cast.first, MATTER, title="Rule", url="/", content={"a": 1},
        job="approvals.take_effect", arguments={}, by=cast.ines,
    )  # fmt: skip


def decide(client, approval, **data):
    return client.post(reverse("approvals:decide", args=[approval.pk]), data)


def test_without_steps_nothing_is_asked(cast):
    assert request_of(cast) is None


def test_the_next_in_the_chain_is_told(cast, approval):
    assert list(Notice.objects.values_list("person__name", flat=True)) == ["Quan"]


def test_the_last_agreement_queues_the_job(as_, cast, approval):
    client = as_(cast.quan)
    assert decide(client, approval, agree="1").status_code == 302
    assert not Job.objects.filter(name="approvals.take_effect").exists()
    decide(client, approval, agree="1")
    approval.refresh_from_db()
    assert approval.state == "approved"
    assert Job.objects.get(name="approvals.take_effect").kwargs["approval_id"] == approval.pk
    assert Entry.objects.filter(action="approvals.agreed").count() == 2


def test_signatures_are_chained(as_, cast, approval):
    client = as_(cast.quan)
    decide(client, approval, agree="1")
    decide(client, approval, agree="1")
    assert len(set(Signature.objects.values_list("digest", flat=True))) == 2


def test_a_refusal_needs_its_reason_and_ends_it(as_, cast, approval):
    client = as_(cast.quan)
    assert decide(client, approval, refuse="1").status_code == 422
    decide(client, approval, refuse="1", comment="examples are missing")
    approval.refresh_from_db()
    assert approval.state == "refused"
    assert decide(client, approval, agree="1").status_code == 409


def test_nobody_approves_the_own_request(as_, cast, approval):
    approval.asked_by = cast.quan
    approval.save()
    assert decide(as_(cast.quan), approval, agree="1").status_code == 409


def test_who_has_no_step_does_not_see_it(as_, cast, approval):
    assert decide(as_(cast.ada), approval, agree="1").status_code == 404


def test_who_asked_may_look_but_not_decide(as_, cast, approval):
    assert as_(cast.ines).get(reverse("approvals:detail", args=[approval.pk])).status_code == 200
    assert decide(as_(cast.ines), approval, agree="1").status_code == 403


def test_it_is_asked_once(cast, approval):
    with pytest.raises(AlreadyAsked):
        request_of(cast)


def test_it_can_be_withdrawn_by_who_asked(as_, cast, approval):
    url = reverse("approvals:withdraw", args=[approval.pk])
    assert as_(cast.quan).post(url).status_code == 409
    assert as_(cast.ines).post(url).status_code == 302
    approval.refresh_from_db()
    assert approval.state == "withdrawn"


def test_deciding_is_a_post(as_, cast, approval):
    assert as_(cast.quan).get(reverse("approvals:decide", args=[approval.pk])).status_code == 405


def test_chains_belong_to_the_system_administrator(as_, cast):
    url = reverse("approvals:chain", args=[MATTER])
    assert as_(cast.quan).get(url).status_code == 403
    assert as_(cast.sol).post(url, {"step_0": "quality_manager"}).status_code == 302
    assert as_(cast.sol).get(reverse("approvals:chains")).status_code == 200
    assert as_(cast.sol).get(reverse("approvals:chain", args=["unknown.matter"])).status_code == 404


def test_the_list_shows_what_waits(as_, cast, approval):
    assert "Rule" in as_(cast.quan).get(reverse("approvals:list")).content.decode()


def absent(person) -> None:
    hour = timedelta(hours=1)
    record_presence(person, kind="leave", from_at=now() - hour, to_at=now() + hour, by=None)


@pytest.fixture
def deputy(cast):
    """A supervisor who stands in for Quan."""
    assign_role(cast.nora, "supervisor", cast.hotline, from_on=LONG_AGO, by=None)
    name_deputy(cast.quan, cast.nora, from_on=LONG_AGO, by=None)
    return cast.nora


def test_who_stands_in_is_told_and_signs_while_the_holder_is_absent(as_, cast, deputy):
    absent(cast.quan)
    set_chain(MATTER, ["quality_manager", "leadership"], by=cast.sol)
    asked = request_of(cast)
    assert [notice.person for notice in Notice.objects.all()] == [deputy]
    client = as_(deputy)
    assert client.get(reverse("approvals:list")).context["waiting"] == [asked]
    assert decide(client, asked, agree="1").status_code == 302
    assert Signature.objects.get().signed_by == deputy


def test_who_stands_in_has_no_say_while_the_holder_is_there(as_, cast, deputy, approval):
    assert decide(as_(deputy), approval, agree="1").status_code == 404
    assert [notice.person for notice in Notice.objects.all()] == [cast.quan]


def test_a_deputy_who_may_decide_nothing_leaves_it_with_the_holder(as_, cast):
    absent(cast.quan)
    name_deputy(cast.quan, cast.bo, from_on=LONG_AGO, by=None)
    set_chain(MATTER, ["quality_manager"], by=cast.sol)
    asked = request_of(cast)
    assert [notice.person for notice in Notice.objects.all()] == [cast.quan]
    assert decide(as_(cast.bo), asked, agree="1").status_code == 404


def test_who_asked_reads_the_end_in_their_own_language(as_, cast):
    set_chain(MATTER, ["quality_manager"], by=cast.sol)
    User.objects.filter(pk=cast.ines.pk).update(language="en")
    asked = request_of(cast)
    asked.asked_by.refresh_from_db()
    decide(as_(cast.quan), asked, comment="Too strict.")
    assert Notice.objects.get(person=cast.ines).title == "Refused: Rule"
