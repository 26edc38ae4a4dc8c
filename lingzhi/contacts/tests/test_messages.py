"""Customers write by other systems: taken once, served as chats, answered there."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_chat_site, make_line
from lingzhi.contacts.feeding.signing import is_signed
from lingzhi.contacts.messaging.calls import Account
from lingzhi.contacts.messaging.ciphers import seal_feishu, seal_wechat
from lingzhi.contacts.messaging.platforms import PLATFORMS, account_of, platform_of
from lingzhi.contacts.messaging.wechat import signature
from lingzhi.contacts.models import Chat, ChatMessage, Contact, MessageThread, OpenTurn, SentMessage
from lingzhi.contacts.services import message_calls
from lingzhi.contacts.services import message_sending as sending
from lingzhi.contacts.services.chat_handing import accept_chat
from lingzhi.contacts.services.chat_saying import Message, WordsOnly, say, send_file
from lingzhi.contacts.services.chats import end_chat, tend_chats
from lingzhi.contacts.services.message_lines import forget_messages, retire_line
from lingzhi.contacts.services.message_queue import MOST_AUTOMATIC, LineEnded, queue_text
from lingzhi.contacts.services.message_replay import replay
from lingzhi.contacts.subjects import CONVERSATIONS
from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, NotAllowed
from lingzhi.core.errors import BadInput
from lingzhi.customers.models import Identifier
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
AGENT = ChatMessage.Side.AGENT
FILES = Path(__file__).resolve().parents[3] / "data" / "messages"
State = SentMessage.State


@pytest.fixture
def site(cast):
    return make_chat_site(cast.first)


def of_file(kind):
    return json.loads((FILES / f"{kind}.json").read_text("utf-8"))


@pytest.fixture
def far(monkeypatch):
    """The other system: what it got, and what it answers next."""

    class Far:
        got, answers = [], []

    def post_json(url, body, *, purpose, seconds, secret=""):
        Far.got.append((url, body, secret))
        answer = Far.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def post_message(url, content, headers, *, purpose, seconds):
        Far.got.append((url, content, headers))

    def get_json(url, *, purpose, seconds):
        return post_json(url, None, purpose=purpose, seconds=seconds)

    Far.got, Far.answers = [], []
    monkeypatch.setattr(message_calls, "get_json", get_json)
    monkeypatch.setattr(message_calls, "post_json", post_json)
    monkeypatch.setattr(message_calls, "post_message", post_message)
    return Far


def sent_by(client, line, call):
    """The call of another system through our door."""
    address = reverse("chat:line_in", args=[line.key])
    headers = dict(call.headers)
    kind = headers.pop("content-type", "application/json")
    return client.post(
        address, call.body, content_type=kind, headers=headers, query_params=call.query
    )


def answered(line, cast, text="好的，马上处理", **whose):
    """The chat of the line's only customer, taken up and answered by Bo."""
    chat = Chat.objects.get(thread__line=line, ended_at=None, **whose)
    if chat.state == Chat.State.WAITING:
        accept_chat(chat, by=cast.bo)
    said = say(chat, Message(f"answer-{chat.last_seq:04}", AGENT, text, cast.bo))
    return chat, said.sent


