"""Complaints as pages show them: the stages of ISO 10002 with what each of them left behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseEvent, Complaint
from lingzhi.cases.presenting.cases import Shown, shown_cases
from lingzhi.cases.queries.complaints import reply_counts
from lingzhi.cases.wording.replies import REPLY_LABELS

Answers = dict[bool | None, str | Promise]
GROUPS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("Goods and remedies"), frozenset({"goods", "remedy", "form"})),
    (_("Letters and answers"),
     frozenset({"letter-received", "letter-progress", "letter-decision", "authority", "handling"})),
    (_("Responsibility and disputes"), frozenset({"blame", "dispute"})),
)  # fmt: skip
GRADES = {"ordinary": "plain", "important": "warn", "major": "bad"}


@dataclass(frozen=True, slots=True)
class ShownComplaint:
    """A complaint in a list."""

    complaint: Complaint
    case: Shown
    tone: str


@dataclass(frozen=True, slots=True)
class ShownReply:
    """How many complaints wait for something of the loop of replies."""

    code: str
    label: str | Promise
    number: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: `act` is the act that fills it, `at` None while it is open."""

    title: str | Promise
    act: str = ""
    at: datetime | None = None
    by: User | None = None
    text: str = ""
    note: str | Promise = ""


def shown_complaints(rows: Iterable[Complaint]) -> list[ShownComplaint]:
    """The complaints of a page."""
    found = list(rows)
    cases = shown_cases(one.case for one in found)
    return [
        ShownComplaint(one, case, GRADES[one.grade]) for one, case in zip(found, cases, strict=True)
    ]


def shown_replies(rows: QuerySet[Complaint]) -> list[ShownReply]:
    """What the customers of these complaints wait for."""
    counts = reply_counts(rows)
    return [ShownReply(code, label, counts[code]) for code, label in REPLY_LABELS.items()]


def stages_of(complaint: Complaint) -> list[Stage]:
    """From receiving it to the effect of what was changed (受理—告知—评审—调查—响应—决定)."""
    case, one = complaint.case, complaint
    found = str(one.get_finding_display()) if one.finding else ""
    known: Answers = {
        None: "",
        True: _("The claimed cause is the real one."),
        False: _("The claimed cause is not the real one."),
    }
    works: Answers = {None: "", True: _("The measure works."), False: _("It does not work.")}
    return [
        Stage(_("Received"), "", case.opened_at, case.opened_by, case.description),
        _acknowledged(complaint),
        Stage(_("First assessment"), "assess", one.assessed_at, one.assessed_by, one.assessment),
        Stage(_("Facts verified"), "verify", one.verified_at, one.verified_by, one.verification,
              known[one.is_cause_confirmed]),
        Stage(_("Cause analysed"), "analyse", one.analysed_at, one.analysed_by, one.analysis,
              one.improvement),
        Stage(_("Decided"), "find", one.decided_at, one.decided_by, one.decision,
              found),
        Stage(_("Outside ways told"), "outside", one.outside_told_at, None, one.outside_ways),
        Stage(_("Effect confirmed"), "effect", one.effect_confirmed_at, one.effect_confirmed_by,
              one.effect, works[one.is_effective]),
    ]  # fmt: skip


def _acknowledged(complaint: Complaint) -> Stage:
    """The first word to the customer after it was received."""
    title = _("Receipt told to the customer")
    told = complaint.case.events.filter(kind=CaseEvent.Kind.TOLD).select_related("by").first()
    return Stage(title, "", told.at, told.by, told.text) if told else Stage(title)


def next_act(stages: Iterable[Stage], acts: Mapping[str, Any]) -> str:
    """The act that fills the first open stage, of those one may do; "" for none."""
    return next((one.act for one in stages if one.at is None and one.act in acts), "")


def acts_in_groups(
    stages: Iterable[Stage], acts: Mapping[str, str | Promise]
) -> list[tuple[str | Promise, dict[str, str | Promise]]]:
    """What one may do beside the stages, under headings; what has no heading comes first."""
    placed = {one.act for one in stages}.union(*(names for _title, names in GROUPS))
    groups = [
        (_("The complaint itself"), acts.keys() - placed),
        *((title, acts.keys() & names) for title, names in GROUPS),
    ]
    return [
        (title, {name: acts[name] for name in acts if name in names})
        for title, names in groups
        if names
    ]
