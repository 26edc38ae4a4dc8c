"""An internal audit: planned, its checklist drawn, held, followed, closed; and again."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.core.controls import Binding
from lingzhi.core.errors import BadInput
from lingzhi.governance.models import Audit, AuditLine
from lingzhi.governance.origins import NONCONFORMITY
from lingzhi.governance.queries.audits import clauses_covered, units_never_audited
from lingzhi.governance.queries.audits_held import audits_held
from lingzhi.governance.services import audits as services
from lingzhi.improvement.models import Rectification
from lingzhi.notifications.models import Notice
from lingzhi.rulebook.factories import make_version, part_of_pack
from lingzhi.rulebook.models import Control

DAY = timedelta(days=1)


pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def planned(cast, *, kind: str = "system", ago: int = 0) -> Audit:
    """Of Ada's team, led by Nora."""
    held = today() - ago * DAY
    audit = Audit(
        kind=kind, title="一组内审", aim="服务规范执行情况", from_on=held - 300 * DAY, to_on=held,
        planned_on=held, lead=cast.nora,
    )  # fmt: skip
    return services.keep_audit(audit, units=[cast.first], auditors=[], by=cast.quan)


@pytest.fixture
def version(cast, hold, settings, tmp_path):
    settings.PACKS = part_of_pack(tmp_path, "s15", "2", "3.2.1", "3.2.2")
    hold(cast.nora, "auditor", cast.company)
    hold(cast.quan, "quality_manager", cast.company)
    answers = {"internal-audit": {"cadence": "monthly"}}
    since = today() - 200 * DAY
    return make_version("s15", cast.company, by=cast.quan, effective_on=since, answers=answers)


def test_an_audit_from_plan_to_report(cast, version, as_, run_jobs):
    quan, sent = as_(cast.quan), {
        "kind": "system", "title": "一组内审", "aim": "服务规范执行情况", "units": cast.first.pk,
        "planned_on": today(), "from_on": today() - 300 * DAY, "to_on": today(),
        "lead": cast.ada.pk,
    }  # fmt: skip
    refused = quan.post(page("add_audit"), sent)
    assert refused.status_code == 422  # Ada works there
    assert "lead" in refused.context["form"].errors
    assert quan.post(page("add_audit"), sent | {"lead": cast.nora.pk}).status_code == 302
    audit = Audit.objects.get()
    assert Notice.objects.filter(matter=f"governance.audit/{audit.pk}").get().person == cast.nora
    nora = as_(cast.nora)
    chapters = nora.get(page("draw", audit.pk)).context["form"].fields[f"version_{version.pk}"]
    assert "3" in dict(chapters.choices)
    nora.post(page("draw", audit.pk), {f"version_{version.pk}": ["3"], "question": "班前会开了吗"})
    run_jobs()
    lines = list(audit.lines.all())
    assert lines[-1].question == "班前会开了吗"
    first = next(one for one in lines if one.clause and one.clause.number == "3.2.1")
    asked = first.evidence[0]
    assert (asked["key"], asked["kept"]) == ("internal-audit", 0)
    assert asked["broken"] >= 5  # a month each, and no audit
    answer = page("answer_line", first.pk)
    assert nora.post(answer, {"verdict": "major", "words": "?"}).status_code == 409  # not begun
    nora.post(page("begin_audit", audit.pk))
    htmx = {"HTTP_HX_REQUEST": "true"}
    assert nora.post(answer, {"verdict": "major", "words": ""}, **htmx).status_code == 422
    kept = nora.post(answer, {"verdict": "major", "words": "六个月未评审"}, **htmx)
    assert f'id="line-{first.pk}"' in kept.text
    assert nora.post(page("close_audit", audit.pk), {"words": "总体有效"}).status_code == 409
    for one in lines:
        if one != first:
            nora.post(page("answer_line", one.pk), {"verdict": "conforms", "words": ""})
    assert nora.post(page("close_audit", audit.pk), {"words": "总体有效"}).status_code == 409
    begin = f"{reverse('improvement:start')}?source=governance.nonconformity&key={first.pk}"
    assert nora.get(begin).context["form"].initial["unit"] == cast.first.pk
    problem = {
        "title": "未按月内审", "problem": "六个月未评审", "category": "process",
        "grade": "ordinary", "unit": cast.first.pk, "owner": cast.ada.pk,
        "due_on": today() + 20 * DAY, "supervisor": cast.quan.pk, "way": "corrective",
        "watch_days": 90,
    }  # fmt: skip
    assert nora.post(begin, problem).status_code == 302
    row = Rectification.objects.get()
    assert row.title in nora.get(page("line", first.pk)).text
    file = SimpleUploadedFile("photo.txt", b"seen")
    nora.post(page("add_line_file", first.pk), {"file": file})
    stored = page("line_file", first.files.get().pk)
    assert b"".join(nora.get(stored).streaming_content) == b"seen"
    assert nora.post(page("close_audit", audit.pk), {"words": "总体有效"}).status_code == 302
    assert nora.post(answer, {"verdict": "conforms", "words": ""}).status_code == 409  # closed
    acts = Entry.objects.filter(action__startswith="governance.").values_list("action", flat=True)
    assert {"governance.audit_planned", "governance.audit_closed"} <= set(acts)
    ada = as_(cast.ada)  # leads the audited team: reads, answers nothing
    shown = ada.get(page("audit", audit.pk)).text
    assert "六个月未评审" in shown
    assert row.number in shown
    assert ada.get(page("audit_word", audit.pk)).status_code == 200
    assert ada.get(page("audit_pdf", audit.pk))["Content-Type"] == "application/pdf"
    assert ada.post(answer, {"verdict": "conforms"}).status_code == 403
    assert as_(cast.cai).get(page("audit", audit.pk)).status_code == 404
    quan = as_(cast.quan)
    assert audit.title in quan.get(page("audits")).text
    assert cast.second.name in quan.get(page("coverage")).text
    covered = clauses_covered(today(), [version.regulation_id])[0]
    assert covered.looked_at == len(lines) - 1
    assert first.clause.number not in {one.number for one in covered.never}
    assert cast.first not in units_never_audited(cast.quan)
    assert cast.second in units_never_audited(cast.quan)


