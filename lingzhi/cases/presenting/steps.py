"""What clauses demand of a case, step by step, on its page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case
from lingzhi.cases.presenting.clauses import ShownClause, clauses_by_control
from lingzhi.cases.queries.flow_steps import STEPS, Taken
from lingzhi.cases.queries.steps_kept import demanded_of

TAKEN, LACKING, TO_COME, NOT_NEEDED = "good", "bad", "flow", "plain"


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with how it stands and when it was taken."""

    title: str | Promise
    tone: str
    standing: str | Promise
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownDemand:
    """What one clause demands of a case; `lacking` is how many steps lack."""

    title: str
    source: ShownClause | None
    steps: list[ShownStep]

    @property
    def lacking(self) -> int:
        return sum(one.tone == LACKING for one in self.steps)


def shown_demands(case: Case) -> list[ShownDemand]:
    """The steps of every clause about this case; those of an open case may still come."""
    found = demanded_of(case)
    sources = clauses_by_control(one.binding.control_id for one in found)
    return [
        ShownDemand(
            one.title, sources.get(one.binding.control_id),
            [_shown(step, is_closed=case.is_closed) for step in one.steps],
        )
        for one in found
    ]  # fmt: skip


def _shown(step: Taken, *, is_closed: bool) -> ShownStep:
    title = STEPS[step.code].words
    if not step.is_needed:
        return ShownStep(title, NOT_NEEDED, _("not needed here"), None)
    if step.at is not None:
        return ShownStep(title, TAKEN, _("taken"), step.at)
    if step.may_come or not is_closed:
        return ShownStep(title, TO_COME, _("still to come"), None)
    return ShownStep(title, LACKING, _("not in this order") if step.is_late else _("lacks"), None)
