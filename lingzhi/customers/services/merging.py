"""Two files of one customer become one, and two again where that was wrong.

What follows the customer stands in `settings.CUSTOMER_ROWS` (`app.model.field`): each upper app
names its own columns there. Undoing takes back exactly the rows that were moved.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Customer, Merge, Moved
from lingzhi.customers.services.notes import FileClosed, require_open
from lingzhi.notifications.services.outbox import announce

GROUP = 5_000  # keys in one statement


class SameFile(DomainError):
    code = "same_file"
    message = _("These are one and the same file.")


class NotLast(DomainError):
    code = "not_last"
    message = _("The file that was kept was merged further. Undo that first.")


class UndoneAlready(DomainError):
    code = "undone_already"
    message = _("This merge was undone already.")


@transaction.atomic
def merge_customers(kept: Customer, merged: Customer, *, reason: str, by: User) -> Merge:
    """Put everything of `merged` under `kept`. Rows that `kept` has alike stay where they are.

    Raises SameFile, FileClosed (either was merged or erased), BadInput without a reason.
    """
    if kept.pk == merged.pk:
        raise SameFile()
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    require_open(kept)
    rows = Customer.objects.filter(pk=merged.pk, merged_into=None, erased_at=None)
    if not rows.update(merged_into=kept):
        raise FileClosed()
    merge = Merge.objects.create(
        kept=kept, merged=merged, reason=reason.strip(), merged_at=now(), merged_by=by
    )
    counts = {}
    for path in settings.CUSTOMER_ROWS:
        if keys := _move(path, merged.pk, kept.pk):
            Moved.objects.create(merge=merge, column=path, keys=keys)
            counts[path] = len(keys)
    after = {"merged": str(merged), "rows": counts}
    announce("customer.merged", lambda: {"kept": kept.pk, "merged": merged.pk})
    record(by, "customers.merged", kept, after=after, reason=reason.strip())
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, reason: str, by: User) -> None:
    """Take a merge apart: the rows that it moved and that `kept` still has go back.

    Raises UndoneAlready, NotLast where `kept` is itself merged by now, BadInput without a reason.
    """
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    if Customer.objects.filter(pk=merge.kept_id).exclude(merged_into=None, erased_at=None).exists():
        raise NotLast()
    facts = {"undone_at": now(), "undone_by": by, "undo_reason": reason.strip()}
    if not Merge.objects.filter(pk=merge.pk, undone_at=None).update(**facts):
        raise UndoneAlready()
    Customer.objects.filter(pk=merge.merged_id).update(merged_into=None)
    for moved in merge.moved.all():
        model, field = _column(moved.column)
        for keys in _groups(moved.keys):
            rows = model._base_manager.filter(pk__in=keys, **{field: merge.kept_id})
            rows.update(**{field: merge.merged_id})
    after = {"merged": str(merge.merged)}
    record(by, "customers.merge_undone", merge.kept, before=after, reason=reason.strip())


def _groups(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (keys[at : at + GROUP] for at in range(0, len(keys), GROUP))


def _column(path: str) -> tuple[type[models.Model], str]:
    app, model, field = path.split(".")
    return apps.get_model(app, model), f"{field}_id"


def _move(path: str, source: int, target: int) -> list[Any]:
    """Give the rows of one column to `target`; the keys of those that moved."""
    model, field = _column(path)
    keys = [str(key) for key in _movable(model, field, source, target)]
    for group in _groups(keys):
        model._base_manager.filter(pk__in=group).update(**{field: target})
    return keys


def _movable(model: type[models.Model], field: str, source: int, target: int) -> Iterator[Any]:
    """Keys of the rows of `source` that are not alike one of `target`, where rows must differ."""
    own = model._base_manager.filter(**{field: source})
    name = field.removesuffix("_id")
    alike: set[Any] = set()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            rest = [one for one in constraint.fields if one != name]
            there = set(model._base_manager.filter(**{field: target}).values_list(*rest))
            rows = own.values_list("pk", *rest)
            alike |= {key for key, *values in rows if tuple(values) in there}
    return (key for key in own.values_list("pk", flat=True) if key not in alike)
