"""What a source may deliver: the one table of fields, and the reading of one record.

Import pages, the API, adapters and the documentation all use this table. A record is a plain
dict; reading it gives a `Delivery` or every problem it has, each with its field.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.readers import (
    count,
    direction,
    ended_by,
    free,
    moment,
    text,
)
from lingzhi.contacts.transcripts import DeliveredTurn, read_turns
from lingzhi.core.clock import now
from lingzhi.core.intake import Field, Problem, Refused

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


FIELDS: tuple[Field, ...] = (
    Field(
        "external_id",
        _("number"),
        text(120),
        is_required=True,
        synonyms=(
            "通话编号",
            "会话编号",
            "会话id",
            "流水号",
            "编号",
            "callid",
            "call_id",
            "id",
            "session_id",
            "录音编号",
        ),
    ),
    Field(
        "channel",
        _("channel"),
        text(20),
        is_required=True,
        synonyms=(
            "渠道",
            "渠道类型",
            "媒体类型",
            "channel_type",
        ),
    ),
    Field(
        "direction",
        _("direction"),
        direction,
        synonyms=(
            "呼叫方向",
            "方向",
            "呼叫类型",
        ),
    ),
    Field(
        "queue",
        _("queue"),
        text(60),
        synonyms=(
            "技能组",
            "队列",
            "skill",
            "skill_group",
        ),
    ),
    Field(
        "agent",
        _("agent"),
        text(80),
        synonyms=(
            "坐席",
            "座席",
            "坐席工号",
            "座席工号",
            "工号",
            "客服",
            "客服工号",
            "agent_no",
            "agent_id",
            "staff_no",
        ),
    ),
    Field(
        "customer_name",
        _("customer's name"),
        text(80),
        is_personal=True,
        synonyms=(
            "客户姓名",
            "姓名",
            "用户姓名",
        ),
    ),
    Field(
        "customer_phone",
        _("customer's phone"),
        text(40),
        is_personal=True,
        synonyms=(
            "客户号码",
            "客户电话",
            "主叫号码",
            "来电号码",
            "手机号",
            "caller",
            "phone",
            "ani",
        ),
    ),
    Field(
        "customer_account",
        _("customer's account"),
        text(80),
        is_personal=True,
        synonyms=(
            "客户账号",
            "用户id",
            "会员号",
            "客户编号",
        ),
    ),
    Field(
        "started_at",
        _("started at"),
        moment,
        synonyms=(
            "开始时间",
            "呼入时间",
            "会话开始时间",
            "start_time",
            "begin_time",
            "created_at",
        ),
    ),
    Field(
        "queued_at",
        _("queued at"),
        moment,
        synonyms=(
            "排队时间",
            "入队时间",
        ),
    ),
    Field(
        "ringing_at",
        _("ringing at"),
        moment,
        synonyms=(
            "振铃时间",
            "响铃时间",
        ),
    ),
    Field(
        "answered_at",
        _("answered at"),
        moment,
        synonyms=(
            "接听时间",
            "应答时间",
            "接起时间",
            "answer_time",
        ),
    ),
    Field(
        "ended_at",
        _("ended at"),
        moment,
        synonyms=(
            "结束时间",
            "挂机时间",
            "会话结束时间",
            "end_time",
            "hangup_time",
        ),
    ),
    Field(
        "wrapped_up_at",
        _("after-call work ended at"),
        moment,
        synonyms=(
            "话后结束时间",
            "案头结束时间",
            "整理结束时间",
        ),
    ),
    Field(
        "hold_seconds",
        _("on hold, seconds"),
        count(86_400),
        synonyms=(
            "保持时长",
            "保持时长秒",
            "hold_time",
        ),
    ),
    Field(
        "ring_count",
        _("rings"),
        count(1_000),
        synonyms=(
            "振铃次数",
            "响铃次数",
        ),
    ),
    Field("transfers", _("transfers"), count(100), synonyms=("转接次数",)),
    Field(
        "ended_by",
        _("ended by"),
        ended_by,
        synonyms=(
            "挂机方",
            "挂断方",
            "结束方",
            "hangup_by",
        ),
    ),
    Field(
        "outcome",
        _("outcome"),
        text(60),
        synonyms=(
            "结果",
            "处理结果",
            "小结",
            "业务结果",
            "disposition",
        ),
    ),
    Field("meta", _("further data"), free),
    Field(
        "turns",
        _("turns"),
        read_turns,
        is_required=True,
        synonyms=(
            "对话内容",
            "会话内容",
            "转写文本",
            "通话文本",
            "聊天记录",
            "transcript",
            "内容",
            "sentences",
            "dialogue",
            "messages",
        ),
    ),
)
BY_NAME = {one.name: one for one in FIELDS}

# Times in the order in which they must follow each other, where they are known.
ORDER = ("queued_at", "ringing_at", "answered_at", "ended_at", "wrapped_up_at")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A record that was read without a problem."""

    values: dict[str, Any]
    turns: list[DeliveredTurn]
    sha256: str = field(compare=False)

    @property
    def external_id(self) -> str:
        return str(self.values["external_id"])


def read_delivery(record: dict[str, Any]) -> Delivery:
    """Read one record. Raises Refused with every problem found."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name in record.keys() - BY_NAME.keys():
        problems.append(Problem(name, _("This field is not known.")))
    for one in FIELDS:
        try:
            values[one.name] = _value(one, record.get(one.name))
        except ValueError as problem:
            problems.append(Problem(one.name, problem.args[0]))
    problems += _disorder(values)
    if problems:
        raise Refused(problems)
    turns = values.pop("turns")
    values["started_at"] = values["started_at"] or values["queued_at"] or values["answered_at"]
    return Delivery(values, turns, _digest(record))


def _value(one: Field, raw: Any) -> Any:
    value = one.read(raw) if raw not in (None, "") else None
    if one.is_required and value in (None, "", []):
        raise ValueError(_("This must be given."))
    return value


def _disorder(values: dict[str, Any]) -> list[Problem]:
    problems = []
    known = [(name, values[name]) for name in ORDER if values.get(name) is not None]
    for (_earlier, before), (name, after) in pairwise(known):
        if after < before:
            problems.append(Problem(name, _("This time lies before the one that precedes it.")))
    for name, moment_ in known:
        if not EARLIEST <= moment_ <= now() + timedelta(days=1):
            problems.append(Problem(name, _("This date cannot be.")))
    return problems


def _digest(record: dict[str, Any]) -> str:
    plain = json.dumps(record, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
