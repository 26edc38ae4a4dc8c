from collections.abc import Callable
from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import LONG_AGO, Cast
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now, today
from lingzhi.inspections.factories import make_sheet
from lingzhi.inspections.models import Calibration, QualityEstimate
from lingzhi.inspections.queries.calibrations import possible_calibrators
from lingzhi.inspections.services import calibrating
from lingzhi.org.models import Unit
from lingzhi.org.services import assign_role
from tests.permissions.objects import Route, Whose

PLAIN = {"answer-greet": "yes", "answer-solve": "yes"}


def calibration(state: str, *, is_talk: bool = False) -> Callable[[Cast, Whose], dict[str, Any]]:
    """A session over a conversation of the person's unit, in `state`.

    The person scores in it, where that person may.
    """

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        other = _person("7001", "lead_inspector", cast.company)
        people = [other, _person("7002", "inspector", cast.company)]
        if whose.person in possible_calibrators(whose.unit):
            people.append(whose.person)
        _person("7003", "agent", whose.unit)
        talk = make_contact("calibrated", agent="7003")
        setting = calibrating.Setting(
            title="x", version=make_sheet(cast.quan), unit=whose.unit, is_blind=True, rounds=2,
            due_on=today() + timedelta(days=1), people=people,
        )  # fmt: skip
        made = calibrating.create_calibration(
            setting, calibrating.Choice(numbers=[talk.external_id]), by=other
        )
        if state != "draft":
            calibrating.invite(made, by=other)
            Calibration.objects.filter(pk=made.pk).update(
                state=state, agreed_at=made.created_at, closed_at=made.created_at, closed_by=other
            )
        return {"pk": made.talks.get().pk if is_talk else made.pk}

    return make


def _person(staff_no: str, role: str, unit: Unit) -> User:
    person, _new = User.objects.get_or_create(staff_no=staff_no, defaults={"name": staff_no})
    assign_role(person, role, unit, from_on=LONG_AGO, by=None)
    return person


def estimate(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The person's figures in an estimate of the unit that person works in."""
    made = QualityEstimate.objects.create(
        unit=whose.unit, sheet=make_sheet(cast.quan).sheet, from_on=today(), to_on=today(),
        reviews=1, shared=0, groups=1, made_at=now(),
    )  # fmt: skip
    made.inspectors.create(inspector=whose.person, group=0, scores=1, days=1, overturned=0)
    return {"pk": whose.person.pk}


ROUTES = {
    "inspections:inspectors": Route(),
    "inspections:adjusted_scores": Route(),
    "inspections:inspector": Route(estimate),
    "inspections:use_as_gold": Route(calibration("closed"), method="post"),
    "inspections:retire_gold": Route(calibration("closed"), method="post"),
    "inspections:calibrations": Route(),
    "inspections:new_calibration": Route(),
    "inspections:calibration": Route(calibration("discussing")),
    "inspections:edit_calibration": Route(calibration("draft")),
    "inspections:discard_calibration": Route(calibration("draft"), method="post"),
    "inspections:invite_calibrators": Route(calibration("draft"), method="post"),
    "inspections:open_discussion": Route(calibration("scoring"), method="post"),
    "inspections:begin_next_round": Route(
        calibration("discussing"), method="post", data={"due_on": "2099-01-01"}
    ),
    "inspections:write_minutes": Route(calibration("agreed"), method="post"),
    "inspections:decide_guidance": Route(
        calibration("agreed"), method="post", data={"item": "greet", "guidance": "x"}
    ),
    "inspections:settle_calibration": Route(calibration("discussing"), method="post"),
    "inspections:close_calibration": Route(calibration("agreed"), method="post"),
    "inspections:print_calibration": Route(calibration("agreed")),
    "inspections:calibration_table": Route(calibration("agreed")),
    "inspections:calibration_talk": Route(calibration("discussing", is_talk=True)),
    "inspections:score_calibration": Route(
        calibration("scoring", is_talk=True), method="post", data={"revision": "0"} | PLAIN
    ),
    "inspections:agree_on": Route(
        calibration("discussing", is_talk=True), method="post", data={"agree": "1"} | PLAIN
    ),
    "inspections:comment_on": Route(
        calibration("discussing", is_talk=True), method="post", data={"item": "greet", "text": "x"}
    ),
    "inspections:leave_out": Route(calibration("draft", is_talk=True), method="post"),
}
