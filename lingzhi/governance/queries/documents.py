"""The register of controlled documents within reach, and what is due."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Document, DocumentVersion
from lingzhi.governance.queries.goals import PLAN, READ
from lingzhi.governance.queries.months import months_later
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.rulebook.models import Clause

State = DocumentVersion.State
OPEN = "org.read"
AHEAD = timedelta(days=14)  # before a review is due its owner is asked
MONTHS = 12


def documents_visible_to(user: User) -> QuerySet[Document]:
    """What everybody may read once it was approved; else of units within reach or of one's own."""
    once = Document.objects.filter(versions__state=State.APPROVED, readers=Document.Readers.ALL)
    within = reach(user, READ).over("unit__path", "owner_id")
    rows = Document.objects.filter(Q(pk__in=once.values("pk")) | within | Q(owner=user))
    return rows.select_related("unit", "owner")


def versions_visible_to(user: User) -> QuerySet[DocumentVersion]:
    """Of documents within sight; what is not approved only for whom it concerns."""
    rows = DocumentVersion.objects.filter(document__in=documents_visible_to(user))
    concerned = (
        reach(user, READ).over("document__unit__path", "document__owner_id")
        | Q(document__owner=user)
        | Q(kept_by=user)
    )
    return rows.filter(Q(state=State.APPROVED) | concerned).select_related(
        "document__unit", "document__owner", "file", "kept_by", "approved_by"
    )


def in_force(day: date) -> QuerySet[DocumentVersion]:
    """The versions that hold on this day."""
    rows = DocumentVersion.objects.filter(state=State.APPROVED, from_on__lte=day)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=day))


def asked_documents(
    user: User, *, text: str = "", kind: str = "", unit: Unit | None = None, show: str = ""
) -> QuerySet[Document]:
    """Those that a page was asked for: what is in force, unless something else is."""
    rows = documents_visible_to(user)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(title__icontains=text))
    if kind:
        rows = rows.filter(kind=kind)
    if unit is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    holding = in_force(today())
    coming = DocumentVersion.objects.filter(state__in=[State.DRAFT, State.ASKED])
    chosen = {
        "due": holding.filter(review_on__lte=today() + AHEAD),
        "coming": coming,
        "destroy": to_destroy(today()),
    }.get(show, holding)
    if show == "over":
        rows = rows.exclude(pk__in=holding.values("document")).exclude(
            pk__in=coming.values("document")
        )
    elif show == "mine":
        rows = rows.filter(owner=user)
    else:
        rows = rows.filter(pk__in=chosen.values("document"))
    return rows.order_by("number")


def to_destroy(day: date) -> QuerySet[DocumentVersion]:
    """Versions kept as long as their document says, and not destroyed yet."""
    ended = DocumentVersion.objects.filter(ended_on__isnull=False, destroyed_at=None)
    rows = ended.filter(document__keep_years__isnull=False)
    known = rows.values_list("pk", "ended_on", "document__keep_years")
    keys = [
        pk for pk, end, years in known
        if end and years is not None and months_later(end, MONTHS * years) <= day
    ]  # fmt: skip
    return DocumentVersion.objects.filter(pk__in=keys)


def kept_until(version: DocumentVersion) -> date | None:
    """The first day on which it may be destroyed; None: never, or it holds still."""
    if version.ended_on is None or version.document.keep_years is None:
        return None
    return months_later(version.ended_on, MONTHS * version.document.keep_years)


def versions_to_tell(day: date) -> QuerySet[DocumentVersion]:
    """Those in force whose review is due soon and whose owner was not told yet."""
    rows = in_force(day).filter(review_on__lte=day + AHEAD, told_on=None)
    return rows.select_related("document__owner")


def documents_on_clause(user: User, clause: Clause) -> QuerySet[Document]:
    """What writes the clause down, in whatever version of its regulation."""
    same = Clause.objects.filter(
        version__regulation=clause.version.regulation_id, number=clause.number
    )
    rows = documents_visible_to(user).filter(withdrawn_at=None, clauses__in=same)
    return rows.distinct()


def may_write(user: User, unit: Unit) -> bool:
    """Who plans for the unit keeps its documents."""
    return reach(user, PLAN).covers(unit, None)
