"""Other regulations that a version stands against: above its unit, below it, and which is which."""

from datetime import date

import pytest
from django.utils import translation

from lingzhi.core.clock import today
from lingzhi.org.services import create_unit
from lingzhi.rulebook.conflicts import Conflict
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import conflicts_of
from lingzhi.rulebook.services import (
    create_pack,
    resolve_conflict,
    revise,
    save_answers,
    start_adoption,
    submit_version,
)

pytestmark = pytest.mark.usefixtures("small_packs")
RING = {
    "key": "ring", "kind": "target", "title": {"en": "Answer"}, "with": {"indicator": "K03"},
    "figures": {
        "limit": {"mark": "example", "value": 5, "unit": "rings"},
        "target": {"mark": "example", "value": 95, "unit": "percent"},
        "period": {"mark": "normative", "value": "monthly"},
    },
}  # fmt: skip
BODY = {
    "title": {"zh-Hans": "接听规范", "en": "Answering"},
    "clauses": [
        {"number": "7", "title": {"en": "A"}, "text": {"en": "A"}, "force": "must",
         "controls": [RING]}
    ],
}  # fmt: skip
LONG_AGO = date(2026, 1, 1)


@pytest.fixture
def packs(small_packs, cast):
    """Two packs of one title that want five rings."""
    for code in ("house", "other"):
        create_pack(code, BODY, by=cast.quan)


@pytest.fixture
def draft(packs, cast) -> Version:
    """`small` for the hotline, which wants three rings."""
    return start_adoption("small", cast.hotline, by=cast.quan)


def _against(version: Version, limit: int = 3) -> list[Conflict]:
    """What a version that wants so many rings stands against in other regulations."""
    version = save_answers(version, {"ring": {"limit": limit}}, by=version.created_by)
    return [one for one in conflicts_of(version) if one.second and one.second.regulation]


def _sentences(conflicts: list[Conflict]) -> list[str]:
    with translation.override("en"):
        return [one.sentence for one in conflicts]


def test_one_above_is_named_with_its_unit(cast, draft):
    make_version("house", cast.company, by=cast.sol, effective_on=LONG_AGO)
    with translation.override("en"):
        [found] = _against(draft)
        assert found.sentence == (
            "Clauses 1.1 and 7 of Answering · 云栖 limit the same: 3 rings and 5 rings."
        )


def test_one_below_is_named_too(cast, draft):
    make_version("house", cast.first, by=cast.quan, effective_on=LONG_AGO)
    with translation.override("en"):
        [found] = _against(draft)
        assert "7 of Answering · 一组" in found.sentence
    assert _against(draft, limit=5) == []


def test_one_beside_is_not(cast, packs):
    make_version("house", cast.first, by=cast.quan, effective_on=LONG_AGO)
    assert _against(start_adoption("small", cast.second, by=cast.quan)) == []


def test_where_a_unit_below_has_its_own_of_the_pack_nothing_is_contradicted(cast, draft):
    make_version("house", cast.first, by=cast.quan, effective_on=LONG_AGO)
    make_version(
        "small", cast.first, by=cast.quan, effective_on=LONG_AGO, answers={"ring": {"limit": 5}}
    )
    assert _against(draft) == []


def test_two_of_one_pack_stay_apart(cast, draft):
    for unit in (cast.company, cast.first, cast.second):
        make_version("house", unit, by=cast.sol, effective_on=LONG_AGO)
    with translation.override("en"):
        found = _against(draft)
    assert len({one.key for one in found}) == 3
    assert [one.second.regulation for one in found] == [
        "Answering · 云栖", "Answering · 一组", "Answering · 二组"
    ]  # fmt: skip
    resolve_conflict(draft, found[1].key, "keep", reason="a trial", by=cast.quan)
    draft.refresh_from_db()
    assert [one.is_decided for one in _against(draft)] == [False, True, False]


