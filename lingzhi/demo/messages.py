"""The demo centre's message line: text messages that came, one answered and delivered, one that
waits. Nothing leaves: its gateway does not exist."""

import json

from django.conf import settings

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Chat, ChatMessage, ChatSite, MessageLine, SentMessage
from lingzhi.contacts.services.chat_handing import accept_chat
from lingzhi.contacts.services.chat_saying import Message, say
from lingzhi.contacts.services.chats import end_chat
from lingzhi.contacts.services.message_lines import keep_line
from lingzhi.contacts.services.message_replay import replay
from lingzhi.core.clock import now

FILE = "data/messages/sms.json"
AGENT = "8002"
ANSWER = "您好，已为您预约明天上午九点上门检修，师傅到前会电话联系您。"


def seed_messages() -> None:
    """One line, served as the demo centre's chat site."""
    site = ChatSite.objects.filter(retired_at=None).first()
    if site is None or MessageLine.objects.exists():
        return
    line = MessageLine(
        kind=MessageLine.Kind.SMS, name="云栖短信 1069", site=site,
        detail="https://sms.yunqi.example/send",
    )  # fmt: skip
    keep_line(line, {}, by=None)
    replay(line, json.loads((settings.BASE_DIR / FILE).read_text("utf-8"))["written"])
    _answer(line, User.objects.get(staff_no=AGENT))


def _answer(line: MessageLine, agent: User) -> None:
    """The first customer is answered, and the gateway says that it arrived."""
    side = ChatMessage.Side.AGENT
    chat = Chat.objects.filter(thread__line=line).earliest("pk")
    accept_chat(chat, by=agent)
    said = say(chat, Message("demo-answer-1", side, ANSWER, agent))
    moment = now()
    sent = SentMessage.objects.filter(said=said)
    sent.update(state=SentMessage.State.DELIVERED, sent_at=moment, delivered_at=moment)
    MessageLine.objects.filter(pk=line.pk).update(went_at=moment)
    end_chat(chat, side=side, by=agent, disposition="已预约上门")
