"""Of services due to be judged: asked, and of those asked, answered.

Rules spare some: who was not drawn, was asked only recently, said no, is not to be asked or whose
data are gone. They were due, but nobody failed to ask them; `ASKABLE` leaves them out. Whether
somebody answers is known once the time to answer is over: until then an invitation counts in
neither number, or the quick ones would make the rate.
"""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lingzhi.core.clock import now
from lingzhi.surveys.models import Answer, Invitation
from lingzhi_engine.stats import Rate

State, Reason = Invitation.State, Invitation.Reason
SPARED = (
    Reason.SHARE, Reason.COOLDOWN, Reason.REFUSED, Reason.NO_CONSENT, Reason.CLOSED,
    Reason.STOPPED, Reason.HIDDEN, Reason.REOPENED, Reason.ERASED,
)  # fmt: skip
ASKED = Q(state=State.SENT)
NOT_ASKED = Q(state=State.WITHHELD)
ASKABLE = ~Q(state=State.WITHHELD, reason__in=SPARED)
DECIDED = ASKED | NOT_ASKED


def answered() -> Exists:
    """Whether any answer came in; broken off half-way counts, too."""
    return Exists(Answer.objects.filter(answering__invitation=OuterRef("pk")))


def is_over(moment: datetime | None = None) -> Q:
    """The time to answer has passed."""
    return Q(expires_at__lte=moment or now())


def invited_rate(rows: QuerySet[Invitation], *, every: bool = False) -> Rate:
    """邀评率: asked, of those who were to be asked; with `every` of all services due."""
    rows = rows if every else rows.filter(ASKABLE)
    found = rows.order_by().aggregate(
        of=Count("pk", filter=DECIDED), hit=Count("pk", filter=ASKED)
    )  # fmt: skip
    return Rate(found["hit"], found["of"])


def answered_rate(rows: QuerySet[Invitation]) -> Rate:
    """参评率: answered, of those asked whose time to answer is over."""
    over = rows.filter(ASKED, is_over()).order_by()
    return Rate(over.filter(answered()).count(), over.count())


def still_open(rows: QuerySet[Invitation]) -> int:
    """Asked, and still with time to answer."""
    return rows.filter(ASKED).exclude(is_over()).count()