def test_two_of_one_title_in_one_unit_are_told_by_their_packs(cast, draft):
    for pack in ("house", "other"):
        make_version(pack, cast.hotline, by=cast.quan, effective_on=LONG_AGO)
    with translation.override("en"):
        assert [one.second.regulation for one in _against(draft)] == [
            "Answering · 热线中心 · HOUSE", "Answering · 热线中心 · OTHER"
        ]  # fmt: skip


def test_units_of_one_name_are_told_by_their_codes(cast, draft):
    for number in (1, 2):
        parent = create_unit(
            kind="department", name=f"部门{number}", code=f"d{number}", parent=cast.hotline, by=None
        )
        unit = create_unit(kind="team", name="三组", code=f"t{number}", parent=parent, by=None)
        make_version("house", unit, by=cast.sol, effective_on=LONG_AGO)
    with translation.override("en"):
        assert [one.second.regulation for one in _against(draft)] == [
            "Answering · 三组 · HOUSE · t1", "Answering · 三组 · HOUSE · t2"
        ]  # fmt: skip


@pytest.fixture
def kept(cast, draft) -> tuple[Version, str]:
    """A draft that keeps its limit beside the company's, and the key of the decision."""
    make_version("house", cast.company, by=cast.sol, effective_on=LONG_AGO)
    [found] = _against(draft)
    resolve_conflict(draft, found.key, "keep", reason="a small house", by=cast.quan)
    return Version.objects.get(pk=draft.pk), found.key


def test_a_decision_holds_in_every_language(kept):
    version, key = kept
    for language in ("en", "zh-hans"):
        with translation.override(language):
            [found] = _against(version)
            assert (found.key, found.is_decided) == (key, True)


def test_a_decision_outlives_a_new_title_and_version_of_the_other(cast, kept):
    version, key = kept
    other = Version.objects.get(regulation__pack="house")
    newer = revise(other.regulation, reason_kind="business", reason="Name", by=cast.sol)
    newer.body["title"] = {"zh-Hans": "新规范", "en": "New name"}
    newer.save(update_fields=["body"])
    submit_version(
        newer, effective_on=today(), reason_kind="business", reason="Name",
        by=cast.sol,
    )  # fmt: skip
    with translation.override("en"):
        [found] = _against(version)
        assert (found.key, found.is_decided) == (key, True)
        assert "New name" in found.sentence


def _as_it_was_stored_once(version: Version, title: str) -> str:
    """The key held the title, and the side no regulation."""
    [(_key, decision)] = [one for one in version.resolutions.items() if "#" in one[0]]
    del decision["second"]["regulation_id"]
    decision["second"]["regulation"] = title
    former = f"limits:1.1/ring.limit:{title}7/ring.limit"
    version.resolutions = {former: decision}
    version.save(update_fields=["resolutions"])
    return former


@pytest.mark.parametrize("title", ["接听规范", "Answering"])
def test_a_decision_stored_under_a_title_still_counts_and_can_be_taken_back(cast, kept, title):
    version, _key = kept
    former = _as_it_was_stored_once(version, title)
    [found] = _against(version)
    assert (found.key, found.is_decided, found.reason) == (former, True, "a small house")
    resolve_conflict(version, former, "", by=cast.quan)
    version.refresh_from_db()
    assert version.resolutions == {}
    assert not _against(version)[0].is_decided


def test_a_title_that_two_have_decides_nothing(cast, kept):
    version, _key = kept
    _as_it_was_stored_once(version, "接听规范")
    make_version("house", cast.first, by=cast.sol, effective_on=LONG_AGO)
    assert [one.is_decided for one in _against(version)] == [False, False]


def test_queries_do_not_grow_with_regulations(cast, draft, django_assert_max_num_queries):
    for unit in (cast.company, cast.first, cast.second):
        make_version("house", unit, by=cast.sol, effective_on=LONG_AGO)
    with django_assert_max_num_queries(12):
        conflicts_of(draft)
