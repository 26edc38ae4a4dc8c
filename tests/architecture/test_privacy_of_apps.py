"""Of another app one uses models, queries, services and access; the rest is private."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ROOT / "lingzhi"
PRIVATE = {"views", "forms", "api", "tasks", "urls", "panels", "controls", "measures"}


def imports_of(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
    return found


def trespasses(path: Path) -> list[str]:
    own = path.relative_to(APPS).parts[0]
    found = []
    for line, name in imports_of(path):
        parts = name.split(".")
        if len(parts) < 3 or parts[0] != "lingzhi" or parts[1] in {own, "core"}:
            continue
        if parts[2] in PRIVATE:
            found.append(f"{path.relative_to(ROOT)}:{line} uses {name}")
    return found


def test_no_app_uses_the_private_parts_of_another():
    found = [
        trespass
        for path in APPS.rglob("*.py")
        if "tests" not in path.parts and path.parent != APPS
        for trespass in trespasses(path)
    ]
    assert found == []


def test_apps_do_not_listen_to_signals_of_each_other():
    found = [
        str(path.relative_to(ROOT))
        for path in APPS.rglob("*.py")
        if any(name.startswith("django.dispatch") for _line, name in imports_of(path))
    ]
    assert found == []
