"""Bringing a regulation in, deciding about what was found, making it a pack."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.files.models import StoredFile
from lingzhi.rulebook.models import Pack
from lingzhi.rulebook.services import (
    NoSuchProposal,
    RegulationTroubles,
    StillUndecided,
    change_clause,
    decide_proposal,
    finish_import,
    import_regulation,
    refuse_undecided,
    start_adoption,
)
from lingzhi.rulebook.tests.documents.chenghu import FILE

TEXT = "热线规定\n第一条 总机三声内应接听。\n第二条 投诉应在____小时内答复，抄表准确率达到99%。"


def url(name: str, *args) -> str:
    return reverse(f"rulebook:{name}", args=args)


@pytest.fixture
def pack(cast):
    return import_regulation(text=TEXT, by=cast.quan)


def controls(pack: Pack, number: str) -> list[dict]:
    body = Pack.objects.get(pk=pack.pk).body
    return next(row for row in body["clauses"] if row["number"] == number)["controls"]


def test_a_word_file_becomes_a_pack_with_its_file_and_audit_row(cast):
    pack = import_regulation(content=FILE.read_bytes(), name=FILE.name, by=cast.quan)
    assert pack.code == "own-1"
    assert pack.file.name == FILE.name
    assert len(pack.body["clauses"]) == 47
    assert pack.body["terms"] == {"customer": "用户"}
    assert pack.body["interpreter"] == {"zh-Hans": "客户服务部"}
    assert not any(row["decision"] for row in pack.proposals)
    assert Entry.objects.filter(action="rulebook.regulation_imported").count() == 1


def test_codes_do_not_collide(cast):
    codes = [import_regulation(text=TEXT, by=cast.quan).code for _time in range(2)]
    assert codes == ["own-1", "own-2"]


def test_nothing_is_kept_of_what_cannot_be_read(cast):
    with pytest.raises(RegulationTroubles):
        import_regulation(content=b"%PDF", name="rules.docx", by=cast.quan)
    with pytest.raises(RegulationTroubles):
        import_regulation(text="第一条 甲。\n第一条 乙。", title="T", by=cast.quan)
    assert not Pack.objects.exists()
    assert not StoredFile.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_regulation_without_a_title_asks_for_one(cast):
    with pytest.raises(RegulationTroubles):
        import_regulation(text="第一条 总机三声内应接听。", by=cast.quan)
    pack = import_regulation(text="第一条 总机三声内应接听。", title="总机规定", by=cast.quan)
    assert str(pack) == "总机规定"


def test_confirming_puts_the_control_into_its_clause_and_taking_back_takes_it_out(pack, cast):
    first = pack.proposals[0]["id"]
    decide_proposal(pack, first, "confirmed", by=cast.quan)
    (control,) = controls(pack, "第一条")
    assert control["figures"]["limit"] == {"mark": "normative", "value": 3, "unit": "rings"}
    assert control["figures"]["target"]["mark"] == "placeholder"
    decide_proposal(pack, first, "", by=cast.quan)
    assert controls(pack, "第一条") == []


def test_refusing_keeps_it_out(pack, cast):
    decide_proposal(pack, pack.proposals[0]["id"], "refused", by=cast.quan)
    assert controls(pack, "第一条") == []
    assert Pack.objects.get(pk=pack.pk).proposals[0]["decision"] == "refused"


def test_two_people_do_not_undo_each_other(pack, cast):
    one, other = Pack.objects.get(pk=pack.pk), Pack.objects.get(pk=pack.pk)
    decide_proposal(one, pack.proposals[0]["id"], "confirmed", by=cast.quan)
    decide_proposal(other, pack.proposals[1]["id"], "confirmed", by=cast.quan)
    assert len(controls(pack, "第一条")) == len(controls(pack, "第二条")) == 1


def test_a_changed_clause_is_searched_anew_and_keeps_what_was_decided(pack, cast):
    decide_proposal(pack, pack.proposals[0]["id"], "confirmed", by=cast.quan)
    fields = {"number": "第一条", "title": "", "force": ""}
    text = "总机来电，总机三声内应接听，录音保存6个月。"
    change_clause(pack, "第一条", {**fields, "text": text}, by=cast.quan)
    rows = [row for row in Pack.objects.get(pk=pack.pk).proposals if row["number"] == "第一条"]
    assert [(row["control"]["kind"], row["decision"]) for row in rows] == [
        ("kpi_target", "confirmed"),
        ("retention", ""),
    ]
    assert text[rows[0]["start"] : rows[0]["end"]] == "三声内应接听"


def test_a_clause_may_get_another_number(pack, cast):
    decide_proposal(pack, pack.proposals[0]["id"], "confirmed", by=cast.quan)
    fields = {"number": "第九条", "title": "应答", "text": "总机三声内应接听。", "force": "must"}
    changed = change_clause(pack, "第一条", fields, by=cast.quan)
    assert len(controls(changed, "第九条")) == 1
    assert {row["number"] for row in changed.proposals} == {"第九条", "第二条"}


def test_it_is_finished_only_when_everything_is_decided(pack, cast):
    with pytest.raises(StillUndecided):
        finish_import(pack, by=cast.quan)
    refuse_undecided(pack, by=cast.quan)
    assert finish_import(pack, by=cast.quan).proposals == []


def test_a_blank_becomes_the_place_of_the_adopted_figure(pack, cast):
    row = next(one for one in pack.proposals if one["control"]["kind"] == "sla")
    decide_proposal(pack, row["id"], "confirmed", by=cast.quan)
    refuse_undecided(pack, by=cast.quan)
    body = finish_import(pack, by=cast.quan).body
    place = f"{{{row['control']['key']}.limit}}"
    assert body["clauses"][1]["text"]["zh-Hans"].startswith(f"投诉应在{place}内答复")


def test_braces_in_the_text_do_no_harm(cast):
    pack = import_regulation(text="第一条 {a.b}应当接听。", title="T", by=cast.quan)
    assert pack.body["clauses"][0]["text"]["zh-Hans"] == "｛a.b｝应当接听。"


def test_what_is_finished_can_be_adopted(pack, cast):
    refuse_undecided(pack, by=cast.quan)
    finish_import(pack, by=cast.quan)
    version = start_adoption(pack.code, cast.hotline, by=cast.quan)
    assert version.title == "热线规定"


def test_a_proposal_of_a_clause_that_went_is_refused_by_state(pack, cast):
    with pytest.raises(NoSuchProposal):
        decide_proposal(pack, 999, "confirmed", by=cast.quan)


# --- pages ---------------------------------------------------------------------------------------
def test_the_file_is_dropped_and_looked_at(cast, as_):
    client = as_(cast.quan)
    file = SimpleUploadedFile("办法.docx", FILE.read_bytes())
    answer = client.post(url("import_new"), {"file": file})
    assert answer["Location"] == url("import_review", "own-1")
    page = client.get(answer["Location"]).content.decode()
    assert "第一条" in page
    assert 'data-key="y"' in page
    assert page.count('aria-current="true"') >= 1


def test_every_problem_is_shown_at_once(cast, as_):
    text = "第一条 甲。\n第一条 乙。\n第三条 丙。\n第三条 丁。"
    answer = as_(cast.quan).post(url("import_new"), {"text": text, "title": "T"})
    assert answer.status_code == 422
    assert [one.number for one in answer.context["troubles"]] == ["第一条"] * 2 + ["第三条"] * 2


@pytest.mark.parametrize("data", [{}, {"text": "  "}])
def test_nothing_given_is_422(cast, as_, data):
    assert as_(cast.quan).post(url("import_new"), data).status_code == 422


def test_file_and_text_at_once_is_422(cast, as_):
    file = io.BytesIO(TEXT.encode())
    file.name = "rules.txt"
    answer = as_(cast.quan).post(url("import_new"), {"file": file, "text": TEXT})
    assert answer.status_code == 422


def test_one_click_decides(pack, cast, as_):
    first = pack.proposals[0]["id"]
    at = url("import_decide", pack.code, first)
    answer = as_(cast.quan).post(at, {"decision": "confirmed"})
    assert answer["Location"] == f"{url('import_review', pack.code)}#proposal-{first}"
    fragment = as_(cast.quan).post(at, {"decision": ""}, headers={"HX-Request": "true"})
    assert fragment.content.decode().lstrip().startswith('<div id="review"')


def test_what_lacks_something_is_asked_about(pack, cast, as_):
    row = next(one for one in pack.proposals if one["control"]["with"].get("indicator") == "")
    at = url("import_decide", pack.code, row["id"])
    answer = as_(cast.quan).post(at, {"decision": "confirmed"})
    assert answer["Location"] == url("import_change", pack.code, row["id"])
    answer = as_(cast.quan).post(at, {"decision": "confirmed"}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == url("import_change", pack.code, row["id"])


def test_parameters_are_changed_in_a_form(pack, cast, as_):
    row = next(one for one in pack.proposals if one["control"]["with"].get("indicator") == "")
    client, at = as_(cast.quan), url("import_change", pack.code, row["id"])
    form = client.get(at).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "is_strict"}
    assert client.post(at, data).status_code == 422
    answer = client.post(at, {**data, "indicator": "K22", "target": "98.5"})
    assert answer.status_code == 302
    figures = controls(pack, "第二条")[0]["figures"]
    assert figures["target"] == {"mark": "normative", "value": 98.5, "unit": "percent"}
    assert figures["period"] == {"mark": "example", "value": "monthly"}


def test_a_clause_is_changed_in_a_form(pack, cast, as_):
    at = url("import_clause", pack.code, "第一条")
    client = as_(cast.quan)
    assert client.get(at).status_code == 200
    data = {"number": "第二条", "title": "", "text": "总机应接听。", "force": ""}
    assert client.post(at, data).status_code == 422  # there is a 第二条
    assert client.post(at, {**data, "number": "第一条"}).status_code == 302
    assert client.post(at, {"number": "第一条"}).status_code == 422


def test_the_rest_is_refused_and_the_pack_adopted(pack, cast, as_):
    client = as_(cast.quan)
    assert client.post(url("import_finish", pack.code)).status_code == 409
    client.post(url("import_refuse_rest", pack.code))
    answer = client.post(url("import_finish", pack.code))
    assert answer["Location"] == url("adopt", pack.code)


def test_only_writers_import(pack, cast, as_):
    for name, args in (("import_new", ()), ("import_review", (pack.code,))):
        assert as_(cast.bo).get(url(name, *args)).status_code == 403
    missing = as_(cast.quan).get(url("import_review", "own-99"))
    assert missing.status_code == 404
    assert as_(cast.quan).get(url("import_finish", pack.code)).status_code == 405


def test_anonymous_people_sign_in(client):
    assert client.get(url("import_new")).status_code == 302


def test_many_clauses_come_in_pages_with_few_queries(cast, as_, django_assert_max_num_queries):
    lines = [f"第{number}条 满意度不低于9{number % 10}%。" for number in range(1, 400)]
    pack = import_regulation(text="\n".join(lines), title="T", by=cast.quan)
    client = as_(cast.quan)
    client.get(url("import_review", pack.code))
    with django_assert_max_num_queries(25):
        page = client.get(url("import_review", pack.code), {"page": "3"})
    assert len(page.context["clauses"]) == 25
    assert page.context["next_page"] == 1
