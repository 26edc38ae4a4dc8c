from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import LONG_AGO, Cast
from lingzhi.core.clock import now
from lingzhi.org.models import Activity, ActivityEvidence, Participation, Statement
from lingzhi.org.services.activities import add_evidence, plan_activity
from lingzhi.org.services.statements import publish_statement
from tests.permissions.objects import Route, Whose

HOUR = timedelta(hours=1)


def statement(cast: Cast, whose: Whose) -> dict[str, Any]:
    found: Statement = publish_statement(whose.unit, "values", "Care.", from_on=LONG_AGO, by=None)
    return {"pk": found.pk}


def _activity(cast: Cast, whose: Whose, *, in_hours: int = 24) -> Activity:
    begins = now() + in_hours * HOUR
    organiser = User.objects.create(staff_no="organiser", name="Otto")  # none of those who try
    return plan_activity(
        title="Sharing", kind="sharing", unit=whose.unit, organiser=organiser, begins_at=begins,
        ends_at=begins + HOUR, open_to=[whose.unit], by=None,
    )  # fmt: skip


def activity(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _activity(cast, whose).pk}


def signed_up(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = _activity(cast, whose)
    Participation.objects.create(activity=found, person=whose.person, signed_up_at=now())
    return {"pk": found.pk}


def begun(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _activity(cast, whose, in_hours=-2).pk}


def evidence(cast: Cast, whose: Whose) -> dict[str, Any]:
    found: ActivityEvidence = add_evidence(_activity(cast, whose), note="Held.", by=cast.sol)
    return {"pk": found.pk}


ROUTES = {
    "org:culture": Route(),
    "org:statement_publish": Route(),
    "org:statement": Route(statement),
    "org:statement_end": Route(statement, method="post", data={"reason": "old"}),
    "org:activities": Route(),
    "org:activity_create": Route(),
    "org:activity": Route(activity),
    "org:activity_change": Route(activity),
    "org:activity_cancel": Route(activity, method="post", data={"reason": "storm"}),
    "org:activity_prove": Route(activity, method="post", data={"note": "Held."}),
    "org:evidence": Route(evidence),
    "org:activity_join": Route(activity, method="post"),
    "org:activity_leave": Route(signed_up, method="post"),
    "org:activity_confirm": Route(begun, method="post"),
    "org:activity_came": Route(begun, method="post"),
    "org:participation": Route(),
}
