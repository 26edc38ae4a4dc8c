from datetime import timedelta
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import today
from lingzhi.knowledge.factories import make_article, make_category
from tests.permissions.objects import Route, Whose


def article(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One in force: for staff it is nobody's in particular."""
    first = today() - timedelta(days=1)
    return {"pk": make_article(by=whose.person, effective_on=first).pk}


def category(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_category().pk}


ROUTES = {
    "knowledge:list": Route(),
    "knowledge:new": Route(),
    "knowledge:article": Route(article),
    "knowledge:edit": Route(article),
    "knowledge:submit": Route(article, method="post"),
    "knowledge:end": Route(article),
    "knowledge:said": Route(article, method="post"),
    "knowledge:categories": Route(),
    "knowledge:new_category": Route(),
    "knowledge:edit_category": Route(category),
}
