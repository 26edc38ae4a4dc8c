"""Who may see and change which regulation."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from lingzhi.approvals.services import set_chain
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import today
from lingzhi.core.finding import find_everywhere
from lingzhi.org.services import assign_role
from lingzhi.rulebook import access
from lingzhi.rulebook.factories import make_draft
from lingzhi.rulebook.finding import SEARCH
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import unit_of_maker
from lingzhi.rulebook.services import create_pack, import_regulation, submit_version

pytestmark = pytest.mark.usefixtures("small_packs")


def _fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_what_is_in_force_is_read_by_everybody_and_changed_by_few(in_force, cast):
    regulation = in_force.regulation
    assert access.regulation_to_read(cast.nora, regulation.pk) == regulation
    assert access.version_to_read(cast.bo, in_force.pk) == in_force
    assert access.clause_to_read(cast.bo, regulation.pk, "1.1").number == "1.1"
    assert access.regulation_to_change(cast.quan, regulation.pk) == regulation
    for person in (cast.nora, cast.bo, cast.ines):
        with pytest.raises(PermissionDenied):
            access.regulation_to_change(person, regulation.pk)
        with pytest.raises(PermissionDenied):
            access.version_to_change(person, in_force.pk)


def test_a_draft_is_seen_by_who_writes_for_its_unit(draft, cast):
    assert access.version_to_change(cast.quan, draft.pk) == draft
    for person in (cast.nora, cast.ada):
        with pytest.raises(Http404):
            access.version_to_read(person, draft.pk)
        with pytest.raises(Http404):
            access.regulation_to_read(person, draft.regulation_id)


def test_who_writes_for_one_unit_does_not_write_for_another(cast, in_force):
    assign_role(cast.nora, "quality_manager", cast.first, from_on=LONG_AGO, by=None)
    nora = _fresh(cast.nora)
    with pytest.raises(PermissionDenied):
        access.regulation_to_change(nora, in_force.regulation_id)
    assert access.unit_to_adopt_for(nora, cast.first.pk) == cast.first
    with pytest.raises(PermissionDenied):
        access.unit_to_adopt_for(nora, cast.hotline.pk)


def test_who_has_to_sign_sees_what_is_to_be_signed(cast):
    set_chain("rulebook.adopt", ["leadership"], by=cast.sol)
    assign_role(cast.nora, "leadership", cast.company, from_on=LONG_AGO, by=None)
    draft = make_draft("small", cast.hotline, by=cast.quan)
    with pytest.raises(Http404):
        access.version_to_read(_fresh(cast.nora), draft.pk)
    submit_version(draft, effective_on=today(), by=cast.quan)
    assert access.version_to_read(_fresh(cast.nora), draft.pk) == draft
    with pytest.raises(Http404):
        access.version_to_read(cast.ada, draft.pk)


def test_what_is_not_there_is_not_found(in_force, cast):
    with pytest.raises(Http404):
        access.version_to_read(cast.quan, 99_999)
    with pytest.raises(Http404):
        access.clause_to_read(cast.quan, in_force.regulation_id, "99")
    with pytest.raises(Http404):
        access.pack_to_adopt(cast.quan, "nothing")
    with pytest.raises(Http404):
        access.pack_to_change(cast.quan, "small")
    with pytest.raises(Http404):
        access.unit_to_adopt_for(cast.quan, 99_999)


HOUSE = {
    "title": {"en": "House"},
    "clauses": [{"number": "1", "title": {"en": "X"}, "text": {"en": "X"}, "force": "must"}],
}


def test_packs_are_adopted_and_changed_by_who_writes_regulations(cast):
    pack = create_pack("house", HOUSE, by=cast.quan)
    assert access.pack_to_change(cast.quan, "house") == pack
    assert access.pack_to_adopt(cast.quan, "house")["title"] == {"en": "House"}
    for door in (access.pack_to_change, access.pack_to_adopt):
        with pytest.raises(PermissionDenied):
            door(cast.ada, "house")


def test_a_pack_is_changed_by_who_writes_for_the_unit_of_its_maker_or_above(cast):
    assign_role(cast.ada, "quality_manager", cast.first, from_on=LONG_AGO, by=None)
    assign_role(cast.cai, "quality_manager", cast.second, from_on=LONG_AGO, by=None)
    ada, cai = _fresh(cast.ada), _fresh(cast.cai)
    pack = create_pack("of-the-first", HOUSE, by=ada)
    assert pack.unit == cast.first
    assert access.pack_to_change(ada, pack.code) == pack
    assert access.pack_to_change(cast.quan, pack.code) == pack
    with pytest.raises(PermissionDenied):
        access.pack_to_change(cai, pack.code)
    assert access.pack_to_adopt(cai, pack.code)["title"] == {"en": "House"}
    create_pack("of-the-centre", HOUSE, by=cast.quan)
    with pytest.raises(PermissionDenied):
        access.pack_to_change(ada, "of-the-centre")


def test_a_pack_belongs_to_the_unit_that_its_maker_writes_for_and_works_in(cast):
    assign_role(cast.chen, "quality_manager", cast.first, from_on=LONG_AGO, by=None)
    chen = _fresh(cast.chen)
    assert unit_of_maker(chen) == cast.first  # the only one written for, though work is elsewhere
    assign_role(cast.chen, "quality_manager", cast.second, from_on=LONG_AGO, by=None)
    assert unit_of_maker(chen) == cast.second
    assert unit_of_maker(cast.nora) == cast.company


def test_the_library_leads_to_changing_only_where_one_may(cast, as_):
    assign_role(cast.ada, "quality_manager", cast.first, from_on=LONG_AGO, by=None)
    create_pack("of-the-centre", HOUSE, by=cast.quan)
    desk = reverse("rulebook:desk", args=["pack", "of-the-centre"])
    page = reverse("rulebook:pack", args=["of-the-centre"])
    for person, leads in ((cast.quan, True), (_fresh(cast.ada), False)):
        client = as_(person)
        for url in (reverse("rulebook:list"), page):
            assert (desk in client.get(url).content.decode()) is leads
        assert client.get(desk).status_code == (200 if leads else 403)


def test_the_library_leads_back_to_an_import_that_is_not_finished(cast, as_):
    pack = import_regulation(text="第一条 总机三声内应接听。", title="总机规定", by=cast.quan)
    review = reverse("rulebook:import_review", args=[pack.code])
    assert review in as_(cast.quan).get(reverse("rulebook:list")).content.decode()


def test_clauses_in_force_are_found_by_their_words(in_force, cast):
    assert [one.name for one in SEARCH.find(cast.bo, "应答率", 8)] == ["1.1 应答时限"]
    assert [one.name for one in SEARCH.find(cast.bo, "SINCERE", 8)] == ["1.4 诚恳"]
    assert len(SEARCH.find(cast.bo, "响应", 1)) == 1
    groups = find_everywhere(cast.nora, "应答率")
    assert any(group["found"][0].name == "1.1 应答时限" for group in groups)


def test_clauses_of_drafts_are_not_found(draft, cast):
    Version.objects.filter(pk=draft.pk).update(effective_on=date(2020, 1, 1))
    assert SEARCH.find(cast.quan, "应答率", 8) == []
