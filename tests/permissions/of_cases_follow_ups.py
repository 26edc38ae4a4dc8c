from datetime import timedelta
from typing import Any

from lingzhi.cases.factories import make_rule
from lingzhi.cases.models import FollowUp, FollowUpRule, FollowUpTry
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from tests.permissions.objects import Route, Whose


def a_follow_up(cast: Cast, whose: Whose, **more: Any) -> FollowUp:
    """One that the person calls, for their unit; somebody else served the customer."""
    rule = FollowUpRule.objects.first() or make_rule()
    return FollowUp.objects.create(
        rule=rule, key=f"x/{FollowUp.objects.count()}", customer=make_customer(by=cast.nora),
        unit=whose.unit, person=whose.person, served_by=cast.sam,
        **{"state": "open", "triggered_at": now(), "from_at": now(), "next_at": now(), **more},
    )  # fmt: skip


def open_one(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_follow_up(cast, whose).pk}


def running(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = a_follow_up(cast, whose)
    FollowUpTry.objects.create(
        follow_up=found, number=1, by=whose.person, began_at=now() - timedelta(minutes=2)
    )
    return {"pk": found.pk}


def done(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = a_follow_up(cast, whose, state="done", ended_at=now(), ended_by=whose.person)
    return {"pk": found.pk}


def a_rule(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_rule().pk}


def a_script(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_rule().script_id}


ROUTES = {
    "cases:follow_ups": Route(),
    "cases:next_follow_up": Route(method="post"),
    "cases:follow_up_board": Route(),
    "cases:follow_up_signs": Route(),
    "cases:follow_up_rules": Route(),
    "cases:lay_follow_up_rules": Route(method="post"),
    "cases:add_follow_up_rule": Route(),
    "cases:follow_up_rule": Route(a_rule),
    "cases:end_follow_up_rule": Route(a_rule, method="post"),
    "cases:follow_up_script": Route(a_script),
    "cases:follow_up": Route(open_one),
    "cases:begin_call": Route(open_one, method="post"),
    "cases:end_call": Route(running, method="post"),
    "cases:give_follow_up": Route(open_one, method="post"),
    "cases:reopen_after": Route(done, method="post"),
    "cases:open_after": Route(done, method="post"),
    "cases:opinion_after": Route(done, method="post"),
    "cases:praise_after": Route(done, method="post"),
}
