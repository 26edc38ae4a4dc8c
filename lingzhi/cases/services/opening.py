"""Opening a case (受理登记)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, CaseType, ClockKind, RecognitionRule
from lingzhi.cases.queries.desk import knows_best
from lingzhi.cases.queries.people import leaders_of, works_at
from lingzhi.cases.queries.recognition import Seen, joined
from lingzhi.cases.services.afterwards import tell_if_major
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import AT_OPENING, repeat_dues, start_clocks
from lingzhi.cases.services.dictionaries import OF_CASES, require_known
from lingzhi.cases.services.numbering import take_number
from lingzhi.cases.services.own import own_of_new
from lingzhi.cases.services.recognising import Recognised, keep_recognition, recognise
from lingzhi.cases.services.words import demanded, kept
from lingzhi.contacts.models import Channel, Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.customers.models import Customer
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit

FEEDBACK = "feedback"


class NoFlowInForce(DomainError):
    message = _("No version of the flow of this type is in force.")


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a case is opened. Class, priority and level are the type's where None.

    Type and unit left out are recognised by rules; `was_asked` where the assistant's proposal was
    shown and a person chose.
    `owner` is who was asked first (首问负责人), by default who opens it; where no person does, they
    must be named, and `through` says who or what opens it. Without `handler` nobody
    works on it yet. Customer and channel are those of the conversation where there is one.
    `numbered` is the kind of its number; `own` what is said in own fields, by code.
    """

    type: CaseType | None
    title: str
    unit: Unit | None
    description: str = ""
    demand: str = ""
    fault_code: str = ""
    area: str = ""
    case_class: str = ""
    priority: int | None = None
    level: int | None = None
    contact: Contact | None = None
    customer: Customer | None = None
    channel: Channel | None = None
    owner: User | None = None
    handler: User | None = None
    through: str = ""
    numbered: str = "case"
    was_asked: bool = False
    own: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_case(opening: Opening, *, by: User | None) -> Case:
    """A new case in the first state of its type's flow, with its number and its clocks running."""
    owner = opening.owner or by
    if owner is None:
        raise TypeError("a case that nobody opens needs an owner")
    found = _recognised(opening, by or owner)
    version = found.type.flow.versions.filter(state="active").first()
    if version is None:
        raise NoFlowInForce()
    words = {"fault_code": opening.fault_code.strip(), "area": opening.area.strip()}
    require_known({name: (OF_CASES[name], word) for name, word in words.items()})
    contact, rule = opening.contact, found.rule
    case = Case(
        **words,
        own=own_of_new(found.type, opening.own),
        type=found.type,
        version=version,
        state=version.read().begins,
        case_class=opening.case_class or (rule and rule.case_class) or found.type.case_class,
        priority=opening.priority or (rule and rule.priority) or found.type.priority,
        level=opening.level or found.type.level,
        contact=contact,
        customer=opening.customer or (contact.customer if contact else None),
        channel=opening.channel or (contact.channel if contact else None),
        unit=found.unit,
        owner=owner,
        handler=opening.handler,
        title=demanded(opening.title, 120, field="title"),
        description=kept(opening.description, 10_000),
        demand=kept(opening.demand, 500),
        opened_at=now(),
        opened_by=by,
        opened_through=opening.through,
    )
    case.handler = _handler(case, rule, is_placed=opening.unit is None)
    case.number = take_number(opening.numbered)
    case.save()
    note_event(case, CaseEvent.Kind.OPENED, by=by, to_state=case.state, person=case.handler)
    keep_recognition(case, found)
    kinds = AT_OPENING if case.handler else (*AT_OPENING, ClockKind.OWN)
    if found.type.flow.code == FEEDBACK:  # the result is due from receipt, not from the plan
        kinds = (*kinds, ClockKind.FEEDBACK)
    start_clocks(case, kinds, by=by)
    repeat_dues(case)
    record(by, "cases.opened", case, after=_about(case))
    _tell(case, by)
    tell_if_major(case)
    case.refresh_from_db()
    return case


def _recognised(opening: Opening, by: User) -> Recognised:
    contact = opening.contact
    channel = opening.channel or (contact.channel if contact else None)
    customer = opening.customer or (contact.customer if contact else None)
    text = kept(joined(opening.title, opening.description, opening.demand), 12_000)
    seen = Seen(text, channel.pk if channel else None, customer.pk if customer else None, contact)
    return recognise(seen, opening.type, opening.unit, was_asked=opening.was_asked, by=by)


def _handler(case: Case, rule: RecognitionRule | None, *, is_placed: bool) -> User | None:
    """Who handles it: as meant, where the unit was recognised only if they work there; else, if
    the rule says so, who knows it best."""
    if case.handler is not None and (not is_placed or works_at(case.handler, case.unit)):
        return case.handler
    return knows_best(case) if rule and rule.finds_person else None


def matter_of(case: Case) -> str:
    """The name under which the to-do of whoever works on a case is open."""
    return f"cases.case/{case.pk}"


def _tell(case: Case, by: User | None) -> None:
    url, body = reverse("cases:case", args=[case.pk]), f"{case.number} {case.title}"
    if case.handler is None:
        tell(
            leaders_of(case.unit), _("A new case waits for somebody to take it on"), url=url,
            body=body, is_todo=True, matter=matter_of(case),
        )  # fmt: skip
    elif case.handler != by:
        tell(
            [case.handler], _("A case was given to you"), url=url, body=body, is_todo=True,
            matter=matter_of(case),
        )  # fmt: skip


def _about(case: Case) -> dict[str, object]:
    return {
        "number": case.number, "type": case.type.code, "contact": case.contact_id,
        "owner": case.owner_id, "handler": case.handler_id, "unit": case.unit_id,
    }  # fmt: skip
