"""Pages of a list with an address: `?page=3`."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 25
MOST_COUNTED = 2_000


class BoundedPaginator(Paginator[Any]):
    """Counts the rows of a database up to `MOST_COUNTED`, so that a page is as quick over a million
    of them. Who looks for what lies further back narrows the list.

    `counted` are the same rows asked for in a way that is quicker to count, where there is one.
    """

    def __init__(self, rows: Any, size: int, counted: QuerySet[Any] | None = None) -> None:
        super().__init__(rows, size)
        self._to_count = rows if counted is None else counted

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self._counted, MOST_COUNTED)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than can be paged through."""
        return self._counted > MOST_COUNTED

    @cached_property
    def _counted(self) -> int:
        rows = self._to_count
        if isinstance(rows, QuerySet) and not rows.query.is_sliced:
            return int(rows.order_by()[: MOST_COUNTED + 1].count())
        return len(rows)


def page_of(
    request: HttpRequest, rows: Any, size: int = PAGE_SIZE, counted: QuerySet[Any] | None = None
) -> Page[Any]:
    """The page the request asks for; a number that is wrong or too high gives the nearest."""
    return BoundedPaginator(rows, size, counted).get_page(request.GET.get("page"))
