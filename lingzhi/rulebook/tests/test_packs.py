"""Packs are read, merged and checked; every fault is named at once, with its place."""

import copy
import shutil

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lingzhi.rulebook.packs import (
    PackProblems,
    UnknownPack,
    added_clause,
    body_of_pack,
    checked_pack,
    content_of,
    pack_codes,
    pieces,
    problems_of,
    removed_clause,
    replaced_clause,
    resolve,
)
from lingzhi.rulebook.packs.reading import sort_key

pytestmark = pytest.mark.usefixtures("small_packs", "db")


def _clause(body, number):
    return next(clause for clause in body["clauses"] if clause["number"] == number)


@pytest.fixture
def body(small_packs, db):
    return copy.deepcopy(body_of_pack("small"))


def _told(body, **how):
    return [(p.number, p.field) for p in problems_of(body, is_shipped=True, **how)]


def test_packs_are_found_and_whole():
    assert pack_codes() == ["child", "small"]
    assert [checked_pack(code)[1] for code in pack_codes()] == [[], []]


def test_an_unknown_pack_is_refused():
    with pytest.raises(UnknownPack):
        body_of_pack("nothing")


def test_a_file_that_changed_is_read_again(settings, tmp_path):
    settings.PACKS = shutil.copytree(settings.PACKS, tmp_path / "packs")
    first = body_of_pack("small")
    assert body_of_pack("small")["clauses"][0] is first["clauses"][0]  # read once
    head = tmp_path / "packs" / "small" / "pack.yaml"
    head.write_text(head.read_text("utf-8").replace("edition: 1", "edition: none"), "utf-8")
    assert [problem.field for problem in checked_pack("small")[1]] == ["edition"]
    (tmp_path / "packs" / "small" / "clauses" / "new.yaml").write_text("- {number: '9'}")
    assert "9" in {problem.number for problem in checked_pack("small")[1]}


def test_a_clause_of_the_same_number_overrides_the_inherited_one():
    content = content_of(body_of_pack("child"))
    numbers = [clause.number for clause in content.clauses]
    assert numbers == ["1", "1.1", "1.2", "1.3", "1.4", "1.10", "2", "2.1"]
    assert content.clause("1.2").text["en"] == "Urgent matters come first."
    assert content.control("urgent") is None


def test_packs_that_inherit_in_a_circle_are_refused(settings, tmp_path):
    for code, parent in (("a", "b"), ("b", "a")):
        (tmp_path / code / "clauses").mkdir(parents=True)
        (tmp_path / code / "pack.yaml").write_text(f"id: {code}\nextends: [{parent}]\n")
    settings.PACKS = tmp_path
    fields = [problem.field for problem in checked_pack("a")[1]]
    assert "extends" in fields


def test_a_file_that_is_no_yaml_is_named_and_harms_no_other_pack(settings, tmp_path):
    (tmp_path / "a" / "clauses").mkdir(parents=True)
    (tmp_path / "a" / "pack.yaml").write_text("id: a\nid: b\n")
    (tmp_path / "a" / "clauses" / "1.yaml").write_text("- number: [\n")
    settings.PACKS = tmp_path
    with pytest.raises(PackProblems) as raised:
        body_of_pack("a")
    files = {problem.file for problem in raised.value.problems}
    assert {"a/pack.yaml", "clauses/1.yaml"} <= files


def test_everything_wrong_is_named_at_once_with_file_clause_and_field(body):
    del _clause(body, "1.1")["text"]["en"]
    ring = _clause(body, "1.1")["controls"][0]
    ring["figures"]["target"]["value"] = 140
    ring["with"]["indicator"] = "K99"
    del ring["figures"]["limit"]["ask"]
    _clause(body, "1.2")["controls"][0]["kind"] = "magic"
    _clause(body, "1.3")["force"] = "perhaps"
    _clause(body, "1.3")["number"] = "1.2"
    _clause(body, "2.1")["touches"] = ["food"]
    body["colour"] = "red"
    found = problems_of(body, is_shipped=True, files={"1.1": "small/clauses/1-service.yaml"})
    told = [(p.number, p.field) for p in found]
    assert ("1.1", "text") in told
    assert ("1.1", "controls.ring.figures.limit.ask") in told
    assert ("1.2", "controls.urgent.kind") in told
    assert ("1.2", "force") in told
    assert ("1.2", "number") in told
    assert ("2.1", "touches") in told
    assert ("", "colour") in told
    assert next(p for p in found if p.number == "1.1").file == "small/clauses/1-service.yaml"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"figures": {"target": {"mark": "example", "value": 140, "unit": "percent"}}}, "target"),
        ({"with": {"indicator": "K99"}}, "indicator"),
        ({"with": {"indicator": "K03", "colour": "red"}}, "colour"),
        ({"with": {"indicator": "K03", "period": "monthly"}}, "with.period"),
        ({"figures": {"target": {"mark": "example", "value": "many"}}}, "target"),
        ({"figures": {"target": {"mark": "example", "value": 1, "unit": "miles"}}}, "target"),
        ({"figures": {"target": {"mark": "guess", "value": 1}}}, "figures.target.mark"),
        ({"figures": {"target": {"mark": "normative"}}}, "figures.target"),
        ({"figures": {"period": {"mark": "example", "value": "hourly"}}}, "period"),
        ({"figures": {"target": 7}}, "figures.target"),
        ({"with": []}, "with"),
    ],
)
def test_values_are_held_against_the_parameters_of_their_kind(body, change, field):
    ring = _clause(body, "1.1")["controls"][0]
    for part, values in change.items():
        ring[part] = {**ring[part], **values} if values else ["no", "mapping"]
    assert ("1.1", f"controls.ring.{field}") in _told(body)


