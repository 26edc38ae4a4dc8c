"""Counting what the items of sheets have to do with what customers do afterwards."""

from django.db import transaction

from lingzhi.core.clock import now
from lingzhi.inspections.models import ItemValidity, Sheet
from lingzhi.inspections.queries.validity import counts_of


def count_validity() -> int:
    """Count every sheet anew; how many items were held against outcomes."""
    return sum(_count(sheet) for sheet in Sheet.objects.all())


def _count(sheet: Sheet) -> int:
    moment, counts = now(), counts_of(sheet)
    rows = [
        ItemValidity(
            sheet=sheet, item=item, outcome=outcome, failed_count=failed, failed_bad=failed_bad,
            fine_count=fine, fine_bad=fine_bad, counted_at=moment,
        )
        for (item, outcome), (failed, failed_bad, fine, fine_bad) in counts.items()
    ]  # fmt: skip
    with transaction.atomic():
        ItemValidity.objects.filter(sheet=sheet).delete()
        ItemValidity.objects.bulk_create(rows, batch_size=500)
    return len({row.item for row in rows})
