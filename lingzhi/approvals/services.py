"""Asking for approval and deciding; the last agreement queues what was asked for."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.approvals.models import Approval, Chain, Signature, digest_of
from lingzhi.approvals.queries import MATTERS, chain_of, is_due, signers_due
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.jobs.services import later
from lingzhi.notifications.services import settle_matter, tell

State = Approval.State


class AlreadyAsked(DomainError):
    message = _("An approval of this is under way already.")


class NotYourStep(DomainError):
    message = _("This step is not yours to decide, or it has been decided.")


@transaction.atomic
def ask(
    subject: models.Model,
    matter: str,
    *,
    title: str,
    url: str,
    content: Any,
    job: str,
    arguments: dict[str, Any],
    roles: list[str] | None = None,
    by: User,
) -> Approval | None:
    """Ask the chain of `matter` to agree; None when no step is set and nothing has to be asked.

    `content` (JSON) is what the signatures are bound to. After the last agreement the job runs
    with `arguments` and `approval_id`. `roles` takes the place of the chain where it depends on
    more than the matter.
    """
    roles = chain_of(matter) if roles is None else roles
    if not roles:
        return None
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                matter=matter, title=title[:200], url=url, subject=_name(subject), roles=roles,
                content_sha256=digest_of(content), job=job, job_arguments=arguments,
                asked_at=now(), asked_by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        raise AlreadyAsked() from problem
    record(by, "approvals.asked", approval, after={"matter": matter, "subject": _name(subject)})
    _tell_next(approval)
    return approval


def _name(subject: models.Model) -> str:
    return f"{subject._meta.label_lower}/{subject.pk}"


def _tell_next(approval: Approval) -> None:
    url = reverse("approvals:detail", args=[approval.pk])
    tell(signers_due(approval), approval.title, url=url, is_todo=True, matter=_name(approval))


@transaction.atomic
def decide(approval: Approval, *, is_agreed: bool, comment: str, by: User) -> None:
    """Sign the step that is due. A refusal needs its reason and ends the request."""
    if not is_agreed and not comment.strip():
        raise BadInput(_("Say why you refuse."), field="comment")
    role = approval.role_due
    if not role or not is_due(approval, by):
        raise NotYourStep()
    signature = _sign(approval, role, is_agreed, comment.strip(), by)
    settle_matter(_name(approval))
    action = "approvals.agreed" if is_agreed else "approvals.refused"
    record(by, action, approval, after={"step": signature.step, "role": role}, reason=comment)
    if not is_agreed:
        _end(approval, State.REFUSED, format_lazy(_("Refused: {title}"), title=approval.title))
    elif signature.step + 1 == len(approval.roles):
        later(approval.job, approval_id=approval.pk, **approval.job_arguments)
        _end(approval, State.APPROVED, format_lazy(_("Approved: {title}"), title=approval.title))
    else:
        _tell_next(approval)


def _sign(approval: Approval, role: str, is_agreed: bool, comment: str, by: User) -> Signature:
    before = approval.signatures.order_by("-step").first()
    bound = [
        approval.content_sha256, before.digest if before else "", role, is_agreed, comment, by.pk
    ]  # fmt: skip
    try:
        with transaction.atomic():
            return Signature.objects.create(
                approval=approval, step=approval.step, role=role, is_agreed=is_agreed,
                comment=comment, signed_at=now(), signed_by=by, digest=digest_of(bound),
            )  # fmt: skip
    except IntegrityError as problem:
        raise NotYourStep() from problem


def _end(approval: Approval, state: str, title: Promise) -> None:
    ended = Approval.objects.filter(pk=approval.pk, state=State.OPEN).update(
        state=state, ended_at=now()
    )
    if not ended:
        raise NotYourStep()
    tell([approval.asked_by], title, url=approval.url)


@transaction.atomic
def withdraw(approval: Approval, *, by: User) -> None:
    """Take an open request back; only who asked may."""
    claimed = Approval.objects.filter(pk=approval.pk, state=State.OPEN, asked_by=by).update(
        state=State.WITHDRAWN, ended_at=now()
    )
    if not claimed:
        raise NotYourStep()
    settle_matter(_name(approval))
    record(by, "approvals.withdrawn", approval)


@transaction.atomic
def set_chain(matter: str, roles: list[str], *, by: User) -> Chain:
    """Set the steps of a matter. Requests under way keep the steps they started with."""
    if matter not in MATTERS or any(role not in ROLES for role in roles):
        raise BadInput(_("This matter or role is not known."), field="roles")
    before = chain_of(matter)
    chain = Chain.objects.update_or_create(matter=matter, defaults={"roles": roles})[0]
    record(by, "approvals.chain_set", chain, before={"roles": before}, after={"roles": roles})
    return chain
