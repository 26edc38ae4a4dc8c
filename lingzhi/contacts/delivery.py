"""What a source may deliver: the one table of fields, and the reading of one record.

Import pages, the API, adapters and the documentation all use this table. A record is a plain
dict; reading it gives a `Delivery` or every problem it has, each with its field.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.channels import SPOKEN, USUAL, channel, channel_choices
from lingzhi.contacts.lines import speakers_in, with_speakers
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.readers import (
    direction,
    ended_by,
    free,
    masked_text,
    number,
    seconds,
    truth,
)
from lingzhi.contacts.speakers import role_of
from lingzhi.contacts.transcripts import DeliveredTurn, counted_from, read_turns, shown_turns
from lingzhi.contacts.unanswered import may_be_unanswered, was_never_answered
from lingzhi.core.clock import now
from lingzhi.core.documents.tables import plain
from lingzhi.core.intake import Field, Problem, Refused, Wrong
from lingzhi.core.readers import count, moment, reference, text

# Came later: where they say nothing, a delivery is the same as it was without them.
NEWER = {"recording_notice", "recording_consent"}
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
DAY_SECONDS = 86_400


def _time(name: str, label: Any, *synonyms: str) -> Field:
    return Field(name, label, moment, is_time=True, show=plain, synonyms=synonyms)


FIELDS: tuple[Field, ...] = (
    Field(
        "external_id", _("number"), number(120), is_required=True,
        synonyms=("通话编号", "会话编号", "会话id", "流水号", "编号", "通话id", "呼叫编号",
                  "callid", "call_id", "id", "session_id", "conversation_id", "录音编号"),
    ),
    Field(
        "channel", _("channel"), channel, is_required=True, may_default=True,
        choices=channel_choices, synonyms=("渠道", "渠道类型", "媒体类型", "channel_type"),
    ),
    Field(
        "direction", _("direction"), direction, may_default=True, usual="in",
        choices=lambda: Contact.Direction.choices, synonyms=("呼叫方向", "方向", "呼叫类型"),
    ),
    Field(
        "queue", _("queue"), masked_text(60), may_default=True,
        synonyms=("技能组", "队列", "业务组", "skill", "skill_group"),
    ),
    Field(
        "agent", _("agent"), reference(80),
        synonyms=("坐席", "座席", "坐席工号", "座席工号", "工号", "客服", "客服工号", "接待客服",
                  "agent_no", "agent_id", "staff_no"),
    ),
    Field(
        "customer_name", _("customer's name"), text(80), is_personal=True,
        synonyms=("客户姓名", "姓名", "用户姓名", "客户名称"),
    ),
    Field(
        "customer_phone", _("customer's phone"), reference(40), is_personal=True,
        synonyms=("客户号码", "客户电话", "主叫号码", "来电号码", "手机号", "手机号码", "联系电话",
                  "caller", "phone", "ani"),
    ),
    Field(
        "customer_account", _("customer's account"), reference(80), is_personal=True,
        synonyms=("客户账号", "用户id", "会员号", "客户编号", "访客id"),
    ),
    Field(
        "customer_email", _("customer's e-mail"), reference(254), is_personal=True,
        synonyms=("客户邮箱", "邮箱", "电子邮箱", "邮箱地址", "发件人", "email", "email_address"),
    ),
    _time("started_at", _("started at"), "开始时间", "呼入时间", "呼叫时间", "会话开始时间",
          "通话开始时间", "start_time", "begin_time", "begin", "start",
          "created_at"),
    _time("queued_at", _("queued at"), "排队时间", "入队时间"),
    _time("ringing_at", _("ringing at"), "振铃时间", "响铃时间"),
    _time("answered_at", _("answered at"), "接听时间", "应答时间", "接起时间", "answer_time"),
    _time("ended_at", _("ended at"), "结束时间", "挂机时间", "会话结束时间", "通话结束时间",
          "end_time", "hangup_time"),
    _time("wrapped_up_at", _("after-call work ended at"), "话后结束时间", "案头结束时间",
          "整理结束时间"),
    Field(
        "hold_seconds", _("on hold, seconds"), seconds(DAY_SECONDS),
        synonyms=("保持时长", "保持时长秒", "hold_time"),
    ),
    Field("ring_count", _("rings"), count(1_000), synonyms=("振铃次数", "响铃次数", "响铃声数")),
    Field("transfers", _("transfers"), count(100), synonyms=("转接次数",)),
    Field(
        "ended_by", _("ended by"), ended_by,
        choices=lambda: [one for one in Contact.EndedBy.choices if one[0]],
        synonyms=("挂机方", "挂断方", "结束方", "hangup_by"),
    ),
    Field(
        "outcome", _("outcome"), masked_text(60), may_default=True,
        synonyms=("结果", "处理结果", "小结", "业务结果", "disposition"),
    ),
    Field(
        "recording_notice", _("told of the recording"), truth,
        synonyms=("录音告知", "是否告知录音", "recording_notice"),
    ),
    Field(
        "recording_consent", _("agreed to the recording"), truth,
        synonyms=("录音同意", "是否同意录音", "recording_consent"),
    ),
    Field(
        "recording", _("recording"), number(300),
        synonyms=("录音", "录音文件", "录音地址", "录音路径", "录音链接", "recording_url",
                  "record_file", "record_url"),
    ),
    Field("meta", _("further data"), free, synonyms=("metadata", "extra")),
    Field(
        "turns", _("turns"), read_turns, is_required=True, show=shown_turns,
        instead=("queued_at", "ringing_at", "outcome"),
        choices=lambda: Turn.Speaker.choices, word_of=role_of, words_in=speakers_in,
        with_words=with_speakers,
        synonyms=("对话内容", "会话内容", "转写文本", "通话文本", "聊天记录", "对话记录",
                  "文本内容", "transcript", "内容", "sentences", "dialogue", "messages"),
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in FIELDS}

# Times in the order in which they must follow each other, where they are known.
ORDER = ("queued_at", "ringing_at", "answered_at", "ended_at", "wrapped_up_at")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A record that was read without a problem; a call that nobody answered has no turns."""

    values: dict[str, Any]
    turns: list[DeliveredTurn]
    sha256: str = field(compare=False)

    @property
    def external_id(self) -> str:
        return str(self.values["external_id"])


