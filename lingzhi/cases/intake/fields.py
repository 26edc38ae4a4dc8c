"""The fields of a ticket, and what columns are called that usually hold them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseType
from lingzhi.cases.models.types import Priority
from lingzhi.core.intake import Choices, Field, Wrong
from lingzhi.core.readers import count, moment, plain, reference, text

KINDS = {
    Case.Kind.OPEN: {"open", "new", "active", "in progress", "处理中", "新建", "打开", "受理"},
    Case.Kind.WAITING: {"waiting", "pending", "on hold", "等待", "挂起", "待客户"},
    Case.Kind.SOLVED: {"solved", "resolved", "已解决", "待回访"},
    Case.Kind.CLOSED: {"closed", "done", "已关闭", "已办结", "关闭", "办结"},
}
PRIORITIES = {
    str(Priority.HIGH.value): {"1", "high", "critical", "urgent", "高", "紧急"},
    str(Priority.MIDDLE.value): {"2", "middle", "medium", "moderate", "normal", "中", "一般"},
    str(Priority.LOW.value): {"3", "low", "低"},
}
SAID = {
    Case.Satisfaction.SATISFIED: {"satisfied", "满意"},
    Case.Satisfaction.ACCEPTED: {"accepted", "no objection", "无异议", "认可"},
    Case.Satisfaction.OBJECTS: {"objects", "不满意", "有异议"},
}
TRUTH = {"yes": {"yes", "true", "1", "是", "达标"}, "no": {"no", "false", "0", "否", "超时"}}
LONGEST_HOURS = 87_600


def _one_of(words: Mapping[Any, set[str]]) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        said = plain(raw).lower()
        for meaning, known in words.items():
            if said in known or said == str(meaning):
                return str(meaning)
        raise Wrong(_("Say what this word means."))

    return read


def _truth(raw: Any) -> bool:
    return _one_of(TRUTH)(raw) == "yes"


def _priority(raw: Any) -> int:
    return int(_one_of(PRIORITIES)(raw))


def _types() -> Choices:
    return [(one.code, str(one)) for one in CaseType.objects.filter(retired_at=None)]


FIELDS = (
    Field("number", _("number there"), reference(80), is_required=True,
          synonyms=("工单号", "工单编号", "编号", "单号", "ticket", "ticket_id", "id")),
    Field("title", _("subject"), text(120), is_required=True,
          synonyms=("标题", "主题", "工单标题", "summary", "short_description")),
    Field("type", _("case type"), text(40), is_required=True, may_default=True, usual="enquiry",
          choices=_types, synonyms=("类型", "工单类型", "category")),
    Field("state", _("state"), _one_of(KINDS), is_required=True, may_default=True,
          choices=lambda: Case.Kind.choices, synonyms=("状态", "工单状态", "status")),
    Field("opened_at", _("registered at"), moment, is_required=True, is_time=True,
          synonyms=("创建时间", "受理时间", "登记时间", "opened", "created", "created_at")),
    Field("solved_at", _("solved at"), moment, is_time=True,
          synonyms=("解决时间", "处理完成时间", "resolved_at", "resolved")),
    Field("told_at", _("customer told the result at"), moment, is_time=True,
          synonyms=("反馈时间", "回访时间", "回复时间")),
    Field("closed_at", _("case closed at"), moment, is_time=True,
          synonyms=("关闭时间", "办结时间", "完结时间", "closed")),
    Field("satisfaction", _("the customer says"), _one_of(SAID), may_default=True,
          choices=lambda: Case.Satisfaction.choices, synonyms=("满意度", "客户评价")),
    Field("unit", _("unit"), text(32), may_default=True,
          synonyms=("部门", "单位代码", "unit_code")),
    Field("owner", _("first responsible"), text(32), may_default=True,
          synonyms=("首问负责人", "负责人工号", "受理人工号", "工号")),
    Field("priority", _("priority"), _priority, may_default=True,
          choices=lambda: [(str(key), word) for key, word in Priority.choices],
          synonyms=("优先级", "紧急程度")),
    Field("description", _("what happened"), text(10_000),
          synonyms=("描述", "问题描述", "内容", "description")),
    Field("demand", _("what the customer asks for"), text(500), synonyms=("诉求", "客户诉求")),
    Field("reassigned", _("times reassigned"), count(10_000),
          synonyms=("转派次数", "流转次数", "reassignment_count")),
    Field("reopened", _("times reopened"), count(1_000),
          synonyms=("重开次数", "发回次数", "reopen_count")),
    Field("limit_hours", _("time limit, hours"), count(LONGEST_HOURS), may_default=True,
          synonyms=("时限小时", "办理时限", "sla_hours")),
    Field("kept_limit", _("kept the limit, as judged there"), _truth,
          synonyms=("是否超时", "是否达标", "made_sla")),
)  # fmt: skip
