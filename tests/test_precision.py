"""What was read in CrossWOZ names real findings, and the reference shows it as it is."""

from collections import Counter
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import yaml

from benchmarks.material.pages import BEGIN, END
from lingzhi_engine.inspect import load
from lingzhi_engine.inspect.tests.crosswoz import conversations

ROOT = Path(__file__).resolve().parents[1]
READ = yaml.safe_load((ROOT / "data/rules/crosswoz_findings.yaml").read_text("utf-8"))
ROWS: list[dict[str, Any]] = READ["findings"]
EARLIER: list[dict[str, Any]] = READ["earlier"]  # of versions that are no more
VERSIONS = {rule.id: rule.version for rule in load(ROOT / "data/rules/first").rules}
FIELDS = {"conversation", "rule", "version", "turn", "words", "judgement", "reason"}


@pytest.fixture(scope="module")
def program() -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))  # the program replaces the first entry
        return run_path(str(ROOT / "benchmarks/precision.py"))


@pytest.fixture(scope="module")
def found(program: dict[str, Any]) -> list[Any]:
    return list(program["hits"]())


def test_two_hundred_findings_were_read_once_each():
    assert len({(row["rule"], row["conversation"]) for row in ROWS}) == len(ROWS) == 200


def test_every_rule_that_found_anything_was_read():
    read = Counter(row["rule"] for row in ROWS)
    assert read.keys() == READ["found"].keys()
    assert all(read[rule] >= min(12, number) for rule, number in READ["found"].items())


def test_nothing_is_read_twice_and_what_is_gone_has_its_number():
    both = [(row["rule"], row["conversation"]) for row in (*ROWS, *EARLIER)]
    assert len(set(both)) == len(both)
    assert READ["found_then"].keys() == {row["rule"] for row in EARLIER}


@pytest.mark.parametrize(
    "row", [*ROWS, *EARLIER], ids=lambda row: f"{row['rule']}-{row['conversation']}"
)
def test_a_finding_is_judged_with_a_reason(row: dict[str, Any]):
    assert row.keys() - {"kind"} == FIELDS
    assert row["judgement"] in ("right", "wrong", "unclear")
    assert row["reason"].strip()
    assert (row.get("kind") in READ["kinds"]) == (row["judgement"] != "right")


def test_the_words_are_those_of_the_turn():
    told = {c["id"]: [turn["text"] for turn in c["turns"]] for c in conversations()}
    every = (*ROWS, *EARLIER)
    assert [r for r in every if told[r["conversation"]][r["turn"] - 1] != r["words"]] == []


def test_a_finding_names_a_rule_of_the_set_in_a_version_there_was():
    every = (*ROWS, *EARLIER)
    assert [row for row in every if not 1 <= row["version"] <= VERSIONS[row["rule"]]] == []


def test_a_rule_that_finds_something_else_now_has_another_version(found: list[Any]):
    """Else the reference would call a figure of the old pattern that of the new one."""
    unchanged = {row["rule"] for row in ROWS if row["version"] == VERSIONS[row["rule"]]}
    assert unchanged
    now = Counter(finding.rule for finding in found)
    assert {rule: now[rule] for rule in unchanged} == {
        rule: number for rule, number in READ["found"].items() if rule in unchanged
    }
    hit = {(finding.rule, finding.conversation) for finding in found}
    read = {(row["rule"], row["conversation"]) for row in ROWS if row["rule"] in unchanged}
    assert read <= hit


def test_a_mistake_that_was_mended_is_not_found_again(found: list[Any]):
    hit = {(finding.rule, finding.conversation) for finding in found}
    wrong = {(r["rule"], r["conversation"]) for r in EARLIER if r["judgement"] == "wrong"}
    assert wrong & hit == set()


def test_the_reference_shows_what_was_read(program: dict[str, Any], found: list[Any]):
    """After any change: `.venv/bin/python benchmarks/precision.py --write`."""
    page = (ROOT / "docs/reference/precision.md").read_text("utf-8")
    shown = page.split(BEGIN)[1].split(END)[0].strip()
    assert shown == program["page"](READ, found)


def test_a_rule_weighs_as_much_as_it_found(program: dict[str, Any]):
    """By hand: 900 of 1,000 findings at 8 of 10 right, 100 at 2 of 10."""
    rate = program["Rate"]
    rates = {"often": rate(8, 10), "seldom": rate(2, 10)}
    middle, low, high = program["weighted"](rates, {"often": 900, "seldom": 100})
    assert middle == pytest.approx(0.74)
    # Wilson of 8 of 10: 0.4902 to 0.9433; of 2 of 10: 0.0567 to 0.5098.
    assert low == pytest.approx(0.74 - ((0.9 * 0.3098) ** 2 + (0.1 * 0.1433) ** 2) ** 0.5, abs=1e-3)
    assert high == pytest.approx(
        0.74 + ((0.9 * 0.1433) ** 2 + (0.1 * 0.3098) ** 2) ** 0.5, abs=1e-3
    )
