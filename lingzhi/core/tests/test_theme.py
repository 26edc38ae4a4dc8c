"""What every page must hold: contrast in both themes, icons that exist, nothing inline."""

import re
from pathlib import Path

import pytest

from lingzhi.core import menu

APP = Path(__file__).resolve().parent.parent
LINGZHI = APP.parent
CORE = APP / "static/core"
TEMPLATES = sorted(LINGZHI.rglob("templates/**/*.html"))

TOKEN = re.compile(r"--lz-([\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));")
TOKENS = {
    name: (day or both, night or both)
    for name, day, night, both in TOKEN.findall((CORE / "tokens.css").read_text())
}
SURFACES = ("paper", "card", "card-head", "hover")
ON = {
    "ink": (*SURFACES, "fill", "accent-soft", "mark", "mark-good", "bad-wash", "flow-soft"),
    "muted": (*SURFACES, "fill", "bad-wash"),
    "unknown": (*SURFACES, "unknown-soft"),
    "accent": SURFACES,
    "bad": (*SURFACES, "bad-soft", "bad-wash"),
    "good": (*SURFACES, "good-soft"),
    "warn": (*SURFACES, "warn-soft"),
    "flow": (*SURFACES, "flow-soft"),
    "on-accent": ("accent-fill", "accent-fill-hover"),
    "nav-ink": ("nav", "nav-active"),
    "nav-muted": ("nav", "nav-active"),
}
PAIRS = [(text, back) for text, backs in ON.items() for back in backs]


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #rgb or #rrggbb."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "back"), PAIRS)
def test_text_is_readable_by_day_and_by_night(text, back):
    for theme in (0, 1):
        assert contrast(TOKENS[text][theme], TOKENS[back][theme]) >= 4.5


@pytest.mark.parametrize("fill", ["bad-fill", "good-fill", "warn-fill", "unknown-fill"])
def test_marks_and_dots_are_seen(fill):
    for theme in (0, 1):
        assert contrast(TOKENS[fill][theme], TOKENS["card"][theme]) >= 3


def test_style_sheets_use_only_tokens_that_exist():
    sheets = {path.name: path.read_text() for path in CORE.glob("*.css")}
    known = {name for text in sheets.values() for name in re.findall(r"(--lz-[\w-]+):", text)}
    used = {name for text in sheets.values() for name in re.findall(r"var\((--lz-[\w-]+)", text)}
    assert used - known == set()


SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (CORE / "icons.svg").read_text()))


def test_the_menu_names_icons_that_exist():
    assert {item.icon for item in menu.items()} - SPRITE == set()


def test_icons_that_are_named_exist():
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)"|symbol="([\w-]+)"', path.read_text())
    }
    assert named
    assert {a or b for a, b in named} - SPRITE == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(LINGZHI)))
def test_no_template_needs_an_unsafe_policy(path):
    """The content policy has no unsafe-inline and no unsafe-eval; the browser would drop these."""
    text = path.read_text()
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert not re.search(r"<style[\s>]", text)
    assert not re.search(r"<[^>]+\s(on\w+|hx-on[:\w-]*)=", text)
    assert not re.search(r"""hx-[\w:-]+=["']js:""", text)
    scripts = re.findall(r"<script([^>]*)>", text)
    assert all("src=" in s or "application/json" in s for s in scripts)
