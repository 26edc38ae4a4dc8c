"""Conversations as a kind of import: from files in the browser, from the command line."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.delivery import FIELDS, Delivery, read_delivery
from lingzhi.contacts.readers import count, text
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.core.intake import Field, ImportKind, Published
from lingzhi.imports.models import Batch

TURN_FIELDS = (
    Field(
        "turn_role", _("speaker"), text(20),
        synonyms=("角色", "说话人", "发送方", "role", "sender", "speaker"),
    ),
    Field(
        "turn_text", _("words"), text(20_000),
        synonyms=("文本", "消息", "消息内容", "语句", "text", "content", "message"),
    ),
    Field("turn_start_ms", _("start, ms"), count(2**31), synonyms=("开始毫秒", "begin", "start_ms")),
    Field("turn_end_ms", _("end, ms"), count(2**31), synonyms=("结束毫秒", "end", "end_ms")),
)  # fmt: skip


def _publish(source: str, items: Sequence[Any], batch: Batch) -> Published:
    deliveries: list[Delivery] = list(items)
    return publish_group(source_named(source), deliveries, batch=batch)


KIND = ImportKind(
    code="contacts",
    label=_("Conversations"),
    capability="contacts.import",
    fields=FIELDS,
    read=read_delivery,
    publish=_publish,
    key="external_id",
    finished="inspections.inspect_batch",
    turn_fields=TURN_FIELDS,
)
