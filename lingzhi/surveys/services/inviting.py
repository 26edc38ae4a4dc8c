"""Turning what happened into invitations that are due: each exactly once a rule."""

from datetime import timedelta

from django.db import transaction

from lingzhi.audit.services import record
from lingzhi.surveys.models import Invitation, Mode, SendingRule
from lingzhi.surveys.queries.events import Event, events_of, is_drawn, rules_in_use

State, Reason = Invitation.State, Invitation.Reason


def invite() -> int:
    """Note what the rules in force want judged; how many are to be asked.

    Running twice, or two at once, notes nothing twice: a rule and a key stand for one invitation.
    """
    return sum(_invite(rule) for rule in rules_in_use())


@transaction.atomic
def _invite(rule: SendingRule) -> int:
    rows = [_invitation(rule, one) for one in events_of(rule)]
    Invitation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    _join_answered_before(rule, rows)
    due = sum(one.state == State.DUE for one in rows)
    if rows:
        record(None, "surveys.invitations_due", rule, after={"found": len(rows), "due": due})
    return due


def _invitation(rule: SendingRule, event: Event) -> Invitation:
    reason = Reason.NONE
    if not is_drawn(rule.seed, rule.share_percent, event.key):
        reason = Reason.SHARE
    elif event.customer is None and rule.mode in (Mode.MAIL, Mode.SMS, Mode.PHONE):
        reason = Reason.NO_CUSTOMER
    return Invitation(
        rule=rule, key=event.key, mode=rule.mode, customer_id=event.customer, case_id=event.case,
        contact_id=event.contact, agent_id=event.agent, unit_id=event.unit, served_at=event.at,
        due_at=event.at + timedelta(minutes=rule.delay_minutes), reason=reason,
        state=State.WITHHELD if reason else State.DUE,
    )  # fmt: skip


def _join_answered_before(rule: SendingRule, rows: list[Invitation]) -> None:
    """Keys that were pressed before the conversation itself was delivered: now it is known whose
    service it was."""
    keys = {one.key: one for one in rows}
    waiting = Invitation.objects.filter(rule=rule, key__in=keys, contact=None, mode=Mode.IVR)
    for one in waiting:
        known = keys[one.key]
        Invitation.objects.filter(pk=one.pk).update(
            contact=known.contact_id, customer=known.customer_id, agent=known.agent_id,
            unit=known.unit_id, served_at=known.served_at,
        )  # fmt: skip
