"""Answers in the global search."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.finding import Found, Searched
from lingzhi.knowledge.queries.articles import READ, fitting, in_force


def _find(user: User, text: str, most: int) -> list[Found]:
    return [
        Found(
            str(one), str(one.article.category), reverse("knowledge:article", args=[one.article_id])
        )
        for one in fitting(in_force(), text, most)
    ]


def _all_url(text: str) -> str:
    return f"{reverse('knowledge:list')}?{urlencode({'q': text})}"


SEARCH = Searched(_("Knowledge library"), _find, READ, _all_url)
