"""Who marks verdicts as right or wrong."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.inspections.access.rights import SCORE, require
from lingzhi.inspections.models import Rule, RuleLabel
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


def labels_to_read(user: User, rule: Rule) -> QuerySet[RuleLabel]:
    """What people said about a rule, the newest first, of conversations within reach.

    Only for who scores: a label may come from a score that is not released, or a covert one.
    """
    if not user.can(SCORE):
        return RuleLabel.objects.none()
    rows = RuleLabel.objects.filter(version__rule=rule, contact__in=visible_to(user, SCORE))
    return rows.exclude(contact__agent=user).select_related("contact", "version", "labelled_by")


def may_mark(user: User, contact: Contact) -> bool:
    """Whether this person may mark findings of a conversation they see."""
    is_own = contact.agent_id == user.pk
    return (
        user.can(SCORE) and not is_own and reach(user, SCORE).covers(contact.unit, contact.agent_id)
    )