def test_the_same_clause_again_reopens_and_a_scan_needs_its_report(cast, version):
    clause = version.clauses.get(number="3.2.1")
    old = planned(cast, ago=60)
    before = AuditLine.objects.create(
        audit=old, position=1, clause=clause, verdict="minor", words="缺记录", unit=cast.first,
        answered_at=now() - 60 * DAY,
    )  # fmt: skip
    scan = planned(cast, kind="scan")
    line = AuditLine.objects.create(audit=scan, position=1, clause=clause)
    assert NONCONFORMITY.again(before.pk, now() - 30 * DAY) == ""
    services.begin_audit(scan, by=cast.nora)
    given = {"verdict": "minor", "words": "又缺记录", "link": "", "unit": None}
    services.answer_line(line, given, by=cast.nora)
    assert "又缺记录" in NONCONFORMITY.again(before.pk, now() - 30 * DAY)
    services.answer_line(line, given | {"verdict": "conforms"}, by=cast.nora)
    with pytest.raises(services.NoScan):
        services.close_audit(scan, "无高危", by=cast.nora)
    report = SimpleUploadedFile("scan.html", b"<b>1</b>")
    counts = {"report": report, "high": 0, "medium": 2, "low": None}
    services.keep_scan(scan, counts, by=cast.nora)
    services.close_audit(scan, "无高危", by=cast.nora)
    with pytest.raises(services.AuditIsOver):
        services.cancel_audit(scan, "?", by=cast.quan)
    with pytest.raises(BadInput):
        services.cancel_audit(old, " ", by=cast.quan)
    services.cancel_audit(old, "并入下次", by=cast.quan)
    late = planned(cast, ago=1)
    assert (services.remind_of_audits(), services.remind_of_audits()) == (2, 0)
    assert late.state == "planned"


def test_a_clause_is_kept_by_an_audit_held_in_its_period(cast, version):
    control = Control.objects.get(clause__version=version, key="internal-audit")
    binding: Binding = control.bindings()[0]
    month = today().replace(day=1) - DAY  # the last day of the month before
    assert audits_held([binding], month, month)[0][month].broken == 1
    audit = planned(cast, ago=(today() - month).days)
    Audit.objects.filter(pk=audit.pk).update(begun_at=now() - (today() - month).days * DAY)
    assert audits_held([binding], month, month)[0][month].unknown == 1  # no report yet
    Audit.objects.filter(pk=audit.pk).update(
        closed_at=now(), closed_by=cast.nora, conclusion="有效"
    )
    assert audits_held([binding], month, month)[0][month].kept == 1
    assert audits_held([binding], date(month.year, 1, 1), month)[0][month].kept == 1
