"""Setting and ending targets over many clocks."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import ClockTarget
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput


@transaction.atomic
def set_target(target: ClockTarget, *, by: User | None) -> ClockTarget:
    """A target from its first day on. Raises BadInput."""
    if not 0 < target.percent <= 100:
        raise BadInput(_("A share lies between 0 and 100."), field="percent")
    target.save(force_insert=True)
    record(by, "cases.target_set", target, after={"target": str(target), "kind": target.kind})
    return target


@transaction.atomic
def end_target(target: ClockTarget, *, by: User | None) -> None:
    """It holds no longer; doing so twice changes nothing."""
    last = max(target.from_on, today() - timedelta(days=1))
    if ClockTarget.objects.filter(pk=target.pk, to_on=None).update(to_on=last):
        record(by, "cases.target_ended", target, after={"to": str(last)})
