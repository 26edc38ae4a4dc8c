"""Layouts of the monthly export, and what was taken out with them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import ExportLayout
from lingzhi.inspections.queries.layouts import FORMATS, Column, kind_of, scores_of_month
from lingzhi.org.models import Unit


@transaction.atomic
def save_layout(
    layout: ExportLayout | None, columns: Sequence[Column], *, title: str, unit: Unit, by: User
) -> ExportLayout:
    """Make or change a layout. Raises BadInput without a column, for two layouts of one title, and
    for a format that does not fit what the column holds."""
    if not columns:
        raise BadInput(_("A layout has at least one column."), field="columns")
    for one in columns:
        if one.get("format") and one["format"] not in FORMATS.get(kind_of(one["source"]), ()):
            raise BadInput(
                _("“%(heading)s” cannot be written that way.") % {"heading": one["heading"]},
                field="columns",
            )
    same = ExportLayout.objects.filter(title=title)
    if (same.exclude(pk=layout.pk) if layout else same).exists():
        raise BadInput(_("Another layout has this title."), field="title")
    found = layout or ExportLayout()
    found.title, found.unit, found.columns = title, unit, [dict(one) for one in columns]
    found.changed_at, found.changed_by = now(), by
    found.save()
    record(by, "inspections.layout_saved", found, after={"columns": len(columns)})
    return found


@transaction.atomic
def drop_layout(layout: ExportLayout, *, by: User) -> None:
    """Throw a layout away; what was exported with it stands in the audit log."""
    record(by, "inspections.layout_dropped", layout, before={"title": layout.title})
    layout.delete()


@transaction.atomic
def record_scores_export(layout: ExportLayout, month: date, *, by: User | None) -> int:
    """Note that a month of scores is taken out; the number of them."""
    count = scores_of_month(layout, month).count()
    after = {"month": f"{month:%Y-%m}", "scores": count, "layout": layout.title}
    record(by, "inspections.scores_exported", layout, after=after)
    return count
