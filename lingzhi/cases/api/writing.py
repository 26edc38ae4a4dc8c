"""Rows as the shapes of the API: plain facts, no query a row."""

from dataclasses import asdict
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.api.shapes import Facts
from lingzhi.cases.models import Case, CaseEvent, CaseField, CaseType, Clock, HandOver
from lingzhi.cases.presenting.cases import state_of
from lingzhi.cases.presenting.clocks import explained
from lingzhi.cases.queries.cases import open_hand_over
from lingzhi.cases.queries.secrecy import kept_back
from lingzhi.cases.queries.steps import missing_for, steps_of
from lingzhi.core.languages import in_language

LINE = (
    "number", "state", "kind", "cycle", "case_class", "priority", "level", "title", "opened_at",
    "solved_at", "closed_at", "next_due_at", "is_late", "revision",
)  # fmt: skip
EVENT = ("id", "kind", "at", "text", "is_public", "step", "from_state", "to_state", "expected_at")
CLOCK = (
    "id", "kind", "number", "cycle", "state", "opened_at", "due_at", "unpublished_on", "verdict",
    "judged_at", "ended_at",
)  # fmt: skip
TYPE = ("code", "case_class", "priority", "level")
OFFER = ("id", "reason", "asked_at", "answered_at", "is_accepted", "answer")


def facts_of(row: Any, names: tuple[str, ...]) -> Facts:
    """The named values of a row."""
    return {name: getattr(row, name) for name in names}


def staff_no(person: User | None) -> str | None:
    """How the API names a person."""
    return person.staff_no if person else None


def lines_of(cases: list[Case], user: User) -> list[Facts]:
    """Cases in a list; one query for whose customer this person may learn."""
    hidden = kept_back(user, cases)
    return [_line_of(case, is_hidden=case.pk in hidden) for case in cases]


def _line_of(case: Case, *, is_hidden: bool) -> Facts:
    return facts_of(case, LINE) | {
        "id": case.pk, "type": case.type.code, "unit": case.unit.code,
        "owner": case.owner.staff_no, "handler": staff_no(case.handler),
        "customer": None if is_hidden else case.customer_id,
    }  # fmt: skip


def whole_of(case: Case, user: User) -> Facts:
    """A case with the steps that this caller may take."""
    offer, is_hidden = open_hand_over(case), bool(kept_back(user, [case]))
    return _line_of(case, is_hidden=is_hidden) | {
        "state_title": state_of(case), "description": case.description, "demand": case.demand,
        "fault_code": case.fault_code, "area": case.area, "own": case.own,
        "contact": None if is_hidden else case.contact_id,
        "channel": case.channel.code if case.channel else None,
        "opened_by": staff_no(case.opened_by), "opened_through": case.opened_through,
        "fed_back_at": case.fed_back_at,
        "satisfaction": case.satisfaction, "objection": case.objection,
        "closed_by": staff_no(case.closed_by), "open_hand_over": offer.pk if offer else None,
        "steps": [
            {"code": one.code, "title": in_language(one.title), "asks_reason": one.asks_reason,
             "missing": missing_for(case, one)}
            for one in steps_of(case, user)
        ],
    }  # fmt: skip


def event_of(event: CaseEvent) -> Facts:
    """A line of the history."""
    return facts_of(event, EVENT) | {
        "by": staff_no(event.by), "person": staff_no(event.person),
        "unit": event.unit.code if event.unit else None, "way": event.way,
    }  # fmt: skip


def type_of(kind: CaseType) -> Facts:
    """A type with its own fields, read before."""
    return facts_of(kind, TYPE) | {
        "title": str(kind), "own": [_field_of(one) for one in kind.own_fields.all()],
    }  # fmt: skip


def _field_of(field: CaseField) -> Facts:
    choices = [{"code": code, "title": title} for code, title in field.offered_titles]
    return facts_of(field, ("code", "kind", "required")) | {
        "title": str(field), "choices": choices,
    }  # fmt: skip


def clock_of(clock: Clock) -> Facts:
    """A clock without its ledger."""
    return facts_of(clock, CLOCK) | {"rule": str(clock.rule) if clock.rule else None}


def ledger_shape(clock: Clock) -> Facts:
    """A clock with its ledger."""
    found = explained(clock)
    lines = [asdict(line) | {"kind": line.kind.value} for line in found.lines]
    return clock_of(clock) | {
        "case": clock.case_id, "counted_seconds": found.counted,
        "has_calendar": found.has_calendar, "lines": lines,
    }  # fmt: skip


def offer_of(offer: HandOver) -> Facts:
    """A hand-over."""
    return facts_of(offer, OFFER) | {
        "case": offer.case_id, "unit": offer.unit.code, "asked_by": offer.asked_by.staff_no,
        "answered_by": staff_no(offer.answered_by),
    }  # fmt: skip
