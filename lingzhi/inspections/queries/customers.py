"""What a customer had to do with the centre before, as far as one may see it."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to

SHOWN = 8


def earlier_conversations(user: User, contact: Contact) -> QuerySet[Contact]:
    """The customer's conversations before this one, the latest first; none of an unknown one."""
    if contact.customer_id is None or contact.started_at is None:
        return Contact.objects.none()
    before = Q(customer=contact.customer_id, started_at__lt=contact.started_at)
    rows = visible_to(user).filter(before).select_related("channel", "agent")
    return rows.order_by("-started_at")[:SHOWN]
