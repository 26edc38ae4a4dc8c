"""A month of scores as rows of the centre's own layout: cell by cell, masked, as a stream."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import midnight
from lingzhi.inspections.models import ExportLayout, Review
from lingzhi.inspections.queries.items import places_of_items
from lingzhi_engine.privacy import mask

CHUNK = 500
ITEM, ANSWER = "item", "answer"
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d %H:%M")
DIGITS = ("0", "1", "2")
SIGNS = ("是/否", "√/×", "Y/N", "1/0")
FORMATS = {"day": DATES, "number": DIGITS, "sign": SIGNS}

Column = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where cells come from: its words, the kind of its values, how to read one from a score,
    and what other programs call such a column."""

    label: str | Promise
    kind: str
    read: Callable[[Review], Any]
    synonyms: tuple[str, ...] = ()


def _of(person: str, field: str) -> Callable[[Review], Any]:
    return lambda review: getattr(getattr(review, person), field, "")


SOURCES: dict[str, Source] = {
    "number": Source(_("number of the score"), "text", lambda one: str(one.pk),
                     ("质检编号", "评分编号", "编号", "序号")),
    "conversation": Source(_("conversation"), "text", lambda one: one.contact.external_id,
                           ("会话编号", "通话编号", "录音编号", "录音流水号", "流水号")),
    "talked_on": Source(_("day of the conversation"), "day", lambda one: one.contact.started_at,
                        ("通话日期", "通话时间", "会话时间")),
    "scored_on": Source(_("scored on"), "day", lambda one: one.scored_at,
                        ("质检日期", "评分日期", "质检时间", "日期", "评分时间")),
    "released_on": Source(_("released on"), "day", lambda one: one.released_at, ("发布日期",)),
    "agent_no": Source(_("staff number of the agent"), "text", _of("agent", "staff_no"),
                       ("工号", "座席工号", "坐席工号", "客服工号", "员工工号")),
    "agent_name": Source(_("name of the agent"), "text", _of("agent", "name"),
                         ("姓名", "座席姓名", "坐席姓名", "座席", "坐席", "客服", "被检人")),
    "team": Source(_("team"), "text", _of("unit", "name"), ("班组", "组别", "部门", "团队")),
    "inspector_no": Source(_("staff number of the inspector"), "text",
                           _of("inspector", "staff_no"), ("质检员工号",)),
    "inspector_name": Source(_("name of the inspector"), "text", _of("inspector", "name"),
                             ("质检员", "质检人", "评分人", "质检人员")),
    "sheet": Source(_("score sheet"), "text", lambda one: one.version.title,
                    ("评分表", "评分模板", "质检模板")),
    "version": Source(_("version of the sheet"), "number", lambda one: one.version.number,
                      ("版本",)),
    "value": Source(_("score"), "number", lambda one: one.value,
                    ("总分", "得分", "最终得分", "质检得分", "成绩")),
    "without_veto": Source(_("score without the veto"), "number", lambda one: one.without_veto,
                           ("否决前得分",)),
    "is_vetoed": Source(_("vetoed"), "sign", lambda one: one.is_vetoed,
                        ("一票否决", "是否否决", "是否一票否决", "致命错误")),
    "is_passed": Source(_("passed"), "sign", lambda one: one.is_passed, ("是否合格", "合格")),
    "is_excellent": Source(_("excellent"), "sign", lambda one: one.is_excellent, ("优秀",)),
    "summary": Source(_("opinion and proposal"), "text", lambda one: mask(one.summary),
                      ("评语", "质检评语", "质检意见", "备注", "点评")),
    "changes": Source(_("how often it was changed"), "number", lambda one: len(one.changes.all()),
                      ("改判次数",)),
    "acknowledged_on": Source(_("read by the agent on"), "day", lambda one: one.acknowledged_at,
                              ("确认日期", "座席确认")),
}  # fmt: skip


def item_sources() -> list[tuple[str, str]]:
    """Points and answer of every item of the sheets in force, as code and words."""
    found = []
    answer = gettext("answer")
    for place, words in places_of_items():
        found += [(f"{ITEM}:{place}", words), (f"{ANSWER}:{place}", f"{words} ({answer})")]
    return found


def kind_of(source: str) -> str:
    """What kind of values a source gives: text, number, day or sign."""
    if source in SOURCES:
        return SOURCES[source].kind
    return "number" if source.startswith(f"{ITEM}:") else "text"


def scores_of_month(layout: ExportLayout, month: date) -> QuerySet[Review]:
    """The released scores of the layout's unit that were given in a month, in their order."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    rows = Review.objects.filter(
        state=Review.State.RELEASED,
        unit__path__startswith=layout.unit.path,
        scored_at__gte=midnight(month.replace(day=1)),
        scored_at__lt=midnight(following),
    )
    return rows.order_by("scored_at", "pk")


def headings_of(columns: Sequence[Column]) -> list[str]:
    return [one["heading"] for one in columns]


def cells_of(columns: Sequence[Column], reviews: QuerySet[Review]) -> Iterator[list[Any]]:
    """A row a score; a few hundred scores are held at a time."""
    rows = reviews.select_related("contact", "version__sheet", "inspector", "agent", "unit")
    titles: dict[tuple[int, str], dict[str, str]] = {}
    for review in rows.prefetch_related("items", "changes").iterator(CHUNK):
        items = {one.item: one for one in review.items.all()}
        yield [_cell(one, review, items, titles) for one in columns]


def _cell(
    column: Column, review: Review, items: Mapping[str, Any], titles: dict[Any, dict[str, str]]
) -> Any:
    source = column["source"]
    if not source:
        return ""
    if source in SOURCES:
        return written(SOURCES[source].read(review), column.get("format", ""))
    what, sheet, code = source.split(":")
    line = items.get(code) if review.version.sheet.code == sheet else None
    if line is None or line.is_na:
        return ""
    if what == ITEM:
        return written(line.earned, column.get("format", ""))
    return mask(_answer(review, code, line.value, titles))


def _answer(review: Review, code: str, value: str, titles: dict[Any, dict[str, str]]) -> str:
    """The answer as the sheet words it."""
    key = (review.version_id, code)
    if key not in titles:
        of_item = (one.answers for one in review.version.read().items if one.code == code)
        titles[key] = {one.code: one.title for one in next(of_item, ())}
    return "、".join(titles[key].get(one, one) for one in value.split(","))


def written(value: Any, style: str) -> Any:
    """A value in the format of its column; nothing is an empty cell, never a nought."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        yes, no = (style or SIGNS[0]).split("/")
        return yes if value else no
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime(style or DATES[0])
    if isinstance(value, str):
        return value
    digits = int(style or 2)
    return round(float(value), digits) if digits else round(value)
