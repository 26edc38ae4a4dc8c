"""Badges: a state, a verdict, a severity, each in words, with a tone that repeats them; and several
words in a row."""

from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.core.languages import joined
from lingzhi.core.templatetags.page import icon
from lingzhi.core.templatetags.registry import register

Words = str | Promise
TONES = frozenset({"bad", "good", "warn", "flow", "unknown", "plain"})

SEVERITIES: dict[str, tuple[Words, str]] = {
    "severe": (_("Severe"), "bad"),
    "moderate": (_("Moderate"), "warn"),
    "minor": (_("Minor"), "plain"),
}
# What a rule found is a problem, a merit or only a fact, depending on the kind of the rule.
HIT_TONES = {"violation": "bad", "credit": "good", "signal": "flow"}
MISS_TONES = {"violation": "good", "credit": "plain", "signal": "plain"}
VERDICTS: dict[str, tuple[Words, str]] = {
    "hit": (pgettext_lazy("verdict", "Found"), "circle-x"),
    "miss": (pgettext_lazy("verdict", "Not found"), "circle-check"),
    "na": (pgettext_lazy("verdict", "Does not apply"), "circle-minus"),
    "unknown": (pgettext_lazy("verdict", "Cannot be judged"), "help-circle"),
}
CONFORMITIES: dict[str, tuple[Words, str]] = {
    "kept": (_("Kept"), "good"),
    "broken": (_("Not kept"), "bad"),
    "too_few": (_("Too little evidence"), "unknown"),
    "unknown": (_("Unknown"), "unknown"),
    "unenforced": (_("Not yet enforced"), "plain"),
    "statement": (_("Statement only"), "plain"),
}


def tag(words: Words, tone: str, symbol: str = "") -> SafeString:
    if tone not in TONES:
        raise ValueError(f"tone {tone!r} is none of {', '.join(sorted(TONES))}")
    drawn = icon(symbol) if symbol else ""
    return format_html('<span class="lz-tag lz-tag-{}">{}{}</span>', tone, drawn, words)


register.filter(joined)


@register.simple_tag
def badge(words: Words, tone: str = "plain", *, icon: str = "") -> SafeString:
    """A fact in one or two words."""
    return tag(words, tone, icon)


@register.simple_tag
def state(words: Words, tone: str = "plain") -> SafeString:
    """A state with its dot, quieter than a badge: for the column of a table."""
    if tone not in TONES:
        raise ValueError(f"tone {tone!r} is none of {', '.join(sorted(TONES))}")
    return format_html('<span class="lz-state lz-state-{}">{}</span>', tone, words)


@register.simple_tag
def verdict(value: str, *, kind: str = "violation") -> SafeString:
    """What a rule answered: hit | miss | na | unknown; `kind` violation | credit | signal."""
    words, symbol = VERDICTS[value]
    if value == "hit":
        tone = HIT_TONES[kind]
        symbol = {"bad": "circle-x", "good": "circle-check", "flow": "flag"}[tone]
    elif value == "miss":
        tone = MISS_TONES[kind]
        symbol = symbol if tone == "good" else "circle-minus"
    else:
        tone = "unknown" if value == "unknown" else "plain"
    return tag(words, tone, symbol)


@register.simple_tag
def severity(value: str) -> SafeString:
    words, tone = SEVERITIES[value]
    return tag(words, tone)


@register.simple_tag
def conformity(value: str) -> SafeString:
    """Whether a clause was kept (符合性)."""
    words, tone = CONFORMITIES[value]
    return state(words, tone)


@register.filter
def duration(seconds: Any) -> str:
    """Seconds as a clock reads: 4:52, 1:04:09; nothing for a time that is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
