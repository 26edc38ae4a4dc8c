"""Writing to the audit log: always inside the transaction of the act itself."""

from typing import Any

from django.db import connection, models

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now
from lingzhi.core.origin import current_origin


class OutsideTransaction(RuntimeError):
    """An act was recorded outside a transaction: row and act could part. This is a bug."""


def record(
    actor: Any,
    action: str,
    subject: models.Model,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Record one act on `subject`, in the caller's transaction.

    `actor` is a user, or None for the program itself. `before` and `after` hold only the changed
    values, JSON-ready and without raw personal data. A subject that names itself for the log
    (`audit_label`) does so: the log holds staff numbers, not names.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(action)
    origin = current_origin.get()
    return Entry.objects.create(
        at=now(),
        actor_id=actor.pk if actor is not None else None,
        actor_label=actor.audit_label if actor is not None else origin.door,
        action=action,
        object_type=subject._meta.label_lower,
        object_id=str(subject.pk),
        object_label=str(getattr(subject, "audit_label", subject))[:200],
        before=before or {},
        after=after or {},
        reason=reason,
        address=origin.address,
        door=origin.door,
        request_id=origin.request_id,
    )
