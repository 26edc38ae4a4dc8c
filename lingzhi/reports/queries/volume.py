"""How many conversations there were, how many were inspected, how many calls nobody answered."""

from typing import Any

from django.db.models import Count

from lingzhi.contacts.queries import conversations, unanswered
from lingzhi.reports.queries.material import Material


def volume_of(now: Material, earlier: Material) -> dict[str, Any]:
    """Conversations by channel, those before, how many were inspected; and the calls beside them
    that nobody answered.
    """
    talks = conversations(now.contacts)
    by_channel = talks.order_by().values_list("channel__code").annotate(Count("pk"))
    return {
        "contacts": talks.count(),
        "before": conversations(earlier.contacts).count(),
        "unanswered": unanswered(now.contacts).count(),
        "inspected": now.tallies.inspected,
        "by_channel": sorted(by_channel, key=lambda row: (-row[1], row[0])),
    }
