"""WeCom customer service (微信客服 of 企业微信), as developer.work.weixin.qq.com publishes it.

In: "Callback" (回调配置) tells only that there is something, sealed and signed as WeChat does it;
"Fetching messages" (sync_msg) brings them, page by page, from a cursor on. Out: send_msg, whose
`msgid` of ours makes a message that is sent again the same one.
"""

from collections.abc import Mapping
from typing import Any

from lingzhi.contacts.messaging import wechat
from lingzhi.contacts.messaging.calls import (
    Account,
    Call,
    Came,
    Going,
    NotSigned,
    Post,
    Receipt,
    Received,
    Refused,
    is_same,
    require_fresh,
    text_of,
)
from lingzhi.contacts.messaging.ciphers import open_wechat, seal_wechat
from lingzhi.contacts.messaging.kinds import in_place_of

HOST = "https://qyapi.weixin.qq.com/cgi-bin/"
MOST_BYTES = 2048
CUSTOMER = 3  # `origin` of what a customer wrote; 4 are events, 5 the staff's own words
TOKEN_CODES = {40014, 41001, 42001}
LATER_CODES = {-1, 45009, 45033}
FETCHED_AT_ONCE = 1000


def receive(account: Account, call: Call, at: float) -> Received:
    """That there is something to fetch, or the question whether the address is ours."""
    stamp = call.query.get("timestamp", "")
    require_fresh(stamp, at)
    if call.method == "GET":
        sealed, words = call.query.get("echostr", ""), account.secrets
        wanted = wechat.signature(words["token"], stamp, call.query.get("nonce", ""), sealed)
        if not is_same(wanted, call.query.get("msg_signature")):
            raise NotSigned
        return Received(answer=open_wechat(sealed, words["aes_key"], account.id))
    event = wechat.opened(account, call, wechat.read(call.body))
    is_ours = event.get("OpenKfId", account.detail) == account.detail
    if event.get("Event") != "kf_msg_or_event" or not is_ours:
        return Received(answer="success")
    return Received(fetch=event.get("Token", ""), answer="success")


def token_call(account: Account, *, renews: bool) -> Post:
    """The token is the same as long as it holds: asking again renews nothing before that."""
    del renews
    secret = account.secrets["app_secret"]
    return Post(f"{HOST}gettoken?corpid={account.id}&corpsecret={secret}", None)


token_in = wechat.token_in


def fetch_call(account: Account, token: str, key: str, cursor: str) -> Post:
    """The next page of messages."""
    body: dict[str, Any] = {
        "cursor": cursor, "limit": FETCHED_AT_ONCE, "open_kfid": account.detail,
    }  # fmt: skip
    if key:
        body["token"] = key
    return Post(f"{HOST}kf/sync_msg?access_token={token}", body)


def fetched(since: float, answer: Mapping[str, Any]) -> tuple[Received, str, bool]:
    """What a page brings of the time after `since` (an epoch), where the next one begins, and
    whether there is more: at first, the last days come."""
    _require_done(answer)
    rows = [
        one
        for one in answer.get("msg_list", [])
        if isinstance(one, dict) and one.get("send_time", 0) >= since
    ]
    received = Received(
        came=tuple(_came(one) for one in rows if one.get("origin") == CUSTOMER),
        receipts=tuple(_failed(one["event"]) for one in rows if _is_failure(one)),
    )
    return received, str(answer.get("next_cursor") or ""), bool(answer.get("has_more"))


def _came(one: Mapping[str, Any]) -> Came:
    return Came(text_of(one.get("msgid")), text_of(one.get("external_userid")), _text(one))


def _text(one: Mapping[str, Any]) -> str:
    kind = str(one.get("msgtype"))
    found = one.get(kind)
    inside: dict[str, Any] = found if isinstance(found, dict) else {}
    if kind == "text":
        return str(inside.get("content") or "")
    if kind == "link":
        return f"{inside.get('title') or ''} {inside.get('url') or ''}".strip()
    return in_place_of(kind, inside.get("name"))


def _is_failure(one: Mapping[str, Any]) -> bool:
    event = one.get("event")
    return isinstance(event, dict) and event.get("event_type") == "msg_send_fail"


def _failed(event: Mapping[str, Any]) -> Receipt:
    return Receipt(
        is_delivered=False, id=str(event.get("fail_msgid") or ""),
        words=f"fail_type {event.get('fail_type', '')}",
    )  # fmt: skip


def call_of(account: Account, token: str, going: Going) -> Post:
    body = {
        "touser": going.person, "open_kfid": account.detail, "msgid": going.reference,
        "msgtype": "text", "text": {"content": going.text},
    }  # fmt: skip
    return Post(f"{HOST}kf/send_msg?access_token={token}", body)


def sent_id(answer: Mapping[str, Any]) -> str:
    _require_done(answer)
    return str(answer.get("msgid") or "")[:120]


def _require_done(answer: Mapping[str, Any]) -> None:
    code = answer.get("errcode", 0)
    if code:
        raise Refused(
            f"{code} {answer.get('errmsg', '')}"[:200],
            needs_token=code in TOKEN_CODES, may_repeat=code in LATER_CODES,
        )  # fmt: skip


def signed(account: Account, written: Mapping[str, str], at: int) -> Call:
    """The callback as WeCom would send it now."""
    words, stamp, nonce = account.secrets, str(at), "1372623149"
    sealed = seal_wechat(wechat.xml({**written, "CreateTime": stamp}), words["aes_key"], account.id)
    query = {
        "timestamp": stamp, "nonce": nonce,
        "msg_signature": wechat.signature(words["token"], stamp, nonce, sealed),
    }  # fmt: skip
    body = wechat.xml({"ToUserName": account.id, "Encrypt": sealed, "AgentID": ""})
    return Call(query=query, body=body.encode())
