"""``kb.answer``: agrees, contradicts, differs, unanswered, not in the base."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import Batch, Finding, Models, compile, parse
from lingzhi_engine.inspect.meaning.knowledge import compare

from .test_llm_judge import Says
from .toy_models import ObedientJudge, reply

BASE = [
    {
        "id": "k1",
        "question": ["几天内可以退货", "退货期限是多久"],
        "answer": "签收后七天内可以退货",
    },
    {"id": "k2", "question": "年费是多少", "answer": "年费为300元"},
    {"id": "k3", "question": "没有答案的条目"},
]
EVERY = ["agrees", "contradicts", "differs", "unanswered", "not_in_base"]


def run(
    *lines: str, base: Any = BASE, judge: ObedientJudge | None = None, **params: Any
) -> Finding:
    condition = {"op": "kb.answer", "scope": {"role": "agent"}, **params}
    rules = parse([{"id": "a.b", "conditions": {"a": condition}}])
    related = {} if base is None else {"related": {"knowledge": base}}
    batch = Batch.from_conversations([{"id": "1", "turns": list(lines), **related}])
    return next(iter(compile(rules, models=Models(judge=judge)).run(batch)))


@pytest.mark.parametrize(
    ("said", "answer", "outcome"),
    [
        ("三天内都能退", "签收后七天内可以退货", "contradicts"),
        ("簽收後7天內可以退貨", "签收后七天内可以退货", "agrees"),
        ("您好，您这边七天之内是可以退的哦", "签收后七天内可以退货", "agrees"),
        ("不可以退的", "签收后七天内可以退货", "contradicts"),
        ("年费是两百块", "年费为300元", "contradicts"),
        ("年费三百元一年", "年费为300元", "agrees"),
        ("没有年费的", "本卡不收年费", "agrees"),
        ("挂失以后不能撤销", "挂失后可以撤销", "contradicts"),
        ("密码输错三次会锁定二十四小时", "密码连续输错5次锁定24小时", "contradicts"),
        ("您稍等", "签收后七天内可以退货", "differs"),
        ("不客气", "可以退货", "differs"),
        ("", "可以退货", "differs"),
    ],
)
def test_answers_are_compared(said: str, answer: str, outcome: str) -> None:
    assert compare(said, answer, 0.5).outcome == outcome


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["customer: 请问几天内可以退货", "agent: 七天内都可以退货"], "kb_agrees"),
        (["customer: 请问几天内可以退货", "agent: 三天内可以退货"], "kb_contradicts"),
        (["customer: 请问几天内可以退货", "agent: 您看一下规则"], "kb_differs"),
        (["agent: 您好", "customer: 请问几天内可以退货"], "kb_unanswered"),
        (["customer: 你们几点下班", "agent: 六点"], "kb_not_in_base"),
    ],
)
def test_every_outcome_can_be_a_hit(lines: list[str], reason: str) -> None:
    found = run(*lines, hit_when=EVERY)
    assert found.verdict == "hit"
    assert {evidence.reason for evidence in found.evidence} == {reason}
    others = [name for name in EVERY if f"kb_{name}" != reason]
    assert run(*lines, hit_when=others).verdict == "miss"


def test_a_hit_points_at_the_question_and_at_the_answer() -> None:
    found = run("customer: 请问几天内可以退货", "agent: 您好，三天内可以退货")
    question, answer = found.evidence
    assert (question.turn, question.start, question.detail) == (1, None, "k1")
    assert (answer.turn, answer.start, answer.end) == (2, 3, 10)
    assert answer.threshold == 0.5


def test_an_answer_ends_with_the_next_question() -> None:
    lines = (
        "customer: 几天内可以退货",
        "agent: 七天内可以退货",
        "customer: 年费是多少",
        "agent: 年费200元",
    )
    assert {e.detail for e in run(*lines).evidence} == {"k2"}
    assert run(*lines, entries=["k1"]).verdict == "miss"


def test_only_the_next_turns_are_the_answer() -> None:
    lines = ("customer: 几天内可以退货", "agent: 您好", "agent: 稍等", "agent: 三天内可以退货")
    assert run(*lines).verdict == "hit"
    assert run(*lines, sentences=2).verdict == "miss"


@pytest.mark.parametrize(
    ("lines", "base", "verdict", "reason"),
    [
        (["customer: 谢谢", "agent: 再见"], BASE, "na", "no_trigger"),
        (["customer: 几天内可以退货", "agent: 三天"], None, "unknown", "table_missing"),
        (["customer: 几天内可以退货"], BASE, "unknown", "role_missing"),
        (["agent: 几天内可以退货"], BASE, "unknown", "role_missing"),
        (["customer: 几天内可以退货", "agent: 三天"], [], "miss", None),
    ],
)
def test_when_nobody_asks_or_nobody_knows(
    lines: list[str], base: Any, verdict: str, reason: str | None
) -> None:
    found = run(*lines, base=base)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_judge_may_compare_instead() -> None:
    lines = ("customer: 几天内可以退货", "agent: 一周都行，三天更稳妥")
    judge = Says(reply("agrees", [(2, "一周都行")]))
    found = run(*lines, judge=judge, method="llm", hit_when=["agrees"])
    assert (found.verdict, found.evidence[0].turn) == ("hit", 2)
    assert "签收后七天内可以退货" in judge.prompts[0].system
    assert "年费" not in judge.prompts[0].system, "only the entries that were asked for"
    assert run(*lines, method="llm").reason == "model_missing"
