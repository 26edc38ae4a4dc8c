"""Every act that the code records has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from lingzhi.audit.actions import ACTIONS, name_of_action

PACKAGE = Path(__file__).resolve().parents[2]


def recorded() -> Iterator[str]:
    """Codes given to `record(actor, "app.verb_past", …)` as plain strings."""
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and len(node.args) > 1 and _name(node) == "record":
                code = node.args[1]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def test_every_recorded_act_has_words_in_lingzhi_audit_actions():
    codes = set(recorded())
    assert len(codes) > 5
    assert codes - ACTIONS.keys() == set()


def test_an_act_nobody_named_is_shown_by_its_code():
    assert name_of_action("other.happened") == "other.happened"
