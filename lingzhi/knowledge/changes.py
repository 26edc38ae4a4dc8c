"""Answers and procedures as what a measure changes."""

from typing import Any

from django.urls import reverse

from lingzhi.core.changes import Changeable
from lingzhi.knowledge.access.articles import article_to_write
from lingzhi.knowledge.queries.articles import WRITE, newest_versions


def _choices(_user: Any) -> dict[int, str]:
    rows = newest_versions().filter(article__ended_at=None)
    return {one.article_id: str(one) for one in rows}


def _begin(user: Any, key: int, _words: str) -> str:
    """Its page, where the next version is written: an article has no reason of its own."""
    return reverse("knowledge:article", args=[article_to_write(user, key).pk])


ARTICLE = Changeable("article", WRITE, _choices, _begin)