def read_delivery(
    record: dict[str, Any],
    channels: Mapping[str, str] = USUAL,
    spoken: Collection[str] = SPOKEN,
) -> Delivery:
    """Read one record. Raises Refused with every problem found.

    `channels` gives the code of each word for a channel (`channels.channel_words`), `spoken` the
    codes of those on which people call (`channels.spoken_channels`).
    """
    problems = [
        Problem(str(name)[:60], _("This field is not known."))
        for name in record.keys() - BY_NAME.keys()
    ]
    values: dict[str, Any] = {}
    for one in FIELDS:
        try:
            values[one.name] = _value(one, record.get(one.name))
        except ValueError as error:
            problems.append(Problem.of(one.name, error))
    problems += _unknown_channel(values, channels)
    problems += _silence(values, spoken)
    problems += _disorder(values)
    if problems:
        raise Refused(problems)
    turns = values.pop("turns")
    values["started_at"] = _start(values, turns)
    turns = counted_from(turns, values["started_at"])
    return Delivery(values, turns, _digest(values, turns))


def _value(one: Field, raw: Any) -> Any:
    value = one.read(raw) if raw not in (None, "") else None
    if one.is_required and not one.instead and value in (None, ""):
        raise Wrong(_("This must be given."))
    return value


def _silence(values: dict[str, Any], spoken: Collection[str]) -> list[Problem]:
    """Nobody says anything: so it is in a call that was never answered, and nowhere else."""
    if "turns" not in values or any(turn.text for turn in values["turns"] or []):
        return []
    if was_never_answered(values, spoken):
        values["turns"] = []
        return []
    if may_be_unanswered(values, spoken):
        sentence = _(
            "Nobody says anything. A call that was not answered needs the time at which it was"
            " queued or rang, or an outcome that says so."
        )
        return [Problem("turns", sentence)]
    return [Problem("turns", _("The conversation is empty: nobody says anything."))]


def _unknown_channel(values: dict[str, Any], channels: Mapping[str, str]) -> list[Problem]:
    given = values.get("channel")
    if given is None:
        return []
    if given not in channels:
        return [Problem("channel", _("This channel is not known."))]
    values["channel"] = channels[given]
    return []


def _start(values: dict[str, Any], turns: list[DeliveredTurn]) -> datetime | None:
    """When the conversation began: the first time that is known."""
    for name in ("started_at", "queued_at", "answered_at", "ringing_at"):
        if values[name] is not None:
            found: datetime = values[name]
            return found
    return min((turn.at for turn in turns if turn.at is not None), default=None)


def _disorder(values: dict[str, Any]) -> list[Problem]:
    problems = []
    known = [(name, values[name]) for name in ORDER if values.get(name) is not None]
    for (_earlier, before), (name, after) in pairwise(known):
        if after < before:
            problems.append(Problem(name, _("This time lies before the one that precedes it.")))
    started, ended = values.get("started_at"), values.get("ended_at")
    if started is not None and ended is not None and ended < started:
        problems.append(Problem("ended_at", _("It ends before it starts.")))
    every = [("started_at", started)] if started is not None else []
    latest = now() + timedelta(days=1)
    for name, found in every + known:
        if not EARLIEST <= found <= latest:
            problems.append(Problem(name, _("This date cannot be.")))
    return problems


def _digest(values: dict[str, Any], turns: list[DeliveredTurn]) -> str:
    """SHA-256 of what was read: the same content in another file format has the same."""
    told = {name: one for name, one in values.items() if name not in NEWER or one is not None}
    content = [told, [_said(turn) for turn in turns]]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_in_utc)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(turn: DeliveredTurn) -> tuple[object, ...]:
    heard = turn.heard if any(one not in (None, "") for one in turn.heard) else ()
    return turn.role, turn.text, turn.start_ms, turn.end_ms, *heard


def _in_utc(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
