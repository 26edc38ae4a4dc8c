"""How many conversations there were, how many were inspected, how many calls nobody answered."""

from typing import Any

from django.db.models import Count

from lingzhi.contacts.queries import unanswered, with_words
from lingzhi.inspections.queries import inspected
from lingzhi.reports.queries.material import Material


def volume_of(now: Material, earlier: Material) -> dict[str, Any]:
    """Conversations by channel, those before, how many were inspected; and the calls beside them
    that nobody answered. What is withheld today was a conversation all the same.
    """
    talks = with_words(now.contacts)
    by_channel = talks.order_by().values_list("channel__code").annotate(Count("pk"))
    return {
        "contacts": talks.count(),
        "before": with_words(earlier.contacts).count(),
        "unanswered": unanswered(now.contacts).count(),
        "inspected": inspected(talks).count(),
        "by_channel": sorted(by_channel, key=lambda row: (-row[1], row[0])),
    }
