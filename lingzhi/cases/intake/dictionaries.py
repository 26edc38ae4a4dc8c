"""Master dictionaries as a kind of import (主数据字典)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import DictionaryKind
from lingzhi.cases.services.dictionaries import EntryGiven, bring_entries
from lingzhi.core.intake import (
    Field,
    ImportKind,
    Problem,
    Published,
    Record,
    Refused,
    Wrong,
    values_of,
)
from lingzhi.core.readers import plain, reference, text

KINDS: Mapping[str, set[str]] = {
    DictionaryKind.PRODUCT: {"产品", "商品", "服务", "物品"},
    DictionaryKind.ORDER: {"订单", "订单号"},
    DictionaryKind.PART: {"料号", "部件", "零件", "物料"},
    DictionaryKind.FAULT: {"故障", "故障码", "故障代码", "不良代码"},
    DictionaryKind.AREA: {"区域", "地区", "辖区", "行政区"},
}


def _kind(raw: Any) -> str:
    said = plain(raw).lower()
    for kind, words in KINDS.items():
        if said == kind or said in words:
            return str(kind)
    raise Wrong(_("Say what this word means."))


FIELDS = (
    Field("kind", _("dictionary"), _kind, is_required=True, may_default=True,
          choices=lambda: DictionaryKind.choices,
          synonyms=("字典", "字典类型", "类别", "类型", "dictionary", "kind")),
    Field("code", _("code"), reference(60), is_required=True,
          synonyms=("编码", "编号", "代码", "料号", "物料编码", "产品编码", "订单号", "故障代码",
                    "区域编码", "行政区划代码", "code")),
    Field("name", _("name"), text(120), is_required=True,
          synonyms=("名称", "品名", "产品名称", "物料名称", "故障名称", "区域名称", "name")),
    Field("parent", _("belongs to (code)"), reference(60),
          synonyms=("上级", "上级编码", "所属产品", "父级", "parent")),
    Field("note", _("note"), text(200), synonyms=("备注", "说明", "规格", "note")),
)  # fmt: skip


def _reader() -> Callable[[Record], EntryGiven]:
    return read_entry


def read_entry(record: Record) -> EntryGiven:
    """One row. Raises Refused with every problem found."""
    values, problems = values_of(FIELDS, record)
    if not problems and values["parent"] == values["code"] and values["kind"] in ("fault", "area"):
        problems.append(Problem("parent", _("Nothing belongs to itself.")))
    if problems:
        raise Refused(problems)
    given: dict[str, Any] = {name: value or "" for name, value in values.items()}
    return EntryGiven(**given)


def _publish(source: str, items: Sequence[Any], batch: Any) -> Published:
    return bring_entries(items)


KIND = ImportKind(
    code="dictionaries",
    label=_("Master dictionaries"),
    capability="cases.keep_dictionaries",
    fields=FIELDS,
    reader=_reader,
    publish=_publish,
    key="code",
    key_of=lambda one: one.key,
    result="cases:dictionaries",
)
