"""The opening (开头语): greeting, company, and name or staff number as the regulation asks for."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from lingzhi_engine.inspect import Batch, RuleSet, compile, load

ROOT = Path(__file__).parents[1]
FIRST = ROOT / "data" / "rules" / "first"
RULES = {rule.id: rule for place in (FIRST, FIRST / "demanded") for rule in load(place).rules}
USUAL = ["opening.no_greeting", "opening.no_company", "opening.no_identity"]
CALLER = "customer: 我要报修"
TRANSCRIPTS = {
    "both": "agent: 您好云帆家电工号幺零二三小陈为您服务",
    "name": "agent: 您好，云帆家电客服小陈为您服务",
    "number": "agent: 您好云帆家电工号幺零二三请讲",
    "neither": "agent: 您好云帆家电请问有什么可以帮您",
    "no company": "agent: 您好工号幺零二三，我姓陈，请讲",
    "no greeting": "agent: 云帆家电工号幺零二三，我姓陈，请讲",
}


def asked_by(pack: str) -> list[str]:
    """The rules that the clause about the opening names."""
    clauses = [
        clause
        for path in sorted((ROOT / "packs" / pack / "clauses").glob("*.yaml"))
        for clause in yaml.safe_load(path.read_text())
        if "R-CH-07" in clause.get("requirements", ())
    ]
    controls = [one for clause in clauses for one in clause["controls"] if one["key"] == "opening"]
    return [rule for one in controls for rule in one["with"]["rules"]]


def broken(rules: list[str], words: str, channel: str = "phone") -> set[str]:
    """Which of the rules are broken; each must be able to judge the words."""
    mine = [replace(RULES[one], channels=("phone", channel)) for one in rules]
    talk = {"id": "1", "channel": channel, "direction": "in", "turns": [words, CALLER]}
    found = list(compile(RuleSet(tuple(mine))).run(Batch.from_conversations([talk])))
    assert {one.verdict.value for one in found} <= {"hit", "miss"}
    return {one.rule.removeprefix("opening.no_") for one in found if one.verdict.value == "hit"}


@pytest.mark.parametrize("channel", ["phone", "chat"])
@pytest.mark.parametrize(
    ("rules", "person", "kept"),
    [
        (asked_by("s18"), "own_name", {"both", "name"}),
        (asked_by("s26"), "staff_number", {"both", "number"}),
        (USUAL, "identity", {"both", "name", "number"}),
    ],
    ids=["by name", "by staff number", "by either"],
)
def test_each_regulation_has_the_opening_it_asks_for(rules, person, kept, channel):
    assert len(rules) == 3
    expected = {
        **{name: set() if name in kept else {person} for name in ("both", "name", "number")},
        "neither": {person}, "no company": {"company"}, "no greeting": {"greeting"},
    }  # fmt: skip
    assert {name: broken(rules, said, channel) for name, said in TRANSCRIPTS.items()} == expected
