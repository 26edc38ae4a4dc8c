"""Reading queues, and the calls of theirs that nobody took."""

from django.db.models import F, QuerySet

from lingzhi.contacts.models import Call, CallQueue, Contact
from lingzhi.contacts.queries.contacts import unanswered


def queues() -> QuerySet[CallQueue]:
    """Every queue that a phone system told of; those of no team first."""
    rows = CallQueue.objects.select_related("source", "unit")
    return rows.order_by(F("unit__path").asc(nulls_first=True), "source__name", "name")


def lost_contacts(queue: CallQueue) -> QuerySet[Contact]:
    """Calls of the queue that nobody took, of no team and of nobody."""
    rows = Contact.objects.filter(source=queue.source_id, queue=queue.name, unit=None, agent=None)
    return unanswered(rows.filter(agent_reference="")).order_by("pk")


def lost_calls(queue: CallQueue) -> QuerySet[Call]:
    """The same, as the phone system told of them; those that wait now as well."""
    return Call.objects.filter(
        source=queue.source_id, queue=queue.name, unit=None, agent=None, agent_reference="",
        answered_at=None,
    )  # fmt: skip
