"""What was said against tickets and articles."""

from __future__ import annotations

from typing import Any

import pytest

from .one import finding, verdict, words

SAID = {
    "op": "ticket.consistency",
    "types": [
        {"name": "投诉|举报", "role": "customer", "words": ["投诉"]},
        {"name": "咨询", "role": "customer", "words": ["问一下"]},
    ],
}


def tickets(*records: dict[str, Any]) -> dict[str, Any]:
    return {"related": {"tickets": list(records)}}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("投诉", "hit"),
        ("举报", "hit"),
        ("服务/投诉/态度", "hit"),
        ("非投诉", "miss"),
        ("咨询", "miss"),
    ],
)
def test_the_type_of_the_ticket(kind: str, expected: str) -> None:
    said = "customer: 问一下怎么投诉"  # the gravest counts
    assert verdict(SAID, said, **tickets({"type": kind})) == expected


def test_what_was_recorded_otherwise() -> None:
    found = finding(SAID, "customer: 我要投诉", when="!a", **tickets({"type": "咨询"})).evidence[0]
    assert (found.turn, found.start, found.end) == (1, 2, 4)
    assert (found.reason, found.detail) == ("recorded_otherwise", "投诉/举报 | 咨询")
    other = {**SAID, "type_field": "category"}
    assert verdict(other, "customer: 我要投诉", **tickets({"category": "投诉"})) == "hit"


@pytest.mark.parametrize(
    ("kind", "text", "record", "expected"),
    [
        ("amount", "退我三百元", {"text": "退款300元"}, "hit"),
        ("amount", "退我三百元", {"amount": 300}, "hit"),
        ("amount", "退我三百元", {"text": "退款3000元"}, "miss"),
        ("mobile", "号码幺三八零零幺三八零零零", {"phone": "138-0013-8000"}, "hit"),
        ("mobile", "号码13800138000", {"phone": "13900139000"}, "miss"),
        ("date", "3月5号买的", {"text": "购买日期2026-03-05"}, "hit"),
        ("date", "3月5号买的", {"text": "购买日期2026-03-06"}, "miss"),
    ],
)
def test_key_facts(kind: str, text: str, record: dict[str, Any], expected: str) -> None:
    op = {"op": "ticket.consistency", "facts": [kind]}
    assert verdict(op, f"customer: {text}", **tickets(record)) == expected


def test_omissions_are_listed_and_may_be_allowed() -> None:
    op = {
        "op": "ticket.consistency",
        "facts": ["amount"],
        "words": [{"name": "受伤", "words": ["烫伤", "划伤"]}],
    }
    said = "customer: 烫伤了，赔三百元"
    found = finding(op, said, when="!a", **tickets({"text": "要求赔偿"}))
    assert [(e.detail, e.reason) for e in found.evidence] == [
        ("受伤", "omitted"),
        ("amount", "omitted"),
    ]
    assert verdict({**op, "max_omissions": 1}, said, **tickets({"text": "受伤"})) == "hit"
    assert verdict(op, "customer: 您好") == "na"
    assert finding(op, said).reason == "table_missing"
    assert verdict(op, said, **tickets()) == "miss"


CLAIMS = {"op": "bot.unsupportedClaim"}


def articles(*texts: str) -> dict[str, Any]:
    return {"related": {"knowledge": [{"text": text} for text in texts]}}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("满九十九元包邮", "miss"),
        ("满99元包邮", "miss"),
        ("满59元包邮", "hit"),
        ("全额退款没问题", "hit"),
        ("您好，请问有什么可以帮您", "miss"),
    ],
)
def test_claims_of_a_bot(said: str, expected: str) -> None:
    assert verdict(CLAIMS, f"bot: {said}", **articles("订单满99元包邮")) == expected


def test_the_clause_that_nobody_bears_out() -> None:
    turn = "bot: 满99元包邮。会员打5折！"
    assert words(CLAIMS, turn, **articles("满99元包邮")) == ["会员打5折"]
    found = finding(CLAIMS, turn, **articles("满99元包邮")).evidence[0]
    assert (found.value, found.threshold, found.detail) == (0.0, 0.4, "5折")
    assert verdict({**CLAIMS, "min_hits": 2}, turn, **articles("满99元包邮")) == "miss"


def test_claims_without_articles() -> None:
    assert verdict(CLAIMS, "bot: 满99元包邮") == "unknown"
    assert verdict(CLAIMS, "bot: 满99元包邮", related={"knowledge": []}) == "hit"
    assert verdict(CLAIMS, "bot: 您好") == "miss"
    assert verdict(CLAIMS, "agent: 满99元包邮", related={"knowledge": []}) == "unknown"
    promises = {**CLAIMS, "claims": ["promises"], "exclude": "以页面为准"}
    assert verdict(promises, "bot: 满99元包邮", related={"knowledge": []}) == "miss"
    assert verdict(promises, "bot: 免费退，以页面为准", related={"knowledge": []}) == "miss"


def test_articles_of_questions_with_ways_to_ask_and_answers() -> None:
    entry = {"question": ["怎么包邮", "包邮吗"], "answer": "满99元包邮"}
    assert verdict(CLAIMS, "bot: 满99元包邮", related={"knowledge": [entry]}) == "miss"
