from datetime import date
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_sheet
from lingzhi.inspections.models import (
    Behaviour,
    ExportLayout,
    Gate,
    Incident,
    JointInspection,
    OldScore,
)
from lingzhi.inspections.services.gates import check_deliverable, set_gate
from lingzhi.inspections.services.grades import set_criteria
from tests.permissions.objects import Route, Whose


def old_score(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A score of an earlier system about the person."""
    made = OldScore.objects.create(
        source="old", number="1", scored_on=date(2026, 1, 5), agent_said=whose.person.staff_no,
        agent=whose.person, unit=whose.unit, value=90,
    )  # fmt: skip
    return {"pk": made.pk}


def layout(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A layout of the export over the person's unit."""
    columns = [{"heading": "No", "source": "agent_no", "format": ""}]
    made = ExportLayout.objects.create(
        title="Monthly", unit=whose.unit, columns=columns, changed_at=now()
    )
    return {"pk": made.pk}


def person(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": whose.person.pk}


def criteria(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Criteria of grades that hold in the person's unit."""
    figures = {"margin": 1, "minimum": 5, "months": 1}
    figures |= {"excellent_points": 0, "abnormal_points": 0}
    made = set_criteria(whose.unit, [("A", 90), ("B", 0)], **figures, reason="agreed", by=cast.quan)
    return {"pk": made.pk}


def behaviour(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = Behaviour.objects.create(
        code="quarrel", title="Quarrels", severity="severe", changed_at=now()
    )
    return {"pk": made.pk}


def incident(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One about the person, recorded by somebody else."""
    made = Incident.objects.create(
        kind="abnormal", person=whose.person, unit=whose.unit, happened_on=date(2026, 1, 5),
        story="x", evidence="file 1", recorded_at=now(), recorded_by=cast.nora,
    )  # fmt: skip
    return {"pk": made.pk}


def gate(cast: Cast, whose: Whose) -> dict[str, Any]:
    sheet = make_sheet(cast.quan).sheet
    return {"pk": set_gate("reply", "Reply", unit=whose.unit, sheet=sheet, by=cast.quan).pk}


def gate_check(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A deliverable of the person's unit that failed, checked by somebody else."""
    found = Gate.objects.get(pk=gate(cast, whose)["pk"])
    answers = {"greet": {"value": "no"}, "solve": {"value": "no"}}
    return {"pk": check_deliverable(found, "R-1", answers, by=cast.nora).pk}


def joint(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Over the person's unit, by inspectors of other units."""
    made = JointInspection.objects.create(
        title="Joint", unit=whose.unit, held_on=date(2026, 1, 5), led_by=cast.nora, opened_at=now()
    )
    return {"pk": made.pk}


ROUTES = {
    "inspections:old_scores": Route(),
    "inspections:old_score": Route(old_score),
    "inspections:behaviours": Route(),
    "inspections:adopt_behaviours": Route(method="post"),
    "inspections:new_behaviour": Route(),
    "inspections:sheet_of_behaviours": Route(method="post"),
    "inspections:edit_behaviour": Route(behaviour),
    "inspections:retire_behaviour": Route(behaviour, method="post"),
    "inspections:incidents": Route(),
    "inspections:new_incident": Route(),
    "inspections:incident": Route(incident),
    "inspections:answer_incident": Route(incident, method="post"),
    "inspections:withdraw_incident": Route(incident, method="post", data={"reason": "why"}),
    "inspections:supervision": Route(),
    "inspections:supervise": Route(),
    "inspections:gates": Route(),
    "inspections:new_gate": Route(),
    "inspections:retire_gate": Route(gate, method="post"),
    "inspections:check_deliverable": Route(gate),
    "inspections:gate_check": Route(gate_check),
    "inspections:let_through": Route(gate_check, method="post", data={"reason": "urgent"}),
    "inspections:joints": Route(),
    "inspections:new_joint": Route(),
    "inspections:joint": Route(joint),
    "inspections:add_joint_record": Route(joint, method="post"),
    "inspections:sign_joint": Route(joint, method="post"),
    "inspections:archives": Route(),
    "inspections:my_archive": Route(),
    "inspections:archive": Route(person),
    "inspections:print_archive": Route(person),
    "inspections:grades": Route(),
    "inspections:grade_criteria": Route(),
    "inspections:compute_grades": Route(criteria, method="post", data={"month": "2026-08"}),
    "inspections:layouts": Route(),
    "inspections:new_layout": Route(),
    "inspections:edit_layout": Route(layout),
    "inspections:remove_layout": Route(layout, method="post"),
    "inspections:export_scores": Route(
        layout, method="post", data={"month": "2026-10", "form": "csv"}
    ),
}
