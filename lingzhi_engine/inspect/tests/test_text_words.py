"""Words by unit and by sound, digits in words, examples, repetition."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import Batch, InvalidRules, compile, parse

from .one import finding, verdict, words

BOTH = {"op": "text.keyword", "words": ["退款", "运费"], "mode": "all"}
AGENT = {"scope": {"role": "agent"}}


def test_words_of_one_sentence() -> None:
    sentence = {**BOTH, "unit": "sentence"}
    assert words(sentence, "customer: 你好。退款要运费吗？") == ["退款", "运费"]
    assert verdict(sentence, "customer: 我要退款。运费呢？") == "miss"
    assert verdict({**sentence, "mode": "none"}, "customer: 我要退款。好的") == "hit"
    assert verdict({**sentence, **AGENT}, "customer: 退款运费") == "unknown"


@pytest.mark.parametrize(("unit", "size", "expected"), [
    ("turns", 1, "miss"), ("turns", 2, "miss"), ("turns", 3, "hit"),
    ("sentences", 3, "miss"), ("sentences", 4, "hit"),
])  # fmt: skip
def test_words_of_neighbouring_turns_or_sentences(unit: str, size: int, expected: str) -> None:
    window = {**BOTH, "unit": "window", "window": {unit: size}}
    assert verdict(window, "customer: 我要退款", "agent: 好。稍等", "customer: 运费呢") == expected


def test_a_window_counts_turns_of_the_scope_alone() -> None:
    window = {**BOTH, "unit": "window", "window": {"turns": 2}, "scope": {"role": "customer"}}
    turns = ("customer: 我要退款", "agent: 好", "agent: 稍等", "customer: 运费呢", "customer: 喂")
    assert words(window, *turns) == ["退款", "运费"]
    assert verdict({**window, "exclude": "我要"}, *turns) == "miss"


def test_a_window_wants_its_unit_and_the_unit_its_window() -> None:
    for wrong in ({"unit": "window"}, {"window": {"turns": 2}}, {"fuzzy": ["zh_z"]}):
        with pytest.raises(InvalidRules):
            parse([{"id": "a.b", "conditions": {"a": {**BOTH, **wrong}}, "when": "a"}])


@pytest.mark.parametrize(("text", "expected"), [
    ("refund the whole money", "hit"), ("refund all of the money", "miss"),
    ("money, refund", "hit"), ("refund我的money", "hit"),
    ("refund我所有的money", "miss"), ("refunding the money", "hit"),
    ("refunding of the money", "miss"), ("refund 12345 的money", "hit"),
])  # fmt: skip
def test_words_that_stand_between(text: str, expected: str) -> None:
    near = {"op": "text.near", "a": "refund", "b": "money", "within": {"words": 2}}
    assert verdict(near, f"customer: {text}") == expected
    assert verdict(near, "customer: refund", "customer: money") == "miss"
    assert verdict({**near, **AGENT}, f"customer: {text}") == "unknown"


EXPR = {"op": "text.expr", "expr": "退款 && !运费"}


@pytest.mark.parametrize(("unit", "turns", "expected"), [
    ({}, ("customer: 退款。运费呢",), "miss"),
    ({"unit": "sentence"}, ("customer: 退款。运费呢",), "hit"),
    ({"unit": "sentence"}, ("customer: 退款和运费", "agent: 好"), "miss"),
    ({}, ("customer: 退款", "customer: 运费呢"), "hit"),
    ({"unit": "window", "window": {"turns": 2}}, ("customer: 退款", "customer: 运费呢"), "miss"),
    ({"unit": "window", "window": {"turns": 2}},
     ("customer: 退款", "agent: 好", "customer: 运费呢"), "hit"),
    ({"unit": "conversation"}, ("customer: 退款", "agent: 好", "customer: 运费呢"), "miss"),
])  # fmt: skip
def test_an_expression_holds_in_its_unit(
    unit: dict[str, Any], turns: tuple[str, ...], expected: str
) -> None:
    assert verdict({**EXPR, **unit}, *turns) == expected


def test_an_expression_in_windows_shows_its_words_or_the_turn_that_lacks_them() -> None:
    sentences = {**EXPR, "unit": "sentence"}
    assert words(sentences, "customer: 你好。退款。运费呢", "agent: 退款和运费") == ["退款"]
    nothing = {"op": "text.expr", "expr": "!退款", "unit": "window", "window": {"turns": 2}}
    (bare,) = finding(nothing, "agent: 退款", "agent: 好", "agent: 好的").evidence
    assert (bare.turn, bare.start, bare.reason) == (2, None, "absent")
    assert verdict({**sentences, **AGENT}, "customer: 退款") == "unknown"
    many = {**sentences, "scope": {"quantifier": {"at_least": 2}}}
    assert verdict(many, "customer: 退款。退款运费") == "miss"
    assert verdict(many, "customer: 退款。再退款") == "hit"


@pytest.mark.parametrize("condition", [
    {"op": "text.keyword", "words": ["IT"]}, {"op": "text.regex", "pattern": "I[T]"},
    {"op": "text.expr", "expr": "IT"},
    {"op": "text.near", "a": "IT", "b": "部", "within": {"chars": 2}},
])  # fmt: skip
def test_capital_letters_only_where_asked_for(condition: dict[str, Any]) -> None:
    strict = {**condition, "case_sensitive": True}
    assert verdict(condition, "customer: it部") == "hit"
    assert verdict(strict, "customer: it部") == verdict(strict, "customer: ｉt部") == "miss"
    assert verdict(strict, "customer: IT部") == verdict(strict, "customer: ＩT部") == "hit"
    assert verdict({**strict, **AGENT}, "customer: IT部") == "unknown"


def test_the_case_of_a_list_and_other_forms_of_a_character() -> None:
    listed = {"op": "text.wordset", "set": "a", "case_sensitive": True}
    rule = {"id": "a.b", "conditions": {"a": listed}, "when": "a"}
    rules = parse({"rules": [rule], "wordsets": {"a": ["VIP退"]}})
    turns = (["agent: VIP退"], ["agent: ＶIP退"], ["agent: Vip退"])
    batch = Batch.from_conversations([{"id": str(i), "turns": t} for i, t in enumerate(turns)])
    assert [f.verdict.value for f in compile(rules).run(batch)] == ["hit", "hit", "miss"]
    own = {"op": "text.keyword", "words": ["VIP"], "pinyin": True, "case_sensitive": True}
    assert verdict(own, "agent: vip") == "miss"


def test_characters_of_the_same_sound() -> None:
    heard = {"op": "text.keyword", "words": ["投诉", "VIP"], "pinyin": True}
    assert words(heard, "customer: 我要头速，我是vip") == ["头速", "vip"]
    assert words(heard, "customer: 我要投訴") == ["投訴"]
    assert verdict(heard, "customer: 我要退款") == "miss"
    bank = {"op": "text.keyword", "words": ["银行"], "pinyin": True}
    assert verdict(bank, "customer: 赢航") == "miss"
    assert verdict({**bank, "fuzzy": ["in_ing"]}, "customer: 赢航") == "hit"


def test_a_word_is_read_as_it_is_usually_read() -> None:
    bank = {"op": "text.pinyin", "words": ["银行"]}
    assert verdict(bank, "customer: 音航") == "hit"
    assert verdict(bank, "customer: 银姓") == "miss"  # 行 is háng here, not xíng


def test_only_what_was_misheard() -> None:
    heard = {"op": "text.pinyin", "words": ["投诉"], "written": False}
    assert words(heard, "customer: 投诉，头速") == ["头速"]
    assert verdict(heard, "customer: 投訴") == "miss"
    assert verdict({**heard, **AGENT}, "customer: 头速") == "unknown"
    with pytest.raises(InvalidRules):
        parse([{"id": "a.b", "conditions": {"a": {"op": "text.pinyin", "words": ["ab"]}},
                "when": "a"}])  # fmt: skip


@pytest.mark.parametrize(("condition", "text", "found"), [
    ({"op": "text.keyword", "words": ["12315"]}, "我打幺二三一五", "幺二三一五"),
    ({"op": "text.keyword", "words": ["一二三一五"]}, "我打12315", "12315"),
    ({"op": "text.regex", "pattern": r"\d{3}号"}, "在两零八号", "两零八号"),
    ({"op": "text.regex", "pattern": "[0-3]{2}"}, "三九二一", "二一"),
])  # fmt: skip
def test_digits_in_words(condition: dict[str, Any], text: str, found: str) -> None:
    assert words({**condition, "spoken": True}, f"customer: {text}") == [found]
    assert verdict(condition, f"customer: {text}") == "miss"


SIMILAR = {"op": "text.similar", "examples": ["什么时候退款"]}


def test_the_sentence_most_like_an_example() -> None:
    found = finding(SIMILAR, "customer: 你好。什么時候才退款？", "agent: 稍等").evidence
    assert [(e.turn, e.start, e.end, e.threshold) for e in found] == [(1, 3, 11, 0.7)]
    # 6 letters and 5 pairs against 7 and 6: 6 letters and 4 pairs are shared.
    assert found[0].value == pytest.approx(10 / (11 * 13) ** 0.5)


def test_what_is_as_much_like_a_counter_example_is_no_hit() -> None:
    turns = ("customer: 什么时候退款",)
    assert verdict({**SIMILAR, "negatives": ["什么时候退货"]}, *turns) == "hit"
    assert verdict({**SIMILAR, "negatives": ["什么时候退款"]}, *turns) == "miss"


@pytest.mark.parametrize(("method", "value"), [("dice", 2 * 4 / (5 + 9)), ("contained", 4 / 5)])
def test_methods_of_likeness(method: str, value: float) -> None:
    condition = {**SIMILAR, "method": method, "threshold": 0.3}
    (evidence,) = finding(condition, "customer: 请问什么时候能退款吗").evidence
    assert evidence.value == value


def test_how_many_turns_are_like_an_example() -> None:
    twice = {**SIMILAR, "min_hits": 2}
    assert verdict(twice, "customer: 什么时候退款", "agent: 好") == "miss"
    assert verdict(twice, "customer: 什么时候退款", "agent: 什么时候退款") == "hit"
    assert verdict({**SIMILAR, "exclude": "你好"}, "customer: 你好。什么时候退款") == "miss"
    assert verdict({**SIMILAR, **AGENT}, "customer: 什么时候退款") == "unknown"
    assert (
        verdict({**SIMILAR, "scope": {"quantifier": "all"}}, "agent: 退款", "agent: 好") == "miss"
    )


def test_repetition_of_chosen_turns() -> None:
    again = {"op": "text.repeat", "min_length": 2, "pattern": "[吗？]"}
    turns = ("agent: 您的订单号是多少？", "customer: 请等一下", "agent: 您的订单号是多少？")
    assert [e.turn for e in finding(again, *turns).evidence] == [3]
    assert verdict({**again, "pattern": "地址"}, *turns) == "miss"
    echoed = ("customer: 我要退款吗", "bot: 我要退款吗")
    assert verdict({**again, "of_role": "customer"}, *echoed) == "hit"
    assert verdict({**again, "of_role": "agent"}, *echoed) == "miss"
    assert verdict({**again, **AGENT}, *echoed) == "unknown"
