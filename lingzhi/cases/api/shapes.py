"""Cases as the API sends and takes them. People by staff number, units, types, channels by code."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict, StringConstraints

from lingzhi.cases.models import Case, CaseEvent
from lingzhi.cases.models.types import CaseClass

Words = Annotated[str, StringConstraints(max_length=2000)]
Reason = Annotated[str, StringConstraints(max_length=500)]
Code = Annotated[str, StringConstraints(max_length=40)]
Revision = Annotated[
    int | None,
    Field(
        None, ge=0, description="The revision you saw: 409 when somebody acted since. Null: as is."
    ),
]


Own = Annotated[
    dict[str, Any],
    Field(
        default_factory=dict,
        description="Own fields of the house by code (`GET /case-types`): texts, numbers and days "
        "as text, truths as true or false, of lists the code of a choice.",
    ),
]


class Kinds(StrEnum):
    """What the state of a case means, or all of them."""

    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"
    ALL = "all"


class Whose(StrEnum):
    """Handled by the caller, owned by them, of their team, or handled by nobody."""

    MINE = "mine"
    OWNED = "owned"
    TEAM = "team"
    NOBODY = "nobody"


class Due(StrEnum):
    """Late, or due within four hours."""

    LATE = "late"
    SOON = "soon"


class Sent(Schema):
    """What is sent: a field that is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class CaseLine(Schema):
    """A case in a list."""

    id: int
    number: str
    type: str
    state: str
    kind: str
    cycle: int
    case_class: str
    priority: int
    level: int
    unit: str
    owner: str
    handler: str | None
    customer: int | None
    title: str
    opened_at: datetime
    solved_at: datetime | None
    closed_at: datetime | None
    next_due_at: datetime | None
    is_late: bool
    revision: int


class Step(Schema):
    """A step that may be taken now; `missing` are the fields that must be filled before."""

    code: str
    title: str
    asks_reason: bool
    missing: list[str]


class CaseWhole(CaseLine):
    """A case with everything about it but its history and its clocks."""

    state_title: str
    description: str
    demand: str
    fault_code: str
    area: str
    own: dict[str, str | bool]
    contact: int | None
    channel: str | None
    opened_by: str | None
    opened_through: str
    fed_back_at: datetime | None
    satisfaction: str
    objection: str
    closed_by: str | None
    open_hand_over: int | None
    steps: list[Step]


class NewCase(Sent):
    """A case to be opened. What is left out is as the type says, or as the conversation does; type
    and unit are recognised by the centre's rules, and the caller's own unit is the last resort."""

    type: Code = ""
    title: Annotated[str, StringConstraints(max_length=120)]
    unit: Annotated[str, StringConstraints(max_length=32)] = ""
    description: Annotated[str, StringConstraints(max_length=10_000)] = ""
    demand: Reason = ""
    fault_code: Annotated[str, StringConstraints(max_length=60)] = ""
    area: Annotated[str, StringConstraints(max_length=120)] = ""
    case_class: CaseClass | None = None
    priority: int | None = Field(None, ge=1, le=3)
    level: int | None = Field(None, ge=1, le=3)
    contact: int | None = None
    customer: int | None = None
    channel: Annotated[str, StringConstraints(max_length=20)] = ""
    handler: Annotated[str, StringConstraints(max_length=32)] = ""
    own: Own


class CaseChange(Sent):
    """What a case is to say from now on; what is left out stays. Of `own` fields those that are
    named change, null empties one. What decides on limits or order needs a reason."""

    title: Annotated[str, StringConstraints(max_length=120)] | None = None
    description: Annotated[str, StringConstraints(max_length=10_000)] | None = None
    demand: Reason | None = None
    fault_code: Annotated[str, StringConstraints(max_length=60)] | None = None
    area: Annotated[str, StringConstraints(max_length=120)] | None = None
    type: Code | None = None
    case_class: CaseClass | None = None
    priority: int | None = Field(None, ge=1, le=3)
    level: int | None = Field(None, ge=1, le=3)
    own: Own
    reason: Reason = ""
    revision: Revision


class CaseFilter(Schema):
    """What narrows the list. Without `kind` closed cases are left out."""

    whose: Whose | None = None
    kind: Kinds | None = None
    type: Code = ""
    case_class: CaseClass | None = None
    due: Due | None = None
    text: Annotated[str, StringConstraints(max_length=60)] = ""
    customer: int | None = Field(None, ge=1, lt=2**63)
    opened_from: date | None = None
    opened_to: date | None = None
    own: list[Annotated[str, StringConstraints(max_length=100)]] = Field(
        [], max_length=10, description="Lists and truths, as `channel:online`, `on_site:yes`."
    )


class Event(Schema):
    """Something that happened to a case."""

    id: int
    kind: str
    at: datetime
    by: str | None
    text: str
    is_public: bool
    step: str
    from_state: str
    to_state: str
    person: str | None
    unit: str | None
    expected_at: datetime | None
    way: str


class NewNote(Sent):
    text: Words
    is_public: bool = False


class Move(Sent):
    step: Code
    reason: Reason = ""
    revision: Revision


class Assignment(Sent):
    person: Annotated[str, StringConstraints(max_length=32)]
    revision: Revision


class Taking(Sent):
    revision: Revision


class Telling(Sent):
    method: Words
    expected_at: AwareDatetime | None = None
    way: CaseEvent.Way = CaseEvent.Way.NONE
    revision: Revision


class Answer(Sent):
    satisfaction: Case.Satisfaction
    objection: Reason = ""
    revision: Revision


class NewHandOver(Sent):
    unit: Annotated[str, StringConstraints(max_length=32)]
    reason: Reason
    revision: Revision


class Return(Sent):
    reason: Reason


class HandOverShape(Schema):
    """A hand-over. `is_accepted` is null until the unit answered."""

    id: int
    case: int
    unit: str
    reason: str
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    answered_by: str | None
    is_accepted: bool | None
    answer: str


class ClockShape(Schema):
    """A clock. `verdict` is empty while it is open and where nothing is known."""

    id: int
    kind: str
    number: int
    cycle: int
    rule: str | None
    state: str
    opened_at: datetime
    due_at: datetime | None
    unpublished_on: date | None
    verdict: str
    judged_at: datetime | None
    ended_at: datetime | None


class LedgerLine(Schema):
    """A stretch that counted or a pause: its business time and the running sum, in seconds."""

    kind: str
    start: datetime
    end: datetime
    seconds: int
    counted: int
    reason: str


class ClockWhole(ClockShape):
    """A clock with its ledger, line by line."""

    case: int
    counted_seconds: int
    has_calendar: bool
    lines: list[LedgerLine]


class ChoiceShape(Schema):
    """A choice of a list that is offered."""

    code: str
    title: str


class FieldShape(Schema):
    """An own field; `required` is empty, `opening` or `solved`: when it must be filled in."""

    code: str
    title: str
    kind: str
    required: str
    choices: list[ChoiceShape]


class TypeShape(Schema):
    """A type of cases, with the own fields that its cases are asked."""

    code: str
    title: str
    case_class: str
    priority: int
    level: int
    own: list[FieldShape]


Facts = dict[str, Any]
