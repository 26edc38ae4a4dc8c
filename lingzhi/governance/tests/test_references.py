"""Cited standards: kept with who checked them, mapped, contested by readers and answered."""

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.governance.models import Contest, Reference
from lingzhi.notifications.models import Notice


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def test_a_wrong_citation_is_contested_and_answered(cast, as_):
    sent = {"number": "GB/T 22239-2019", "title": "", "state": "unchecked", "replaced_by": "",
            "note": ""}  # fmt: skip
    assert as_(cast.ada).post(page("add_reference"), sent).status_code == 403
    quan = as_(cast.quan)
    assert quan.post(page("add_reference"), sent).status_code == 302
    row = Reference.objects.get()
    assert (row.checked_on, row.checked_by) == (None, None)
    cited = {"where": "S25 5.3", "words": "信息系统安全等级保护基本要求"}
    quan.post(page("add_use", row.pk, "cited"), cited)
    assert quan.post(page("add_use", row.pk, "cited"), cited).status_code == 422  # once
    quan.post(page("add_use", row.pk, "mapped"), {"where": "8.1", "words": "账号与权限管理"})
    bo = as_(cast.bo)  # any reader
    assert cited["words"] in bo.get(page("reference", row.pk)).text
    assert bo.post(page("contest", row.pk), {"words": "名称不对"}).status_code == 302
    found = Contest.objects.get()
    assert Notice.objects.get(matter=f"governance.contest/{found.pk}").person == cast.quan
    assert bo.post(page("answer_contest", found.pk), {"words": "?"}).status_code == 403
    quan = as_(cast.quan)
    right = sent | {"title": "网络安全等级保护基本要求", "state": "replaced"}
    assert quan.post(page("edit_reference", row.pk), right).status_code == 422  # by what?
    assert quan.post(page("edit_reference", row.pk), right | {"state": "valid"}).status_code == 302
    row.refresh_from_db()
    assert (row.checked_on, row.checked_by) == (today(), cast.quan)
    quan.post(page("answer_contest", found.pk), {"words": "已按标准原文更正"})
    assert quan.post(page("answer_contest", found.pk), {"words": "?"}).status_code == 409
    shown = quan.get(page("reference", row.pk)).text
    assert "已按标准原文更正" in shown
    assert "账号与权限管理" in shown
    assert row.number in quan.get(page("references"), {"text": "等级保护"}).text
    quan.post(page("remove_use", row.uses.get(kind="mapped").pk))
    assert Entry.objects.filter(action__startswith="governance.reference_").count() == 6
