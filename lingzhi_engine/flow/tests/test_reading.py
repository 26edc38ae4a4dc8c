import copy
from typing import Any

import pytest

from lingzhi_engine.flow import InvalidFlow, Kind, read_flow

SIMPLE: dict[str, Any] = {
    "title": {"zh-Hans": "受理", "en": "Intake"},
    "begins": "received",
    "states": [
        {"code": "received", "kind": "open", "title": {"en": "Received"}},
        {"code": "waiting", "kind": "waiting", "title": {"en": "Waiting"}},
        {"code": "solved", "kind": "solved", "title": {"en": "Solved"}},
        {"code": "closed", "kind": "closed", "title": {"en": "Closed"}},
    ],
    "transitions": [
        {"code": "wait", "from": ["received"], "to": "waiting", "title": {"en": "Wait"},
         "asks_reason": True},
        {"code": "go_on", "from": ["waiting"], "to": "received", "title": {"en": "Go on"}},
        {"code": "solve", "from": ["received"], "to": "solved", "title": {"en": "Solve"},
         "needs": ["customer"], "meets": ["investigation"]},
        {"code": "close", "from": ["solved"], "to": "closed", "title": {"en": "Close"}},
    ],
}  # fmt: skip


def problems_of(change: Any) -> set[str]:
    content = copy.deepcopy(SIMPLE)
    change(content)
    with pytest.raises(InvalidFlow) as found:
        read_flow(content, fields={"customer"}, clocks={"investigation"})
    return {str(problem) for problem in found.value.problems}


def test_it_reads_states_and_steps():
    flow = read_flow(SIMPLE, fields={"customer"}, clocks={"investigation"})
    assert [one.code for one in flow.from_state("received")] == ["wait", "solve"]
    assert flow.kind_of("waiting") is Kind.WAITING
    assert flow.transitions["solve"].needs == ("customer",)


def test_a_code_is_used_once():
    problems = problems_of(lambda flow: flow["states"].append(flow["states"][0]))
    assert problems == {"states.received: is used twice"}


def test_it_names_states_that_are_not_there():
    problems = problems_of(lambda flow: flow["transitions"][1].update(to="nowhere"))
    assert "transitions.go_on.to: there is no state 'nowhere'" in problems


def test_nobody_gets_stuck():
    assert problems_of(lambda flow: flow["transitions"].pop(1)) == {
        "states.waiting: no way leads from here to a closed state"
    }


def test_every_state_is_reached():
    assert problems_of(lambda flow: flow["transitions"].pop(0)) == {
        "states.waiting: no way leads here from the begin"
    }


def test_a_wait_has_a_reason():
    assert problems_of(lambda flow: flow["transitions"][0].pop("asks_reason")) == {
        "transitions.wait: a transition to a state of the kind waiting asks for a reason"
    }


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda flow: flow.update(colour="red"), "there is no field 'colour' here"),
        (lambda flow: flow["states"][0].update(kind="odd"),
         "states.received.kind: must be one of open, waiting, solved, closed"),
        (lambda flow: flow["transitions"][2].update(needs=["shoe"]),
         "transitions.solve.needs: must be one of customer"),
        (lambda flow: flow.update(begins=""), "begins: is missing"),
        (lambda flow: flow.update(states={}), "states: must be a list"),
        (lambda flow: flow.update(begins="closed"),
         "begins: a flow begins in a state of the kind open"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong(change, problem):
    assert problem in problems_of(change)
