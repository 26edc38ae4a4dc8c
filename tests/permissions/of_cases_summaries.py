from typing import Any

from lingzhi.cases.models import ComplaintChannel, Improvement, Summary
from lingzhi.cases.services.summaries import submit_summary
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from tests.permissions.objects import Route, Whose


def a_summary(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One that the person's own unit has handed in."""
    days = {"from_on": today(), "to_on": today()}
    row = Summary.objects.create(person=whose.person, unit=whose.unit, asked_at=now(), **days)
    submit_summary(row, "?", ["?"], by=whose.person)
    return {"pk": row.pk}


def a_proposal(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": Improvement.objects.get(summary=a_summary(cast, whose)["pk"]).pk}


def a_channel(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = ComplaintChannel(name="?", how="?", hours="?")
    row.save()
    return {"pk": row.pk}


ROUTES = {
    "cases:summaries": Route(),
    "cases:summary_cadence": Route(),
    "cases:summary": Route(a_summary),
    "cases:submit_summary": Route(a_summary, method="post"),
    "cases:answer_summary": Route(a_summary, method="post"),
    "cases:decide_improvement": Route(a_proposal, method="post"),
    "cases:complaint_channels": Route(),
    "cases:complaint_channels_pdf": Route(),
    "cases:new_complaint_channel": Route(),
    "cases:edit_complaint_channel": Route(a_channel),
    "cases:end_complaint_channel": Route(a_channel, method="post"),
}
