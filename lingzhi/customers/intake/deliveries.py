"""Deliveries as a kind of import: projects, contracts and products with their day (交付清单)."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.intake import Field, ImportKind, Problem, Published, Record, Refused, Wrong
from lingzhi.core.readers import count, day, money, plain, reference, text
from lingzhi.customers.intake.rows import Row, read_values, who_fields
from lingzhi.customers.models import Delivery
from lingzhi.customers.services.bringing import FileRow, bring_deliveries

KINDS = {
    Delivery.Kind.PROJECT: {"项目", "工程", "project"},
    Delivery.Kind.CONTRACT: {"合同", "服务合同", "协议", "contract"},
    Delivery.Kind.PRODUCT: {"产品", "商品", "货物", "设备", "product"},
}


def _kind(raw: Any) -> str:
    said = plain(raw).lower()
    for kind, words in KINDS.items():
        if said in words:
            return str(kind)
    raise Wrong(_("It must be a project, a contract or a product."))


FIELDS = (
    Field("number", _("order or contract number"), reference(60), is_required=True,
          synonyms=("合同号", "合同编号", "订单号", "订单编号", "项目编号", "单号", "order_no")),
    Field("name", _("project or product"), text(120), is_required=True,
          synonyms=("项目名称", "产品名称", "产品", "品名", "合同名称", "商品名称", "product")),
    Field("code", _("part number"), reference(60),
          synonyms=("料号", "物料编码", "产品编码", "型号", "sku", "part_no")),
    Field("kind", _("kind"), _kind, may_default=True, usual="product",
          choices=lambda: Delivery.Kind.choices, synonyms=("类型", "类别", "交付类型")),
    Field("quantity", _("quantity"), count(10**9), synonyms=("数量", "件数", "台数", "qty")),
    Field("amount", _("amount"), money, synonyms=("金额", "合同金额", "总价", "合同额")),
    Field("delivered_on", _("delivered on"), day, is_required=True, is_time=True,
          synonyms=("交付日期", "交付时间", "发货日期", "验收日期", "签订日期", "购买日期")),
    Field("ended_on", _("ended on"), day, is_time=True,
          synonyms=("结束日期", "到期日期", "终止日期", "合同到期日")),
    *who_fields(),
)  # fmt: skip


def read_delivery(record: Record) -> Row:
    """Read one row. Raises Refused with every problem found."""
    values = read_values(FIELDS, record)
    if values["ended_on"] and values["ended_on"] < values["delivered_on"]:
        raise Refused([Problem("ended_on", _("It cannot end before it began."))])
    told = "|".join(values[name] or "" for name in ("number", "code", "name"))
    return Row(hashlib.sha256(told.encode()).hexdigest()[:32], values)


def _reader() -> Callable[[Record], Row]:
    return read_delivery


def _publish(source: str, items: Sequence[Any], batch: Any) -> Published:
    return bring_deliveries([FileRow(one.key, one.identifiers, one.values) for one in items])


KIND = ImportKind(
    code="deliveries",
    label=_("Deliveries"),
    capability="customers.import",
    fields=FIELDS,
    reader=_reader,
    publish=_publish,
    key="number",
    key_of=lambda one: one.key,
    result="customers:list",
)
