"""The directory of matters as a kind of import (派单目录)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.services.directory import MatterGiven, bring_matters
from lingzhi.core.intake import (
    Field,
    ImportKind,
    Problem,
    Published,
    Record,
    Refused,
    values_of,
)
from lingzhi.core.readers import count, day, plain, reference, text
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units

FIELDS = (
    Field("code", _("code of the matter"), reference(40), is_required=True,
          synonyms=("事项编码", "事项编号", "编码", "编号", "目录编号", "code")),
    Field("name", _("matter"), text(120), is_required=True,
          synonyms=("事项", "事项名称", "名称", "诉求事项", "matter")),
    Field("unit", _("responsible unit"), plain, is_required=True,
          synonyms=("责任单位", "主办单位", "承办单位", "牵头单位", "unit")),
    Field("assisting", _("assisting units"), plain,
          synonyms=("协办单位", "会办单位", "配合单位")),
    Field("words", _("words that tell it"), plain, synonyms=("关键词", "关键字", "keywords")),
    Field("ground", _("by which law or rule"), text(300),
          synonyms=("依据", "法律依据", "政策依据", "ground")),
    Field("limit_days", _("working days"), count(365),
          synonyms=("办理时限", "时限", "工作日", "办结时限", "limit")),
    Field("from_on", _("valid from"), day, is_time=True,
          synonyms=("生效日期", "启用日期", "生效时间")),
)  # fmt: skip
APART = str.maketrans(dict.fromkeys("，,、;；|\n", " "))


def _reader() -> Callable[[Record], MatterGiven]:
    units = {word: unit for unit in open_units() for word in (unit.name, unit.code)}

    def read(record: Record) -> MatterGiven:
        """One row. Raises Refused with every problem found."""
        values, problems = values_of(FIELDS, record)
        named = _split(values.get("assisting"))
        unit = units.get(values.get("unit") or "")
        if unit is None and values.get("unit"):
            problems.append(Problem("unit", _("There is no such unit.")))
        if any(name not in units for name in named):
            problems.append(Problem("assisting", _("There is no such unit.")))
        if problems or unit is None:
            raise Refused(problems)
        return _given(values, unit, [units[name] for name in named])

    return read


def _split(said: str | None) -> list[str]:
    return (said or "").translate(APART).split()


def _given(values: Mapping[str, Any], unit: Unit, helpers: Sequence[Unit]) -> MatterGiven:
    return MatterGiven(
        code=values["code"], name=values["name"], unit=unit, assisting=helpers,
        words="\n".join(_split(values["words"])), ground=values["ground"] or "",
        limit_days=values["limit_days"], from_on=values["from_on"],
    )  # fmt: skip


def _publish(source: str, items: Sequence[Any], batch: Any) -> Published:
    return bring_matters(items)


KIND = ImportKind(
    code="matters",
    label=_("Directory of matters"),
    capability="cases.set_flows",
    fields=FIELDS,
    reader=_reader,
    publish=_publish,
    key="code",
    key_of=lambda one: one.code,
    result="cases:directory",
)
