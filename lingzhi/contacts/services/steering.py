"""Rules of steering: kept, ended, and counted."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import SteeringCount, SteeringRule
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError

SAID = (
    "order", "in_portal", "in_chat", "at_desk", "case_type", "case_class", "segment_id",
    "only_shut", "channel_id", "sentence",
)  # fmt: skip


class EndedAlready(DomainError):
    message = _("This rule has ended already.")


@transaction.atomic
def keep_steering(rule: SteeringRule, *, by: User | None) -> SteeringRule:
    """Add a rule, or change it from now on. Raises BadInput, EndedAlready."""
    if not rule.sentence.get("zh-Hans"):
        raise BadInput(_("Please fill this in."), field="sentence_zh-Hans")
    rule.validate_constraints()
    before = SteeringRule.objects.select_for_update().filter(pk=rule.pk).first()
    if before and before.ended_at:
        raise EndedAlready()
    rule.save()
    said = _said(before) if before else None
    record(by, "contacts.steering_set", rule, before=said, after=_said(rule))
    return rule


def _said(rule: SteeringRule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in SAID}


@transaction.atomic
def end_steering(rule: SteeringRule, *, by: User) -> None:
    """It recommends nothing more; its counts stay."""
    if not SteeringRule.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=now()):
        raise EndedAlready()
    record(by, "contacts.steering_ended", rule)


@transaction.atomic
def count_steering(rule: SteeringRule, place: str, *, shown: int = 0, taken: int = 0) -> None:
    """It was shown, or taken. Counts only: who it was is not kept, so no audit row either."""
    row, _new = SteeringCount.objects.get_or_create(rule=rule, place=place, day=today())
    SteeringCount.objects.filter(pk=row.pk).update(
        shown=F("shown") + shown, taken=F("taken") + taken
    )
