"""Setting how a centre judges people; what changed stays in the audit log (质检规则)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.inspections.models import Policy
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.org.models import Unit


@transaction.atomic
def set_policy(unit: Unit, values: Mapping[str, Any], *, by: User) -> Policy:
    """Give a site settings of its own, or change them; nothing is written where none differs.

    What held before, be it a unit's above or the defaults, stands in the audit log.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    held = policy_of(unit)
    differs = {name: value for name, value in values.items() if getattr(held, name) != value}
    if held.unit_id == unit.pk and not differs:
        return held
    changes = {**values, "changed_at": now(), "changed_by": by}
    policy, _new = Policy.objects.update_or_create(unit=unit, defaults=changes)
    before = {name: getattr(held, name) for name in differs}
    record(by, "inspections.policy_set", policy, before=before, after=differs)
    return policy
