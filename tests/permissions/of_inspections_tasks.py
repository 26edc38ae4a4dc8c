from typing import Any

from lingzhi.conftest import Cast
from lingzhi.contacts.models import Contact
from lingzhi.inspections.factories import make_sheet, make_task, running_plan
from lingzhi.inspections.models import Task
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import contact
from tests.permissions.of_inspections import review


def task(cast: Cast, whose: Whose) -> Task:
    """An open task of the person, of a plan of the unit where that person works."""
    plan = running_plan(whose.unit, make_sheet(cast.quan).sheet, whose.person, by=cast.quan)
    talk = Contact.objects.get(pk=contact(cast, Whose(cast.chen, whose.unit))["pk"])
    return make_task(plan, talk, inspector=whose.person)


def by_number(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": task(cast, whose).pk}


ROUTES = {
    "inspections:tasks": Route(),
    "inspections:next_task": Route(method="post"),
    "inspections:score_task": Route(by_number, method="post"),
    "inspections:swap_task": Route(by_number, method="post", data={"reason": "noise"}),
    "inspections:task_load": Route(),
    "inspections:set_workload": Route(
        lambda cast, whose: {"pk": task(cast, whose).inspector_id}, method="post"
    ),
    "inspections:given_tasks": Route(),
    "inspections:give_tasks": Route(method="post"),
    "inspections:add_seconds": Route(review("draft"), method="post"),
}
