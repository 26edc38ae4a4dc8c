"""Processes with branches, and stages."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import InvalidRules

from .one import finding, verdict

FLOW: dict[str, Any] = {
    "op": "conv.flow",
    "branch_turns": 2,
    "nodes": [
        {"id": "核身", "role": "agent", "words": ["姓名"]},
        {"id": "问候", "role": "agent", "words": ["您好"], "optional": True},
        {"id": "问需求", "role": "agent", "words": ["退还是换"]},
        {"id": "退", "role": "agent", "words": ["原路退回"], "score": 2},
        {"id": "换", "role": "agent", "words": ["重新发货"], "score": 2},
    ],
    "edges": [
        {"from": "核身", "to": "问候"},
        {"from": "问候", "to": "问需求"},
        {"from": "问需求", "to": "退", "when": {"role": "customer", "words": ["退"]}},
        {"from": "问需求", "to": "换", "when": {"role": "customer", "words": ["换"]}},
    ],
}
WAY = ["agent: 请问姓名", "customer: 王", "agent: 退还是换", "customer: 换吧", "agent: 重新发货"]


def told(condition: dict[str, Any], *turns: str, when: str = "a") -> list[tuple[Any, Any]]:
    """What each piece of evidence says: turn and detail."""
    return [(e.turn, e.detail) for e in finding(condition, *turns, when=when).evidence]


def test_the_path_that_was_taken() -> None:
    found = finding(FLOW, *WAY)
    assert [(e.turn, e.detail, e.reason) for e in found.evidence] == [
        (1, "核身", "step"),
        (3, "问需求", "step"),
        (5, "换", "step"),
        (None, None, None),
    ]
    assert (found.evidence[-1].value, found.evidence[-1].threshold) == (1.0, 1.0)


def test_the_branch_decides_what_is_owed() -> None:
    wrong = [*WAY[:4], "agent: 原路退回"]
    assert told(FLOW, *wrong, when="!a") == [(1, "核身"), (3, "问需求"), (None, "换")]
    assert verdict({**FLOW, "min_share": 0.5}, *wrong) == "hit"
    assert verdict({**FLOW, "min_share": 0.5, "must_end": True}, *wrong) == "miss"


def test_a_branch_is_decided_near_its_step() -> None:
    late = [*WAY[:3], "customer: 嗯", "agent: 好", "customer: 换吧", "agent: 好的"]
    assert verdict(FLOW, *late) == "hit"  # nobody said which way: the walk ends
    assert verdict({**FLOW, "branch_turns": 4}, *late) == "miss"


def test_steps_follow_each_other_unless_told_otherwise() -> None:
    early = ["agent: 退还是换", "customer: 换吧", "agent: 请问姓名", "agent: 重新发货"]
    assert verdict(FLOW, *early) == "miss"
    assert verdict({**FLOW, "ordered": False}, *early) == "hit"


def test_a_step_within_some_turns() -> None:
    op = {"op": "conv.flow", "nodes": [{"id": "一", "words": ["您好"]}]}
    op["nodes"] = [{"id": "一", "words": ["您好"]}, {"id": "二", "words": ["请讲"], "turns": 1}]
    assert verdict(op, "agent: 您好", "agent: 请讲") == "hit"
    assert verdict(op, "agent: 您好", "customer: 嗯", "agent: 请讲") == "miss"


def test_an_interrupt_ends_the_process() -> None:
    op = {**FLOW, "interrupts": [{"id": "挂断", "role": "customer", "words": ["不用了"]}]}
    assert verdict(op, "agent: 请问姓名", "customer: 不用了") == "hit"
    assert verdict(FLOW, "agent: 请问姓名", "customer: 不用了") == "miss"
    assert verdict({**op, "must_end": True}, "agent: 请问姓名", "customer: 不用了") == "miss"
    onward = {"id": "挂断", "role": "customer", "words": ["不用了"], "to": "退"}
    jumped = ["agent: 请问姓名", "customer: 不用了", "agent: 原路退回"]
    assert verdict({**FLOW, "interrupts": [onward], "must_end": True}, *jumped) == "hit"


def test_a_process_that_only_something_calls_for() -> None:
    op = {**FLOW, "trigger": {"role": "customer", "words": ["退货"]}}
    assert verdict(op, *WAY) == "na"
    assert verdict(op, "customer: 退货", *WAY) == "hit"
    assert verdict(op, *WAY, "customer: 退货") == "miss"
    assert verdict(FLOW, "customer: 退货") == "unknown"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"start": "没有"}, "start"),
        ({"edges": [{"from": "核身", "to": "没有"}]}, "edges.1.to"),
        ({"edges": [{"from": "核身"}]}, "edges.1.to"),
        ({"nodes": [{"words": ["好"]}]}, "nodes.1.id"),
        ({"nodes": [{"id": "a", "words": ["好"]}, {"id": "a", "words": ["不"]}]}, "nodes.2.id"),
        ({"nodes": [{"id": "a"}]}, "nodes.1"),
        ({"nodes": [{"id": "a", "words": ["好"], "score": "x"}]}, "nodes.1.score"),
        ({"nodes": [{"id": "a", "words": ["好"], "wrods": ["x"]}]}, "nodes.1.wrods"),
        ({"edges": [{"from": "核身", "to": "退", "when": {"role": "agent"}}]}, "edges.1.when"),
    ],
)
def test_mistakes_in_a_graph(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidRules) as caught:
        verdict({**FLOW, **changed}, "agent: 您好")
    assert [problem.field for problem in caught.value.problems] == [f"conditions.a.{field}"]


STAGES: dict[str, Any] = {
    "op": "conv.stage",
    "stages": [
        {"name": "开场", "words": ["您好"]},
        {"name": "处理", "words": ["帮您查"]},
        {"name": "推销", "words": ["活动"]},
    ],
}
CALL = ["agent: 您好", "customer: 查话费", "agent: 帮您查一下", "customer: 好", "agent: 有个活动"]


def test_stages_that_are_there_or_missing() -> None:
    assert verdict(STAGES, *CALL) == "miss"
    assert verdict({**STAGES, "test": "present"}, *CALL) == "hit"
    assert told(STAGES, *CALL[:2]) == [(None, "处理 | 推销")]
    assert verdict({**STAGES, "stage": "开场"}, *CALL[:2]) == "miss"
    assert verdict({**STAGES, "scope": {"role": "agent"}}, "customer: 您好") == "unknown"


def test_stages_out_of_order() -> None:
    op = {**STAGES, "test": "out_of_order"}
    assert verdict(op, *CALL) == "miss"
    assert told(op, *CALL, "agent: 再帮您查") == [(6, "处理 | 推销")]
    both = "agent: 有个活动，先帮您查"
    assert verdict(op, both, "agent: 活动") == "miss"
    assert verdict({**op, "label": "last"}, "agent: 活动", both) == "hit"


@pytest.mark.parametrize(
    ("params", "value"),
    [
        ({"stage": "处理"}, 2.0),
        ({"stage": "推销", "measure": "share_of_turns"}, 0.2),
        ({"stage": "处理", "measure": "ms"}, 3000.0),
        ({"stage": "开场", "measure": "share_of_time"}, 0.5),
    ],
)
def test_the_length_of_a_stage(params: dict[str, Any], value: float) -> None:
    times = ["0-2000", "2000-4000", "4000-6000", "7000-8000", "8000-9000"]
    call = [line.replace(":", f"@{at}:", 1) for line, at in zip(CALL, times, strict=True)]
    found = finding({**STAGES, "test": "length", "min": 0, **params}, *call)
    assert [e.value for e in found.evidence] == [value]


def test_the_length_of_a_stage_that_is_not_there() -> None:
    op = {**STAGES, "test": "length", "stage": "推销", "max": 3}
    found = finding(op, *CALL[:4])
    assert (found.verdict.value, found.detail) == ("na", "推销")
    assert finding({**op, "measure": "ms"}, *CALL).reason == "no_times"
    with pytest.raises(InvalidRules):
        verdict({**op, "stage": "没有"}, *CALL)
