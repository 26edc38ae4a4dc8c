"""Answers that were written once and agreed to (知识条目), in versions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language
from lingzhi.knowledge.models.categories import Category


class Article(models.Model):
    """One question with its answer. Who reads it: customers as well, or those who work here."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Customers and staff")
        AGENTS = "agents", _("Staff only")

    category = models.ForeignKey(
        Category, models.PROTECT, related_name="articles", verbose_name=_("category")
    )
    audience = models.CharField(_("who reads it"), max_length=6, choices=Audience)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["category__order", "id"]

    def __str__(self) -> str:
        newest = self.versions.order_by("-number").first()
        return str(newest) if newest else str(self.pk)


class ArticleVersion(models.Model):
    """What an article says from `effective_on` until the day `expires_on`, where one is set.

    `title` and `text` by language: plain words with headings (`## `) and lists (`- `). The newest
    approved version holds, and is changed no more. `title_words` and `words` are what is searched.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.JSONField(_("title"))
    text = models.JSONField(_("text"))
    effective_on = models.DateField(_("valid from"))
    expires_on = models.DateField(_("expires on"), null=True)
    title_words = models.TextField()
    words = models.TextField()
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
            models.UniqueConstraint(
                F("article"), condition=Q(approved_at=None), name="one_draft_an_article"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("effective_on")),
                name="article_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def words_now(self) -> str:
        """What it says, in the reader's language."""
        return in_language(self.text)


class ArticleUse(models.Model):
    """How often a version was opened on a day, and what readers said: it helped, or it did not."""

    class Place(models.TextChoices):
        PORTAL = "portal", _("In the portal")
        DESK = "desk", _("By staff")

    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="uses")
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=6, choices=Place)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    helped = models.PositiveIntegerField(_("helped"), default=0)
    not_helped = models.PositiveIntegerField(_("did not help"), default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "on", "place"], name="article_use_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.on}"
