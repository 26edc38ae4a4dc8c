"""A sheet gives the score one would work out on paper."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.sheet import Family, as_data, proposed, read_answers, read_sheet, score

YES_NO = [{"code": "yes", "title": "做到", "share": 1}, {"code": "no", "title": "没做到"}]
THREE = [
    {"code": "full", "title": "完全", "share": 1},
    {"code": "part", "title": "部分", "share": 0.5},
    {"code": "none", "title": "没有", "share": 0},
]


def item(code, points=0, **more):
    return {"code": code, "title": code, "points": points, "answers": YES_NO, **more}


def section(code, *items, **more):
    return {"code": code, "title": code, "items": list(items), **more}


def sheet(*sections, **more):
    return read_sheet({"title": "通话质检", "sections": list(sections), **more})


def of(read, **values):
    """The score when the items are answered so; `na` is "does not apply"."""
    answers = {
        code: {"is_na": True}
        if value == "na"
        else value
        if isinstance(value, dict)
        else {"value": value}
        for code, value in values.items()
    }
    return score(read, read_answers(read, answers))


PLAIN = sheet(
    section("attitude", item("greeting", 20), item("tone", 30, allows_na=True)),
    section("skill", item("answer", 50, answers=THREE)),
    passes_at=80,
    excels_at=95,
)


def test_points_add_up():
    found = of(PLAIN, greeting="yes", tone="no", answer="part")
    assert found.value == Decimal("45.00")
    assert (found.is_passed, found.is_excellent, found.is_vetoed) == (False, False, False)
    assert of(PLAIN, greeting="yes", tone="yes", answer="full").is_excellent


def test_what_does_not_apply_is_weighed_out():
    assert of(PLAIN, greeting="yes", tone="na", answer="part").value == Decimal("64.29")  # 45/70


def test_without_every_answer_there_is_no_score():
    found = of(PLAIN, greeting="yes")
    assert (found.value, found.so_far, found.is_passed) == (None, Decimal(100), None)
    assert [(one.item, one.what) for one in found.missing] == [
        ("tone", "answer"),
        ("answer", "answer"),
    ]


def test_nothing_that_applies_is_no_score():
    read = sheet(section("a", item("x", 100, allows_na=True)))
    assert of(read, x="na").value is None
    assert of(read, x="na").is_complete


WEIGHTED = sheet(
    section("a", item("x", 1, allows_na=True), item("y", 3), weight=40),
    section("b", item("z", 5, allows_na=True), weight=60),
)


def test_weights_of_sections_count_whatever_their_points_sum_to():
    assert of(WEIGHTED, x="yes", y="no", z="yes").value == Decimal(70)  # 40/4 + 60
    assert of(WEIGHTED, x="na", y="yes", z="no").value == Decimal(40)


def test_a_section_that_does_not_apply_gives_its_weight_to_the_others():
    assert of(WEIGHTED, x="yes", y="no", z="na").value == Decimal(25)


def test_a_veto_brings_the_sheet_down_and_keeps_the_score_without_it():
    read = sheet(section("a", item("x", 60), item("leak", 40, veto="sheet")), veto_score=0)
    found = of(read, x="yes", leak="no")
    assert (found.value, found.without_veto, found.vetoed_by) == (0, Decimal(60), ("leak",))
    assert of(read, x="yes", leak="yes").vetoed_by == ()


def test_a_sheet_may_be_vetoed_to_a_set_score():
    read = sheet(section("a", item("x", 100, veto="sheet")), veto_score=30)
    assert of(read, x="no").value == Decimal(30)


def test_a_veto_of_a_section_takes_that_section():
    read = sheet(
        section("a", item("x", 30), item("y", 20, veto="section")), section("b", item("z", 50))
    )
    found = of(read, x="yes", y="no", z="yes")
    assert (found.value, found.without_veto) == (Decimal(50), Decimal(80))
    assert (found.failed_sections, found.is_vetoed) == (("a",), False)


def test_too_many_failed_items_fail_a_section_and_too_many_sections_the_sheet():
    read = sheet(
        section("a", item("p", 20), item("q", 20), item("r", 10), fails_after=2),
        section("b", item("s", 50), fails_after=1),
        fails_after=2,
    )
    assert of(read, p="no", q="yes", r="yes", s="yes").value == Decimal(80)
    assert of(read, p="no", q="no", r="yes", s="yes").value == Decimal(50)
    found = of(read, p="no", q="no", r="yes", s="no")
    assert (found.value, found.vetoed_by, found.without_veto) == (0, ("a", "b"), Decimal(10))


def test_a_bonus_goes_beyond_the_full_mark():
    read = sheet(
        section("a", item("x", 100)), section("more", item("kind", 5, allows_na=True), kind="bonus")
    )
    assert of(read, x="yes", kind="yes").value == Decimal(105)
    assert of(read, x="yes", kind="na").value == Decimal(100)


def count(code, points, **more):
    return {"code": code, "title": code, "kind": "count", "points": points, **more}


def test_a_list_of_deductions_starts_at_the_full_mark():
    read = sheet(section("slips", count("late", -2, cap=-6), count("rude", -10), kind="counted"))
    assert of(read).value == Decimal(100)
    assert of(read, late=2, rude=1).value == Decimal(86)
    assert of(read, late=9).value == Decimal(94)
    assert of(read, rude=50).value == 0
    assert of(read, rude=50).is_complete


def test_incidents_start_where_the_sheet_says():
    read = sheet(
        section("incidents", count("excellent", 5, cap=20), count("abnormal", -5), kind="counted"),
        start=60,
    )
    assert of(read, excellent=3, abnormal=1).value == Decimal(70)
    assert of(read, excellent=9).value == Decimal(80)


def test_measured_limits_belong_to_what_is_right():
    measured = {
        "code": "hair",
        "title": "发长",
        "kind": "measure",
        "points": 100,
        "high": 7,
        "unit": "cm",
    }
    read = sheet(section("look", measured))
    assert of(read, hair=7).value == Decimal(100)
    assert of(read, hair=7.1).value == 0


def test_a_scale_gives_its_share():
    scale = {"kind": "scale", "low": 1, "high": 5, "step": 0.5, "fails_below": 3}
    read = sheet(section("a", item("s", 100, answers=[], comment="failed", **scale)))
    assert of(read, s=3.5).value == Decimal("62.50")
    found = of(read, s=2)
    assert found.sections[0].items[0].is_failed
    assert [one.what for one in found.missing] == ["comment"]
    assert found.value == Decimal(25)


def test_several_answers_add_up_to_all_points_at_most():
    parts = [{"code": c, "title": c, "share": s} for c, s in (("a", 0.5), ("b", 0.75), ("c", 1))]
    read = sheet(
        section("x", {"code": "m", "title": "m", "kind": "multi", "points": 100, "answers": parts})
    )
    assert of(read, m=["a"]).value == Decimal(50)
    assert of(read, m=["a", "b"]).value == Decimal(100)


def test_an_item_is_asked_only_after_the_answer_it_hangs_on():
    hung = {"shown": {"item": "verify", "answers": ["no"]}}
    read = sheet(section("a", item("verify", 60), item("why", 40, **hung)))
    assert of(read, verify="yes").value == Decimal(100)
    assert [one.item for one in of(read, verify="no").missing] == ["why"]
    assert of(read, verify="no", why="yes").value == Decimal(40)
    assert of(read, verify="yes", why="no").value == Decimal(100)


def test_families_of_critical_errors_are_told_apart():
    read = sheet(
        section("a", item("x", 50, family="customer"), item("y", 50, family="compliance"),
                item("n", 0, family="business", allows_na=True))
    )  # fmt: skip
    found = of(read, x="no", y="yes", n="na")
    assert found.families == {Family.CUSTOMER: True, Family.COMPLIANCE: False}
    assert of(read, x="yes", n="yes").families[Family.COMPLIANCE] is None


def test_what_a_failed_item_asks_for_is_named():
    read = sheet(
        section("a", item("x", 100, comment="failed", evidence="failed", causes=["不会", "不愿"]))
    )
    assert [one.what for one in of(read, x="no").missing] == ["comment", "evidence", "cause"]
    done = {"value": "no", "comment": "未核实", "evidence": 1, "causes": ["不会"]}
    assert of(read, x=done).is_complete
    assert of(read, x="yes").is_complete


def test_rules_propose_answers():
    fill = {"rules": ["a.one", "a.two"], "hit": "no", "miss": "yes"}
    read = sheet(
        section("s", item("x", 100, allows_na=True, fill=fill)),
        section("t", count("c", -1, fill={"rules": ["a.one"]}), kind="counted"),
    )

    def say(one, two, places=1):
        found = proposed(read, {"a.one": one, "a.two": two}, {"a.one": places})
        return as_data(found)

    assert say("hit", "unknown", 3) == {"x": {"value": "no"}, "c": {"value": 3}}
    assert say("miss", "miss") == {"x": {"value": "yes"}, "c": {"value": 0}}
    assert say("miss", "unknown") == {"c": {"value": 0}}
    assert say("unknown", "miss") == {}
    assert say("na", "na")["x"] == {"is_na": True}


@given(st.lists(st.sampled_from(["yes", "no", "na"]), min_size=3, max_size=3), st.booleans())
def test_the_score_is_what_the_definition_says(said, weighted):
    """The definition once more, in floats: the share of what applies, weighed."""
    points, weights = [10, 30, 60], [20, 30, 50]
    read = sheet(
        *(
            section(
                f"s{n}",
                item(f"i{n}", points[n], allows_na=True),
                **({"weight": weights[n]} if weighted else {}),
            )
            for n in range(3)
        )
    )
    found = of(read, **{f"i{n}": one for n, one in enumerate(said)}).value
    counts = [n for n in range(3) if said[n] != "na"]
    weigh = weights if weighted else points
    if not counts:
        assert found is None
        return
    expected = (
        100 * sum(weigh[n] for n in counts if said[n] == "yes") / sum(weigh[n] for n in counts)
    )
    assert float(found) == pytest.approx(expected, abs=0.0051)


@given(st.dictionaries(st.sampled_from(["greeting", "tone"]), st.sampled_from(["yes", "no"])))
def test_answers_are_written_as_they_are_read(values):
    answers = read_answers(PLAIN, {code: {"value": value} for code, value in values.items()})
    assert read_answers(PLAIN, as_data(answers)) == answers


def test_a_tenth_is_a_tenth():
    read = sheet(section("a", *(item(f"i{n}", 0.1) for n in range(10))), full=1)
    assert read.sections[0].points == Fraction(1)
