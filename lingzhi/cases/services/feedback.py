"""Handling a customer's opinion or suggestion in its steps."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Feedback
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.opening import FEEDBACK
from lingzhi.cases.services.words import demanded
from lingzhi.cases.services.working import CaseClosed
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError


class NoFeedback(DomainError):
    message = _("This case does not go through the steps of feedback.")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What it is about, why it came to pass, and whom it touches how much (类型、原因、影响)."""

    about: str
    cause: str
    impact: str


@transaction.atomic
def analyse_feedback(case: Case, found: Analysis, *, by: User) -> None:
    """Keep the analysis; a later one takes its place, both stand in the history."""
    if found.about not in Feedback.About.values:
        raise BadInput(_("Choose the kind of feedback."), field="about")
    words = {
        name: demanded(text, 500, field=name)
        for name, text in asdict(found).items() if name != "about"
    }  # fmt: skip
    _keep(case, "analysed", by, text=f"{words['cause']} / {words['impact']}",
          about=found.about, **words)  # fmt: skip


@transaction.atomic
def plan_feedback(case: Case, plan: str, *, by: User) -> None:
    """Keep what is to be done about it."""
    words = demanded(plan, 1000, field="plan")
    _keep(case, "planned", by, text=words, plan=words)


@transaction.atomic
def judge_suggestion(case: Case, *, is_adopted: bool, reason: str, by: User) -> None:
    """Adopted or not, each with the reason that the customer is told."""
    words = demanded(reason, 300, field="reason")
    _keep(case, "judged", by, text=words, is_adopted=is_adopted, reason=words)


def _keep(case: Case, act: str, by: User, *, text: str, **facts: Any) -> None:
    if case.type.flow.code != FEEDBACK:
        raise NoFeedback()
    if case.is_closed:
        raise CaseClosed()
    stamped = {f"{act}_at": now(), f"{act}_by": by, **facts}
    Feedback.objects.update_or_create(case=case, defaults=stamped)
    note_event(case, CaseEvent.Kind.NOTED, by=by, step=f"feedback_{act}", text=text)
    record(by, f"cases.feedback_{act}", case, after={"adopted": facts.get("is_adopted")})
