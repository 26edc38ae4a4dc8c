"""How good inspectors' scores are: hidden tasks, who may be given one, dated estimates."""

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import (
    AgentEstimate,
    GoldStandard,
    InspectorEstimate,
    QualityEstimate,
    Review,
    SheetVersion,
    Task,
)
from lingzhi.inspections.queries.conflicts import conflicts
from lingzhi.org.queries import assignments_on, reach

INSPECTORS = ("inspector", "lead_inspector")
RECHECK = "inspections.recheck"


def second_scorers(review: Review) -> list[User]:
    """Inspectors who may score the conversation again: without conflict, and new to it."""
    path = review.unit.path if review.unit else "/"
    held = assignments_on(today()).filter(role__in=INSPECTORS, person__is_active=True)
    reaching = {
        one.person for one in held.select_related("person") if path.startswith(one.unit.path)
    }
    about = {"contact": review.contact_id}
    known = set(Review.objects.filter(**about).values_list("inspector", flat=True))
    known.update(Task.objects.filter(**about).values_list("inspector", flat=True))
    left = [person for person in reaching if person.pk not in known]
    hindered = conflicts(left, [review.contact])
    return [one for one in left if (one.pk, review.contact_id) not in hindered]


def gold_for(review: Review) -> list[GoldStandard]:
    """Known answers under the same sheet that the inspector has had no part in and not met yet,
    of conversations without a conflict of interest."""
    person = review.inspector_id
    rows = GoldStandard.objects.filter(retired_at=None, version__sheet=review.version.sheet_id)
    rows = rows.exclude(Q(contact__reviews__inspector=person) | Q(contact__tasks__inspector=person))
    rows = rows.exclude(talk__calibration__calibrators__person=person)
    held = assignments_on(today()).filter(person=person, role__in=INSPECTORS)
    paths = tuple(one.unit.path for one in held)
    near = [
        one
        for one in rows.select_related("contact__unit", "version")[:1000]
        if one.contact.unit and one.contact.unit.path.startswith(paths or ("-",))
    ]
    hindered = conflicts([review.inspector], [one.contact for one in near])
    return [one for one in near if (person, one.contact_id) not in hindered]


def newest_estimates() -> QuerySet[QualityEstimate]:
    """The newest estimate of each centre and sheet."""
    newest = QualityEstimate.objects.values("unit", "sheet").annotate(newest=Max("id"))
    rows = QualityEstimate.objects.filter(pk__in=newest.values("newest"))
    rows = rows.annotate(title=_title("sheet"))
    return rows.select_related("unit", "sheet").order_by("unit__path", "sheet__code")


def _title(sheet: str) -> Subquery:
    """The title of the newest version of the sheet whose number stands at `sheet`."""
    versions = SheetVersion.objects.filter(sheet=OuterRef(sheet)).order_by("-number")
    return Subquery(versions.values("title")[:1])


def estimates_visible_to(user: User) -> QuerySet[QualityEstimate]:
    """The newest estimates of the centres within reach of who re-checks scores."""
    if not user.can(RECHECK):
        return QualityEstimate.objects.none()
    paths = reach(user, RECHECK).paths
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(unit__path__startswith=path)
    return newest_estimates().filter(within)


def estimates_of(person: User) -> QuerySet[InspectorEstimate]:
    """What the newest estimates say of one inspector."""
    newest = newest_estimates().values("pk")
    rows = InspectorEstimate.objects.filter(inspector=person, estimate__in=newest)
    rows = rows.annotate(title=_title("estimate__sheet"))
    return rows.select_related("estimate__unit", "estimate__sheet", "inspector")


def leniency_over_time(
    person: User, estimate: QualityEstimate, most: int = 24
) -> list[float | None]:
    """The leniency of an inspector in the last estimates of the same centre and sheet, in order."""
    rows = InspectorEstimate.objects.filter(
        inspector=person, estimate__unit=estimate.unit_id, estimate__sheet=estimate.sheet_id
    )
    newest = rows.order_by("-estimate__to_on").values_list("leniency", flat=True)[:most]
    return list(newest)[::-1]


def adjusted_agents(estimate: QualityEstimate) -> QuerySet[AgentEstimate]:
    """Agents of an estimate, as scored and with average inspectors, by staff number."""
    return estimate.agents.select_related("agent", "unit").order_by("agent__staff_no")
