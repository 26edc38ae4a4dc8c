"""Own fields on pages: set up, shown by type, demanded without script, found in the list."""

import pytest
from django.urls import reverse

from lingzhi.cases.factories import with_flows
from lingzhi.cases.forms.follow_ups import NewMatterForm
from lingzhi.cases.models import Case, CaseField, CaseType, RecognitionRule
from lingzhi.cases.services.fields import FieldGiven, add_field
from lingzhi.cases.services.recognition import add_recognition

pytestmark = pytest.mark.django_db
NEW = reverse("cases:open")
TOLD = {
    "method": "核实后答复",
    "disposition": "told",
    "expected_at": "2030-01-01T10:00",
    "way": "phone",
}
MATTER = {"title": "无法开机", "description": "按键无反应", **TOLD}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def fields(cast, calendar) -> dict[str, CaseField]:
    """A list that enquiries demand; a text that repairs demand, and one before their end."""
    with_flows()
    shops = [{"code": "store", "title": {"zh-Hans": "门店"}}]
    return {
        code: add_field(
            FieldGiven(
                code, {"zh-Hans": title}, kind, [CaseType.objects.get(code=of)],
                shops if kind == "list" else (), {"zh-Hans": "见标签"}, required,
            ),
            by=cast.quan,
        )
        for code, title, kind, of, required in (
            ("shop", "门店渠道", "list", "enquiry", "opening"),
            ("serial", "序列号", "text", "repair", "opening"),
            ("parts", "更换件数", "whole", "repair", "solved"),
            ("on_site", "需上门", "truth", "repair", ""),
        )
    }  # fmt: skip


def of_type(code: str) -> dict[str, object]:
    return {"type": CaseType.objects.get(code=code).pk}


def test_a_field_is_set_up_on_its_pages(cast, as_, fields):
    client = as_(cast.quan)
    sent = {
        "chinese": "购买渠道", "english": "Bought", "code": "bought", "kind": "list", "order": 5,
        "types": [CaseType.objects.get(code="order").pk], "required": "", "hint_chinese": "问客户",
        "choices": "online | 网店 | Online shop\nstore｜门店",
    }  # fmt: skip
    assert client.post(reverse("cases:new_field"), {**sent, "choices": "门店"}).status_code == 422
    client.post(reverse("cases:new_field"), sent)
    field = CaseField.objects.get(code="bought")
    assert field.choices[0]["title"] == {"zh-Hans": "网店", "en": "Online shop"}
    edit = reverse("cases:edit_field", args=[field.pk])
    shown = client.get(edit).context["form"]
    assert shown.initial["choices"] == "online | 网店 | Online shop\nstore | 门店"
    client.post(edit, {**sent, "chinese": "渠道", "required": "solved"})
    client.post(reverse("cases:retire_field", args=[field.pk]), {"reason": "合并"})
    field.refresh_from_db()
    assert (str(field), field.required, bool(field.retired_at)) == ("渠道", "solved", True)
    listed = as_(cast.bo).get(reverse("cases:fields"))  # who sees cases sees them
    assert not listed.context["may_set"]
    assert as_(cast.bo).get(edit).status_code == 403


def test_the_fields_of_a_type_come_as_it_is_chosen(cast, as_, fields):
    client = as_(cast.bo)
    typed = {**MATTER, **of_type("repair"), "fields": "1", "own.shop": "store"}
    answer = client.post(NEW, typed, headers=HTMX)
    form = answer.context["form"]
    assert (answer.status_code, Case.objects.count()) == (200, 0)
    assert form.own_names == ["own.serial", "own.parts", "own.on_site"]
    part = answer.content.decode()
    assert "见标签" in part
    assert 'name="title"' not in part  # what is being typed is left alone
    whole = client.post(NEW, typed).content.decode()  # without script
    assert 'name="own.serial"' in whole
    assert 'value="无法开机"' in whole
    assert "lz-form-errors" not in whole


