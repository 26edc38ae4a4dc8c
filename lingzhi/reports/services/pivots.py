"""Keeping analyses, and letting go of them."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.reports.models import Pivot


@transaction.atomic
def keep_pivot(name: str, asked: str, *, is_shared: bool, by: User) -> Pivot:
    """Keep a question under a name, that of an own one only once."""
    try:
        with transaction.atomic():
            pivot = Pivot.objects.create(
                name=name, asked=asked, is_shared=is_shared, kept_at=now(), kept_by=by
            )
    except IntegrityError:
        raise BadInput(_("You keep an analysis of this name already."), field="name") from None
    record(by, "reports.pivot_kept", pivot, after={"name": name, "shared": is_shared})
    return pivot


@transaction.atomic
def remove_pivot(pivot: Pivot, *, by: User) -> None:
    """Let go of an analysis; the facts stay."""
    record(by, "reports.pivot_removed", pivot, before={"name": pivot.name})
    pivot.delete()
