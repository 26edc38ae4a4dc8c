"""Threats, personal data asked for, bots that turn in circles."""

from __future__ import annotations

import pytest

from .one import finding, verdict, words

THREAT = {"op": "risk.threat", "scope": {"role": "customer"}}


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("regulator", "再不退我就打幺二三幺五", "幺二三幺五"),
        ("regulator", "我要向工信部反映", "工信部"),
        ("media", "我让记者来采访你们", "记者"),
        ("media", "我把聊天記錄發到網上", "發到網上"),
        ("legal", "等着收律师函吧", "律师函"),
        ("legal", "我要起诉你们平台", "起诉"),
        ("self_harm", "我真的不想活了", "不想活"),
        ("violence", "信不信我弄死你", "弄死你"),
    ],
)
def test_threats_by_kind(kind: str, text: str, said: str) -> None:
    assert said in words({**THREAT, "kinds": [kind]}, f"customer: {text}")


@pytest.mark.parametrize(
    "text",
    ["我没说要投诉", "我不想去投诉，就问问", "你们是12345吗", "12315电话是多少", "订单号9123157"],
)
def test_what_threatens_nobody(text: str) -> None:
    assert verdict(THREAT, f"customer: {text}") == "miss"


def test_a_threat_stays_one_beside_a_negation_of_something_else() -> None:
    assert verdict(THREAT, "customer: 再不处理我就打12315") == "hit"
    assert verdict(THREAT, "customer: 我不想活了，我要跳楼") == "hit"


def test_other_kinds_and_own_words() -> None:
    assert verdict({**THREAT, "kinds": ["legal"]}, "customer: 我打12315") == "miss"
    own = {**THREAT, "known": False, "words": ["退群"]}
    assert verdict(own, "customer: 我打12315") == "miss"
    assert verdict(own, "customer: 我要退群") == "hit"
    asked = {**THREAT, "negations": False}
    assert verdict(asked, "customer: 12315电话是多少") == "hit"
    assert verdict(THREAT, "agent: 您好") == "unknown"


ASKED = {"op": "pii.collected", "scope": {"role": "agent"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("麻烦提供一下您的身份证号", "hit"),
        ("您的银行卡号是多少", "hit"),
        ("验证码报一下", "hit"),
        ("您月薪是多少呢", "hit"),
        ("请问您贵姓", "miss"),
        ("麻烦报一下手机号码", "miss"),
        ("请提供身份证后四位", "miss"),
        ("请勿将验证码告诉他人", "miss"),
        ("我们不会向您索要密码", "miss"),
    ],
)
def test_data_asked_for(text: str, expected: str) -> None:
    assert verdict(ASKED, f"agent: {text}") == expected


def test_the_list_of_what_may_be_asked() -> None:
    allowed = {**ASKED, "allowed": ["id_card", "name", "phone"]}
    assert verdict(allowed, "agent: 麻烦提供一下您的身份证号") == "miss"
    assert verdict({**ASKED, "partial": False}, "agent: 请提供身份证后四位") == "hit"
    assert verdict({**ASKED, "kinds": ["income"]}, "agent: 验证码报一下") == "miss"
    assert verdict({**ASKED, "words": ["您多重"]}, "agent: 您多重") == "hit"
    assert words(ASKED, "agent: 好的，您的银行卡号是多少") == ["银行卡号是多少"]
    assert verdict(ASKED, "customer: 您好") == "unknown"


BOT = ("bot: 请问您要办理什么业务", "customer: 退货", "bot: 请问您要办理什么业务呢")


def test_a_bot_that_repeats_itself() -> None:
    assert verdict({"op": "bot.loop", "n": 1}, *BOT) == "hit"
    assert verdict({"op": "bot.loop", "n": 2}, *BOT) == "miss"
    assert [e.turn for e in finding({"op": "bot.loop", "n": 1}, *BOT).evidence] == [3]
    assert verdict({"op": "bot.loop"}, "agent: 您好") == "unknown"


def test_a_customer_who_must_ask_again() -> None:
    op = {"op": "bot.loop", "kind": "customer_repeats", "n": 2}
    asked = ["customer: 我要查物流信息", "bot: 请稍等"]
    assert verdict(op, *asked * 3) == "hit"
    assert verdict(op, *asked * 2) == "miss"


def test_a_bot_that_understands_nothing() -> None:
    op = {"op": "bot.loop", "kind": "not_understood"}
    assert words(op, "bot: 没听懂", "customer: 退货", "bot: 请重新说一遍") == [
        "没听懂",
        "重新说一遍",
    ]
    own = {**op, "n": 1, "known": False, "words": ["啥"]}
    assert verdict(own, "bot: 没听懂") == "miss"
    assert verdict(own, "bot: 啥") == "hit"
