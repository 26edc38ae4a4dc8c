"""What a clause about inspection by people sets going: those who can are asked to see to it.

A plan or a score sheet is people's work: a clause does not make one, it asks for one, and asks
nobody where there is one already.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.controls import Binding
from lingzhi.inspections.models import Plan, SheetVersion
from lingzhi.inspections.queries.people_keeping import LIVE, lacks, sections_of
from lingzhi.inspections.queries.reviews import holders_over
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit

PLAN, DESIGN = "inspections.plan", "inspections.design_sheets"


@transaction.atomic
def demand_samples(binding: Binding, *, by: User | None) -> None:
    """Ask for an inspection plan (质检计划) where none of the unit, or above it, is active.

    Listening in needs no plan: the live floor offers a conversation by chance.
    """
    if binding.values.get("method") == LIVE:
        return
    over = [one for one in Plan.objects.filter(state=Plan.State.ACTIVE).select_related("unit")]
    if any(binding.unit_path.startswith(plan.unit.path) for plan in over):
        return
    _ask(binding, PLAN, str(reverse("inspections:plans")), by)


@transaction.atomic
def demand_sheet(binding: Binding, *, by: User | None) -> None:
    """Ask for a score sheet (评分表) with these sections where none in force has them all."""
    wanted = binding.values.get("sections", ())
    in_force = SheetVersion.objects.filter(state=SheetVersion.State.ACTIVE)
    if any(not lacks(sections_of(version), wanted) for version in in_force):
        return
    _ask(binding, DESIGN, str(reverse("inspections:sheets")), by)


@transaction.atomic
def stop_asking(binding: Binding, *, by: User | None) -> None:
    """The clause is out of force: nobody is asked any more; plans and sheets stay."""
    if settle_matter(_matter(binding)):
        record(by, "inspections.demand_ended", _unit(binding), after={"for": binding.reference})


def _ask(binding: Binding, capability: str, url: str, by: User | None) -> None:
    title = {
        PLAN: _("A regulation asks for samples: make an inspection plan"),
        DESIGN: _("A regulation asks for a score sheet with its sections"),
    }[capability]
    asked = holders_over(binding.unit_path, capability)
    if tell(asked, title, body=binding.reference, url=url, is_todo=True, matter=_matter(binding)):
        record(by, "inspections.demand_made", _unit(binding), after={"for": binding.reference})


def _unit(binding: Binding) -> Unit:
    return Unit.objects.get(pk=binding.unit_id)


def _matter(binding: Binding) -> str:
    return f"rulebook.control/{binding.control_id}"
