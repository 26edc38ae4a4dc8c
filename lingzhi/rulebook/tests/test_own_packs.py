"""Packs made here: sound or not at all, never over somebody else's work."""

import copy

import pytest

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.rulebook.models import Pack
from lingzhi.rulebook.packs import PackProblems, body_of_pack, checked_pack, pack_codes
from lingzhi.rulebook.services import (
    ChangedMeanwhile,
    PackWithdrawn,
    change_pack,
    create_pack,
    pack_stamp,
    start_adoption,
    withdraw_pack,
)

pytestmark = pytest.mark.usefixtures("small_packs")
BODY = {
    "title": {"zh-Hans": "本店规矩"},
    "clauses": [
        {
            "number": "1",
            "title": {"zh-Hans": "诚恳"},
            "text": {"zh-Hans": "待客诚恳。"},
            "force": "must",
        }
    ],
}


@pytest.fixture
def pack(small_packs, cast):
    return create_pack("house", copy.deepcopy(BODY), by=cast.quan)


def test_a_pack_of_one_language_is_made_and_can_be_adopted(pack, cast):
    assert pack.body["id"] == "house"
    assert pack_codes() == ["child", "small", "house"]
    version = start_adoption("house", cast.hotline, by=cast.quan)
    assert version.title == "本店规矩"
    assert Entry.objects.get(action="rulebook.pack_created").after["clauses"] == 1


@pytest.mark.parametrize("code", ["house", "small"])
def test_a_code_that_is_taken_is_refused(pack, cast, code):
    with pytest.raises(BadInput) as raised:
        create_pack(code, copy.deepcopy(BODY), by=cast.quan)
    assert raised.value.field == "code"


def test_all_faults_are_named_and_nothing_is_kept(cast):
    with pytest.raises(PackProblems) as raised:
        create_pack("Bad Code", {"title": {}, "clauses": [{}]}, by=cast.quan)
    assert len(raised.value.problems) >= 4
    assert not Pack.objects.exists()


def test_it_may_inherit_and_override(cast):
    body = {**copy.deepcopy(BODY), "extends": ["small"]}
    create_pack("house", body, by=cast.quan)
    merged = body_of_pack("house")
    assert len(merged["clauses"]) == 7
    assert merged["clauses"][0]["title"] == {"zh-Hans": "诚恳"}


def test_it_may_not_inherit_from_itself_or_nothing(pack, cast):
    for parent in ("house", "nothing"):
        with pytest.raises(PackProblems):
            change_pack(pack, {**BODY, "extends": [parent]}, by=cast.quan)


def test_a_change_leaves_what_was_adopted(pack, cast):
    version = start_adoption("house", cast.hotline, by=cast.quan)
    body = copy.deepcopy(BODY)
    body["clauses"][0]["text"] = {"zh-Hans": "待客热情。"}
    change_pack(pack, body, proposals=[{"number": "1"}], by=cast.quan)
    version.refresh_from_db()
    assert version.body["clauses"][0]["text"] == {"zh-Hans": "待客诚恳。"}
    assert Pack.objects.get().proposals == [{"number": "1"}]
    assert Entry.objects.filter(action="rulebook.pack_changed").count() == 1


def test_a_change_over_another_one_is_refused(pack, cast):
    seen = pack_stamp(pack)
    change_pack(pack, {**BODY, "edition": 2}, seen=seen, by=cast.quan)
    with pytest.raises(ChangedMeanwhile):
        change_pack(pack, {**BODY, "edition": 3}, seen=seen, by=cast.quan)


def test_a_withdrawn_pack_is_offered_and_changed_no_more(pack, cast):
    withdraw_pack(pack, by=cast.quan)
    assert "house" not in pack_codes()
    with pytest.raises(PackWithdrawn):
        change_pack(pack, BODY, by=cast.quan)
    with pytest.raises(PackWithdrawn):
        withdraw_pack(pack, by=cast.quan)


def test_what_goes_bad_later_is_named_in_the_library(pack):
    Pack.objects.update(body={"title": "no texts", "clauses": "none"})
    assert checked_pack("house")[1]
