from decimal import Decimal

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.models import Authority, Cause, FormTemplate, PaperForm
from lingzhi.cases.services import causes
from lingzhi.cases.services.authorities import keep_authority, retire_authority
from lingzhi.cases.services.causes import keep_cause, retire_cause
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.follow_up_rules import SetByClause
from lingzhi.cases.services.form_templates import (
    TemplateVersionTaken,
    retire_template,
    supersede_template,
)
from lingzhi.cases.services.paper import begin_form
from lingzhi.cases.services.remedies import BeyondAuthority, roles_for
from lingzhi.cases.services.retiring import RetiredAlready
from lingzhi.cases.tests.complaining import complain, decided
from lingzhi.cases.tests.demanding import PACKS, in_force
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _laid(cast, calendar, at) -> None:
    at("2026-03-06 10:00")
    lay_built_ins(by=None)


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def sections(*rows: dict[str, object]) -> dict[str, object]:
    """Sections as the page sends them."""
    sent: dict[str, object] = {
        "sections-TOTAL_FORMS": len(rows), "sections-INITIAL_FORMS": 0,
    }  # fmt: skip
    for at, row in enumerate(rows):
        sent |= {f"sections-{at}-{name}": value for name, value in row.items()}
    return sent


def test_a_cause_is_added_changed_and_retired_on_its_pages(cast, as_):
    client = as_(cast.quan)
    sent = {"chinese": "电池鼓包", "code": "battery", "kind": "quality", "industry": "制造业"}
    assert client.post(page("new_cause"), sent).status_code == 422  # no reason
    client.post(page("new_cause"), {**sent, "reason": "年度修订"})
    row = Cause.objects.get(code="battery")
    Cause.objects.filter(pk=row.pk).update(title={**row.title, "zh-Hant": "電池鼓包"})
    client.post(
        page("edit_cause", row.pk), {**sent, "chinese": "电池鼓包、漏液", "reason": "更清楚"}
    )
    client.post(page("retire_cause", row.pk), {"reason": "并入其他"})
    row.refresh_from_db()
    assert (str(row), row.retired_at is None) == ("电池鼓包、漏液", False)
    assert row.title["zh-Hant"] == "電池鼓包"
    told = Entry.objects.filter(action__startswith="cases.cause_", object_id=str(row.pk))
    assert [one.reason for one in told.order_by("id")] == ["年度修订", "更清楚", "并入其他"]
    with pytest.raises(RetiredAlready):
        retire_cause(row, reason="再一次", by=cast.quan)
    with pytest.raises(RetiredAlready):
        keep_cause(row, reason="再一次", by=cast.quan)
    assert "电池鼓包" in client.get(page("causes")).content.decode()


def test_a_code_that_two_give_at_once_is_refused(cast, monkeypatch):
    def other(text: str, most: int, *, field: str) -> str:
        Cause.objects.create(code="battery", kind="other", title={"zh-Hans": "别人的"})
        return text

    monkeypatch.setattr(causes, "demanded", other)
    row = Cause(code="battery", kind="quality", title={"zh-Hans": "电池鼓包"})
    with pytest.raises(BadInput) as wrong:
        keep_cause(row, reason="年度修订", by=cast.quan)
    assert wrong.value.field == "code"


def test_whether_a_cause_is_one_of_quality_stays_once_complaints_are_sorted_by_it(cast):
    cause = Cause.objects.get(code="quality_function")
    complaint = decided(complain(by=cast.bo), by=cast.ada)
    assert complaint.cause == cause
    cause.kind = "other"
    with pytest.raises(BadInput) as wrong:
        keep_cause(cause, reason="改归类", by=cast.quan)
    assert wrong.value.field == "kind"
    unused = Cause.objects.get(code="quality_look")
    unused.kind = "other"
    assert keep_cause(unused, reason="改归类", by=cast.quan).kind == "other"


def test_the_first_line_of_the_matrix_leaves_the_usual_ones_in_force(cast):
    complaint = complain(by=cast.bo)
    line = Authority(up_to=Decimal(500), roles=["team_leader"])
    keep_authority(line, reason="收紧", by=cast.quan)
    assert Entry.objects.filter(action="cases.authority_set", reason="收紧").count() == 3
    assert roles_for(complaint, Decimal(300)) == ["team_leader"]
    assert roles_for(complaint, Decimal(9000)) == ["supervisor", "leadership"]
    with pytest.raises(BadInput):  # twice the same
        keep_authority(Authority(up_to=Decimal(500)), reason="再一次", by=cast.quan)
    retire_authority(Authority.objects.get(up_to=None), reason="不授权", by=cast.quan)
    with pytest.raises(BeyondAuthority):
        roles_for(complaint, Decimal(9000))
    act = Entry.objects.get(action="cases.authority_retired")
    assert (act.before["roles"], act.reason) == (["supervisor", "leadership"], "不授权")