@pytest.mark.parametrize("kind", [kind for kind in PLATFORMS if kind != "wecom_kf"])
def test_what_a_customer_writes_is_said_once_in_a_chat(kind, client, site):
    line = make_line(site, kind)
    first, *_others = of_file(kind)["written"]
    call = platform_of(line).signed(account_of(line), first, int(now().timestamp()))
    answers = [sent_by(client, line, call) for _again in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    chat = Chat.objects.filter(thread__line=line).earliest("pk")
    assert chat.state == Chat.State.WAITING
    assert chat.live.channel.code == platform_of(line).channel
    assert chat.messages.filter(side="visitor").count() == 1
    assert OpenTurn.objects.filter(contact=chat.live).count() == 1
    assert chat.thread.person not in chat.thread.shown + chat.thread.sealed_person

    stale = platform_of(line).signed(account_of(line), first, int(now().timestamp()) - 90_000)
    assert sent_by(client, line, stale).status_code == 401
    other = Account(
        line.account, line.detail, {**dict.fromkeys(line.secrets, "x" * 44), "aes_key": "x" * 43}
    )
    forged = platform_of(line).signed(other, first, int(now().timestamp()))
    assert sent_by(client, line, forged).status_code in {401, 422}
    replay(line, of_file(kind)["written"])
    assert not ChatMessage.objects.filter(text="群里的话不算").exists()
    before = ChatMessage.objects.count()
    retire_line(line, by=None)
    assert sent_by(client, line, call).status_code == 404
    assert ChatMessage.objects.count() == before


def test_wechat_asks_whether_the_address_is_ours(client, site):
    """Plain for the official account, sealed for WeCom; Feishu sends a challenge."""
    stamp = int(now().timestamp())
    official = make_line(site, "wechat_official")
    asked = platform_of(official).signed(account_of(official), {}, stamp).query
    address = reverse("chat:line_in", args=[official.key])
    answer = client.get(address, query_params={**asked, "echostr": "1234567"})
    assert answer.content == b"1234567"
    assert client.get(address, query_params={"echostr": "1234567"}).status_code == 401

    wecom = make_line(site, "wecom_kf")
    known = account_of(wecom)
    sealed = seal_wechat("7654321", known.secrets["aes_key"], known.id)
    query = {"timestamp": str(stamp), "nonce": "n", "echostr": sealed}
    query["msg_signature"] = signature(known.secrets["token"], str(stamp), "n", sealed)
    address = reverse("chat:line_in", args=[wecom.key])
    assert client.get(address, query_params=query).content == b"7654321"

    feishu = make_line(site, "feishu")
    asked = {"challenge": "ajls384k", "token": "the-token", "type": "url_verification"}
    body = {"encrypt": seal_feishu(json.dumps(asked), account_of(feishu).secrets["aes_key"])}
    address = reverse("chat:line_in", args=[feishu.key])
    assert client.post(address, body, content_type="application/json").json() == {
        "challenge": "ajls384k"
    }


def test_wecom_tells_and_its_messages_are_fetched_page_by_page(site, far, run_jobs):
    line = make_line(site, "wecom_kf", detail="wkDEMO0000000000000000001")
    file = of_file("wecom_kf")
    line.account = file["written"][0]["ToUserName"]
    line.save()
    far.answers += [{"access_token": "T1", "expires_in": 7200, "errcode": 0}, *file["fetched"]]
    replay(line, file["written"])
    run_jobs()
    (token_url, none, _secret), *pages = far.got
    assert "gettoken" in token_url
    assert none is None  # by GET, as it is published
    assert [body["cursor"] for _url, body, _secret in pages] == ["", "cursor-0001"]
    first, place = ChatMessage.objects.values_list("text", flat=True)
    assert (first, place.endswith(" 东门店")) == ("请问发票可以补开吗？", True)
    line.refresh_from_db()
    assert line.cursor == "cursor-0002"
    far.answers += [file["fetched"][1]]
    replay(line, file["written"])
    run_jobs()
    assert far.got[-1][1]["cursor"] == "cursor-0002"
    assert ChatMessage.objects.count() == 2


def test_an_answer_goes_out_with_a_token_that_is_renewed_once(cast, site, far):
    line = make_line(site, "wechat_official")
    replay(line, of_file("wechat_official")["written"])
    chat, sent = answered(line, cast)
    far.answers += [
        {"access_token": "T1", "expires_in": 7200},
        {"errcode": 40001, "errmsg": "invalid credential"},
    ]
    assert sending.send_messages() == 0  # a token that was just given is not renewed again
    sent.refresh_from_db()
    assert (sent.state, sent.problem) == (State.FAILED, "40001 invalid credential")
    whispered = chat.messages.get(kind="whisper")
    assert "40001" in whispered.spoken()
    assert whispered.visible_seq is None

    sending.send_again(sent, by=cast.sol)
    far.answers += [
        {"errcode": 42001, "errmsg": "access_token expired"},
        {"access_token": "T2", "expires_in": 7200},
        {"errcode": 0, "errmsg": "ok"},
    ]
    assert sending.send_messages() == 1
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert far.got[-2][1]["force_refresh"] is True
    url, body, _secret = far.got[-1]
    assert url.endswith("access_token=T2")
    assert body == {
        "touser": "oUGJZ6demo0000000000000001", "msgtype": "text",
        "text": {"content": "好的，马上处理"},
    }  # fmt: skip
    assert Entry.objects.filter(action="contacts.message_not_sent").count() == 1
    with pytest.raises(sending.NotStuck):
        sending.send_again(sent, by=cast.sol)
    with pytest.raises(BadInput):
        answered(line, cast, "长" * 700)
    with pytest.raises(WordsOnly):
        send_file(chat, Message("file-0001", AGENT, person=cast.bo, kind="file"),
                  (FILES / "README.md").open("rb"), "a.txt")  # fmt: skip


def test_text_messages_are_signed_receipted_and_kept_as_one_contact(cast, site, far):
    line = make_line(site, "sms")
    written = of_file("sms")["written"]
    assert replay(line, written) == 3
    assert replay(line, written) == 0
    assert MessageThread.objects.count() == 2
    first = Chat.objects.earliest("pk")
    assert first.messages.count() == 2  # +86 and blanks write the same number
    accept_chat(first, by=cast.bo)
    sent = say(first, Message("answer-0001", AGENT, "明天九点到", cast.bo)).sent
    assert sending.send_messages() == 1
    url, content, headers = far.got[-1]
    assert (url, json.loads(content)["to"]) == ("https://sms.example/send", "13800002071")
    secret = line.secrets["app_secret"].encode()
    assert is_signed(secret, headers, content, at=now().timestamp())
    receipt = {"receipts": [{"id": sent.reference, "state": "delivered"}]}
    replay(line, [receipt, receipt])
    sent.refresh_from_db()
    assert sent.state == State.DELIVERED
    late = {"receipts": [{"id": sent.reference, "state": "failed", "reason": "UNDELIV"}]}
    replay(line, [late])
    sent.refresh_from_db()
    assert sent.state == State.DELIVERED
    contact = end_chat(first, side=AGENT, by=cast.bo)
    assert (contact.channel.code, contact.turn_count, contact.agent) == ("sms", 3, cast.bo)
    phone = Identifier.objects.get(customer=contact.customer, kind="phone")
    assert phone.reveal() == "13800002071"
    replay(line, [{"messages": [{"id": "mo-0009", "from": "13800002071", "text": "谢谢"}]}])
    assert Chat.objects.filter(thread=first.thread).count() == 2
    assert Contact.objects.count() == 1
    CONVERSATIONS.erase([contact.customer_id])
    sent.refresh_from_db()
    assert (sent.text, MessageThread.objects.get(pk=first.thread_id).person) == ("", "")
    replay(line, [{"messages": [{"id": "mo-0010", "from": "13800002071", "text": "还在吗"}]}])
    assert MessageThread.objects.count() == 3
    retire_line(line, by=None)
    with pytest.raises(LineEnded):
        answered(line, cast, "在的", thread=MessageThread.objects.first())


def test_what_breaks_off_is_repeated_only_where_it_is_known_again(cast, site, far):
    for kind, after in (("submail", State.UNKNOWN), ("feishu", State.WAITING)):
        line = make_line(site, kind)
        replay(line, of_file(kind)["written"])
        _chat, sent = answered(line, cast)
        far.answers += [{"tenant_access_token": "T", "expire": 7200}] if kind == "feishu" else []
        far.answers += [TimeoutError()]
        assert sending.send_messages() == 0
        sent.refresh_from_db()
        assert sent.state == after
        SentMessage.objects.filter(pk=sent.pk).update(state=State.GIVEN_UP)
        far.answers += [Failed("status", 429, 7.0)]
        _chat, sent = answered(line, cast, "再说一次")
        sending.send_messages()
        sent.refresh_from_db()
        assert (sent.state, sent.tries) == (State.WAITING, 1)
        _chat, behind = answered(line, cast, "后面的话")
        assert sending.send_messages() == 0
        assert behind.state == State.WAITING
        SentMessage.objects.filter(pk=behind.pk).update(state=State.GIVEN_UP)
        SentMessage.objects.filter(pk=sent.pk).update(state=State.SENDING, next_at=now())
        sending.send_messages()
        sent.refresh_from_db()
        assert sent.state == after
        SentMessage.objects.exclude(state=State.GIVEN_UP).update(state=State.GIVEN_UP)
        far.answers.clear()


def test_the_writer_hears_of_it_when_the_chat_is_over(cast, site, far):
    line = make_line(site, "dingtalk")
    replay(line, of_file("dingtalk")["written"])
    chat, sent = answered(line, cast)
    end_chat(chat, side=AGENT, by=cast.bo)
    far.answers += [NotAllowed("https://oapi.dingtalk.com")]
    sending.send_messages()
    assert Notice.objects.get(person=cast.bo).url == reverse("chat:talk", args=[chat.pk])
    MessageThread.objects.update(reply_until=now() - timedelta(seconds=1))
    sending.send_again(sent, by=cast.sol)
    sending.send_messages()  # its address to answer at holds no more: nothing is posted
    sent.refresh_from_db()
    assert (sent.state, len(far.got)) == (State.FAILED, 1)
    sending.give_up(sent, by=cast.sol)
    assert forget_messages(before=now()) == 1
    sent.refresh_from_db()
    assert sent.text == ""


def test_who_writes_by_another_system_waits_until_somebody_is_there(cast, site, monkeypatch):
    monkeypatch.setattr("lingzhi.contacts.services.message_taking.is_open", lambda *_: False)
    site.away = {"zh-Hans": "现在是非工作时间"}
    site.save()
    line = make_line(site, "sms")
    replay(line, of_file("sms")["written"])
    assert SentMessage.objects.filter(is_automatic=True).count() == 2
    Chat.objects.update(visitor_seen_at=now() - timedelta(days=2))
    assert tend_chats() == 0
    assert Chat.objects.filter(state=Chat.State.WAITING).count() == 2
    for _again in range(MOST_AUTOMATIC):
        queue_text(line, "13800002071", "?", matter="")
    assert queue_text(line, "13800002071", "?", matter="") is None


def test_the_command_replays_a_file(site, capsys):
    line = make_line(site, "feishu")
    call_command("replay_messages", str(line.pk), str(FILES / "feishu.json"))
    assert capsys.readouterr().out == "1 new\n"
