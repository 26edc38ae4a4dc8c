"""`{% load portal %}`: texts of the settings in the reader's language."""

from collections.abc import Mapping

from django import template

from lingzhi.core.languages import in_language

register = template.Library()


@register.simple_tag
def in_languages(texts: Mapping[str, str] | None) -> str:
    """`{% in_languages portal.name as name %}`."""
    return in_language(texts or {})
