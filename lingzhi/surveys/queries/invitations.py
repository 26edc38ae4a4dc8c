"""Invitations: who may see which, and how many were asked."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import midnight
from lingzhi.org.queries import reach
from lingzhi.surveys.models import Answering, Invitation
from lingzhi.surveys.queries.independence import held_back, kept_from

READ = "surveys.read"
State = Invitation.State
RELATED = ("rule", "plan", "unit", "agent", "customer", "case", "answering", "version")


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """Those about services within reach; not what an independent survey keeps from this person."""
    within = reach(user, READ).over("unit__path", "agent")
    rows = Invitation.objects.filter(within, ~held_back(user))
    return rows.select_related(*RELATED)


def answerings_visible_to(user: User) -> QuerySet[Answering]:
    """What was answered about services within reach; the same is kept back."""
    within = reach(user, READ).over("unit__path", "invitation__agent")
    rows = Answering.objects.filter(within, ~kept_from(user))
    return rows.select_related("version__questionnaire", "invitation", "place", "entered_by")


@dataclass(frozen=True, slots=True)
class InvitationFilters:
    """Which invitations are listed."""

    state: str = ""
    reason: str = ""
    mode: str = ""
    rule: int | None = None
    from_on: date | None = None

    def apply(self, rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
        """`answered` and `partial` are states of the answering."""
        if self.state == "answered":
            rows = rows.filter(finished_at__isnull=False)
        elif self.state == "partial":
            rows = rows.filter(opened_at__isnull=False, finished_at=None)
        elif self.state:
            rows = rows.filter(state=self.state)
        if self.reason:
            rows = rows.filter(reason=self.reason)
        if self.mode:
            rows = rows.filter(mode=self.mode)
        if self.rule:
            rows = rows.filter(rule=self.rule)
        if self.from_on:
            rows = rows.filter(due_at__gte=midnight(self.from_on))
        return rows


@dataclass(frozen=True, slots=True)
class Tally:
    """How many services were due to be judged, asked about, and judged."""

    due: int
    asked: int
    begun: int
    answered: int
    reasons: tuple[tuple[str, int], ...]


def tally_of(rows: QuerySet[Invitation]) -> Tally:
    """Counts of a list, with why people were not asked, the most frequent reason first."""
    plain = rows.order_by().select_related(None)
    counts = plain.aggregate(
        due=Count("pk"),
        asked=Count("pk", filter=Q(state=State.SENT)),
        begun=Count("pk", filter=Q(opened_at__isnull=False)),
        answered=Count("pk", filter=Q(finished_at__isnull=False)),
    )
    withheld = plain.filter(state=State.WITHHELD).values_list("reason").annotate(n=Count("pk"))
    reasons = tuple(sorted(withheld, key=lambda row: -row[1]))
    return Tally(**counts, reasons=reasons)
