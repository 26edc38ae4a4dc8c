"""What the demo centre kept before: a year of scores in a workbook, brought in like any other."""

import io
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.samples import propose
from lingzhi.imports.services import bring_in, file_path, receive_file, start_batch
from lingzhi.inspections.models import ExportLayout, OldScore
from lingzhi.inspections.queries.layouts import item_sources
from lingzhi.inspections.services.layouts import save_layout
from lingzhi.org.models import Assignment, Unit

HEADING = (
    "质检编号", "质检日期", "座席工号", "质检员", "录音流水号", "评分模板", "服务态度", "业务水平",
    "沟通能力", "流程规范", "总分", "是否一票否决", "评语", "申诉结果", "改判后得分",
)  # fmt: skip
PARTS = (25, 30, 25, 20)
REMARKS = ("语气亲切", "解答完整", "未说明时限", "打断客户一次", "记录有遗漏", "流程规范")
MONTHS, AGENTS, A_MONTH = 13, 12, 2
SOURCE = "old-qa"


def seed_archive() -> None:
    """What stands in the archive from before, and what leaves it."""
    seed_old_scores()
    seed_layout()


def seed_old_scores() -> None:
    """Thirteen months of scores of some agents, as the former spreadsheet had them."""
    agents, inspectors = people_with("agent")[:AGENTS], people_with("inspector")
    if OldScore.objects.exists() or not agents or not inspectors:
        return
    rows = list(old_rows(agents, inspectors, before=today() - timedelta(days=90)))
    kind = kind_named("old_scores")
    batch = receive_file(kind, workbook(rows), name="历史质检明细.xlsx", source=SOURCE, by=None)
    found = propose(kind, file_path(batch), batch.options, None)
    start_batch(batch, columns=found.columns, options=found.options, by=None, is_queued=False)
    bring_in(batch)


def seed_layout() -> None:
    """The columns in which the centre hands a month out."""
    centre, leads = Unit.objects.filter(kind="centre").first(), people_with("quality_manager")
    if centre is None or not leads or ExportLayout.objects.exists():
        return
    items = [code for code, _words in item_sources() if code.startswith("item:call_rating:")][:4]
    columns = [
        {"heading": "序号", "source": "number", "format": ""},
        {"heading": "质检日期", "source": "scored_on", "format": "%Y/%m/%d"},
        {"heading": "班组", "source": "team", "format": ""},
        {"heading": "工号", "source": "agent_no", "format": ""},
        {"heading": "姓名", "source": "agent_name", "format": ""},
        *({"heading": f"评分项 {at}", "source": code, "format": "1"}
          for at, code in enumerate(items, start=1)),
        {"heading": "总分", "source": "value", "format": "1"},
        {"heading": "是否否决", "source": "is_vetoed", "format": "是/否"},
        {"heading": "质检员", "source": "inspector_name", "format": ""},
        {"heading": "主管签字", "source": "", "format": ""},
    ]  # fmt: skip
    save_layout(None, columns, title="质检月报（本中心格式）", unit=centre, by=leads[0])


def people_with(role: str) -> list[User]:
    """Who holds a role, by staff number."""
    held = Assignment.objects.filter(role=role).select_related("person")
    return list(dict.fromkeys(one.person for one in held.order_by("person__staff_no")))


def old_rows(
    agents: Sequence[User], inspectors: Sequence[User], *, before: date
) -> Iterator[list[Any]]:
    """Two scores a month of each agent; few vetoes, some appeals."""
    chance = random.Random(20251001)  # noqa: S311 the same demo every time
    number = 0
    for month in range(MONTHS, 0, -1):
        for at, agent in enumerate(agents):
            for part in range(A_MONTH):
                number += 1
                on = before - timedelta(days=30 * month - part * 14 - at % 7)
                inspector = inspectors[number % len(inspectors)]
                yield _row(number, on, agent, inspector, chance)


def _row(number: int, on: date, agent: User, inspector: User, chance: random.Random) -> list[Any]:
    parts = [most - chance.choice((0, 0, 1, 2, 3, most // 4)) for most in PARTS]
    vetoed = number % 97 == 0
    total = 0 if vetoed else sum(parts)
    appealed = "成功" if number % 41 == 0 else "驳回" if number % 29 == 0 else "无"
    return [
        f"ZJ{number:05d}", on.isoformat(), agent.staff_no, inspector.staff_no, f"LY{number:06d}",
        "通话评分表（旧）", *parts, total, "是" if vetoed else "否", chance.choice(REMARKS),
        appealed, min(100, total + 3) if appealed == "成功" else "",
    ]  # fmt: skip


def workbook(rows: Sequence[Sequence[Any]]) -> io.BytesIO:
    """A sheet with a title, the heading and a line a score."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("质检明细")
        for at, row in enumerate([["质检明细（旧系统导出）"], HEADING, *rows]):
            sheet.write_row(at, 0, row)
    target.seek(0)
    return target
