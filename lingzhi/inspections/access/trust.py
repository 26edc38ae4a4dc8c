"""Who marks verdicts as right or wrong."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.inspections.access.rights import SCORE, require
from lingzhi.org.queries import reach


def contact_to_mark(user: User, pk: int) -> Contact:
    """A conversation within reach whose findings this person may mark; never one's own."""
    require(user, SCORE)
    contact = conversations(visible_to(user, SCORE)).filter(pk=pk).first()
    if contact is None:
        raise Http404
    if contact.agent_id == user.pk:
        raise PermissionDenied
    return contact


def may_mark(user: User, contact: Contact) -> bool:
    """Whether this person may mark findings of a conversation they see."""
    is_own = contact.agent_id == user.pk
    return (
        user.can(SCORE) and not is_own and reach(user, SCORE).covers(contact.unit, contact.agent_id)
    )
