"""Answers: staff read those that hold, who writes reads all."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.knowledge.models import Article, Category
from lingzhi.knowledge.queries.articles import READ, WRITE, in_force


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def article_to_read(user: User, pk: int) -> Article:
    """One that holds today; for who writes any."""
    require(user, READ)
    article = Article.objects.select_related("category").filter(pk=pk).first()
    if article is None or not (user.can(WRITE) or in_force().filter(article=article).exists()):
        raise Http404
    return article


def article_to_write(user: User, pk: int) -> Article:
    """One to be changed, put into force or ended."""
    article = article_to_read(user, pk)
    require(user, WRITE)
    return article


def category_to_change(user: User, pk: int) -> Category:
    """A branch of the tree, for who writes."""
    require(user, WRITE)
    row = Category.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
