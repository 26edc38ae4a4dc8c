"""Changing what a case says, and raising it to the next level (改单、升级)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, CaseType, ClockKind
from lingzhi.cases.models.types import Level
from lingzhi.cases.queries.flows import types_for
from lingzhi.cases.queries.people import works_at
from lingzhi.cases.queries.recipients import next_level_of
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import (
    call_off_clocks,
    living_clocks,
    repeat_dues,
    start_clocks,
)
from lingzhi.cases.services.dictionaries import OF_CASES, require_known
from lingzhi.cases.services.following import follow_case
from lingzhi.cases.services.opening import NoFlowInForce
from lingzhi.cases.services.own import own_after, own_written
from lingzhi.cases.services.words import demanded, kept
from lingzhi.cases.services.working import CaseClosed, give_to_do
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit

WORDS = {"title": 120, "description": 10_000, "demand": 500}
PLACES = frozenset(OF_CASES)
SAID = WORDS.keys() | PLACES | {"own"}  # what decides on nothing: it needs no reason
RULING = frozenset({"type", "case_class", "level", "unit"})  # by these a limit is chosen


class OtherFlow(BadInput):
    """A case that was moved on stays in the flow in which it was opened."""

    def __init__(self) -> None:
        super().__init__(_("Cases of this type go through another flow."), field="type")


class AtTheTop(DomainError):
    message = _("The case is at the highest level already.")


@dataclass(frozen=True, slots=True)
class Change:
    """What a case is to say from now on; None leaves a field as it is.

    Of `own` fields only those that are named change; None empties one of them.
    """

    title: str | None = None
    description: str | None = None
    demand: str | None = None
    type: CaseType | None = None
    case_class: str | None = None
    priority: int | None = None
    level: int | None = None
    unit: Unit | None = None
    fault_code: str | None = None
    area: str | None = None
    own: Mapping[str, Any] = field(default_factory=dict)

    def against(self, case: Case) -> dict[str, Any]:
        """The fields that would change, with their new values. Raises BadInput for own ones."""
        wanted = {one.name: getattr(self, one.name) for one in fields(self)}
        wanted["own"] = own_after(case, self.type or case.type, self.own)
        for name, most in WORDS.items():
            if wanted[name] is not None:
                wanted[name] = kept(wanted[name], most)
        return {
            name: value
            for name, value in wanted.items()
            if value is not None and value != getattr(case, name)
        }


@transaction.atomic
def change_case(case: Case, change: Change, *, reason: str, seen: int, by: User) -> None:
    """Correct a case. Whatever decides on limits or order needs a reason, and its clocks follow:
    waits are kept, what was judged stays, late stays late. As long as nobody moved it on, its type
    may be one of another flow: then it begins there.
    """
    if case.is_closed:
        raise CaseClosed()
    changed = change.against(case)
    if not changed:
        return
    _require(case, changed)
    decides = changed.keys() - SAID
    text = demanded(reason, 500, field="reason") if decides else kept(reason, 500)
    own, own_told = own_written(case.own, changed.get("own", case.own))
    written = _written(case, changed)
    told = _audited(written) | own_told
    if "unit" in changed and case.handler and not works_at(case.handler, changed["unit"]):
        changed["handler"] = None
    claim(case, seen, **changed, **_begun_anew(case, changed))
    note_event(case, CaseEvent.Kind.CHANGED, by=by, text=text, changes=written | own)
    _turn_clocks(case, changed, text, by)
    record(by, "cases.changed", case, after=told, reason=text)
    case.refresh_from_db()


@transaction.atomic
def raise_case(case: Case, cause: str, *, reason: str, seen: int, by: User | None) -> None:
    """To the next level (升级): whoever leads there handles it from now on, within that level's
    own limit; who was asked first stays responsible.

    A conflict goes the same way: agent, leader, supervisor. `cause` is one of RaiseCause.
    """
    if case.is_over:
        raise CaseClosed()
    if case.level >= max(Level):
        raise AtTheTop()
    if cause not in CaseEvent.RaiseCause.values:
        raise BadInput(_("Say why it is raised."), field="cause")
    text = demanded(reason, 500, field="reason")
    level = Level(case.level + 1)
    people = next_level_of(case, level)
    changed: dict[str, Any] = {"level": int(level)}
    if people:
        changed["handler"] = people[0]
    written = _written(case, changed)
    claim(case, seen, **changed)
    note_event(
        case, CaseEvent.Kind.RAISED, by=by, text=text, step=cause, changes=written,
        person=people[0] if people else None,
    )  # fmt: skip
    _turn_clocks(case, changed, text, by)
    give_to_do(case, by=by)
    _tell_others(case, people[1:])
    record(by, "cases.raised", case, after={"level": int(level), "cause": cause}, reason=text)
    case.refresh_from_db()


def _require(case: Case, changed: Mapping[str, Any]) -> None:
    if "title" in changed:
        demanded(changed["title"], 120, field="title")
    require_known({name: (OF_CASES[name], changed[name]) for name in PLACES & changed.keys()})
    if "type" in changed and changed["type"] not in types_for(case):
        raise OtherFlow()
    if "unit" in changed and case.hand_overs.filter(answered_at=None).exists():
        raise BadInput(_("The case is offered to another unit: wait for its answer."), field="unit")


def _begun_anew(case: Case, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Version and first state of the flow where the new type has another one."""
    if "type" not in changed or changed["type"].flow_id == case.version.flow_id:
        return {}
    version = changed["type"].flow.versions.filter(state="active").first()
    if version is None:
        raise NoFlowInForce()
    return {"version": version, "state": version.read().begins}


def _turn_clocks(case: Case, changed: Mapping[str, Any], reason: str, by: User | None) -> None:
    living_clocks(case).update(is_planned=False)  # other levels of escalation may hold
    if not RULING & changed.keys():
        return
    if "level" in changed:
        call_off_clocks(case, [ClockKind.LEVEL], reason=reason, by=by)
    follow_case(case, reason=reason, by=by)
    if "level" in changed and not case.is_over:
        start_clocks(case, [ClockKind.LEVEL], by=by)
        repeat_dues(case)


def _written(case: Case, changed: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Before and after of each field by key; of texts only that they changed."""
    return {
        name: [] if name in WORDS else [_plain(getattr(case, name)), _plain(value)]
        for name, value in changed.items()
        if name != "own"
    }


def _audited(written: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {name: values[1] if values else "changed" for name, values in written.items()}


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value


def _tell_others(case: Case, people: list[User]) -> None:
    tell(
        people, _("A case was raised to your level"), body=f"{case.number} {case.title}",
        url=reverse("cases:case", args=[case.pk]),
    )  # fmt: skip
