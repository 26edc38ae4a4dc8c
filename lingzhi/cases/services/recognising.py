"""Recognising a new case: what a person leaves open, rules say; behind them what was learned."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent, CaseType, Recognition, RecognitionRule
from lingzhi.cases.queries.recognition import (
    Proposal,
    Seen,
    first_fitting,
    proposal_for,
    recognition_settings,
)
from lingzhi.cases.services.claiming import note_event
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of


class NotRecognised(BadInput):
    """No rule fits, and the assistant does not choose by itself: it has at most a proposal."""

    def __init__(self, proposal: Proposal | None) -> None:
        super().__init__(_("No rule fits this case: choose its type."), field="type")
        self.proposal = proposal


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a new case is, and who said so: the rule or the assistant where one did."""

    type: CaseType
    unit: Unit
    rule: RecognitionRule | None = None
    proposal: Proposal | None = None
    acts: bool = False
    hits: tuple[str, ...] = ()


def recognise(
    seen: Seen, kind: CaseType | None, unit: Unit | None, *, was_asked: bool, by: User
) -> Recognised:
    """Type and unit of a new case. What a person chose stays; the first rule that fits fills the
    rest, else the assistant where it may, else it is the unit of whoever opens it.

    `was_asked`: the assistant's proposal was shown to whoever chose the type. Raises
    NotRecognised.
    """
    if kind is not None and unit is not None and not was_asked:
        return Recognised(kind, unit)
    fitting = None if kind and was_asked else first_fitting(seen, kind)
    if fitting is not None:
        rule = fitting.rule
        open_unit = rule.unit if rule.unit and rule.unit.closed_at is None else None
        place = unit or open_unit or _own(by)
        return Recognised(rule.type, place, rule, acts=kind is None, hits=fitting.hits)
    proposal = proposal_for(seen.text) if kind is None or was_asked else None
    if kind is not None:
        return Recognised(kind, unit or _own(by), proposal=proposal)
    if proposal is None or not may_act(proposal):
        raise NotRecognised(proposal)
    place = unit or proposal.unit or _own(by)
    return Recognised(proposal.type, place, proposal=proposal, acts=True)


def may_act(proposal: Proposal) -> bool:
    """Whether the centre lets the assistant act on something this certain."""
    least = recognition_settings().acts_from
    return least is not None and proposal.certainty * 100 >= least


def _own(person: User) -> Unit:
    team = team_of(person, today())
    if team is None:
        raise BadInput(_("Choose the unit."), field="unit")
    return team


def keep_recognition(case: Case, found: Recognised) -> None:
    """What it was recognised as, and by what: in its history where the person did not choose."""
    rule, proposal = found.rule, found.proposal
    if rule is None and proposal is None:
        return
    Recognition.objects.create(
        case=case, rule=rule, learned=proposal.learned if proposal else None,
        type=proposal.type if proposal else found.type,
        unit=proposal.unit if proposal else rule.unit if rule else None,
        certainty=proposal.certainty if proposal else None, is_acted_on=found.acts,
        hits=list(found.hits),
    )  # fmt: skip
    if rule is not None:
        note_event(case, CaseEvent.Kind.RECOGNISED, by=None, step="rule", text=rule.title)
    elif proposal is not None and found.acts:
        certainty = f"{proposal.certainty:.0%}"
        note_event(case, CaseEvent.Kind.RECOGNISED, by=None, step="learned", text=certainty)
