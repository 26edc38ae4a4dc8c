"""Conversations: words marked where a rule found them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lingzhi.core.templatetags.registry import register

RANK = ("mask", "bad", "good", "flow", "unknown")  # the first that covers a character wins


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters start…end (end excluded) of a turn; `title` is the reason, `url` leads to it."""

    start: int
    end: int
    tone: str = "bad"
    title: str = ""
    url: str = ""


@register.filter
def marked(text: str, marks: Iterable[Mark]) -> SafeString:
    """The text with its marks, overlapping ones cut at their edges; everything is escaped."""
    pieces = ((_piece(text[start:end], covering),) for start, end, covering in cut(text, marks))
    return format_html_join("", "{}", pieces)


def cut(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Stretches of text under the same marks, in order, without gaps."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    for start, end in pairwise(edges):
        covering = [mark for mark in inside if mark.start <= start and end <= mark.end]
        yield start, end, sorted(covering, key=lambda mark: RANK.index(mark.tone))


def _piece(words: str, covering: list[Mark]) -> SafeString | str:
    if not covering:
        return words
    first = covering[0]
    if first.tone == "mask":
        return format_html('<span class="lz-masked">{}</span>', words)
    title = " · ".join(dict.fromkeys(mark.title for mark in covering if mark.title))
    inner = format_html('<a href="{}">{}</a>', first.url, words) if first.url else words
    return format_html('<mark class="lz-mark-{}" title="{}">{}</mark>', first.tone, title, inner)
