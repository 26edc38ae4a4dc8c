"""What an agent did on a day, and which daily work reports somebody may see."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.queries import conversations, published
from lingzhi.core.clock import midnight
from lingzhi.org.queries import reach
from lingzhi.reports.models import WorkReport


def work_of(person: User, day: date) -> dict[str, Any]:
    """Own contacts of a day by channel and outcome, and how long they took; as JSON.

    A call that rang at the agent and was not answered is no work and does not count. `seconds`
    sums the conversations whose begin and end are both known; `unknown` are the others.
    """
    rows = conversations(published()).filter(
        agent=person,
        started_at__gte=midnight(day),
        started_at__lt=midnight(day + timedelta(days=1)),
    )
    found = list(rows.order_by().values_list("channel__code", "outcome", "answered_at", "ended_at"))
    timed = [(since, until) for _c, _o, since, until in found if since and until]
    return {
        "contacts": len(found),
        "by_channel": _counted(channel for channel, *_rest in found),
        "by_outcome": _counted(outcome for _channel, outcome, *_rest in found),
        "seconds": round(sum((until - since).total_seconds() for since, until in timed)),
        "unknown": len(found) - len(timed),
    }


def _counted(words: Iterable[str]) -> list[list[Any]]:
    return [[word, n] for word, n in sorted(Counter(words).items(), key=lambda one: (-one[1], one))]


def work_reports_visible_to(user: User) -> QuerySet[WorkReport]:
    """Own reports, and those of the units within reach."""
    where = reach(user, "reports.read").over("unit__path", "person_id")
    rows = WorkReport.objects.filter(where) | WorkReport.objects.filter(person=user)
    return rows.select_related("person", "unit", "confirmed_by")
