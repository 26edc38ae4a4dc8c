from typing import Any

from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import (
    Authority,
    Blame,
    Case,
    CaseEvent,
    Cause,
    Complaint,
    Duty,
    FormTemplate,
)
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.laying import lay_duties
from lingzhi.cases.services.paper import begin_form
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import contact


def a_complaint(cast: Cast, whose: Whose) -> Complaint:
    """A complaint that the person handles, in their unit; somebody else registered it."""
    with_flows()
    made = register_complaint(Registration("空调不制冷", "换过两次仍不制冷"), by=cast.nora)
    Case.objects.filter(pk=made.pk).update(unit=whose.unit, handler=whose.person)
    return made


def by_number(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_complaint(cast, whose).pk}


def an_act(name: str) -> Route:
    missing = {"pk": 999_999_999, "name": name}
    return Route(lambda cast, whose: {**by_number(cast, whose), "name": name}, missing=missing)


def a_duty(cast: Cast, whose: Whose) -> dict[str, Any]:
    lay_duties("s15", by=None)
    return {"pk": Duty.objects.all()[0].pk}


def a_blame(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A finding about the person; who complains stays unknown to them."""
    made = a_complaint(cast, whose)
    blame = Blame.objects.create(
        complaint=made, unit=whose.unit, person=whose.person, grounds="?", proposed_at=now(),
        proposed_by=cast.nora,
    )  # fmt: skip
    return {"pk": blame.pk}


def a_form(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = a_complaint(cast, whose)
    return {"pk": begin_form(made, FormTemplate.objects.all()[0], by=cast.nora).pk}


def a_letter(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = a_complaint(cast, whose)
    told = note_event(made.case, CaseEvent.Kind.TOLD, by=cast.nora, text="?")
    return {"pk": made.pk, "event": told.pk}


def an_item(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = a_complaint(cast, whose)
    goods = made.goods.create(product="空调")
    return {"pk": made.pk, "name": "return", "item": goods.pk}


def a_row(model: Any) -> Any:
    """One of what the flows bring along."""

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        with_flows()
        return {"pk": model.objects.all()[0].pk}

    return make


def a_line(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": Authority.objects.create(roles=["supervisor"]).pk}


ROUTES = {
    "cases:complaints": Route(),
    "cases:own_complaints": Route(),
    "cases:register_complaint": Route(),
    "cases:register_complaint_from": Route(
        lambda cast, whose: {"contact": contact(cast, whose)["pk"]},
        missing={"contact": 999_999_999},
    ),
    "cases:complaint": Route(by_number),
    "cases:complaint_act": an_act("find"),
    "cases:complaint_item": Route(
        an_item, missing={"pk": 999_999_999, "name": "return", "item": 999_999_999}
    ),
    "cases:complaint_counts": Route(),
    "cases:complainant": Route(by_number, data={"reason": "?"}),
    "cases:letter": Route(a_letter, missing={"pk": 999_999_999, "event": 999_999_999}),
    "cases:blame": Route(a_blame),
    "cases:form": Route(a_form),
    "cases:form_pdf": Route(a_form),
    "cases:duties": Route(),
    "cases:lay_duties": Route(method="post"),
    "cases:duty": Route(a_duty),
    "cases:causes": Route(),
    "cases:new_cause": Route(),
    "cases:edit_cause": Route(a_row(Cause)),
    "cases:retire_cause": Route(a_row(Cause)),
    "cases:new_authority": Route(),
    "cases:edit_authority": Route(a_line),
    "cases:retire_authority": Route(a_line),
    "cases:form_templates": Route(),
    "cases:new_form_template": Route(),
    "cases:form_template": Route(a_row(FormTemplate)),
    "cases:next_form_template": Route(a_row(FormTemplate)),
    "cases:retire_form_template": Route(a_row(FormTemplate)),
}
