"""A pack is adopted for a unit: a draft first, and once."""

import pytest

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.rulebook.models import Regulation, Version
from lingzhi.rulebook.packs import PackProblems, UnknownPack
from lingzhi.rulebook.queries import latest_version, library, open_draft
from lingzhi.rulebook.services import (
    AlreadyAdopted,
    DraftExists,
    NotADraft,
    NothingInForce,
    discard_draft,
    revise,
    set_interpreter,
    start_adoption,
    submit_version,
    withdraw_version,
)

pytestmark = pytest.mark.usefixtures("small_packs")


def _acts(subject):
    return list(Entry.objects.filter(object_id=str(subject.pk)).values_list("action", flat=True))


def test_it_starts_a_draft_with_the_whole_content(cast):
    version = start_adoption("small", cast.hotline, by=cast.quan)
    assert (version.number, version.reason_kind, version.submitted_at) == (1, "first", None)
    assert len(version.body["clauses"]) == 7
    assert version.regulation.unit == cast.hotline
    assert "rulebook.adoption_started" in _acts(version)
    assert open_draft(version.regulation) == version


def test_what_a_pack_inherits_is_in_the_draft(cast):
    version = start_adoption("child", cast.hotline, by=cast.quan)
    assert [row["number"] for row in version.body["clauses"]][-2:] == ["2", "2.1"]


def test_it_refuses_a_second_draft(cast):
    start_adoption("small", cast.hotline, by=cast.quan)
    with pytest.raises(DraftExists):
        start_adoption("small", cast.hotline, by=cast.quan)
    assert Version.objects.count() == 1


def test_it_refuses_what_is_in_force_already(in_force, cast):
    with pytest.raises(AlreadyAdopted):
        start_adoption("small", cast.hotline, by=cast.quan)


def test_another_unit_adopts_the_same_pack_for_itself(in_force, cast):
    version = start_adoption("small", cast.second, by=cast.quan)
    assert version.regulation != in_force.regulation


def test_an_unknown_pack_adopts_nothing(cast):
    with pytest.raises(UnknownPack):
        start_adoption("nothing", cast.hotline, by=cast.quan)
    assert not Regulation.objects.exists()


def test_a_pack_with_faults_adopts_nothing_and_names_them_all(cast, settings, tmp_path):
    (tmp_path / "bad" / "clauses").mkdir(parents=True)
    (tmp_path / "bad" / "pack.yaml").write_text("id: bad\ntitle: {en: Bad}\n")
    (tmp_path / "bad" / "clauses" / "1.yaml").write_text("- {number: 1, force: must}\n")
    settings.PACKS = tmp_path
    with pytest.raises(PackProblems) as raised:
        start_adoption("bad", cast.hotline, by=cast.quan)
    assert len(raised.value.problems) >= 5
    assert not Regulation.objects.exists()
    assert [offer.title for offer in library()] == [""] or library()[0].problems


def test_a_withdrawn_pack_can_be_adopted_again(in_force, cast):
    withdraw_version(in_force, reason="closed", by=cast.quan)
    again = start_adoption("small", cast.hotline, by=cast.quan)
    assert (again.regulation, again.number) == (in_force.regulation, 2)


def test_the_library_says_what_a_pack_holds_and_who_adopted_it(in_force):
    child, small = library()
    assert (child.code, small.code) == ("child", "small")
    assert (small.clauses, small.controls) == (5, 4)
    assert list(small.regulations) == [in_force.regulation]


def test_the_interpreter_is_set_and_recorded_once(in_force, cast):
    regulation = set_interpreter(in_force.regulation, " 质量部 ", by=cast.quan)
    set_interpreter(regulation, "质量部", by=cast.quan)
    assert Regulation.objects.get().interpreter == "质量部"
    assert _acts(regulation).count("rulebook.interpreter_set") == 1


def test_a_revision_starts_from_what_is_in_force(in_force, cast):
    version = revise(in_force.regulation, reason_kind="feedback", reason="太慢", by=cast.quan)
    assert (version.number, version.reason, version.answers) == (2, "太慢", in_force.answers)
    assert latest_version(in_force.regulation) == in_force
    assert "rulebook.revision_started" in _acts(version)
    with pytest.raises(DraftExists):
        revise(in_force.regulation, reason_kind="feedback", reason="again", by=cast.quan)


def test_a_revision_needs_its_reason_and_something_in_force(draft, cast):
    with pytest.raises(BadInput):
        revise(draft.regulation, reason_kind="feedback", reason=" ", by=cast.quan)
    with pytest.raises(NothingInForce):
        revise(draft.regulation, reason_kind="feedback", reason="slow", by=cast.quan)


def test_a_revision_may_start_from_the_pack_of_today(in_force, cast):
    Version.objects.filter(pk=in_force.pk).update(body={**in_force.body, "edition": 0})
    version = revise(
        in_force.regulation, reason_kind="business", reason="new", is_new_edition=True, by=cast.quan
    )
    assert version.body["edition"] == 1


def test_a_draft_is_thrown_away_once(draft, cast):
    discard_draft(draft, by=cast.quan)
    with pytest.raises(NotADraft):
        discard_draft(draft, by=cast.quan)
    assert open_draft(draft.regulation) is None
    assert _acts(draft).count("rulebook.draft_discarded") == 1


def test_a_submitted_version_is_not_thrown_away(in_force, cast):
    with pytest.raises(NotADraft):
        discard_draft(in_force, by=cast.quan)
    with pytest.raises(NotADraft):
        submit_version(in_force, effective_on=in_force.effective_on, by=cast.quan)
