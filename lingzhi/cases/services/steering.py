"""Telling the customer of a case which way suits better."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, Steering
from lingzhi.contacts.models import SteeringRule
from lingzhi.contacts.services.steering import count_steering
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError


class ToldAlready(DomainError):
    message = _("The customer of this case was told already.")


@transaction.atomic
def steer(case: Case, rule: SteeringRule, *, is_taken: bool, by: User) -> Steering:
    """The customer was told of the rule's way, and took it or not; counted with the rule."""
    try:
        with transaction.atomic():
            row = Steering.objects.create(
                case=case, rule=rule, is_taken=is_taken, told_at=now(), told_by=by
            )
    except IntegrityError as problem:
        raise ToldAlready() from problem
    record(by, "cases.steered", case, after={"rule": rule.pk, "is_taken": is_taken})
    count_steering(rule, SteeringRule.Place.DESK, shown=1, taken=int(is_taken))
    return row
