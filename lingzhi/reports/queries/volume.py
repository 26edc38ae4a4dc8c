"""How many contacts there were and how many of them were inspected."""

from typing import Any

from django.db.models import Count

from lingzhi.reports.queries.material import Material


def volume_of(now: Material, earlier: Material) -> dict[str, Any]:
    """Contacts by channel, those before, and how many were inspected."""
    by_channel = now.contacts.order_by().values_list("channel__code").annotate(Count("pk"))
    return {
        "contacts": now.contacts.count(),
        "before": earlier.contacts.count(),
        "inspected": len(now.verdicts),
        "by_channel": sorted(by_channel, key=lambda row: (-row[1], row[0])),
    }
