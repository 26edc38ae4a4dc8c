"""Findings and what is said about them, only of conversations within one's reach."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.inspections.access.rights import READ, WRITE, require
from lingzhi.inspections.models import Flag, Rule, RuleVersion


def contact_to_explain(user: User, contact: int, version: int) -> tuple[Contact, RuleVersion]:
    """A visible conversation and the rule version that is to be explained on it."""
    require(user, READ)
    rows = conversations(visible_to(user)).select_related("channel", "unit")
    found = rows.filter(pk=contact).first()
    judged = RuleVersion.objects.select_related("rule").filter(pk=version).first()
    if found is None or judged is None:
        raise Http404
    return found, judged


def contact_for_example(user: User, contact: int, version: int) -> tuple[Contact, RuleVersion]:
    """A visible conversation that this person may make an example of the version's rule."""
    found, judged = contact_to_explain(user, contact, version)
    require(user, WRITE)
    return found, judged


def finding_to_flag(user: User, contact: int, version: int) -> tuple[Contact, RuleVersion]:
    """A finding in the person's own conversation."""
    found, judged = contact_to_explain(user, contact, version)
    if not may_flag(user, found):
        raise PermissionDenied
    return found, judged


def may_flag(user: User, contact: Contact) -> bool:
    """Only whose conversation it is may call a hit in it wrong."""
    return contact.agent_id == user.pk


def flags_to_review(user: User, rule: Rule) -> list[Flag]:
    """What was flagged about a rule, of conversations within reach; for who writes rules."""
    if not user.can(WRITE):
        return []
    rows = Flag.objects.filter(version__rule=rule, contact__in=visible_to(user, WRITE))
    return list(rows.select_related("contact__agent", "version__rule", "flagged_by", "decided_by"))


def flag_to_decide(user: User, pk: int) -> Flag:
    """A flagged finding this person may decide about; nobody decides about their own."""
    require(user, WRITE)
    rows = Flag.objects.select_related("version__rule", "contact", "flagged_by")
    flag = rows.filter(pk=pk, contact__in=visible_to(user, WRITE)).first()
    if flag is None:
        raise Http404
    if flag.flagged_by_id == user.pk:
        raise PermissionDenied
    return flag
