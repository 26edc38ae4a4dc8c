"""Conflicts of interest (回避): whose conversations a person should not inspect."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import current_lines, may_supervise, teams_on


class Conflict(TextChoices):
    """Why somebody should not inspect a conversation; the first is never overridden."""

    CONVERSATION = "conversation", _("own conversation")
    TEAM = "team", _("own team")
    HEAD = "head", _("head of the team")
    CUSTOMER = "customer", _("has served the same customer")
    LINE = "line", _("outside the supervising line")


Pairs = dict[tuple[int, int], Conflict]


def conflict_of(person: User, contact: Contact) -> Conflict | None:
    """The gravest conflict of one person with one conversation, if any is known."""
    return conflicts([person], [contact]).get((person.pk, contact.pk))


def conflicts(people: Sequence[User], contacts: Sequence[Contact]) -> Pairs:
    """The gravest conflict of each person with each conversation, by both their numbers.

    The number of queries does not grow with the conversations. Whose complaint a conversation is
    about, no table knows yet: who served its customer, as an agent, counts as concerned.
    """
    ids, day = [person.pk for person in people], today()
    teams = {pk: unit.pk for pk, unit in teams_on(day, ids).items() if unit.kind == Unit.Kind.TEAM}
    heads = set(Unit.objects.filter(owner__in=ids, kind=Unit.Kind.TEAM).values_list("owner", "pk"))
    served = _served(ids, {one.customer_id for one in contacts if one.customer_id})
    beyond = _outside(people, contacts, day)
    found: Pairs = {}
    for person in ids:
        for contact in contacts:
            unit = contact.unit_id
            reasons = {
                Conflict.CONVERSATION: contact.agent_id == person,
                Conflict.TEAM: unit is not None and teams.get(person) == unit,
                Conflict.HEAD: (person, unit) in heads,
                Conflict.CUSTOMER: (person, contact.customer_id) in served,
                Conflict.LINE: (person, unit) in beyond,
            }
            gravest = next((reason for reason, holds in reasons.items() if holds), None)
            if gravest is not None:
                found[person, contact.pk] = gravest
    return found


def _served(people: Iterable[int], customers: Iterable[int]) -> set[tuple[int, int]]:
    rows = Contact.objects.filter(agent__in=people, customer__in=customers).order_by()
    return set(rows.values_list("agent", "customer").distinct())


def _outside(
    people: Sequence[User], contacts: Sequence[Contact], day: date
) -> set[tuple[int, int | None]]:
    """Persons and units they must not supervise, where the company separates the lines."""
    if not current_lines().is_separated:
        return set()
    units = {one.unit_id: one.unit for one in contacts if one.unit is not None}
    return {
        (person.pk, pk)
        for person in people
        for pk, unit in units.items()
        if not may_supervise(person, unit, day)
    }
