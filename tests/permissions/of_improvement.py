"""Rectifications: what is put right, in each stage."""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.improvement.factories import make_rectification
from lingzhi.improvement.models import Cause, Countermeasure, ImprovementPlan, Rectification
from tests.permissions.objects import Route, Whose


def draft(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Of the unit; somebody else answers for it, so the role alone decides."""
    return {"pk": _row(cast, whose).pk}


def checking(cast: Cast, whose: Whose) -> dict[str, Any]:
    return _in_state(cast, whose, state="checking", approved_at=now(), done_on=today())


def proved(cast: Cast, whose: Whose) -> dict[str, Any]:
    return _in_state(
        cast, whose, state="checking", approved_at=now(), done_on=today(), verified_at=now()
    )


def cause(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = _row(cast, whose)
    facts = {"words": "?", "evidence": "?", "written_at": now(), "written_by": cast.nora}
    return {"pk": Cause.objects.create(rectification=row, **facts).pk}


def measure(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One that the person carries out."""
    row = _row(cast, whose)
    facts = {"kind": "correction", "words": "?", "owner": whose.person, "due_on": today()}
    return {"pk": Countermeasure.objects.create(rectification=row, **facts).pk}


def change(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One that the person carries out, and that changes a rule."""
    found = measure(cast, whose)
    Countermeasure.objects.filter(pk=found["pk"]).update(changes="rule")
    return found


def plan(cast: Cast, whose: Whose) -> dict[str, Any]:
    facts = {"from_on": today(), "to_on": today(), "goals": "?", "kept_at": now()}
    return {"pk": ImprovementPlan.objects.create(unit=whose.unit, kept_by=cast.ann, **facts).pk}


def _row(cast: Cast, whose: Whose) -> Rectification:
    """Somebody who is none of the actors started it and answers for it."""
    other = User.objects.get_or_create(staff_no="5999", name="Olga")[0]
    due = today() + timedelta(days=9)
    return make_rectification(whose.unit, other, by=other, due_on=due)


def _in_state(cast: Cast, whose: Whose, **facts: Any) -> dict[str, Any]:
    row = _row(cast, whose)
    Rectification.objects.filter(pk=row.pk).update(**facts)
    return {"pk": row.pk}


ROUTES = {
    "improvement:rectifications": Route(),
    "improvement:repeats": Route(),
    "improvement:export": Route(),
    "improvement:start": Route(),
    **{
        f"improvement:{name}": Route(draft)
        for name in ("rectification", "edit", "note", "drop", "add_cause", "add_measure",
                     "set_effect", "done", "reopen")
    },
    "improvement:verify": Route(checking),
    "improvement:close": Route(proved),
    "improvement:carry": Route(proved),
    "improvement:reward": Route(proved),
    "improvement:plans": Route(),
    "improvement:add_plan": Route(),
    "improvement:plan": Route(plan),
    "improvement:edit_plan": Route(plan),
    "improvement:ask_approval": Route(draft, method="post"),
    "improvement:take_back": Route(draft, method="post"),
    "improvement:remove_cause": Route(cause, method="post"),
    "improvement:remove_measure": Route(measure, method="post"),
    "improvement:measure_done": Route(measure),
    "improvement:begin_change": Route(change),
}  # fmt: skip
