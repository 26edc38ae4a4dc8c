"""Customers as a kind of import: one row a customer, as a CRM or a member list has them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.channels import channel_choices
from lingzhi.core.intake import Field, ImportKind, Problem, Published, Record, Refused, Wrong
from lingzhi.core.readers import plain, text
from lingzhi.customers.indexes import index_of
from lingzhi.customers.intake.rows import TELLING, WHO, Row, read_values, who_fields
from lingzhi.customers.models import Segment
from lingzhi.customers.queries.segments import segments_in_use
from lingzhi.customers.services.bringing import FileRow, bring_customers
from lingzhi_engine.privacy import mask


def _masked(limit: int) -> Callable[[Any], str]:
    read = text(limit)
    return lambda raw: mask(read(raw))


FIELDS = (
    *who_fields(),
    Field("post", _("post at the company"), text(60), synonyms=("职务", "职位", "岗位")),
    Field("segment", _("class of customers"), text(60), may_default=True,
          choices=lambda: list(segments_in_use().values_list("code", "name")),
          synonyms=("客户类别", "客户分类", "客户等级", "客户级别", "会员等级", "类别", "等级")),
    Field("preferred_channel", _("preferred channel"), text(40),
          choices=lambda: list(channel_choices()),
          synonyms=("偏好渠道", "首选渠道", "联系方式偏好")),
    Field("preferred_times", _("when to reach"), text(80), synonyms=("方便时间", "联系时间")),
    Field("special_needs", _("special needs"), _masked(200), synonyms=("特殊需求", "备注")),
)  # fmt: skip


def _reader() -> Callable[[Record], Row]:
    """Reads rows with the classes and channels this centre has now."""
    segments: dict[str, Segment] = {}
    for segment in segments_in_use():
        segments |= {segment.code.lower(): segment, segment.name.lower(): segment}
    channels: dict[str, str] = {}
    for code, name in channel_choices():
        channels |= {code.lower(): code, str(name).lower(): code}

    def read(record: Record) -> Row:
        values = read_values(FIELDS, record)
        values["segment"] = _known("segment", values["segment"], segments)
        values["preferred_channel"] = _known(
            "preferred_channel", values["preferred_channel"], channels
        )
        return Row(key_of_customer(values), values)

    return read


def _known(name: str, said: str | None, known: dict[str, Any]) -> Any:
    """What a word of the file means here; Refused where it means nothing."""
    if not said:
        return None
    found = known.get(plain(said).lower())
    if found is None:
        problem = Wrong(_("This word is not known here. Map it, or leave the column out."))
        raise Refused([Problem.of(name, problem)])
    return found


def key_of_customer(values: dict[str, Any]) -> str:
    """What tells the customers of a file apart, without naming them."""
    name = next(name for name in TELLING if values[name])
    return index_of(WHO[name], values[name])[:32]


def _publish(source: str, items: Sequence[Any], batch: Any) -> Published:
    return bring_customers([FileRow(one.key, one.identifiers, one.values) for one in items])


KIND = ImportKind(
    code="customers",
    label=_("Customers"),
    capability="customers.import",
    fields=FIELDS,
    reader=_reader,
    publish=_publish,
    key="account",
    key_of=lambda one: one.key,
    result="customers:list",
)
