"""Supervision areas with their owners, and the lines that supervision follows."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.org.models import SupervisionArea, SupervisionLines
from lingzhi.org.queries import current_lines
from lingzhi.org.services.changes import apply


class AreaIsClosed(DomainError):
    message = _("This area is closed.")


@transaction.atomic
def create_area(*, by: User | None, **values: Any) -> SupervisionArea:
    """Cut out an area: unit, name, covers and its owner (R-OR-10)."""
    area = SupervisionArea(**values)
    area.validate_constraints()
    area.save()
    record(by, "org.area_created", area, after={"owner": area.owner.staff_no})
    return area


@transaction.atomic
def change_area(area: SupervisionArea, values: dict[str, Any], *, by: User | None) -> None:
    """Change name, extent or owner."""
    if area.closed_at is not None:
        raise AreaIsClosed()
    before, after = apply(area, values)
    if after:
        record(by, "org.area_changed", area, before=before, after=after)


@transaction.atomic
def close_area(area: SupervisionArea, *, by: User | None, reason: str = "") -> None:
    """The area is supervised no longer."""
    if not SupervisionArea.objects.filter(pk=area.pk, closed_at=None).update(
        closed_at=now(), closed_by=by
    ):
        raise AreaIsClosed()
    record(by, "org.area_closed", area, reason=reason)


@transaction.atomic
def change_lines(values: dict[str, Any], *, by: User | None) -> SupervisionLines:
    """Choose how supervision runs; applies to every decision from now on."""
    before = {name: getattr(current_lines(), name) for name in values}
    lines, _created = SupervisionLines.objects.update_or_create(pk=1, defaults=values)
    record(by, "org.lines_changed", lines, before=before, after=values)
    return lines
