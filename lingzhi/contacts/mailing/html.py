"""HTML of mail: as safe HTML, and as text."""

import re
from collections.abc import Mapping
from html import unescape

import nh3

TAGS = {
    "a", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "div", "dl",
    "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p",
    "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"}, "img": {"src", "alt", "width", "height"}, "font": {"color", "size"},
    "td": {"colspan", "rowspan", "align"}, "th": {"colspan", "rowspan", "align"},
}  # fmt: skip
QUOTE = re.compile(r"<blockquote\b|<div[^>]{0,200}(gmail_quote|moz-cite)[^>]{0,200}>", re.I)
BREAK = re.compile(r"<(br|/p|/div|/tr|/li|/h[1-6]|hr|/blockquote|/table)\b[^>]*>", re.I)
QUOTED_BEHIND = "-----Original Message-----"


def clean_html(html: str, pictures: Mapping[str, str]) -> str:
    """Without scripts, styles, forms and anything that loads from elsewhere.

    `pictures` gives the address of our own for each `cid:` that the mail brings; every other
    picture is left out.
    """

    def own_only(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) != ("img", "src"):
            return value
        if value.lower().startswith("cid:"):
            return pictures.get(value[4:].strip().strip("<>"))
        return None

    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=own_only,
        url_schemes={"http", "https", "mailto", "tel", "cid"}, link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )  # fmt: skip


def html_text(html: str) -> str:
    """The words of HTML, line by line; before what it quotes stands a line that says so."""
    known = nh3.clean(html, tags=TAGS, attributes={"div": {"class"}}, link_rel=None)
    flat = re.sub(r"\s+", " ", known)
    marked = QUOTE.sub(lambda found: f"<br>{QUOTED_BEHIND}<br>{found.group()}", flat, count=1)
    plain = unescape(nh3.clean(BREAK.sub("\n", marked), tags=set()))
    lines = (line.strip() for line in plain.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
