"""Texts that data hold in several languages, and words one after another."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, gettext

from lingzhi.core.traditional import traditional


def in_language(texts: Mapping[str, str]) -> str:
    """The text in the reader's language: English for English, else the Chinese one; in 繁體 for
    who reads that, as written where somebody wrote it so.
    """
    language = get_language() or ""
    wanted = "en" if language.startswith("en") else "zh-Hans"
    text = texts.get(wanted) or next(iter(texts.values()), "")
    if language == "zh-hant":
        return texts.get("zh-Hant") or traditional(text)
    return text


def joined(several: Iterable[object]) -> str:
    """Words one after another, as the reader's language lists them: “a, b”, “甲、乙”."""
    return gettext(", ").join(str(one) for one in several)