def test_what_the_type_demands_comes_back_without_script(cast, as_, fields):
    client, sent = as_(cast.bo), {**MATTER, **of_type("repair"), "unit": cast.first.pk}
    refused = client.post(NEW, sent)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["own.serial"]
    at_once = client.post(NEW, {**sent, "own.serial": "A-1", "disposition": "at_once"})
    assert list(at_once.context["form"].errors) == ["own.parts"]  # before it is solved
    wrong = client.post(NEW, {**sent, "own.serial": "A-1", "own.parts": "两"})
    assert list(wrong.context["form"].errors) == ["own.parts"]
    client.post(NEW, {**sent, "own.serial": "A-1", "own.on_site": "no"})
    case = Case.objects.get()
    assert case.own == {"serial": "A-1", "on_site": False}
    page = as_(cast.bo).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "序列号" in page
    assert "A-1" in page


def test_a_recognised_type_is_asked_for_what_it_demands(cast, as_, fields):
    kind = CaseType.objects.get(code="repair")
    add_recognition(RecognitionRule(title="报修", type=kind, words="无法开机"), by=None)
    client = as_(cast.bo)
    refused = client.post(NEW, MATTER)
    form = refused.context["form"]
    assert (list(form.errors), len(form.own_names)) == (["own.serial"], 3)
    client.post(NEW, {**MATTER, "own.serial": "A-1", "own.parts": "", "own.on_site": ""})
    case = Case.objects.get()
    assert (case.type, case.own) == (kind, {"serial": "A-1"})
    assert case.recognition.is_acted_on  # the rule is still who said so


def test_a_change_keeps_what_the_other_type_asked(cast, as_, fields):
    client = as_(cast.bo)
    sent = {**MATTER, **of_type("enquiry"), "unit": cast.first.pk, "mine": "on"}
    client.post(NEW, {**sent, "own.shop": "store"})
    case = Case.objects.get()
    url = reverse("cases:change", args=[case.pk])
    sent = {
        "title": case.title, "description": case.description, "case_class": case.case_class,
        "priority": case.priority, "level": case.level, "revision": case.revision,
    }  # fmt: skip
    assert client.get(url).context["form"]["own.shop"].value() == "store"
    looked = client.post(url, {**sent, **of_type("repair"), "fields": "1"}, headers=HTMX)
    assert looked.context["form"].own_names == ["own.serial", "own.parts", "own.on_site"]
    repair = {**sent, **of_type("repair"), "reason": "是维修"}
    assert client.post(url, repair).status_code == 422
    assert client.post(url, {**repair, "own.serial": "A-1"}).status_code == 302
    case.refresh_from_db()
    assert case.own == {"shop": "store", "serial": "A-1"}


def test_a_complaint_and_what_a_follow_up_brings_ask_too(cast, as_, fields):
    complaint = CaseType.objects.get(code="complaint")
    fields["serial"].types.add(complaint)
    client, url = as_(cast.bo), reverse("cases:register_complaint")
    sent = {
        "title": "维修拖延", "description": "一周未修", "grade": "ordinary", "gravity": "slight",
        "source": "inside",
    }  # fmt: skip
    refused = client.post(url, sent)
    assert list(refused.context["form"].errors) == ["own.serial"]
    client.post(url, {**sent, "own.serial": "A-1"})
    assert Case.objects.get().own == {"serial": "A-1"}
    matter = {**of_type("enquiry"), "title": "另一件事", "unit": cast.first.pk}
    assert list(NewMatterForm(matter).errors) == ["own.shop"]
    form = NewMatterForm({**matter, "own.shop": "store"})
    assert form.is_valid()
    assert form.opening.own == {"shop": "store"}


def test_the_list_is_narrowed_by_the_fields_of_a_type(cast, as_, fields):
    client, listed = as_(cast.bo), reverse("cases:list")
    sent = {**MATTER, **of_type("enquiry"), "unit": cast.first.pk}
    client.post(NEW, {**sent, "own.shop": "store"})
    assert "own.shop" not in client.get(listed).context["form"].fields
    wanted = {**of_type("enquiry"), "own.shop": "store"}
    assert len(client.get(listed, wanted).context["rows"]) == 1
    unknown = client.get(listed, {**wanted, "own.shop": "street"})
    assert len(unknown.context["rows"]) == 1  # what is no choice does not narrow
    bar = client.get(listed, {**of_type("repair"), "bar": "1"}, headers=HTMX).content.decode()
    assert 'name="own.on_site"' in bar
    assert "own.serial" not in bar
    assert 'id="rows"' not in bar
