"""The sheets for conduct: what each is for can be scored with it."""

import pytest

from lingzhi.inspections.queries.sheets import example_sheet
from lingzhi_engine.sheet import Sheet, read_answers, read_sheet, score


def sheet(code: str) -> Sheet:
    return read_sheet(example_sheet(code) or {})


def best(read: Sheet, **other: str):
    """Every item answered with its best, but for `other`."""
    given = {
        item.code: {"value": other.get(item.code, item.answers[0].code if item.answers else "x")}
        for item in read.items
    }
    return score(read, read_answers(read, given))


def codes(read: Sheet, section: str) -> set[str]:
    found = next(one for one in read.sections if one.code == section)
    return {item.code for item in found.items}


def asked(found) -> set[str]:
    return {line.item.code for one in found.sections for line in one.items if line.is_asked}


@pytest.mark.parametrize("code", ["conduct", "communication", "managers", "special_service"])
def test_whoever_does_everything_well_has_the_full_mark(code):
    assert best(sheet(code)).value == 100


def test_etiquette_stands_on_the_conduct_checklist():
    manner = codes(sheet("conduct"), "manner")
    assert {"smile", "first_word", "initiative", "polite_words"} <= manner


def test_attitude_language_appearance_and_posture_are_sections():
    sections = {one.code for one in sheet("conduct").sections}
    assert {"manner", "words", "look", "posture"} <= sections


def test_appearance_is_checked_with_a_photo_of_what_is_not_met():
    read = sheet("conduct")
    needs = {item.code for item in read.items if item.photo.value == "failed"}
    assert {"uniform", "hair"} <= needs <= codes(read, "look")


def test_dishonest_charges_lower_the_score_and_are_critical():
    found = best(sheet("conduct"), price="a2")
    assert found.value < 100
    assert {item.code for item in sheet("conduct").items if item.family} >= {"price", "true_words"}


def test_discrimination_harassment_and_fraud_veto_their_section():
    found = best(sheet("conduct"), equal="a2")
    ethics = next(one for one in found.sections if one.section.code == "ethics")
    assert ethics.is_failed
    assert found.value <= 80


def test_the_four_steps_and_the_four_principles_are_scored():
    read = sheet("communication")
    assert codes(read, "steps") == {"listen", "understand", "feed_back", "respond"}
    assert codes(read, "language") == {"clear", "brief", "polite", "professional"}
    assert best(read, listen="a3").value < 100


def test_a_customer_who_is_upset_brings_items_with_guidance():
    read = sheet("communication")
    own = {"own_calm", "name_it", "way_out"}
    assert not own & asked(best(read, upset="calm"))
    assert own <= asked(best(read, upset="upset"))
    assert all(item.guidance for item in read.items if item.code in own)


def test_managers_are_held_to_five_attitudes():
    assert len(sheet("managers").sections) == 5


def test_each_matter_is_asked_its_own_items_and_teamwork_always():
    read = sheet("matters")
    own = {
        matter: {code for code in asked(best(read, matter=matter)) if code.startswith(matter)}
        for matter in ("consult", "complaint", "suggestion")
    }
    assert [len(several) for several in own.values()] == [2, 3, 2]
    assert all(best(read, matter=matter).value == 100 for matter in own)
    assert best(read, matter="complaint", hand_over="a3").value == 90
