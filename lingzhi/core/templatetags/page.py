"""Tags for the page itself: icons, its title said twice, key hints, facts,
masked values, charts."""

from collections.abc import Mapping
from typing import Any

from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe

from lingzhi.core.templatetags.registry import register


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An outline of `core/icons.svg`; without a label it is decoration beside words."""
    source = static("core/icons.svg")
    if label:
        return format_html(
            '<svg class="lz-icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label,
            source,
            name,
        )
    return format_html(
        '<svg class="lz-icon" aria-hidden="true"><use href="{}#{}"/></svg>', source, name
    )


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """Render a block a second time: the page's title is also its heading."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(block.render(context).strip()) if block else ""  # noqa: S308 (rendered)


@register.simple_tag
def keys(*pairs: str) -> SafeString:
    """Key hints, where the keys work: `{% keys "J" _("next turn") "K" _("previous turn") %}`."""
    hints = [
        format_html("<span><kbd>{}</kbd> {}</span>", key, words)
        for key, words in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    return format_html('<span class="lz-keys">{}</span>', mark_safe(" ".join(hints)))  # noqa: S308


@register.inclusion_tag("core/_fact.html")
def fact(label: str, value: Any = None, *, unknown: bool = False) -> dict[str, Any]:
    """One term and its value inside `<dl class="lz-facts">`; nothing is shown as nothing.

    `unknown` marks a value that should be there and is not known: that is said in words.
    """
    is_missing = value is None or value == ""
    return {"label": label, "value": value, "is_missing": is_missing, "is_unknown": unknown}


@register.inclusion_tag("core/_masked.html")
def masked(text: str, *, url: str = "", label: str = "") -> dict[str, str]:
    """A masked value; `url` (given to who may) leads to the form that asks for the reason."""
    return {"text": text, "url": url, "label": label}


@register.inclusion_tag("core/_copy.html")
def copy(text: str, label: str = "") -> dict[str, str]:
    """A button that copies the text; it is not there without script."""
    return {"text": text, "label": label}


@register.simple_tag
def tab(label: str, url: str, *, active: bool = False, count: int | None = None) -> SafeString:
    """One link inside `<nav class="lz-tabs" aria-label="…">`."""
    number = "" if count is None else format_html(' <span class="lz-tag">{}</span>', count)
    current = mark_safe(' aria-current="page"') if active else ""
    return format_html('<a href="{}"{}>{}{}</a>', url, current, label, number)


@register.simple_tag
def chart(option: Mapping[str, Any], label: str, *, height: str = "md") -> SafeString:
    """An ECharts option drawn by `<lz-chart>`; `label` says in one sentence what it shows.

    A colour may be named "lz:bad", "lz:accent", … and then follows the theme. Put a table with the
    same figures beside it: a chart is never the only way to a number.
    """
    return format_html(
        '<lz-chart height="{}" label="{}">{}</lz-chart>',
        height,
        label,
        json_script(option),
    )
