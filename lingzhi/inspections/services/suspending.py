"""Taking a version out of judging until somebody has looked at it: suspension (规则熔断).

A version that errs or costs too much must not hold up the others, nor give verdicts nobody can
rely on. While it is suspended no snapshot takes it in; a run that goes on answers unknown for it.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import RuleVersion, Snapshot
from lingzhi.inspections.services.telling import Title
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Matter
from lingzhi.org.queries import assignments_on, responsible_now


class NotSuspended(DomainError):
    message = _("This version is not suspended.")


@transaction.atomic
def suspend_version(
    version: RuleVersion, reason: str, by: User | None = None, *, seen_at: datetime | None = None
) -> bool:
    """Let a version judge nothing from now on; False where it was suspended before.

    `reason` is a sentence, or a code of `suspension_in_words`. `seen_at` is when the version was
    taken to judge: what was seen before a suspension was lifted does not suspend it again.
    """
    if not reason.strip():
        raise BadInput(_("Say why the rule is suspended."), field="reason")
    rows = RuleVersion.objects.filter(pk=version.pk, suspended_at=None)
    if seen_at is not None:
        rows = rows.filter(Q(lifted_at=None) | Q(lifted_at__lt=seen_at))
    if not rows.update(suspended_at=now(), suspended_reason=reason.strip()[:300]):
        return False
    version.refresh_from_db(fields=["suspended_at", "suspended_reason"])
    after = {"version": version.number}
    record(by, "inspections.rule_suspended", version.rule, after=after, reason=reason.strip())
    tell(
        answering(version),
        format_lazy(_("Suspended: {rule}"), rule=Title(version)),
        url=reverse("inspections:rule", args=[version.rule_id]),
        is_todo=True,
        matter=_matter(version),
    )
    return True


@transaction.atomic
def suspend_all(reasons: Mapping[int, str], snapshot: Snapshot) -> None:
    """Suspend versions that a snapshot could not judge by, `{version id: reason}`."""
    versions = RuleVersion.objects.select_related("rule__owner").filter(
        pk__in=reasons, suspended_at=None
    )
    for version in versions:
        suspend_version(version, reasons[version.pk], seen_at=snapshot.created_at)


@transaction.atomic
def lift_suspension(version: RuleVersion, *, by: User) -> None:
    """Let a suspended version judge again. Conversations it left out can be inspected anew."""
    rows = RuleVersion.objects.filter(pk=version.pk, suspended_at__isnull=False)
    if not rows.update(suspended_at=None, suspended_reason="", lifted_at=now()):
        raise NotSuspended()
    before = {"version": version.number, "reason": version.suspended_reason}
    record(by, "inspections.suspension_lifted", version.rule, before=before)
    settle_matter(_matter(version))


def _matter(version: RuleVersion) -> str:
    return f"inspections.suspended/{version.pk}"


def answering(version: RuleVersion) -> list[User]:
    """The owner of the rule, or who stands in; the quality managers of a rule nobody owns."""
    owner = version.rule.owner
    if owner is not None and owner.is_active:
        return [responsible_now(owner, now(), Matter.QUALITY) or owner]
    rows = assignments_on(today()).filter(role="quality_manager").select_related("person")
    return [row.person for row in rows]
