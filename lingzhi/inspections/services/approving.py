"""Putting a rule into force where a chain of roles must agree first (审批)."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import ask
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.services.rules import activate_version, require_examples
from lingzhi.inspections.services.separating import require_supervisor
from lingzhi.notifications.services import tell

MATTER = "inspections.activate_rule"
CHANGED = _("A rule was changed after it was agreed to, and is not put into force.")


def request_activation(version: RuleVersion, *, reason: str = "", by: User) -> Approval | None:
    """Put the version into force, or ask the chain to agree; the request where one was made.

    The signatures are bound to the content as it is now.
    """
    require_supervisor(by)
    require_examples(version)
    with transaction.atomic():
        approval = ask(
            version,
            MATTER,
            title=f"{version.title} v{version.number}",
            url=reverse("inspections:rule", args=[version.rule_id]),
            content=version.body,
            job="inspections.activate_approved",
            arguments={"version_id": version.pk, "reason": reason},
            by=by,
        )
        if approval is None:
            activate_version(version, reason=reason, by=by)
    return approval


def activate_approved(version: RuleVersion | None, approval: Approval, *, reason: str) -> bool:
    """Put an agreed version into force; False where its content is gone or not what was signed."""
    if version is None or not approval.covers(version.body):
        with transaction.atomic():
            tell([approval.asked_by], CHANGED, url=approval.url)
        return False
    activate_version(version, reason=reason, by=approval.asked_by)
    return True
