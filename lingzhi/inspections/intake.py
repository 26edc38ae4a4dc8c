"""Old scores as a kind of import: what an adopter scored with before (历史评分), a row a score."""

import hashlib
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.readers import masked_text, number
from lingzhi.core.clock import FIRST_DAY, today
from lingzhi.core.intake import Field, ImportKind, Record, Refused, Wrong, values_of
from lingzhi.core.readers import moment, plain, text, written
from lingzhi.inspections.models import OldScore
from lingzhi.inspections.queries.old_scores import old_sources
from lingzhi.inspections.services.old_scores import publish_old_scores
from lingzhi_engine.privacy import mask

MOST = Decimal(100_000)
ITEMS = 200
YES = {"是", "有", "y", "yes", "true", "√", "✓", "1", "否决", "一票否决", "致命"}
NO = {"否", "无", "n", "no", "false", "×", "0", "-", "–", "/"}
APPEALS = {
    OldScore.Appeal.NONE: {"无", "未申诉", "没有", "否", "none", "no"},
    OldScore.Appeal.OPEN: {"申诉中", "处理中", "待复核", "open", "pending"},
    OldScore.Appeal.UPHELD: {
        "成功", "申诉成功", "通过", "改判", "支持", "申诉通过", "upheld", "accepted",
    },
    OldScore.Appeal.REFUSED: {
        "失败", "驳回", "申诉失败", "维持", "维持原判", "不支持", "未通过", "refused", "rejected",
    },
}  # fmt: skip


def day(raw: Any) -> date:
    """A day in any usual writing; a time of day is dropped. Not before 1990 and not ahead."""
    found = timezone.localdate(moment(raw))
    if not FIRST_DAY <= found <= today():
        raise Wrong(_("This date cannot be."))
    return found


def points(raw: Any) -> Decimal:
    """A score: a number, with “分” behind it or without."""
    said = unicodedata.normalize("NFKC", plain(raw)).removesuffix("分").replace(",", "")
    try:
        found = Decimal(said)
    except InvalidOperation:
        raise Wrong(_("This must be a number.")) from None
    if isinstance(raw, bool) or not found.is_finite() or abs(found) > MOST:
        raise Wrong(_("This must be a number."))
    return round(found, 2)


def full_mark(raw: Any) -> Decimal:
    """The best score there is: above nought."""
    found = points(raw)
    if found <= 0:
        raise Wrong(_("The full mark lies above 0."))
    return found


def yes_or_no(raw: Any) -> bool:
    """A sign such as 是 or √; anything that says neither is refused."""
    said = plain(raw).lower()
    if said in YES:
        return True
    if said in NO:
        return False
    raise Wrong(_("This must be yes or no."))


def appeal(raw: Any) -> str:
    """What became of an appeal, in the words that files use."""
    said = plain(raw).lower()
    for outcome, words in APPEALS.items():
        if said in words or said == outcome:
            return str(outcome)
    raise Wrong(_("The outcome of the appeal is not known."))


def items(raw: Any) -> dict[str, Any]:
    """What stood in the columns of items: numbers as they are, words masked."""
    if not isinstance(raw, dict) or len(raw) > ITEMS:
        raise Wrong(_("This must be an object of at most %(limit)d values."), limit=ITEMS)
    return {plain(name)[:120]: _item(value) for name, value in raw.items()}


def _item(value: Any) -> Any:
    said = written(value)
    masked = mask(said)
    if masked != said:
        return masked[:300]
    try:
        figure = float(said)
    except ValueError:
        return said[:300]
    return int(figure) if figure.is_integer() else figure


FIELDS = (
    Field("number", _("number of the score"), number(120),
          synonyms=("质检编号", "评分编号", "质检单号", "编号", "序号", "质检流水号")),
    Field("scored_on", _("scored on"), day, is_required=True, is_time=True,
          synonyms=("质检日期", "评分日期", "日期", "质检时间", "评分时间", "抽检日期", "date")),
    Field("agent", _("agent"), number(120), is_required=True,
          synonyms=("工号", "座席工号", "坐席工号", "座席", "坐席", "客服", "客服工号", "员工工号",
                    "被检人", "座席姓名", "坐席姓名", "姓名", "agent")),
    Field("inspector", _("inspector"), number(120),
          synonyms=("质检员", "评分人", "质检员工号", "质检人", "质检人员", "inspector")),
    Field("conversation", _("conversation"), number(120),
          synonyms=("会话编号", "通话编号", "录音编号", "录音流水号", "流水号", "来电流水",
                    "会话ID", "call_id")),
    Field("sheet", _("score sheet"), text(250), may_default=True,
          synonyms=("评分表", "评分模板", "质检模板", "质检表", "模板")),
    Field("value", _("score"), points, is_required=True,
          synonyms=("总分", "得分", "最终得分", "质检得分", "质检总分", "成绩", "score", "total")),
    Field("full", _("full mark"), full_mark, may_default=True, usual="100",
          synonyms=("满分", "总分值", "标准分")),
    Field("is_vetoed", _("veto"), yes_or_no,
          synonyms=("一票否决", "是否一票否决", "是否否决", "否决", "致命", "致命错误",
                    "是否致命")),
    Field("comment", _("comment"), masked_text(4000),
          synonyms=("评语", "质检评语", "备注", "质检意见", "点评", "扣分说明", "comment")),
    Field("appeal", _("appeal"), appeal, choices=lambda: OldScore.Appeal.choices[1:],
          synonyms=("申诉结果", "申诉", "申诉状态", "复核结果", "appeal")),
    Field("final_value", _("score after the appeal"), points,
          synonyms=("改判后得分", "申诉后得分", "复核得分", "复核后得分", "终审得分")),
    Field("meta", _("items"), items),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EarlierScore:
    """A row that was read without a problem."""

    values: dict[str, Any]

    @property
    def sha256(self) -> str:
        return _digest(self.values)

    @property
    def number(self) -> str:
        """The file's own number; else a mark of what tells one score from another.

        Two scores of one conversation on one sheet, day and inspector would be one twice; without
        a conversation the whole row tells.
        """
        if self.values["number"]:
            return str(self.values["number"])
        telling = ("scored_on", "agent", "inspector", "conversation", "sheet")
        short = {name: self.values[name] for name in telling}
        return f"~{_digest(short if self.values['conversation'] else self.values)[:24]}"


def _digest(values: dict[str, Any]) -> str:
    content = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def read_old_score(record: Record) -> EarlierScore:
    """Read one row. Raises Refused with every problem found."""
    values, problems = values_of(FIELDS, record)
    if problems:
        raise Refused(problems)
    return EarlierScore(values)


def _reader() -> Callable[[Record], EarlierScore]:
    return read_old_score


KIND = ImportKind(
    code="old_scores",
    label=_("Old scores"),
    capability="inspections.import",
    fields=FIELDS,
    reader=_reader,
    publish=publish_old_scores,
    key="number",
    key_of=lambda one: one.number,
    result="inspections:old_scores",
    sources=old_sources,
    keeps_rest=True,
)