def test_a_key_that_stands_on_two_controls_is_named(body):
    _clause(body, "1.3")["controls"][0]["key"] = "ring"
    assert ("1.3", "controls.ring") in _told(body)


def test_a_place_that_no_control_fills_is_named(body):
    _clause(body, "1.4")["text"]["en"] = "Within {nothing.limit}."
    assert ("1.4", "text") in _told(body)


def test_a_pack_made_here_needs_one_language_only(body):
    for clause in body["clauses"]:
        clause["title"].pop("en")
    assert problems_of(body) == []
    assert ("1.1", "title") in _told(body)


broken = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(broken, st.sampled_from(["clauses", "title", "terms", "slots", "quiz", "basis", "edition"]))
def test_no_head_makes_the_validator_fall_over(value, field):
    assert isinstance(problems_of({"id": "x", "title": {"en": "X"}, field: value}), list)


@given(broken, st.sampled_from(["title", "text", "touches", "requirements", "controls", "number"]))
def test_no_clause_makes_the_validator_fall_over(value, field):
    clause = {"number": "1", "title": {"en": "X"}, "text": {"en": "X"}, "force": "must"}
    problems = problems_of({"id": "x", "title": {"en": "X"}, "clauses": [{**clause, field: value}]})
    assert isinstance(problems, list)


@given(broken, st.sampled_from(["key", "kind", "title", "with", "figures"]))
def test_no_control_makes_the_validator_fall_over(value, field):
    control = {"key": "a", "kind": "sla", "title": {"en": "X"}, field: value}
    clause = {"number": "1", "title": {"en": "X"}, "text": {"en": "X"}, "force": "must"}
    body = {"id": "x", "title": {"en": "X"}, "clauses": [{**clause, "controls": [control]}]}
    assert problems_of(body)


def test_values_are_resolved_from_pack_and_answers(body):
    content = content_of(body)
    ring = resolve(content, {})[0]
    assert ring.missing == ("limit",)
    assert ring.values == {
        "indicator": "K03", "limit_unit": "rings", "target": 95, "target_unit": "percent",
        "period": "monthly",
    }  # fmt: skip
    ring = resolve(content, {"ring": {"limit": 3, "target": {"value": 9, "unit": "points"}}})[0]
    assert (ring.missing, ring.values["limit_unit"]) == ((), "rings")
    assert (ring.values["target"], ring.values["target_unit"]) == (9, "points")
    assert ring.marks == {"limit": "placeholder", "target": "example", "period": "normative"}


def test_a_text_says_its_figures_in_the_readers_language(body):
    content = content_of(body)
    with translation.override("en"):
        parts = pieces(content.clause("1.1").words, content, {})
        assert "".join(p.text for p in parts) == (
            "Calls are answered within [to be set]; 95% of them."
        )
        assert [p.figure for p in parts if p.is_missing] == ["limit"]
        parts = pieces(content.clause("1.1").words, content, {"ring": {"limit": 1}})
        assert "".join(p.text for p in parts).startswith("Calls are answered within 1 ring;")
        words = pieces(content.clause("2.1").words, content, {})
        assert "".join(p.text for p in words).endswith("held monthly.")


def test_a_figure_in_a_chinese_sentence_has_no_gap(body):
    content = content_of(body)
    with translation.override("zh-hans"):
        parts = pieces(content.clause("1.1").words, content, {"ring": {"limit": 3}})
        assert " " not in "".join(part.text for part in parts)


def test_clauses_are_added_replaced_and_removed_in_a_new_body(body):
    before = copy.deepcopy(body)
    fresh = {"number": "1.5", "title": {"en": "X"}, "text": {"en": "X"}, "force": "may"}
    more = added_clause(body, fresh, after="1.4")
    assert [clause["number"] for clause in more["clauses"]][4:6] == ["1.4", "1.5"]
    assert replaced_clause(more, "1.5", {**fresh, "force": "must"})["clauses"][5]["force"] == "must"
    assert removed_clause(more, "1.5") == body == before


@given(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=3)))
def test_numbers_are_in_the_order_of_their_parts(numbers):
    written = [".".join(map(str, number)) for number in numbers]
    assert sorted(written, key=sort_key) == [".".join(map(str, n)) for n in sorted(numbers)]
