"""What robots are sent, how it is signed, and what they may answer."""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from standardwebhooks import Webhook as Signer

from lingzhi.core.egress import Failed, NotPublic
from lingzhi.notifications.robots import post

WHSEC = "whsec_" + base64.b64encode(b"x" * 32).decode()
TEXT = "王丽: 一件事等您办理\nhttps://quality.example/cases/1/"


def test_dingtalk_signs_in_the_address(robot):
    post("dingtalk", f"{robot.origin}/robot/send?access_token=t", "SECx", TEXT, name="n")
    ((path, _headers, body),) = robot.got
    asked = {name: one[0] for name, one in parse_qs(urlsplit(path).query).items()}
    signed = hmac.new(b"SECx", f"{asked['timestamp']}\nSECx".encode(), hashlib.sha256)
    assert asked["sign"] == base64.b64encode(signed.digest()).decode()
    assert len(asked["timestamp"]) == 13
    assert asked["access_token"] == "t"
    assert body == {"msgtype": "text", "text": {"content": TEXT}}


def test_feishu_signs_in_the_body(robot):
    post("feishu", f"{robot.origin}/open-apis/bot/v2/hook/t", "key", TEXT, name="n")
    ((_path, _headers, body),) = robot.got
    stamp = body.pop("timestamp")
    signed = hmac.new(f"{stamp}\nkey".encode(), b"", hashlib.sha256)
    assert body.pop("sign") == base64.b64encode(signed.digest()).decode()
    assert len(stamp) == 10
    assert body == {"msg_type": "text", "content": {"text": TEXT}}


def test_wecom_is_known_by_its_address(robot):
    post("wecom", f"{robot.origin}/cgi-bin/webhook/send?key=k", "", TEXT, name="n")
    ((path, _headers, body),) = robot.got
    assert path == "/cgi-bin/webhook/send?key=k"
    assert body == {"msgtype": "text", "text": {"content": TEXT}}


def test_a_plain_webhook_takes_a_text_signed_where_it_has_a_secret(robot):
    robot.status = 204
    post("webhook", f"{robot.origin}/hook", WHSEC, TEXT, name="notices_1_2_2")
    ((_path, headers, body),) = robot.got
    assert body == {"text": TEXT}
    raw = json.dumps(body, ensure_ascii=False)
    assert Signer(WHSEC).verify(raw, {name.lower(): one for name, one in headers.items()}) == body
    assert headers["webhook-id"] == "notices_1_2_2"


@pytest.mark.parametrize(
    ("kind", "answer", "told"),
    [
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, "310000: sign not match"),
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, "93000"),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, "19021"),
        ("wecom", ["ok"], "no answer of such a robot"),
        ("feishu", {}, "no answer of such a robot"),
    ],
)
def test_a_refusal_in_the_answer_is_no_success(robot, kind, answer, told):
    robot.answer = answer
    with pytest.raises(Failed, match=told):
        post(kind, f"{robot.origin}/", "", TEXT, name="n")


def test_an_address_inside_that_was_not_opened_is_refused(robot, settings):
    settings.EGRESS_NETWORKS = []
    for kind in ("dingtalk", "feishu", "wecom", "webhook"):
        with pytest.raises(NotPublic):
            post(kind, f"{robot.origin}/", "", TEXT, name="n")
    assert robot.got == []
