"""The demo centre's audits: one closed with its report, one being held, one scan, one planned."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from lingzhi.accounts.models import User
from lingzhi.core.clock import now, today
from lingzhi.governance.models import Audit, AuditLine
from lingzhi.governance.queries.checklist import chapters_of, versions_over
from lingzhi.governance.services import audits, evidence
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.people import heads_of
from lingzhi.improvement.services.records import start_rectification
from lingzhi.org.models import Unit

MANAGER, AUDITOR, LEAD_INSPECTOR = "7002", "7012", "7003"
DAY = timedelta(days=1)
SEEN = ("抽查记录 10 份", "现场询问坐席 3 人", "查看系统记录与台账")
MAJOR = "抽查投诉单 12 份，其中 4 份没有回访记录，超过约定时间。"
MINOR = "两名新人的阅读确认缺签名日期。"
OBSERVATION = "交接班记录可以再细一些，目前只写人名。"
CONCLUSION = (
    "规范总体得到执行，接听与用语保持较好；回访环节存在一项严重不符合，须限期整改。\n\n"
    "建议下次内审重点复查回访与记录归档。"
)


def seed_audits() -> None:
    """Each stage of an internal audit, in the teams of the centre."""
    if Audit.objects.exists():
        return
    people = {one.staff_no: one for one in User.objects.filter(staff_no__startswith="70")}
    teams = list(Unit.objects.filter(kind="team", line=Unit.Line.SERVICE).order_by("code")[:4])
    _closed(teams[:2], people)
    _running(teams[2:3], people)
    _scan(teams[:1], people)
    later = today() + 20 * DAY
    _plan("下一季度服务体系内审", teams[3:], later, people, aim="检查整改是否落实，复查回访环节。")


def _plan(title: str, units: list[Unit], on: date, people: dict[str, User], **more: Any) -> Audit:
    audit = Audit(
        title=title, planned_on=on, from_on=on - 90 * DAY, to_on=min(on, today()),
        lead=people[AUDITOR], **more,
    )  # fmt: skip
    helpers = [people[LEAD_INSPECTOR]]
    return audits.keep_audit(audit, units=units, auditors=helpers, by=people[MANAGER])


def _drawn(audit: Audit, by: User, chapters: int = 3) -> list[AuditLine]:
    for version in versions_over(list(audit.units.all()))[:1]:
        keys = [one.key for one in chapters_of(version)[:chapters]]
        audits.draw_lines(audit, version, chapters=keys, by=by)
    audits.ask_question(audit, "班前会是否每天召开并留有记录？", by=by)
    evidence.collect_evidence(audit)
    return list(audit.lines.all())


def _begun(audit: Audit, *, ago: int) -> None:
    audits.begin_audit(audit, by=audit.lead)
    Audit.objects.filter(pk=audit.pk).update(begun_at=now() - ago * DAY)


def _answer(line: AuditLine, verdict: str, words: str, unit: Unit | None = None) -> None:
    line.refresh_from_db()
    given = {"verdict": verdict, "words": words, "link": "", "unit": unit}
    audits.answer_line(line, given, by=line.audit.lead)


def _closed(units: list[Unit], people: dict[str, User]) -> None:
    """All lines answered; of two nonconformities one rectification each."""
    on = today() - 35 * DAY
    audit = _plan("上半年服务体系内审", units, on, people, aim="服务规范与回访、记录的执行情况。")
    lines = _drawn(audit, people[AUDITOR])
    _begun(audit, ago=35)
    for at, line in enumerate(lines):
        _answer(line, "conforms", SEEN[at % len(SEEN)])
    _answer(lines[-2], "major", MAJOR, units[0])
    _answer(lines[1], "minor", MINOR, units[1])
    _answer(lines[2], "observation", OBSERVATION)
    _answer(lines[0], "skipped", "当日系统升级，下次补查。")
    for line, unit in ((lines[-2], units[0]), (lines[1], units[1])):
        line.refresh_from_db()
        _put_right(line, unit, people[MANAGER])
    audits.close_audit(audit, CONCLUSION, by=people[AUDITOR])
    Audit.objects.filter(pk=audit.pk).update(closed_at=now() - 30 * DAY)


def _put_right(line: AuditLine, unit: Unit, manager: User) -> None:
    row = Rectification(
        title=line.label[:60], problem=line.words, unit=unit, owner=heads_of(unit)[0],
        supervisor=manager, due_on=today() + 14 * DAY, category="process",
    )  # fmt: skip
    start_rectification(row, kind="governance.nonconformity", key=line.pk, by=manager)


def _running(units: list[Unit], people: dict[str, User]) -> None:
    """Some lines are answered; a nonconformity has no rectification yet."""
    audit = _plan("三季度服务体系内审", units, today() - DAY, people, aim="首问负责与用语规范。")
    lines = _drawn(audit, people[AUDITOR], chapters=2)
    _begun(audit, ago=1)
    for at, line in enumerate(lines[:3]):
        _answer(line, "conforms", SEEN[at])
    _answer(lines[3], "minor", "抽听 15 通，3 通结束语不完整。", units[0])


def _scan(units: list[Unit], people: dict[str, User]) -> None:
    """The program scans nothing: the report of a tool is attached and counted."""
    on = today() - 20 * DAY
    audit = _plan("坐席终端漏洞扫描", units, on, people, kind="scan", aim="坐席终端与内网应用。")
    audits.ask_question(audit, "高风险漏洞是否在期限内修补？", by=people[AUDITOR])
    _begun(audit, ago=20)
    report = ContentFile("主机数 42；高风险 0；中风险 3；低风险 11。".encode(), "scan-report.txt")
    counts = {"report": report, "high": 0, "medium": 3, "low": 11}
    audits.keep_scan(audit, counts, by=people[AUDITOR])
    _answer(audit.lines.get(), "conforms", "无高风险；中风险均已排期修补。")
    audits.close_audit(audit, "未发现高风险漏洞，中风险按期修补后复扫。", by=people[AUDITOR])
