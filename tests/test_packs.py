"""The packs that come with the program: whole, in two languages, and true to their own figures."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils.translation import override

from lingzhi.core.controls import control_kinds
from lingzhi.core.units import UNITS
from lingzhi.rulebook.packs.reading import checked_pack
from lingzhi.rulebook.packs.wording import say
from lingzhi_engine.inspect import load

ROOT = Path(__file__).resolve().parents[1]
PACKS = ROOT / "packs"
FOLDERS = sorted(path.parent for path in PACKS.glob("*/pack.yaml"))
LANGUAGES = {"zh-Hans", "en"}
PLACE = re.compile(r"\{([a-z0-9-]+)\.([a-z_]+)\}")
# A figure that is written out instead of standing in its place.
ZH_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千半]+个?(?:秒|分钟|小时|工作日|天内|声|成|月内|年内)|百分之"
)
EN_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|ninety)\b"
    r"[ -](?:seconds?|minutes?|hours?|days?|working|rings?|percent|times|months?)",
    re.IGNORECASE,
)
Row = dict[str, Any]
BY_PACK = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@cache
def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@cache
def rules_known() -> set[str]:
    first = ROOT / "data" / "rules" / "first"
    return {rule.id for folder in (first, first / "demanded") for rule in load(folder).rules}


def clauses_of(folder: Path) -> list[Row]:
    return [row for path in sorted(folder.glob("clauses/*.yaml")) for row in read(path)]


def controls_of(folder: Path) -> list[Row]:
    return [control for clause in clauses_of(folder) for control in clause.get("controls", [])]


def figures_of(folder: Path) -> dict[tuple[str, str], Row]:
    return {
        (control["key"], name): figure
        for control in controls_of(folder)
        for name, figure in control.get("figures", {}).items()
    }


def texts_in(value: Any) -> Iterator[dict[str, str]]:
    """Every text of two languages, however deep it lies."""
    if isinstance(value, dict):
        if LANGUAGES & value.keys():
            yield value
        else:
            for one in value.values():
                yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def as_numbers(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


@BY_PACK
@pytest.mark.django_db
def test_a_pack_has_no_problem(folder: Path):
    _body, problems = checked_pack(folder.name)
    assert [str(problem) for problem in problems] == []


@BY_PACK
def test_every_text_stands_in_both_languages(folder: Path):
    for texts in texts_in([read(folder / "pack.yaml"), clauses_of(folder)]):
        assert texts.keys() - {"weight"} == LANGUAGES, texts
        assert re.search("[一-鿿]", texts["zh-Hans"]), texts
        assert re.search("[A-Za-z]", texts["en"]), texts
        assert not re.search("[一-鿿]", texts["en"]), texts


@BY_PACK
def test_numbers_go_up_and_every_chapter_has_its_heading(folder: Path):
    numbers = [as_numbers(clause["number"]) for clause in clauses_of(folder)]
    assert numbers == sorted(set(numbers))
    assert {number[:-1] for number in numbers if number[:-1]} <= set(numbers)


@BY_PACK
def test_headings_have_no_text_and_clauses_have_one(folder: Path):
    for clause in clauses_of(folder):
        assert (clause["force"] == "heading") is ("text" not in clause), clause["number"]


@BY_PACK
def test_a_clause_has_a_control_or_says_why_not(folder: Path):
    bare = [
        clause["number"]
        for clause in clauses_of(folder)
        if clause["force"] != "heading" and not clause.get("controls")
    ]
    waiting = [clause["number"] for clause in clauses_of(folder) if clause.get("waits_for")]
    assert bare == waiting


@BY_PACK
def test_every_requirement_of_the_system_is_stated_and_no_other(folder: Path):
    asked = read(PACKS / "requirements.yaml")[folder.name]
    stated = {key for clause in clauses_of(folder) for key in clause.get("requirements", [])}
    assert stated == set(asked)
    assert len(asked) == len(set(asked))


@BY_PACK
def test_no_clause_writes_a_figure_of_its_own(folder: Path):
    for clause in clauses_of(folder):
        for texts in (clause["title"], clause.get("text", {})):
            zh, en = (PLACE.sub("", texts.get(language, "")) for language in ("zh-Hans", "en"))
            assert not ZH_FIGURE.search(zh), clause["number"]
            assert not EN_FIGURE.search(en), clause["number"]


@BY_PACK
def test_both_languages_show_the_same_figures_and_these_exist(folder: Path):
    known = figures_of(folder)
    for clause in clauses_of(folder):
        text = clause.get("text", {"zh-Hans": "", "en": ""})
        places = {language: set(PLACE.findall(text[language])) for language in LANGUAGES}
        assert places["zh-Hans"] == places["en"], clause["number"]
        assert places["en"] <= known.keys(), clause["number"]
        assert "{" not in PLACE.sub("", text["en"] + text["zh-Hans"]), clause["number"]


@BY_PACK
def test_a_limit_or_target_is_told_in_some_clause(folder: Path):
    told = {
        place
        for clause in clauses_of(folder)
        for place in PLACE.findall(clause.get("text", {}).get("en", ""))
    }
    silent = {
        place
        for place, figure in figures_of(folder).items()
        if place[1] in {"limit", "target", "within", "pass_mark", "low", "high"}
        and place not in told
    }
    assert silent == set()


@BY_PACK
def test_placeholders_ask_and_everything_else_has_its_value(folder: Path):
    for place, figure in figures_of(folder).items():
        if figure["mark"] == "placeholder":
            assert "value" not in figure, place
            assert figure["ask"]["zh-Hans"].endswith("？"), place
            assert figure["ask"]["en"].endswith("?"), place
        else:
            assert figure["mark"] in {"normative", "example"}, place
            assert figure["value"] not in ("", None), place


@BY_PACK
def test_keys_of_controls_are_unique(folder: Path):
    keys = [control["key"] for control in controls_of(folder)]
    assert sorted(keys) == sorted(set(keys))


@BY_PACK
def test_rules_and_posts_exist(folder: Path):
    posts = {post["code"] for post in read(ROOT / "lingzhi/org/catalogue/posts.yaml")}
    for control in controls_of(folder):
        given = control.get("with", {})
        assert set(given.get("rules", ())) <= rules_known(), control["key"]
        assert given.get("post", "agent") in posts, control["key"]


def test_the_hard_figures_of_call_handling_are_as_its_source_has_them():
    figures = figures_of(PACKS / "s18")
    hard = {
        place: (figure["value"], figure["unit"])
        for place, figure in figures.items()
        if figure["mark"] == "normative"
    }
    assert hard == {
        ("connect", "target"): (95, "percent"),
        ("handle", "limit"): (3, "minutes"),
        ("handle-special", "limit"): (5, "minutes"),
        ("propose", "limit"): (24, "hours"),
        ("answer", "limit"): (3, "seconds"),
    }


def test_the_figures_of_the_handbook_are_as_its_source_has_them():
    figures = figures_of(PACKS / "s25")
    told = {
        place: (figure["mark"][0], figure["value"], figure["unit"])
        for place, figure in figures.items()
        if figure["mark"] != "placeholder" and "unit" in figure
    }
    assert told == {
        ("consult-response", "limit"): ("n", 30, "minutes"),
        ("solve-normal", "limit"): ("n", 24, "hours"),
        ("solve-complex", "limit"): ("n", 48, "hours"),
        ("complaint-handling", "limit"): ("n", 48, "hours"),
        ("satisfied", "target"): ("n", 85, "percent"),
        ("satisfied-attitude", "target"): ("n", 80, "percent"),
        ("satisfied-skill", "target"): ("n", 85, "percent"),
        ("satisfied-speed", "target"): ("n", 85, "percent"),
        ("complaint-rate", "target"): ("n", 1, "percent"),
        ("complaint-satisfied", "target"): ("n", 90, "percent"),
        ("opinion-handled", "limit"): ("n", 24, "hours"),
        ("opinion-told", "limit"): ("n", 72, "hours"),
        ("urgent-class", "limit"): ("e", 24, "hours"),
        ("urgent-response", "limit"): ("e", 5, "minutes"),
        ("request-response", "limit"): ("n", 10, "minutes"),
        ("request-solved", "limit"): ("n", 24, "hours"),
        ("request-told", "limit"): ("n", 24, "hours"),
        ("complaint-inquiry", "limit"): ("n", 3, "working_days"),
        ("complaint-result", "limit"): ("n", 7, "working_days"),
        ("accuracy", "warning"): ("e", 85, "percent"),
        ("recommend", "target"): ("n", 40, "points"),
        ("norm", "target"): ("n", 90, "percent"),
        ("training-hours", "target"): ("n", 80, "hours"),
        ("training", "hours"): ("n", 80, "hours"),
    }


def test_the_hotline_centre_leaves_ring_and_call_back_to_the_adopter():
    figures = figures_of(PACKS / "s26")
    assert (
        figures["ring", "limit"]["mark"] == figures["followup", "within"]["mark"] == "placeholder"
    )
    assert figures["supervisor", "at_least"] == {"mark": "normative", "value": 1}
    assert figures["appraisal", "cadence"] == {"mark": "normative", "value": "monthly"}
    assert sum(figure["mark"] == "placeholder" for figure in figures.values()) <= 15


def documented_kinds() -> dict[str, set[tuple[str, bool, bool]]]:
    """Each kind with its parameters: name, whether it is a figure, whether it is required."""
    text = (ROOT / "docs" / "reference" / "packs.md").read_text("utf-8")
    text = text.split("## Kinds of controls")[1]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE)
    return {
        kind: {
            (re.sub(r"\W", "", param), "*" in param, "(" not in param)
            for param in params.split(", ")
        }
        for kind, params in rows
    }


def test_every_kind_of_control_is_documented_with_its_parameters():
    known = {
        code: {(param.name, param.is_figure, param.is_required) for param in kind.params}
        for code, kind in control_kinds().items()
    }
    assert documented_kinds() == known


def test_every_unit_is_documented():
    text = (ROOT / "docs" / "reference" / "packs.md").read_text("utf-8")
    assert {unit for unit in UNITS if f"`{unit}`" not in text} == set()


def test_how_often_is_said_as_in_a_sentence():
    for kind, figure in (("kpi_target", "period"), ("report", "cadence"), ("training", "cadence")):
        with override("en"):
            assert say(kind, figure, "monthly") == "monthly"
