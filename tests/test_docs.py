"""The reference is held against the code."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
READING = re.compile(r'(?:env_\w+|secret_file)\(\s*"([A-Z_]+)"|environ(?:\.get)?[\[(]"([A-Z_]+)"')
# Set by Django's own start or by the tests, not by people.
INTERNAL = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def variables_read() -> set[str]:
    found = set()
    for folder in ("config", "lingzhi"):
        for path in (ROOT / folder).rglob("*.py"):
            if "tests" not in path.parts:
                found |= {name for pair in READING.findall(path.read_text()) for name in pair if name}
    return found - INTERNAL


def test_every_variable_is_documented():
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (REFERENCE / "settings.md").read_text(), re.M))
    assert variables_read() == documented


def test_every_command_is_documented():
    own = {name for name, app in get_commands().items() if app.startswith("lingzhi.")}
    text = (REFERENCE / "commands.md").read_text()
    assert own == set(re.findall(r"^\| `([a-z_-]+)", text, re.M))


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == []
