"""Texts in the languages of the program, as three fields of a form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGES = (
    ("zh-Hans", "hans", _("Simplified Chinese")),
    ("zh-Hant", "hant", _("Traditional Chinese")),
    ("en", "en", _("English")),
)


def text_fields(
    name: str, label: Any, *, lines: int = 1, most: int = 200, required: bool = True
) -> dict[str, forms.Field]:
    """A field a language; only the first is demanded: Traditional is derived where nothing is
    written, English falls back to Chinese."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
    return {
        f"{name}_{short}": forms.CharField(
            label=_("%(what)s, %(language)s") % {"what": label, "language": language},
            max_length=most, required=required and short == "hans", widget=widget,
        )
        for _code, short, language in LANGUAGES
    }  # fmt: skip


def texts_in(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """What was written, by language; languages left empty are left out."""
    found = {code: str(data.get(f"{name}_{short}") or "") for code, short, _label in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def initial_of(texts: Mapping[str, str], name: str) -> dict[str, str]:
    """Texts as the fields of a form begin."""
    return {f"{name}_{short}": texts.get(code, "") for code, short, _label in LANGUAGES}
