"""Length, language, politeness, questions, facts that are told and repeated."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import InvalidRules, parse
from lingzhi_engine.inspect.facts import value_of

from .one import finding, verdict, words

AGENT = {"scope": {"role": "agent"}}


def refused(condition: dict[str, Any]) -> bool:
    try:
        parse([{"id": "a.b", "conditions": {"a": condition}, "when": "a"}])
    except InvalidRules:
        return True
    return False


@pytest.mark.parametrize(("what", "size"), [("letters", 7), ("signs", 10), ("sentences", 2)])
def test_length_of_a_turn(what: str, size: int) -> None:
    turns = ("agent: 您好。请讲 abc！", "customer: 喂")
    condition = {"op": "text.length", "what": what, "min": size, "max": size}
    (evidence,) = finding(condition, *turns).evidence
    assert (evidence.turn, evidence.value, evidence.reason) == (1, size, "within")
    assert verdict({**condition, "min": size + 1, "max": None}, *turns) == "miss"


def test_length_of_all_turns_or_a_share() -> None:
    short = {"op": "text.length", "max": 2}
    turns = ("agent: 好", "agent: 您好请讲")
    assert verdict({**short, "scope": {"quantifier": "all"}}, *turns) == "miss"
    assert verdict({**short, "scope": {"quantifier": {"percent": 50}}}, *turns) == "hit"
    assert verdict({**short, **AGENT}, "customer: 好") == "unknown"
    assert refused({"op": "text.length"})


def test_how_many_sentences_there_are() -> None:
    count = {"op": "text.count", "what": "sentences", "min": 3, "max": 3}
    assert verdict(count, "agent: 您好。请讲！！", "customer: 喂") == "hit"
    assert verdict(count, "agent: 您好。请讲") == "miss"


@pytest.mark.parametrize(("text", "language"), [
    ("我的手机没有信号", "zh"), ("my phone has no signal", "en"), ("我嘅手機冇信號", "yue"),
    ("请帮我 check 一下 my order status", "mixed"), ("ありがとうございます", "other"),
    ("我用iPhone登录不了", "zh"),
])  # fmt: skip
def test_language_of_a_turn(text: str, language: str) -> None:
    for one in ("zh", "en", "yue", "mixed", "other"):
        condition = {"op": "text.language", "language": [one]}
        assert verdict(condition, f"agent: {text}") == ("hit" if one == language else "miss")
    whole = {"op": "text.language", "language": [language], "per": "conversation"}
    (evidence,) = finding(whole, f"agent: {text}").evidence
    assert (evidence.reason, evidence.detail) == ("language", language)


def test_share_of_a_script() -> None:
    latin = {"op": "text.language", "script": "latin", "min": 0.5}
    (evidence,) = finding(latin, "agent: OK 好 yes").evidence
    assert evidence.value == pytest.approx(2 / 3)
    assert verdict(latin, "agent: OK 好的好的") == "miss"
    assert verdict(latin, "agent: 123！") == "unknown"
    assert verdict({"op": "text.language", "language": ["en"]}, "agent: 123") == "unknown"
    assert refused({"op": "text.language"})
    assert refused({"op": "text.language", "script": "han", "language": ["zh"], "min": 1})


POLITE = ("agent: 您好，请问什么事", "agent: 闭嘴", "agent: 嗯", "agent: 谢谢")


def test_politeness_of_turns() -> None:
    score = {"op": "text.politeness", "max": 0.25}
    found = finding(score, *POLITE).evidence
    assert [(e.turn, e.start, e.end, e.value) for e in found] == [(2, 0, 2, 0.25)]
    polite = {"op": "text.politeness", "measure": "polite", "min": 0.5}
    assert words(polite, *POLITE) == ["您好", "请问", "谢谢"]
    assert verdict({**polite, "except": ["谢谢"]}, *POLITE) == "miss"
    impolite = {"op": "text.politeness", "measure": "impolite", "min": 0.5, "impolite": ["嗯"]}
    assert words(impolite, *POLITE) == ["闭嘴", "嗯"]
    assert verdict({**score, **AGENT}, "customer: 您好") == "unknown"
    assert refused({"op": "text.politeness"})
    assert refused({"op": "text.politeness", "min": 0, "known": False})


def test_a_question_is_asked() -> None:
    asked = {"op": "text.question", "scope": {"role": "customer"}}
    assert words(asked, "customer: 多久到账", "agent: 三天吗") == ["多久"]
    assert verdict(asked, "customer: 我要退款") == "miss"
    assert verdict({**asked, "exclude": "账"}, "customer: 多久到账") == "miss"
    assert verdict({**asked, "known": False, "words": ["求助"]}, "customer: 求助") == "hit"
    assert verdict(asked, "agent: 三天吗") == "unknown"


def test_a_question_is_left_unanswered() -> None:
    left = {"op": "text.question", "what": "unanswered"}
    found = finding(left, "customer: 多久到账？", "agent: 嗯嗯，好的", "agent: 三天到账").evidence
    assert [(e.turn, e.value, e.threshold, e.reason) for e in found] == [(1, 1, 1, "not_answered")]
    assert (
        verdict({**left, "within": 2}, "customer: 多久", "agent: 嗯", "agent: 三天到账") == "miss"
    )
    assert verdict(left, "agent: 您好", "customer: 多久到账？") == "hit"
    assert verdict({**left, "min_count": 2}, "customer: 多久？", "agent: 哦") == "miss"
    assert verdict({**left, "exclude": "三天"}, "customer: 多久？", "agent: 三天到账") == "hit"
    assert verdict(left, "customer: 我要退款", "agent: 好") == "na"
    assert verdict(left, "customer: 多久？") == "unknown"


ECHO = {"op": "text.echo", "facts": ["number", "name", "amount", "date"]}


@pytest.mark.parametrize(("told", "again"), [
    ("幺三八零零幺三八零零零", "13800138000"), ("我姓欧阳", "欧阳女士"),
    ("三百五十块", "350元"), ("五月三号", "5月3日"), ("订单2026-0001-0002", "20260001零零零二"),
])  # fmt: skip
def test_a_fact_is_said_again(told: str, again: str) -> None:
    assert words(ECHO, f"customer: {told}", f"agent: 是{again}吧") == [again]
    assert verdict(ECHO, f"customer: {told}", "agent: 好的") == "miss"
    assert verdict(ECHO, f"agent: {again}", f"customer: {told}", "agent: 好") == "miss"


def test_how_much_is_said_again_and_when() -> None:
    turns = ("customer: 我姓王，退三百块", "agent: 好的", "agent: 王先生")
    (evidence,) = finding(ECHO, *turns, when="!a").evidence
    assert (evidence.turn, evidence.start, evidence.end) == (1, 5, 8)
    assert (evidence.value, evidence.reason, evidence.detail) == (0.5, "not_restated", "amount")
    assert verdict({**ECHO, "share": 0.5}, *turns) == "hit"
    assert verdict({**ECHO, "share": 0.5, "within": 1}, *turns) == "miss"


def test_words_and_last_digits_said_again() -> None:
    matter = {"op": "text.echo", "words": [["退款", "退钱"], ["运费"]], "share": 0.5}
    assert words(matter, "customer: 退钱，还有运费", "agent: 退款是吧") == ["退款"]
    assert verdict(matter, "customer: 换货", "agent: 好") == "na"
    assert verdict(matter, "customer: 退款") == "unknown"
    turns = ("customer: 13800138000", "agent: 尾号8000")
    assert verdict(ECHO, *turns) == "miss"
    assert verdict({**ECHO, "ends": 4}, *turns) == "hit"


@pytest.mark.parametrize(("again", "expected"), [
    ("尾号8000", "hit"), ("尾号138000对吗", "hit"), ("13800138000", "hit"), ("尾号八零零零", "hit"),
    ("尾号000", "miss"), ("订单号99998000", "miss"), ("113800138000", "miss"), ("8000元", "miss"),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["number", "mobile"])
def test_last_digits_are_a_number_of_their_own(kind: str, again: str, expected: str) -> None:
    echo = {"op": "text.echo", "facts": [kind], "ends": 4}
    assert verdict(echo, "customer: 我电话13800138000", f"agent: 是{again}吧") == expected


def test_an_identity_number_may_end_with_x() -> None:
    echo = {"op": "text.echo", "facts": ["id_card"], "ends": 4}
    assert words(echo, "customer: 11010519491231002X", "agent: 尾号002X") == ["002X"]


AMOUNT = {"op": "text.entityCompare", "type": "amount", "field": "paid", **AGENT}


def test_what_is_said_against_a_field() -> None:
    assert words(AMOUNT, "agent: 退您三百块，运费十元", meta={"paid": 300}) == ["三百块"]
    found = finding({**AMOUNT, "test": "different"}, "agent: 退您200元", meta={"paid": "300元"})
    assert [(e.turn, e.reason, e.detail) for e in found.evidence] == [(1, "differs", "paid")]
    assert verdict(AMOUNT, "agent: 退您200元", meta={"paid": [100, 200.0]}) == "hit"
    assert verdict(AMOUNT, "agent: 退您200元", meta={"paid": 300}) == "miss"
    assert verdict(AMOUNT, "agent: 好", meta={"paid": 300}) == "na"
    assert verdict(AMOUNT, "agent: 退您200元") == "unknown"
    assert verdict(AMOUNT, "customer: 200元", meta={"paid": 300}) == "unknown"


def test_what_is_said_against_the_other_side() -> None:
    date = {"op": "text.entityCompare", "type": "date", "with_role": "customer", **AGENT}
    assert words(date, "customer: 三月五号", "agent: 3月5日") == ["三月五号", "3月5日"]
    other = {**date, "test": "different"}
    assert words(other, "customer: 三月五号", "agent: 3月6日") == ["三月五号", "3月6日"]
    assert verdict(date, "customer: 好", "agent: 3月5日") == "na"
    assert refused({**date, "field": "day"})
    assert refused({"op": "text.entityCompare", "type": "date"})


def test_a_masked_field_and_digits_in_words() -> None:
    phone = {"op": "text.entityCompare", "type": "mobile", "field": "phone", "ends": 4}
    facts = {"meta": {"phone": "138****8000"}}
    assert verdict(phone, "customer: 幺三八零零幺三八零零零", **facts) == "hit"
    assert verdict({**phone, "spoken": False}, "customer: 幺三八零零幺三八零零零", **facts) == "na"


@pytest.mark.parametrize(("kind", "one", "other"), [
    ("amount", "1.5万元", "一万五千块"), ("amount", "1,200元", "一千二百块钱"),
    ("date", "2026-05-03", "五月三日"), ("address", "中山路十八号", "中山路十八号"),
    ("plate", "京A·12345", "京a12345"), ("email", "Ab@c.cn", "ab@c.cn"),
])  # fmt: skip
def test_the_same_fact_in_other_words(kind: str, one: str, other: str) -> None:
    assert value_of(kind, one) == value_of(kind, other)
