"""Conversations as a kind of import: from files in the browser, from the command line."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.adapters import ADAPTERS
from lingzhi.contacts.channels import channel_words, spoken_channels
from lingzhi.contacts.delivery import FIELDS, Delivery, read_delivery
from lingzhi.contacts.models import Source, Turn
from lingzhi.contacts.readers import decibels, emotion, milliseconds, share
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.contacts.speakers import role_of
from lingzhi.core.documents.tables import plain
from lingzhi.core.intake import Field, ImportKind, Published, Record
from lingzhi.core.readers import moment, text
from lingzhi.imports.models import Batch
from lingzhi_engine.privacy import mask

TURN_FIELDS = (
    Field(
        "turn_role", _("speaker"), role_of, is_required=True,
        choices=lambda: Turn.Speaker.choices,
        synonyms=("角色", "说话人", "发送方", "发送者", "发言人", "role", "sender", "speaker",
                  "spk", "channel_id", "from"),
    ),
    Field(
        "turn_text", _("words"), text(20_000), is_required=True,
        synonyms=("文本", "消息", "消息内容", "发言内容", "语句", "text", "content", "message",
                  "sentence", "onebest", "transcript"),
    ),
    Field(
        "turn_at", _("said at"), moment, is_time=True, show=plain,
        synonyms=("发送时间", "消息时间", "发言时间", "时间", "sent_at", "time", "timestamp"),
    ),
    Field(
        "turn_start_ms", _("start, ms"), milliseconds,
        synonyms=("开始毫秒", "begin", "begin_time", "bg", "start", "start_time"),
    ),
    Field(
        "turn_end_ms", _("end, ms"), milliseconds,
        synonyms=("结束毫秒", "end", "end_time", "ed"),
    ),
    Field(
        "turn_confidence", _("certainty of recognition"), share,
        synonyms=("置信度", "识别置信度", "confidence", "score"),
    ),
    Field("turn_emotion", _("emotion"), emotion, synonyms=("情绪", "emotion", "sentiment")),
    Field(
        "turn_energy", _("level of the voice, dB"), decibels,
        synonyms=("音量", "能量", "energy", "volume"),
    ),
)  # fmt: skip


def delivery_reader() -> Callable[[Record], Delivery]:
    """Reads records with the channels this centre has now."""
    channels, spoken = channel_words(), spoken_channels()
    return lambda record: read_delivery(record, channels, spoken)


def _prepare(items: list[Any]) -> list[Any]:
    """Mask the words ahead: it takes longer than writing them."""
    return [
        replace(one, turns=[replace(turn, masked=mask(turn.text)) for turn in one.turns])
        for one in items
    ]


def _publish(source: str, items: Sequence[Any], batch: Batch) -> Published:
    deliveries: list[Delivery] = list(items)
    return publish_group(source_named(source), deliveries, batch=batch)


KIND = ImportKind(
    code="contacts",
    label=_("Conversations"),
    capability="contacts.import",
    fields=FIELDS,
    reader=delivery_reader,
    prepare=_prepare,
    publish=_publish,
    key="external_id",
    key_of=attrgetter("external_id"),
    finished="inspections.inspect_batch",
    result="contacts:list",
    turn_fields=TURN_FIELDS,
    sources=lambda: Source.objects.values_list("code", "name"),
    adapters=ADAPTERS,
)