def test_the_matrix_is_kept_on_its_pages(cast, as_):
    client = as_(cast.quan)
    sent = {"grade": "major", "up_to": "", "role0": "supervisor", "role1": "leadership"}
    client.post(page("new_authority"), {**sent, "reason": "重大投诉"})
    line = Authority.objects.get(grade="major")
    client.post(page("edit_authority", line.pk), {**sent, "up_to": "8000", "reason": "设上限"})
    line.refresh_from_db()
    assert (line.up_to, line.roles) == (8000, ["supervisor", "leadership"])
    client.post(page("retire_authority", line.pk), {"reason": "改由总则"})
    shown = client.get(page("duties"))
    assert [one.grade for one, *_rest in shown.context["authorities"]] == ["", "", ""]
    assert client.post(page("retire_authority", line.pk), {"reason": "?"}).status_code == 409


def test_a_new_version_of_a_form_leaves_those_in_circulation_alone(cast):
    complaint = complain(by=cast.bo)
    old = FormTemplate.objects.get(code="visit_record")
    begun = begin_form(complaint, old, by=cast.ada)
    content = {**old.content, "title": {"zh-Hans": "现场调查记录"}}
    new = supersede_template(old, content, reason="改名", by=cast.quan)
    assert (new.number, str(new), PaperForm.objects.get(pk=begun.pk).title) == (
        2, "现场调查记录", "客诉调查记录",
    )  # fmt: skip
    later = begin_form(complain(by=cast.bo), new, by=cast.ada)
    assert later.title == "现场调查记录"
    with pytest.raises(TemplateVersionTaken):  # somebody else was quicker
        supersede_template(old, content, reason="又改", by=cast.quan)
    retire_template(new, reason="停用", by=cast.quan)
    with pytest.raises(RetiredAlready):
        supersede_template(new, content, reason="又改", by=cast.quan)
    acts = Entry.objects.filter(action__startswith="cases.form_template").order_by("id")
    assert [one.after["version"] for one in acts] == [2, 2]


def test_a_form_that_a_clause_demands_is_not_retired(cast, settings):
    settings.PACKS = PACKS
    in_force(cast, today())
    demanded = FormTemplate.objects.get(code="visit_record")
    with pytest.raises(SetByClause):
        retire_template(demanded, reason="停用", by=cast.quan)
    demanded.refresh_from_db()
    assert demanded.retired_at is None
    retire_template(FormTemplate.objects.get(code="complaint_form"), reason="停用", by=cast.quan)


def test_a_form_is_written_section_by_section(cast, as_):
    client = as_(cast.quan)
    about = {"chinese": "质量改进单", "english": "", "code": "improve", "reason": "新增"}
    first = {
        "chinese": "提出", "step": 1, "ORDER": 2,
        "fields_said": "编号 | Number | =number\n情况|long|=description",
    }  # fmt: skip
    second = {"chinese": "申请", "step": 0, "ORDER": 1, "fields_said": "事由"}
    left_out = {"chinese": "多余", "step": 0, "ORDER": 3, "fields_said": "无", "DELETE": "on"}
    wrong = {**first, "fields_said": "编号 | =weather"}
    sent = {**about, **sections(wrong)}
    assert client.post(page("new_form_template"), sent).status_code == 422
    shown = client.post(page("new_form_template"), {**about, **sections(first), "more": "1"})
    assert (shown.status_code, len(shown.context["sections"].forms)) == (200, 2)
    sent = {**about, **sections(first, second, left_out)}
    client.post(page("new_form_template"), sent)
    made = FormTemplate.objects.get(code="improve")
    assert [one["title"]["zh-Hans"] for one in made.content["sections"]] == ["申请", "提出"]
    [number, what] = made.content["sections"][1]["fields"]
    assert (number["title"], number["fact"]) == ({"zh-Hans": "编号", "en": "Number"}, "number")
    assert what == {
        "code": "f2", "is_long": True, "fact": "description",
        "title": {"zh-Hans": "情况", "en": "情况"},
    }  # fmt: skip
    opened = client.get(page("next_form_template", made.pk)).context["sections"]
    assert opened.forms[1].initial["fields_said"] == (
        "编号 | Number | =number\n情况 | long | =description"
    )
    assert "编号" in client.get(page("form_template", made.pk)).content.decode()
    empty = {**about, "code": "none", **sections({"chinese": "", "step": 0, "ORDER": 1})}
    assert client.post(page("new_form_template"), empty).status_code == 422
