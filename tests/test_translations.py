"""Every text is translated; zh-Hant is what the generator makes of zh-Hans."""

import re
import shutil

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import ngettext, override

from lingzhi.core import catalogues


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


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_every_text_in_the_code_stands_in_the_catalogue(copied_locale, monkeypatch, tmp_path):
    from django.core.management import call_command

    before = messages(copied_locale / "zh_Hans" / "LC_MESSAGES" / "django.po")
    monkeypatch.chdir(settings.BASE_DIR)
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
    assert set(after) - set(before) == set()


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
