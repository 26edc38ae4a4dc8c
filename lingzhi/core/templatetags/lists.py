"""Lists with an address: columns that sort, filters, pages."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context

from lingzhi.core.templatetags.registry import register


@register.inclusion_tag("core/_sortable.html", takes_context=True)
def sortable(context: Context, column: str, words: str, *, numeric: bool = False) -> dict[str, Any]:
    """A table head that sorts: `?sort=column`, clicked again `?sort=-column`.

    The view reads `request.GET["sort"]`, checks it against its own list, and gives the order in use
    as `sort`.
    """
    current = context.get("sort") or context["request"].GET.get("sort", "")
    is_up, is_down = current == column, current == f"-{column}"
    params = context["request"].GET.copy()
    params.pop("page", None)
    params["sort"] = f"-{column}" if is_up else column
    return {
        "words": words,
        "numeric": numeric,
        "url": f"?{params.urlencode()}",
        "current": current,
        "direction": "ascending" if is_up else "descending" if is_down else "",
        "rows_id": context.get("rows_id", "rows"),
    }


@register.inclusion_tag("core/_filters.html", takes_context=True)
def filters(context: Context, form: BaseForm, *, export_url: str = "") -> dict[str, Any]:
    """The bar above a list: a GET form that answers as one types, and works without script."""
    query = context["request"].GET
    is_filtered = any(query.get(form.add_prefix(name)) for name in form.fields)
    return {
        "request": context["request"],
        "form": form,
        "query": query.urlencode(),
        "is_filtered": is_filtered,
        "export_url": export_url,
        "rows_id": context.get("rows_id", "rows"),
    }


@register.filter
def numbers(page: Page[Any]) -> Iterator[int | str]:
    """The page numbers worth showing, with gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
