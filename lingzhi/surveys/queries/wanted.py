"""Which invitations and answers are asked about: days, reach, unit, questionnaire, way, person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from lingzhi.accounts.models import User
from lingzhi.core.clock import midnight
from lingzhi.org.queries import reach
from lingzhi.surveys.models import Answering, Invitation

DAY = timedelta(days=1)
ANY = "any"  # as a parameter of a measure: narrows nothing


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows; an empty field narrows nothing. Days are those of the service that is judged.

    What comes from a code at a counter has no invitation: its day is the day of the answer, and
    nobody's name is on it.
    """

    first: date | None = None
    last: date | None = None
    within: Q = field(default_factory=Q)  # over `unit__path` and `agent_id`
    held: Q = field(default_factory=lambda: Q(pk__in=[]))  # invitations that are kept back
    unit_path: str = ""
    agent_id: int | None = None
    channel: str = ""
    mode: str = ""
    occasion: str = ""
    questionnaire_id: int | None = None

    def invitations(self) -> QuerySet[Invitation]:
        """One row for each service that was due to be judged."""
        rows = Invitation.objects.filter(self.within, _days("served_at", self.first, self.last))
        rows = rows.filter(~self.held, _given(self._narrowing("")))
        if self.questionnaire_id is not None:
            rows = rows.filter(
                Q(rule__questionnaire=self.questionnaire_id)
                | Q(plan__questionnaire=self.questionnaire_id)
            )
        if self.occasion:
            rows = rows.filter(
                Q(rule__questionnaire__occasion=self.occasion)
                | Q(plan__questionnaire__occasion=self.occasion)
            )
        return rows.filter(_channel("", self.channel))

    def answerings(self) -> QuerySet[Answering]:
        """Each person's way through a questionnaire, with `served_at`; also those broken off."""
        rows = Answering.objects.annotate(
            served_at=Coalesce("invitation__served_at", "started_at"),
            agent_id=F("invitation__agent_id"),
        )
        rows = rows.filter(self.within, _days("served_at", self.first, self.last))
        held = Q(invitation__in=Invitation.objects.filter(self.held).values("pk"))
        rows = rows.filter(~held, _given(self._narrowing("invitation__")))
        narrowing = {
            "version__questionnaire": self.questionnaire_id,
            "version__questionnaire__occasion": self.occasion,
        }
        return rows.filter(_given(narrowing), _channel("invitation__", self.channel))

    def _narrowing(self, before: str) -> dict[str, object]:
        return {
            "unit__path__startswith": self.unit_path,
            f"{before}agent": self.agent_id,
            "mode": self.mode,
        }


def within_reach(user: User, capability: str) -> Q:
    """The filter `Wanted.within` of what this person may see; of no unit only who sees all."""
    where = reach(user, capability)
    found = where.over("unit__path", "agent_id")
    return found | Q(unit=None) if where.is_everything else found


def _given(narrowing: Mapping[str, object]) -> Q:
    return Q(**{name: value for name, value in narrowing.items() if value not in ("", None)})


def _days(name: str, first: date | None, last: date | None) -> Q:
    found = Q()
    if first is not None:
        found &= Q(**{f"{name}__gte": midnight(first)})
    if last is not None:
        found &= Q(**{f"{name}__lt": midnight(last + DAY)})
    return found


def _channel(before: str, code: str) -> Q:
    """The conversation's channel, without a conversation the case's."""
    if not code:
        return Q()
    of_case = {f"{before}contact": None, f"{before}case__channel__code": code}
    return Q(**{f"{before}contact__channel__code": code}) | Q(**of_case)
