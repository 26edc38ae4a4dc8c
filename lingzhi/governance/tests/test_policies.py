"""The quality policy is agreed to by another before everybody reads it, and looked at again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.core.clock import today
from lingzhi.governance.factories import changed, make_policy
from lingzhi.governance.models import PolicyVersion
from lingzhi.governance.services import policies as services
from lingzhi.governance.services.directory_reviews import ask_owners, review_policy
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Statement

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def agreed(policy: PolicyVersion, cast) -> PolicyVersion:
    approval = services.request_approval(policy, by=cast.ada)
    decide(approval, is_agreed=True, comment="", by=cast.nora)
    assert services.publish_policy(policy, Approval.objects.get(pk=approval.pk))
    return policy


def test_from_a_draft_to_what_everybody_reads(cast, as_, hold, run_jobs):
    hold(cast.nora, "leadership", cast.company)
    by_hand = {"unit": cast.hotline.pk, "kind": "policy", "text": "跳过审批", "from_on": today()}
    assert as_(cast.quan).post(reverse("org:statement_publish"), by_hand).status_code == 422
    sent = {
        "unit": cast.hotline.pk, "text": "按标准办事", "from_on": today() - 9 * DAY,
        "owner": cast.ada.pk, "every_months": 12,
    }  # fmt: skip
    assert as_(cast.bo).post(page("add_policy"), sent).status_code == 403
    assert as_(cast.quan).post(page("add_policy"), sent).status_code == 302
    policy = PolicyVersion.objects.get()
    assert as_(cast.quan).post(page("add_policy"), sent).status_code == 422  # one at a time
    assert as_(cast.bo).get(page("policy", policy.pk)).status_code == 404
    as_(cast.quan).post(page("ask_policy", policy.pk))
    assert not Statement.objects.exists()
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    held = Statement.objects.get()
    assert (held.from_on, held.published_by) == (today(), cast.nora)  # never backwards
    assert "按标准办事" in as_(cast.bo).get(page("policies")).content.decode()
    assert as_(cast.bo).get(page("policy", policy.pk)).status_code == 200


def test_earlier_texts_are_kept_and_the_owner_is_asked_in_time(cast, hold):
    hold(cast.nora, "leadership", cast.company)
    old = agreed(make_policy(cast.hotline, cast.ada), cast)
    Statement.objects.update(from_on=today() - 30 * DAY)
    changed(old, review_on=today() + 10 * DAY)
    assert (ask_owners(), ask_owners()) == (1, 0)
    draft = review_policy(old, "changed", "补充用数据说话", by=cast.ada)
    assert not Notice.objects.filter(is_todo=True, ended_at=None, person=cast.ada).exists()
    assert (draft.state, draft.text) == ("draft", "按标准办事")
    agreed(draft, cast)
    texts = Statement.objects.order_by("number").values_list("number", "to_on")
    assert list(texts) == [(1, today() - DAY), (2, None)]
    changed(old, review_on=today(), told_on=None)
    assert ask_owners() == 0  # nobody looks at what holds no more
    old.refresh_from_db()
    with pytest.raises(services.PolicyIsElsewhere):
        review_policy(old, "kept", "仍然合适", by=cast.ada)
    draft.refresh_from_db()
    review_policy(draft, "withdrawn", "并入公司方针", by=cast.ada)
    assert Statement.objects.get(number=2).to_on == today()
