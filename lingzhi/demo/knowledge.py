"""Answers of the demo centre: what its customers ask most, and one for its agents alone."""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.demo.source import read
from lingzhi.knowledge.models import ArticleUse, ArticleVersion, Category
from lingzhi.knowledge.services.articles import (
    Draft,
    keep_category,
    publish_version,
    write_article,
)

MANAGER, WRITER = "7002", "8001"


def seed_knowledge() -> None:
    """Categories, eleven articles in force, one draft, and how often they were opened lately."""
    if Category.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    writer = User.objects.get(staff_no=WRITER)
    for order, group in enumerate(read("answers")["categories"]):
        row = keep_category(Category(title=group["title"], order=order), by=manager)
        for one in group["articles"]:
            article = write_article(_draft(one, row), by=writer)
            if not one.get("is_draft"):
                version = article.versions.get()
                publish_version(version, by=manager)
                _use(version, one.get("opened", 0))


def _draft(one: dict[str, Any], row: Category) -> Draft:
    first = today() - timedelta(days=60)
    return Draft(
        row, one.get("audience", "public"), one["title"], one["text"], first,
        first + timedelta(days=one.get("days", 365)),
    )  # fmt: skip


def _use(version: ArticleVersion, opened: int) -> None:
    if opened:
        ArticleUse.objects.create(
            version=version, on=today() - timedelta(days=1), place=ArticleUse.Place.PORTAL,
            opened=opened, helped=opened // 6, not_helped=opened // 40,
        )  # fmt: skip
