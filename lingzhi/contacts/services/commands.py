"""Asking a phone system for something: each command once, under its number."""

import re
import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import CallLeg, CommandAddress
from lingzhi.contacts.models import PhoneCommand as Command
from lingzhi.contacts.queries.commands import STATES, address_for_agent, addresses
from lingzhi.contacts.services.command_sending import give_up_commands
from lingzhi.contacts.services.states import force_state
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.jobs.services import later
from lingzhi.org.queries import team_of
from lingzhi_engine.privacy import mask

LIMIT = timedelta(seconds=30)
NUMBER = re.compile(r"[0-9a-f]{32}")


class NotOffered(DomainError):
    message = _("The phone system of this call does not offer this.")


class AskedAlready(DomainError):
    message = _("This was asked for this agent already; the phone system has not answered yet.")


def new_number() -> str:
    """The number of a command: a form that is sent twice asks once."""
    return uuid.uuid4().hex


@transaction.atomic
def ask_about_call(leg: CallLeg, kind: str, *, number: str, reason: str, by: User) -> Command:
    """Listen, whisper, barge in or take over (监听, 密语, 强插, 拦截) at an agent's call.

    What was asked under this number already is what comes back. Raises NotOffered, AskedAlready,
    and BadInput where a call is to be taken over and nobody says why.
    """
    address = addresses().get(leg.call.source_id)
    if kind not in Command.OF_CALLS or address is None or kind not in address.offers:
        raise NotOffered()
    if kind == Command.Kind.INTERCEPT and not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    made = Command(number=number, kind=kind, call=leg.call, reason=reason)
    made.agent_id, made.agent_reference = leg.agent_id or 0, leg.agent_reference
    return _asked(made, address, by)


@transaction.atomic
def force_agent(person: User, state: str, *, reason: str, number: str, by: User) -> Command | None:
    """Put an agent into a state here, and ask the phone system for it where it offers that.

    Posted again, it changes nothing. Raises BadInput.
    """
    if Command.objects.filter(number=number, asked_by=by).exists():
        return None
    force_state(person, state, reason=reason, by=by)
    found = address_for_agent(person, state) if by.can("contacts.command") else None
    if found is None:
        return None
    address, reference = found
    kind = STATES[state]  # type: ignore[index]  # a state that somebody offers is one of them
    made = Command(number=number, kind=kind, agent=person, agent_reference=reference, reason=reason)
    return _asked(made, address, by)


def _asked(made: Command, address: CommandAddress, by: User) -> Command:
    known = Command.objects.filter(number=made.number, asked_by=by).first()
    if known is not None:
        return known
    if not NUMBER.fullmatch(made.number):
        made.number = new_number()
    give_up_commands(made.agent)
    made.feed, made.asked_by, made.asked_at = address.feed, by, now()
    made.until, made.unit = made.asked_at + LIMIT, team_of(made.agent, today())
    made.reason = mask(made.reason.strip())[:300]
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as problem:
        raise AskedAlready() from problem
    after = {"kind": made.kind, "agent": made.agent.staff_no, "call": str(made.call or "")}
    record(by, "contacts.command_asked", made, after=after, reason=made.reason)
    later("contacts.send_command", command_id=made.pk)
    return made
