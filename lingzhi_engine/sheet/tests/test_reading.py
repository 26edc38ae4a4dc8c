"""A sheet that cannot be used is refused with everything that is wrong, each with its place."""

import pytest

from lingzhi_engine.sheet import InvalidSheet, read_answers, read_sheet
from lingzhi_engine.sheet.problems import MESSAGES
from lingzhi_engine.sheet.tests.test_score import THREE, count, item, section, sheet

LATER = {"item": "later", "answers": ["yes"]}


def refused(*sections, **more):
    with pytest.raises(InvalidSheet) as found:
        sheet(*sections, **more)
    return {(one.place, one.code) for one in found.value.problems}


def test_weights_that_do_not_sum_are_refused_with_the_sum():
    with pytest.raises(InvalidSheet, match="the weights sum to 90, not to 100"):
        sheet(section("a", item("x", 1), weight=30), section("b", item("y", 1), weight=60))
    with pytest.raises(InvalidSheet, match=r"the points sum to 99\.5, not to 100"):
        sheet(section("a", item("x", 99.5)))


def test_everything_that_is_wrong_is_named_at_once():
    found = refused(
        section(
            "a",
            item("x", "many"),
            item("x", 10),
            {"title": "no code", "points": 1, "answers": THREE},
        ),
        section("b", item("y", 10, answers=THREE[:1]), weight="heavy"),
        colour="red",
    )
    assert {
        ("sections.a.items.x.points", "wrong_type"),
        ("sections.a.items.x.code", "duplicate_code"),
        ("sections.a.items.3.code", "missing"),
        ("sections.b.items.y.answers", "few_answers"),
        ("sections.b.weight", "wrong_type"),
        ("colour", "unknown_field"),
    } <= found


@pytest.mark.parametrize(
    ("wrong", "place", "code"),
    [
        (item("x", 100, answers=THREE[1:]), "answers", "no_best_answer"),
        (item("x", -5), "points", "points_not_positive"),
        (item("x", 100, veto="all"), "veto", "bad_choice"),
        (item("x", 100, shown=LATER), "shown.item", "shown_unknown"),
        (item("x", 100, fill={"rules": ["a.b"], "hit": "maybe"}), "fill.hit", "fill_answer"),
        (item("x", 100, fill={"rules": []}), "fill.rules", "missing"),
        (count("x", -1), "kind", "count_needs_counted"),
        (item("x", 100, kind="scale", answers=[], low=5, high=1), "low", "ends_reversed"),
        (item("x", 100, kind="measure", answers=[]), "low", "needs_a_limit"),
        (item("x", 100, points_max=3), "points_max", "unknown_field"),
        (item("X", 100), "code", "bad_code"),
        (item("x", 100, title="长" * 501), "title", "too_long"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_item(wrong, place, code):
    found = refused(section("a", wrong))
    assert code in {problem for where, problem in found if where.endswith(place)}, found


def test_counted_sections_hold_counts():
    assert ("sections.a.items.x.kind", "counted_needs_count") in refused(
        section("a", item("x", 1), kind="counted")
    )
    found = refused(section("a", count("x", 0), count("y", -1, cap=3), kind="counted"))
    assert {code for _place, code in found} >= {"points_zero", "cap_direction"}


def test_items_cannot_hang_on_each_other_in_circles():
    first = item("x", 50, shown={"item": "y", "answers": ["yes"]})
    second = item("y", 50, shown={"item": "x", "answers": ["yes"]})
    assert ("sections.a.items.x.shown.item", "shown_unknown") in refused(
        section("a", first, second)
    )


@pytest.mark.parametrize("nonsense", [None, [], "sheet", {}, {"title": "x", "sections": "y"}])
def test_nonsense_is_refused(nonsense):
    with pytest.raises(InvalidSheet):
        read_sheet(nonsense)


def test_two_hundred_items_and_more():
    read = sheet(
        *(section(f"s{n}", *(item(f"i{n}_{m}", 1) for m in range(25))) for n in range(20)), full=500
    )
    assert len(list(read.items)) == 500


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"value": "maybe"}, "unknown_answer"),
        ({"is_na": True}, "na_not_allowed"),
        ({"value": "yes", "causes": ["why"]}, "unknown_cause"),
        ({"value": 5}, "wrong_type"),
        ({"points": 5}, "unknown_field"),
        ("yes", "not_a_mapping"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answer, code):
    read = sheet(section("a", item("x", 100)))
    with pytest.raises(InvalidSheet) as found:
        read_answers(read, {"x": answer, "z": {}})
    assert {one.code for one in found.value.problems} == {code, "unknown_item"}


def test_every_problem_has_its_sentence():
    for code, sentence in MESSAGES.items():
        assert sentence, code
