"""Texts that data hold in several languages."""

from collections.abc import Mapping

from django.utils.translation import get_language


def in_language(texts: Mapping[str, str]) -> str:
    """The text in the reader's language; English for English, else the Chinese one."""
    wanted = "en" if (get_language() or "").startswith("en") else "zh-Hans"
    return texts.get(wanted) or next(iter(texts.values()), "")
