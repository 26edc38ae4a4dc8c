"""docs/reference/coverage.md: every requirement of the packs, bound or with what it waits for.

`UPDATE_COVERAGE=1 pytest tests/test_coverage_table.py` writes it anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.utils import translation

from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.packs import ClauseBody, Content, body_of_pack, content_of

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "reference" / "coverage.md"
HEAD = """# What the packs cover

Generated from `packs/`. For each requirement that a system states: the clauses that say it, the
kinds of control that run for them today, and what the rest waits for. Where no control runs, it is
a statement that people keep, or it waits for the app named.
"""
IDLE = """
## Not yet enforced

Clauses of which nothing runs yet, from `packs/not_enforced.yaml`: what they wait for, and why no
rule about what is said can check them. The list may only shrink; a test holds it.

| clause | title | waits for | why |
|---|---|---|---|
"""


def requirements() -> dict[str, list[str]]:
    return yaml.safe_load((ROOT / "packs" / "requirements.yaml").read_text("utf-8"))


def line_of(content: Content, requirement: str) -> str:
    clauses = [one for one in content.clauses if requirement in one.requirements]
    numbers = ", ".join(clause.number for clause in clauses)
    return f"| {requirement} | {numbers} | {running(clauses)} | {waiting(clauses)} |"


def running(clauses: list[ClauseBody]) -> str:
    kinds = control_kinds()
    found = {
        control.kind for one in clauses for control in one.controls if kinds[control.kind].runs
    }
    return ", ".join(f"`{kind}`" for kind in sorted(found))


def waiting(clauses: list[ClauseBody]) -> str:
    """Kinds with the app they wait for; without any control the clause's own reason."""
    return "; ".join(dict.fromkeys(_waits(clauses)))


def _waits(clauses: list[ClauseBody]) -> Iterator[str]:
    kinds = control_kinds()
    for clause in clauses:
        for control in clause.controls:
            kind = kinds[control.kind]
            if not kind.runs:
                yield f"`{kind.code}` waits for {kind.waits_for}"
        if not clause.controls and clause.waits_for:
            yield str(clause.waits_for["en"])


def table() -> str:
    lines = [HEAD]
    with translation.override("en"):
        for code, ids in requirements().items():
            content = content_of(body_of_pack(code))
            lines.append(f"\n## {code.upper()} {content.title['en']}\n")
            lines.append("| requirement | clauses | runs today | waits |\n|---|---|---|---|")
            lines += [line_of(content, one) for one in sorted(ids)]
    return "\n".join(lines) + "\n" + IDLE + "\n".join(idle()) + "\n"


def idle() -> Iterator[str]:
    """The clauses of which nothing runs, a line each."""
    listed = yaml.safe_load((ROOT / "packs" / "not_enforced.yaml").read_text("utf-8"))
    for code, named in listed["clauses"].items():
        titles = {one.number: one.title["en"] for one in content_of(body_of_pack(code)).clauses}
        for number, said in named.items():
            apps = ", ".join(said["for"]) or "nobody: people keep it"
            yield f"| {code.upper()} {number} | {titles[number]} | {apps} | {said['why']} |"


def test_the_table_is_kept(db):
    written = table()
    if os.environ.get("UPDATE_COVERAGE"):
        TABLE.write_text(written, "utf-8")
    assert TABLE.read_text("utf-8") == written, "run again with UPDATE_COVERAGE=1 and review"


def test_every_requirement_is_said_and_runs_or_says_why_not(db):
    silent = []
    for code, ids in requirements().items():
        content = content_of(body_of_pack(code))
        for one in ids:
            clauses = [clause for clause in content.clauses if one in clause.requirements]
            if not clauses or not (running(clauses) or waiting(clauses)):
                silent.append((code, one))
    assert silent == []
