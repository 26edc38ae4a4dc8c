"""Setting who is asked after which event."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.surveys.models import Mode, SendingRule

KEPT = ("event", "mode", "share_percent", "delay_minutes", "expiry_days", "channels", "units")


class RuleEnded(DomainError):
    message = _("This rule was ended. Make a new one instead.")


@transaction.atomic
def save_rule(rule: SendingRule, *, by: User | None) -> SendingRule:
    """Keep a rule; a new one asks about what happens from now on. Raises BadInput, RuleEnded."""
    if rule.mode == Mode.QR:
        raise BadInput(_("A code at a counter needs no rule."), field="mode")
    if rule.mode == Mode.IVR and rule.event != SendingRule.Event.CONTACT_ENDED:
        raise BadInput(_("Keys are pressed at the end of a call."), field="mode")
    if rule.pk is None:
        rule.starts_at, rule.created_by = now(), by
    elif not SendingRule.objects.select_for_update().filter(pk=rule.pk, ended_at=None).exists():
        raise RuleEnded()
    rule.save()
    record(by, "surveys.rule_saved", rule, after={name: getattr(rule, name) for name in KEPT})
    return rule


@transaction.atomic
def end_rule(rule: SendingRule, *, by: User) -> None:
    """It asks nobody any more, not even whom it was about to ask. Raises RuleEnded."""
    if not SendingRule.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=now()):
        raise RuleEnded()
    record(by, "surveys.rule_ended", rule)
