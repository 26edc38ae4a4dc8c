"""The editor: a pack made here and the draft of a version, on one desk."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Pack, Version
from lingzhi.rulebook.packs import body_of_pack
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused

pytestmark = pytest.mark.usefixtures("small_packs")
NEW = {"code": "house", "title_zh": "本店规矩", "title_en": "", "chapter": "接听"}
CLAUSE = {
    "number": "1.1", "force": "must", "title_zh": "应答", "title_en": "Answering",
    "text_zh": "电话及时应答。", "text_en": "Calls are answered in time.",
}  # fmt: skip
CONTROL = {
    "key": "ring", "title_zh": "及时应答", "v-indicator": "K03", "v-target": "95",
    "m-target": "example", "u-target": "percent", "v-period": "monthly", "m-period": "normative",
    "m-limit": "placeholder", "u-limit": "rings", "a-limit": "几声？",
}  # fmt: skip


def _url(name, *args):
    return reverse(f"rulebook:{name}", args=args)


@pytest.fixture
def quan(as_, cast):
    return as_(cast.quan)


@pytest.fixture
def house(quan) -> Pack:
    """A pack with one clause, made in the browser."""
    quan.post(_url("new_pack"), NEW)
    quan.post(_url("new_clause", "pack", "house"), CLAUSE)
    return Pack.objects.get()


def _clauses():
    return Pack.objects.get().body["clauses"]


def test_a_pack_is_begun(quan):
    answer = quan.post(_url("new_pack"), NEW)
    assert answer["Location"] == _url("desk", "pack", "house")
    assert Entry.objects.filter(action="rulebook.pack_created").count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("code", "Not a code!"), ("title_zh", ""), ("code", "small")]
)
def test_a_pack_that_cannot_be_is_named_at_its_field(quan, field, value):
    answer = quan.post(_url("new_pack"), NEW | {field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Pack.objects.exists()


def test_its_head_is_changed(quan, house):
    form = {"title_zh": "本店新规矩", "customer": "宾客", "principles": "首问负责\n有问必答"}
    assert quan.post(_url("desk", "pack", "house"), form).status_code == 302
    body = Pack.objects.get().body
    assert (body["title"]["zh-Hans"], body["terms"]["customer"]) == ("本店新规矩", "宾客")
    assert body["principles"] == [{"zh-Hans": "首问负责"}, {"zh-Hans": "有问必答"}]
    assert Entry.objects.filter(action="rulebook.pack_changed").exists()


def test_it_takes_over_the_clauses_of_another_pack(quan, house):
    url, form = _url("desk", "pack", "house"), {"title_zh": "本店规矩", "customer": "客户"}
    choices = dict(quan.get(url).context["form"].fields["extends"].choices)
    assert "small" in choices
    assert "house" not in choices
    own = len(_clauses())
    assert quan.post(url, form | {"extends": ["small"]}).status_code == 302
    assert Pack.objects.get().body["extends"] == ["small"]
    assert len(body_of_pack("house")["clauses"]) > own
    assert quan.get(url).context["form"].initial["extends"] == ["small"]
    quan.post(url, form)
    assert len(body_of_pack("house")["clauses"]) == own


def test_packs_that_would_inherit_in_a_circle_are_refused_at_the_field(quan, house):
    form = {"title_zh": "本店规矩", "customer": "客户"}
    quan.post(_url("new_pack"), NEW | {"code": "heir"})
    quan.post(_url("desk", "pack", "heir"), form | {"extends": ["house"]})
    answer = quan.post(_url("desk", "pack", "house"), form | {"extends": ["heir"]})
    assert answer.status_code == 422
    assert "extends" in answer.context["form"].errors
    assert not Pack.objects.get(code="house").body.get("extends")


def test_a_draft_has_in_it_what_it_inherited(quan, draft):
    url = _url("desk", "version", draft.pk)
    assert "extends" not in quan.get(url).context["form"].fields


def test_a_clause_is_added_below_another_changed_and_removed(quan, house):
    url = _url("new_clause", "pack", "house") + "?after=1.1"
    quan.post(url, CLAUSE | {"number": "1.2", "title_zh": "微笑"})
    assert [row["number"] for row in _clauses()] == ["1", "1.1", "1.2"]
    quan.post(
        _url("edit_clause", "pack", "house", "1.2"), CLAUSE | {"number": "1.2", "force": "may"}
    )
    assert _clauses()[2]["force"] == "may"
    quan.post(_url("remove_clause", "pack", "house", "1.2"))
    assert [row["number"] for row in _clauses()] == ["1", "1.1"]


def test_two_clauses_of_one_number_are_refused(quan, house):
    answer = quan.post(_url("new_clause", "pack", "house"), CLAUSE)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert len(_clauses()) == 2


def test_a_clause_without_title_is_named(quan, house):
    answer = quan.post(_url("edit_clause", "pack", "house", "1.1"), CLAUSE | {"title_zh": ""})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["title_zh"]


def test_each_figure_of_a_control_is_asked_as_one(quan, house):
    url = _url("new_control", "pack", "house", "1.1") + "?kind=target"
    form = quan.get(url).context["form"]
    plain = [field.name for field in form.plain()]
    figures = {
        fields[0].name: [field.name for field in fields] for _label, fields in form.figures()
    }
    assert plain[:4] == ["key", "title_zh", "title_en", "v-indicator"]
    assert figures["v-limit"] == ["v-limit", "u-limit", "m-limit", "a-limit"]
    everything = [*plain, *(name for names in figures.values() for name in names)]
    assert sorted(everything) == sorted(form.fields)


def test_a_control_that_cannot_be_is_named_on_its_page(quan, house):
    url = _url("new_control", "pack", "house", "1.1") + "?kind=target"
    answer = quan.post(url, CONTROL | {"key": "", "v-target": "950"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_control_is_added_changed_and_removed(quan, house):
    url = _url("new_control", "pack", "house", "1.1")
    assert quan.get(f"{url}?kind=target").status_code == 200
    assert quan.post(f"{url}?kind=target", CONTROL).status_code == 302
    (control,) = _clauses()[1]["controls"]
    assert control["with"] == {"indicator": "K03"}
    assert control["figures"]["target"] == {"mark": "example", "unit": "percent", "value": 95}
    assert control["figures"]["limit"]["ask"] == {"zh-Hans": "几声？"}
    one = _url("edit_control", "pack", "house", "1.1", "ring")
    quan.post(one, CONTROL | {"v-target": "90"})
    assert _clauses()[1]["controls"][0]["figures"]["target"]["value"] == 90
    quan.post(_url("remove_control", "pack", "house", "1.1", "ring"))
    assert not _clauses()[1].get("controls")


def test_a_control_out_of_bounds_is_refused(quan, house):
    url = _url("new_control", "pack", "house", "1.1") + "?kind=target"
    answer = quan.post(url, CONTROL | {"v-target": "120"})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not _clauses()[1].get("controls")


def test_nobody_overwrites_what_somebody_else_changed(quan, house):
    form = CLAUSE | {"title_zh": "微笑", "seen": "something older"}
    assert quan.post(_url("edit_clause", "pack", "house", "1.1"), form).status_code == 409


def test_the_text_of_a_draft_is_changed_on_the_same_desk(quan, draft):
    url = _url("edit_clause", "version", draft.pk, "1.4")
    form = CLAUSE | {"number": "1.4", "text_zh": "待客热诚。"}
    assert quan.post(url, form).status_code == 302
    body = Version.objects.get(pk=draft.pk).body
    (row,) = [one for one in body["clauses"] if one["number"] == "1.4"]
    assert row["text"]["zh-Hans"] == "待客热诚。"
    assert Entry.objects.filter(action="rulebook.draft_changed").count() == 1


def test_what_is_in_force_is_not_changed(quan, in_force):
    url = _url("edit_clause", "version", in_force.pk, "1.4")
    assert quan.post(url, CLAUSE | {"number": "1.4"}).status_code == 409


def test_a_pack_is_withdrawn(quan, house):
    quan.post(_url("withdraw_pack", "house"))
    assert Pack.objects.get().withdrawn_at is not None
    assert quan.get(_url("desk", "pack", "house")).status_code == 404


def test_the_short_address_leads_to_the_desk(quan, draft):
    assert quan.get(_url("edit", draft.pk))["Location"] == _url("desk", "version", draft.pk)


PAGES = [
    ("desk", []), ("new_clause", []), ("edit_clause", ["1.1"]), ("new_control", ["1.1"]),
]  # fmt: skip
ACTS = [("remove_clause", ["1.1"]), ("remove_control", ["1.1", "ring"])]


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_the_doors_of_its_pages(client, cast, house, name, args):
    assert refused(client, name, ["pack", "house", *args], by=cast.bo) == 403
    assert refused(client, name, ["pack", "none", *args], by=cast.quan) == 404
    assert refused(client, name, ["thing", "house", *args], by=cast.quan) == 404
    assert leads_to_sign_in(client, name, ["pack", "house", *args])


@pytest.mark.parametrize(("name", "args"), ACTS)
def test_the_doors_of_its_acts(client, cast, house, name, args):
    full = ["pack", "house", *args]
    assert refused(client, name, full, by=cast.bo, method="post") == 403
    assert refused(client, name, ["pack", "none", *args], by=cast.quan, method="post") == 404
    assert refused(client, name, full, by=cast.quan) == 405
    assert leads_to_sign_in(client, name, full, "post")


def test_the_doors_of_a_new_pack(client, cast):
    assert refused(client, "new_pack", [], by=cast.bo) == 403
    assert refused(client, "new_pack", [], by=cast.quan, method="put") == 405
    assert leads_to_sign_in(client, "new_pack", [])
    assert refused(client, "withdraw_pack", ["none"], by=cast.quan, method="post") == 404
    assert refused(client, "edit", [0], by=cast.quan) == 404
