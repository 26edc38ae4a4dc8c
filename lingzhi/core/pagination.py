"""Pages of a list with an address: `?page=3`."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 25


def page_of(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> Page[Any]:
    """The page the request asks for; a number that is wrong or too high gives the nearest."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
