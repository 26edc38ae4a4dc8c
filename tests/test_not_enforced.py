"""packs/not_enforced.yaml: the clauses of which nothing runs yet. The list may only shrink."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.packs import ClauseBody, body_of_pack, content_of
from lingzhi_engine.inspect import load

ROOT = Path(__file__).resolve().parents[1]
FIRST = ROOT / "data" / "rules" / "first"
WRITTEN: dict[str, Any] = yaml.safe_load((ROOT / "packs/not_enforced.yaml").read_text("utf-8"))
# How many there were when the whole vocabulary of rules had been bound, or the pack was written.
# Lower these, never raise them: a new clause that cannot run takes the place of nothing.
MOST = {
    "s01": 12, "s02": 3, "s03": 2, "s04": 1, "s06": 5, "s12": 7, "s14": 6,
    "s15": 3, "s18": 2, "s20": 2, "s21": 4, "s22": 3, "s25": 27, "s26": 21,
}  # fmt: skip


def clauses(pack: str) -> list[ClauseBody]:
    return [one for one in content_of(body_of_pack(pack)).clauses if one.force != "heading"]


def waits_for(clause: ClauseBody) -> set[str]:
    kinds = control_kinds()
    return {kinds[control.kind].waits_for for control in clause.controls}


def runs(clause: ClauseBody) -> bool:
    kinds = control_kinds()
    return any(kinds[control.kind].runs for control in clause.controls)


@pytest.mark.django_db
@pytest.mark.parametrize("pack", MOST)
def test_what_does_not_run_is_named_and_nothing_else(pack: str):
    idle = {clause.number: waits_for(clause) for clause in clauses(pack) if not runs(clause)}
    named = {number: set(said["for"]) for number, said in WRITTEN["clauses"][pack].items()}
    assert named == idle


@pytest.mark.parametrize("pack", MOST)
def test_the_list_only_shrinks(pack: str):
    assert len(WRITTEN["clauses"][pack]) <= MOST[pack]


@pytest.mark.parametrize("pack", MOST)
def test_each_says_why(pack: str):
    for number, said in WRITTEN["clauses"][pack].items():
        assert said.keys() == {"for", "why"}, number
        assert said["why"].strip(), number


@pytest.mark.django_db
def test_every_rule_is_asked_for_by_a_clause_or_says_why_not():
    known = {rule.id for folder in (FIRST, FIRST / "demanded") for rule in load(folder).rules}
    asked = {
        rule
        for pack in MOST
        for clause in clauses(pack)
        for control in clause.controls
        if control.kind == "inspection_rule"
        for rule in control.fixed["rules"]
    }
    assert known - asked == WRITTEN["rules"].keys()


@pytest.mark.django_db
def test_a_rule_that_only_a_regulation_brings_in_is_asked_for():
    asked = {
        rule
        for pack in MOST
        for clause in clauses(pack)
        for control in clause.controls
        for rule in control.fixed.get("rules", ())
    }
    assert {rule.id for rule in load(FIRST / "demanded").rules} <= asked
