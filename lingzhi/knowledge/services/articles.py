"""The life of an answer: written, agreed to, in force, ended; and how often it was of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.folding import folded
from lingzhi.core.languages import in_language
from lingzhi.knowledge.models import Article, ArticleUse, ArticleVersion, Category
from lingzhi.knowledge.queries.articles import APPROVE, open_approval

PUBLISH = "knowledge.publish"


class BeingApproved(DomainError):
    message = _("This version waits for approval: take the request back before you change it.")


class NoDraft(DomainError):
    message = _("No version of this article waits to be put into force.")


class NobodyToAsk(DomainError):
    message = _("No approval is set up for this: ask who puts articles into force.")


class ArticleEnded(DomainError):
    message = _("This article is ended.")


class TextChanged(DomainError):
    message = _("The article was changed after it was signed. Submit it again.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written; title and text by language."""

    category: Category
    audience: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    effective_on: date
    expires_on: date | None = None


@transaction.atomic
def write_article(draft: Draft, *, article: Article | None = None, by: User | None) -> Article:
    """A new article, or what it is to say next: the draft there is, else a new version."""
    _require_whole(draft)
    if article is None:
        article = Article.objects.create(
            category=draft.category, audience=draft.audience, created_at=now(), created_by=by
        )
    else:
        article = _claimed(article)
        article.category, article.audience = draft.category, draft.audience
        article.save(update_fields=["category", "audience"])
    version = _draft_of(article)
    if open_approval(version):
        raise BeingApproved()
    version.title, version.text = dict(draft.title), dict(draft.text)
    version.effective_on, version.expires_on = draft.effective_on, draft.expires_on
    version.title_words = folded("\n".join(draft.title.values()))
    version.words = folded("\n".join([*draft.title.values(), *draft.text.values()]))
    version.written_at, version.written_by = now(), by
    version.save()
    record(by, "knowledge.written", article, after=content_of(version))
    return article


@transaction.atomic
def submit_article(article: Article, *, by: User) -> Approval | None:
    """Ask the chain to agree. Without a chain who may put articles into force does so at once."""
    version = _claimed(article).versions.filter(approved_at=None).first()
    if version is None:
        raise NoDraft()
    approval = ask(
        version, PUBLISH, title=str(_("Article: %(title)s") % {"title": version}),
        url=reverse("knowledge:article", args=[article.pk]), content=content_of(version),
        job="knowledge.publish_approved", arguments={"version_id": version.pk}, by=by,
    )  # fmt: skip
    if approval is None:
        if not by.can(APPROVE):
            raise NobodyToAsk()
        publish_version(version, by=by)
    return approval


@transaction.atomic
def publish_version(version: ArticleVersion, *, by: User | None) -> None:
    """It holds from its first day on. Doing so twice changes nothing."""
    rows = ArticleVersion.objects.filter(pk=version.pk, approved_at=None)
    if rows.update(approved_at=now(), approved_by=by):
        record(by, "knowledge.published", version.article, after=content_of(version))


@transaction.atomic
def publish_approved(version: ArticleVersion, approval: Approval) -> None:
    """The last signature was given. Raises TextChanged where another text was signed."""
    if not approval.covers(content_of(version)):
        raise TextChanged()
    last = approval.signatures.order_by("-step").first()
    publish_version(version, by=last.signed_by if last else None)


@transaction.atomic
def end_article(article: Article, *, reason: str, by: User) -> None:
    """It is read no more; what it said stays."""
    if not reason.strip():
        raise BadInput(_("Say it in a few words."), field="reason")
    if not Article.objects.filter(pk=article.pk, ended_at=None).update(ended_at=now()):
        raise ArticleEnded()
    record(by, "knowledge.ended", article, reason=reason.strip()[:300])


@transaction.atomic
def keep_category(row: Category, *, by: User | None) -> Category:
    """A new branch, or another title, place or parent. Raises BadInput for a branch of itself."""
    above = row.parent
    while above is not None:
        if row.pk and above.pk == row.pk:
            raise BadInput(_("A category is no part of itself."), field="parent")
        above = above.parent
    row.save()
    after = {"title": row.title, "parent": row.parent_id, "order": row.order}
    record(by, "knowledge.category_set", row, after=after)
    return row


@transaction.atomic
def count_use(version: ArticleVersion, place: str, *, what: str = "opened") -> None:
    """One more time opened, `helped` or `not_helped`: a count by day, of nobody in particular."""
    day = {"version": version, "on": today(), "place": place}
    ArticleUse.objects.bulk_create([ArticleUse(**day)], ignore_conflicts=True)
    ArticleUse.objects.filter(**day).update(**{what: F(what) + 1})


def content_of(version: ArticleVersion) -> dict[str, Any]:
    """What signatures are bound to."""
    return {
        "article": version.article_id, "version": version.number, "title": version.title,
        "text": version.text, "category": version.article.category_id,
        "audience": version.article.audience, "from": str(version.effective_on),
        "expires": str(version.expires_on or ""),
    }  # fmt: skip


def _claimed(article: Article) -> Article:
    found = Article.objects.select_for_update().get(pk=article.pk)
    if found.ended_at:
        raise ArticleEnded()
    return found


def _draft_of(article: Article) -> ArticleVersion:
    draft = article.versions.filter(approved_at=None).first()
    last = article.versions.aggregate(last=Max("number"))["last"] or 0
    return draft or ArticleVersion(article=article, number=last + 1)


def _require_whole(draft: Draft) -> None:
    for name, texts in (("title_zh_hans", draft.title), ("text_zh_hans", draft.text)):
        if not in_language(texts).strip():
            raise BadInput(_("Write it in one language at least."), field=name)
    if draft.expires_on and draft.expires_on <= draft.effective_on:
        raise BadInput(_("It ends after it began."), field="expires_on")
