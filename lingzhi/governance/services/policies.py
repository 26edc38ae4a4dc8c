"""The quality policy: writing its next version, its approval, and putting it into force."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.queries import chain_of
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import PolicyVersion
from lingzhi.governance.queries.months import months_later
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Statement
from lingzhi.org.services.statements import end_statement, publish_statement

State = PolicyVersion.State
POLICY = Statement.Kind.POLICY
MATTER = "governance.policy"
USUAL = ["leadership"]  # until the house sets its own chain
FACTS = ("unit_id", "text", "change", "owner_id", "every_months")
DAY = timedelta(days=1)


class PolicyIsElsewhere(DomainError):
    message = _("The state of the policy does not allow this, or somebody was quicker.")


@transaction.atomic
def keep_policy(policy: PolicyVersion, *, by: User) -> PolicyVersion:
    """A draft, new or changed. Raises BadInput, PolicyIsElsewhere."""
    holds = Statement.objects.filter(unit=policy.unit, kind=POLICY, to_on=None).first()
    if holds is not None and policy.from_on <= holds.from_on:
        raise BadInput(_("It must begin after the one it replaces."), field="from_on")
    others = PolicyVersion.objects.filter(
        unit=policy.unit, state__in=[State.DRAFT, State.ASKED]
    ).exclude(pk=policy.pk)
    if others.exists():
        raise BadInput(_("A next version is being written already."), field="unit")
    if policy.pk:
        _claim(policy, State.DRAFT, state=State.DRAFT)
    policy.kept_at, policy.kept_by = now(), by
    policy.save()
    record(by, "governance.policy_kept", policy, after=content_of(policy))
    return policy


@transaction.atomic
def request_approval(policy: PolicyVersion, *, by: User) -> Approval | None:
    """Put it before the chain of the policy. Raises PolicyIsElsewhere."""
    _claim(policy, State.DRAFT, state=State.ASKED)
    return ask(
        policy, MATTER, title=str(_("Quality policy")), url=url_of(policy),
        content=content_of(policy), job="governance.approve_policy",
        arguments={"policy_id": policy.pk}, roles=chain_of(MATTER) or USUAL, by=by,
    )  # fmt: skip


@transaction.atomic
def publish_policy(policy: PolicyVersion, approval: Approval) -> bool:
    """The last signature was given: everybody reads it from its first day, never from one that
    was over when it was signed. False where it is not what was signed or waits no more.
    """
    if policy.state != State.ASKED or not approval.covers(content_of(policy)):
        return False
    signer = approval.signatures.latest("step").signed_by
    before = PolicyVersion.objects.filter(unit=policy.unit, state=State.PUBLISHED)
    for one in before:
        settle_matter(matter_of(one))
    holds = Statement.objects.filter(unit=policy.unit, kind=POLICY, to_on=None).first()
    from_on = max([policy.from_on, today(), *([holds.from_on + DAY] if holds else [])])
    statement = publish_statement(
        policy.unit, POLICY, policy.text, from_on=from_on, change=policy.change, by=signer
    )
    _claim(policy, State.ASKED, state=State.PUBLISHED, statement=statement, approved_at=now(),
           approved_by=signer, review_on=months_later(from_on, policy.every_months))  # fmt: skip
    record(signer, "governance.policy_published", policy, after={"approval": approval.pk})
    tell([policy.owner], _("You answer for the quality policy"), url=url_of(policy))
    return True


@transaction.atomic
def reopen(policy: PolicyVersion, *, by: User) -> PolicyVersion:
    """A draft again after a refusal, or once its approval was taken back.

    Raises PolicyIsElsewhere.
    """
    subject = f"{policy._meta.label_lower}/{policy.pk}"
    if Approval.objects.filter(subject=subject, state=Approval.State.OPEN).exists():
        raise PolicyIsElsewhere(_("Its approval is still open."))
    _claim(policy, State.ASKED, state=State.DRAFT)
    record(by, "governance.policy_reopened", policy)
    return policy


@transaction.atomic
def drop(policy: PolicyVersion, reason: str, *, by: User) -> PolicyVersion:
    """A draft is given up. Raises BadInput, PolicyIsElsewhere."""
    why = reason.strip()
    if not why:
        raise BadInput(_("Say why."), field="reason")
    _claim(policy, State.DRAFT, state=State.DROPPED)
    record(by, "governance.policy_dropped", policy, reason=why)
    return policy


@transaction.atomic
def next_policy(policy: PolicyVersion, change: str, *, by: User) -> PolicyVersion:
    """The draft of what is to take its place, with the same words. Raises BadInput."""
    assert policy.statement is not None
    from_on = max(today(), policy.statement.from_on + DAY)
    found = PolicyVersion(
        unit=policy.unit, text=policy.text, change=change, from_on=from_on, owner=policy.owner,
        every_months=policy.every_months,
    )  # fmt: skip
    return keep_policy(found, by=by)


def withdraw(policy: PolicyVersion, reason: str, *, by: User) -> None:
    """It holds up to today and nothing takes its place. Raises StatementHasEnded."""
    assert policy.statement is not None
    end_statement(policy.statement, reason=reason, by=by)


def content_of(policy: PolicyVersion) -> dict[str, Any]:
    """What signatures are bound to."""
    return {name: getattr(policy, name) for name in FACTS} | {"from_on": str(policy.from_on)}


def _claim(policy: PolicyVersion, state_now: str, /, **changes: Any) -> None:
    if not PolicyVersion.objects.filter(pk=policy.pk, state=state_now).update(**changes):
        raise PolicyIsElsewhere()
    for name, value in changes.items():
        setattr(policy, name, value)


def url_of(policy: PolicyVersion) -> str:
    return reverse("governance:policy", args=[policy.pk])


def matter_of(policy: PolicyVersion) -> str:
    return f"governance.policy/{policy.pk}"
