"""Bringing a command to the phone system, once, and writing down what it says became of it.

Nothing is sent again: who listens in twice is heard twice. No answer, an answer that is none, or a
try that broke off leave it open whether the command was done, and that is what is said.
"""

from collections.abc import Collection
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.agents import extension_of, names_of
from lingzhi.contacts.models import CallEvent, CommandAddress, Source
from lingzhi.contacts.models import PhoneCommand as Command
from lingzhi.contacts.phone.commands import Outcome, body_of, headers_of, read_answer, refused
from lingzhi.contacts.phone.told import COMMAND
from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, NotAllowed, post_signed
from lingzhi.core.encryption import CannotOpen
from lingzhi.notifications.services import tell

SECONDS = 10.0
HEARD = timedelta(hours=1)  # so long after it was asked an event may still say that it was done
State, Why, Kind = Command.State, Command.Why, Command.Kind
# What an event must tell of an agent for the command to be done.
TELLS = {
    Kind.FORCE_BUSY: {"busy", "on_break"},
    Kind.FORCE_READY: {"ready"},
    Kind.FORCE_SIGN_OUT: {"signed_out"},
}
log = structlog.get_logger("lingzhi.commands")


def send_command(command_id: int) -> None:
    """Send a command that nobody sent yet; one that was claimed before is left alone."""
    rows = Command.objects.select_related("feed__takes", "call", "agent", "asked_by")
    command = rows.get(pk=command_id)
    mine = Command.objects.filter(pk=command_id, state=State.ASKED, sent_at=None)
    if not mine.filter(until__gt=now()).update(sent_at=now()):
        give_up_commands(command.agent)
        return
    outcome = hand_over(command.feed.takes, command)
    log.info("command", number=command.number, kind=command.kind, state=outcome.state)
    settle(command, outcome)


def hand_over(address: CommandAddress, command: Command) -> Outcome:
    """What the phone system answers to this command. It is signed, and goes out by the one door."""
    try:
        body = body_of(command, extension_of(command.asked_by))
        headers = headers_of(address.secret, command.number, body, now())
        answer = post_signed(address.url, body, headers, purpose="command", seconds=SECONDS)
    except NotAllowed:
        return Outcome(State.REFUSED, Why.CLOSED)
    except CannotOpen:
        return Outcome(State.REFUSED, Why.NO_SECRET)
    except Failed as failed:
        if 400 <= failed.status < 500:
            return Outcome(State.REFUSED, Why.NOT_TAKEN, f"HTTP {failed.status}")
        return Outcome(State.UNANSWERED, words=f"{failed.what} {failed.status or ''}".strip())
    except TimeoutError:
        return Outcome(State.UNANSWERED)
    return read_answer(command.number, answer)


@transaction.atomic
def settle(command: Command, outcome: Outcome) -> None:
    """Write down what became of it. What nobody confirmed may still be confirmed later; what is
    done or refused stays so."""
    if outcome.state == State.ASKED:
        return
    is_certain = outcome.state in (State.DONE, State.REFUSED)
    open_ends = (State.ASKED, State.UNANSWERED) if is_certain else (State.ASKED,)
    rows = Command.objects.filter(pk=command.pk, state__in=open_ends)
    if not rows.update(
        state=outcome.state, why=outcome.why, words=outcome.words, settled_at=now()
    ):  # fmt: skip
        return
    after = {"state": outcome.state, "why": outcome.why}
    record(None, "contacts.command_settled", command, before={"state": "asked"}, after=after)
    if outcome.state == State.DONE and command.kind in Command.SPOKEN:
        title = _("A leader stepped into a call of yours")
        contact = command.call.contact_id if command.call else None
        url = f"/contacts/{contact}/" if contact else "/contacts/desk/"
        tell([command.agent], title, body=command.asked_by.name, url=url)


def give_up_commands(agent: User | None = None) -> int:
    """Those whose time is up: what was sent is unanswered, what was not is refused. How many."""
    rows = Command.objects.filter(state=State.ASKED, until__lte=now())
    if agent is not None:
        rows = rows.filter(agent=agent)
    late = list(rows.select_related("agent", "asked_by", "call"))
    for command in late:
        unsent = Outcome(State.REFUSED, Why.TOO_LATE)
        settle(command, unsent if command.sent_at is None else Outcome(State.UNANSWERED))
    return len(late)


def hear(source: Source, news: Collection[int]) -> None:
    """What a phone system tells may say what became of commands to it."""
    waiting = Command.objects.filter(
        feed__source=source, state__in=(State.ASKED, State.UNANSWERED),
        asked_at__gte=now() - HEARD, sent_at__isnull=False,
    )  # fmt: skip
    commands = list(waiting.select_related("agent", "asked_by", "call"))
    if not commands:
        return
    kinds = (COMMAND, "state", "answer")
    for event in CallEvent.objects.filter(pk__in=news, kind__in=kinds).order_by("at", "pk"):
        for command in commands:
            outcome = _outcome_by(event, command)
            if outcome is not None:
                settle(command, outcome)


def _outcome_by(event: CallEvent, command: Command) -> Outcome | None:
    if event.kind != COMMAND:
        return Outcome(State.DONE) if _shows(event, command) else None
    if event.facts.get("command") != command.number:
        return None
    is_done = event.facts.get("state") == State.DONE
    return Outcome(State.DONE) if is_done else refused(event.facts.get("reason"))


def _shows(event: CallEvent, command: Command) -> bool:
    """Whether what happened is what was asked for: the agent's state, or that the leader has the
    call. Of listening, whispering and barging in nothing else that is told says so."""
    if event.at < command.asked_at:
        return False
    if event.kind == "state":
        is_agent = event.agent == command.agent_reference
        return is_agent and event.facts.get("state") in TELLS.get(Kind(command.kind), ())
    is_call = command.call is not None and command.call.external_id == event.call
    takes = command.kind == Kind.INTERCEPT and is_call
    return takes and event.agent in names_of(command.asked_by_id)
