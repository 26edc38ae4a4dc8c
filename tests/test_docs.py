"""The reference is held against the code."""

import re
from pathlib import Path

from django.core.management import get_commands

from tests.smoke.test_each_opens import PAGES

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
                found |= {
                    name for pair in READING.findall(path.read_text()) for name in pair if name
                }
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


# Ids that what stands so far must answer for.
DUE = {
    *(f"R-OR-{number:02d}" for number in (1, 2, 3, 4, 7, 8, 9, 10, 11, 13, 14, 16)),
    *("R-SE-01", "R-SE-06", "R-SE-07", "R-TK-27", "I-11", "I-20", "I-25", "I-30", "I-34"),
    *(f"R-GV-{number:02d}" for number in range(1, 14)),
    *("R-IP-01", "R-IP-09", "R-IP-13", "R-IP-14", "I-13", "I-26", "I-37"),
    *(f"V-{number:02d}" for number in (1, 4, 5, 6, 7, 13, 14, 16, 19, 24, 25)),
    *(f"V-{number:02d}" for number in (31, 32, 35, 36, 37, 38, 39)),
    *(f"R-KP-{number:02d}" for number in range(1, 14)),
    "R-AU-01",
    "R-AU-02",
    "R-AU-03",
    *(f"R-QI-{number:02d}" for number in range(1, 29)),
    *(f"R-AU-{number:02d}" for number in range(4, 11)),
    *("V-33", "I-52"),
    *(f"R-CD-{number:02d}" for number in range(1, 12)),
    *("R-RK-12", "I-01", "I-02", "I-04", "I-14", "I-15", "I-16", "I-17", "I-18", "I-47", "I-50"),
    *(
        "R-CH-01",
        "R-CH-02",
        "R-CH-03",
        "R-CH-04",
        "R-CH-05",
        "R-CH-07",
        "R-CH-18",
        "R-CH-12",
        "R-CP-02",
        "R-TK-01",
        "R-TK-02",
        "R-TK-10",
        "R-TK-12",
        "R-TK-15",
        "R-TK-16",
        "R-TK-17",
        "R-TK-21",
    ),
    *("R-TK-22", "V-26", "V-30", "R-TK-03", "R-TK-19", "R-TK-20"),
    *("R-TK-06", "R-TK-08", "R-TK-23", "V-27", "R-TK-07", "V-02", "V-03"),
    *("R-TK-11", "R-TK-25", "R-CP-16", "I-12", "R-TK-09", "V-09"),
    *("R-TK-24", "R-TK-25", "R-TK-29", "R-CH-16"),
    *("R-SB-01", "R-SB-02", "R-OR-15"),
    *(f"R-SV-{number}" for number in range(10, 15)),
    *("R-TK-13", "R-TK-14", "R-TK-28"),
    *("R-TK-05", "R-TK-18", "R-TK-26", "R-CP-26"),
    *(f"R-CP-{number:02d}" for number in range(3, 26)),
    *("R-CP-01", "R-CP-27", "R-CP-28", "R-FU-08", "V-08", "V-21"),
    *("R-OR-12", "I-22", "I-29", "I-53"),
    *(f"R-CS-{number:02d}" for number in range(1, 11)),
    *("I-28", "I-48"),
    *("R-SV-01", "R-SV-02", "R-SV-03", "R-SV-05", "R-SV-06", "R-SV-08", "V-12"),
    *("R-SV-09", "R-SV-15", "R-SV-16", "R-SV-17", "R-SV-18"),
    *(f"R-FU-{number:02d}" for number in range(1, 10)),
    *("V-10", "I-49", "R-CH-11", "R-TK-04"),
    *("R-SV-04", "R-SV-07", "R-SV-19", "V-11", "K12", "K13"),
    *(f"R-IM-{number:02d}" for number in range(1, 15)),
    "K39",
    *("R-CH-08", "R-CH-09", "R-CH-10", "R-CH-13", "R-CH-14", "R-CH-15"),
    *("R-AN-01", "R-AN-02", "R-AN-03", "R-AN-04", "R-AN-05", "R-AN-06", "R-AN-07", "R-AN-08"),
    *("R-AN-09", "R-AN-10", "R-AN-11", "R-AN-12", "R-AN-17", "R-AN-18", "R-IN-09"),
    *("R-AN-14", "R-AN-15", "R-AN-16", "R-AN-19", "R-AN-20", "I-51"),
    *(f"K{number:02d}" for number in (6, 8, *range(14, 20), 28, 29, 40)),
    *("V-28", "V-29", "R-AN-13", "I-40"),
    *("R-CH-06", "R-CH-17", "R-IN-02", "R-IN-03", "R-IN-07", "I-38", "K01", "K02", "K03"),
    "R-IN-04",
    *(f"K{number:02d}" for number in (4, 5, 7, 9, 10, 11, *range(20, 23), *range(24, 28), 33, 35)),
    *("V-15", "V-17", "I-03", "K23", "K31", "K32", "K34", "K36", "K37", "K38"),
}


def requirement_lines() -> list[tuple[str, str, str]]:
    text = (REFERENCE / "requirements.md").read_text()
    line = re.compile(
        r"^\| ([RIV]-[A-Z0-9-]+|K\d\d) \| [^|]+ \| `([a-z_:]+)` \| `([^`]+)` \|$", re.M
    )
    return line.findall(text)


def test_every_requirement_due_has_its_line():
    assert {key for key, _page, _test in requirement_lines()} == DUE


def test_every_test_of_a_requirement_exists():
    wrong = []
    for key, _page, test in requirement_lines():
        path, _, name = test.partition("::")
        file = ROOT / path
        if not file.exists() or f"def {name}(" not in file.read_text():
            wrong.append(key)
    assert wrong == []


def test_every_page_of_a_requirement_opens():
    """tests/smoke opens each of its pages; what leads elsewhere meets no requirement."""
    assert {page for _key, page, _test in requirement_lines()} - set(PAGES) == set()
