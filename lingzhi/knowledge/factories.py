"""Answers for tests."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.knowledge.models import Article, Category
from lingzhi.knowledge.services.articles import Draft, publish_version, write_article


def make_category(title: str = "退货退款") -> Category:
    return Category.objects.create(title={"zh-Hans": title})


def make_draft(
    title: str = "怎样申请退款", text: str = "在订单页面点“申请退款”。", **more: Any
) -> Draft:
    category = more.pop("category", None) or make_category()
    given = {"audience": "public", "effective_on": today(), **more}
    return Draft(category, title={"zh-Hans": title}, text={"zh-Hans": text}, **given)


def make_article(title: str = "怎样申请退款", *, by: User | None = None, **more: Any) -> Article:
    """An article in force."""
    article = write_article(make_draft(title, **more), by=by)
    publish_version(article.versions.get(), by=by)
    return article
