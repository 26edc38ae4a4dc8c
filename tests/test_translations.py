"""Every text is translated; zh-Hant is what the generator makes of zh-Hans."""

import re
import shutil
from io import StringIO

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import ngettext, override

from lingzhi.core import catalogues
from lingzhi.core.management.commands import translations
from lingzhi.core.tests.needed import needs_gettext


@pytest.fixture
def copied_locale(settings, tmp_path):
    """Work on a copy: a test must not rewrite the catalogues."""
    original = settings.LOCALE_PATHS[0]
    shutil.copytree(original, tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return original


def messages(path):
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_every_text_has_a_chinese_form():
    assert catalogues.missing() == []


def test_the_traditional_catalogue_is_up_to_date(copied_locale):
    catalogues.write_traditional()
    made = settings.LOCALE_PATHS[0] / "zh_Hant" / "LC_MESSAGES" / "django.po"
    assert messages(made) == messages(copied_locale / "zh_Hant" / "LC_MESSAGES" / "django.po")


@pytest.fixture
def copied_program(copied_locale, monkeypatch, tmp_path):
    """A copy of everything with texts: extraction writes beside the code it reads."""
    left_out = shutil.ignore_patterns("__pycache__", "static", "*.mo")
    for name in ("lingzhi", "config"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name, ignore=left_out)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@needs_gettext
def test_every_text_in_the_code_stands_in_the_catalogue(copied_locale, copied_program):
    before = messages(copied_locale / "zh_Hans" / "LC_MESSAGES" / "django.po")
    code = copied_program / "config" / "settings.py"
    code.write_text(f"{code.read_text('utf-8')}\n_('A text that nobody has put there.')\n", "utf-8")
    call_command(
        "makemessages",
        locale=["zh_Hans"],
        no_location=True,
        no_wrap=True,
        no_obsolete=True,
        ignore_patterns=[".venv*", "var*", "node_modules*", "staticfiles*", "tests*"],
        verbosity=0,
    )
    after = messages(settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.po")
    assert set(after) - set(before) == {"A text that nobody has put there."}


@needs_gettext
def test_extracting_twice_changes_nothing(copied_program, monkeypatch, settings, tmp_path):
    """Also where somebody left the catalogue without order."""
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(translations, "compile_catalogues", lambda: 0)  # of the program itself
    path = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.po"
    head, *texts = path.read_text("utf-8").strip().split("\n\n")
    path.write_text("\n\n".join([head, *reversed(texts)]) + "\n", "utf-8")
    files = [path, path.parents[2] / "zh_Hant" / "LC_MESSAGES" / "django.po"]
    seen = []
    for _time in range(2):
        call_command("translations", "--update", "--missing", stdout=StringIO())
        seen.append([file.read_bytes() for file in files])
    assert seen[0] == seen[1]
    assert b"POT-Creation-Date" not in b"".join(seen[0])  # the next minute is no other text
    firsts = re.findall(r"^msgid .*$", path.read_text("utf-8"), re.M)
    assert len(firsts) > len(texts) / 2
    assert firsts[1] < firsts[len(firsts) // 2] < firsts[-1]


def test_filling_leaves_what_is_translated_otherwise(copied_locale):
    """It is named; what stands there already, and what is new, is filled."""
    before = messages(copied_locale / "zh_Hans" / "LC_MESSAGES" / "django.po")
    made = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.po"
    made.write_text(
        re.sub(r'(msgid "Unit"\nmsgstr) .*', r'\1 ""', made.read_text("utf-8")), "utf-8"
    )
    given = {"Save": "储存", "Cancel": before["Cancel"], "Unit": "单元", "Nobody said this": "无"}
    assert catalogues.fill(given) == (2, ["Save"])
    after = messages(made)
    assert (after["Save"], after["Unit"]) == (before["Save"], "单元")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_a_plural_has_its_chinese_form_for_every_number(language):
    singular, plural = "%(count)d contact matched.", "%(count)d contacts matched."
    with override(language):
        texts = {ngettext(singular, plural, number) for number in (0, 1, 2, 5)}
    assert len(texts) == 1
    assert not texts & {singular, plural}


def test_texts_are_marked_by_names_the_extraction_knows():
    renamed = re.compile(r"translation import \w+ as (?!_$)\w+", re.M)
    sources = (settings.BASE_DIR / "lingzhi").rglob("*.py")
    assert [source for source in sources if renamed.search(source.read_text())] == []
