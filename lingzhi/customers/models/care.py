"""Looking after customers (客户关系维护): the log, needs and expectations, opinions passed on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.customers.models.notes import Note


class Care(Note):
    """One act of looking after a customer; `next_on` is when to turn to the customer again."""

    class Kind(models.TextChoices):
        CALL = "call", _("Care call")
        VISIT = "visit", _("Visit")
        OFFER = "offer", _("New business offered")
        GIFT = "gift", _("Gift")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CALL)
    words = models.TextField(_("what was said or done"), max_length=2000)
    next_on = models.DateField(_("next on"), null=True, blank=True)


class ManagerTerm(Note):
    """Who looked after a customer from `noted_at` on; nobody, where `manager` is empty."""

    manager = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("relationship manager"),
    )  # fmt: skip


class Need(Note):
    """What a customer needs or expects (需求与期望), and how the service provided compares."""

    class Source(models.TextChoices):
        CONTACT = "contact", _("Said in a contact")
        RESEARCH = "research", _("Research")
        NEGOTIATION = "negotiation", _("Negotiation")

    class Verdict(models.TextChoices):
        MET = "met", _("Met")
        PARTLY = "partly", _("Partly met")
        NOT_MET = "not_met", _("Not met")

    source = models.CharField(_("learned from"), max_length=12, choices=Source)
    words = models.TextField(_("what the customer expects"), max_length=1000)
    provided = models.TextField(_("service provided"), max_length=1000, blank=True)
    verdict = models.CharField(_("comparison"), max_length=8, choices=Verdict, blank=True)
    compared_at = models.DateTimeField(_("compared at"), null=True)
    compared_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("compared by")
    )

    class Meta(Note.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", compared_at=None)
                | (~Q(verdict="") & Q(compared_at__isnull=False)),
                name="customers_need_compared_with_verdict",
            )
        ]


class Opinion(Note):
    """A customer's opinion or market information handed to a department, and its answer."""

    class Kind(models.TextChoices):
        OPINION = "opinion", _("Opinion")
        MARKET = "market", _("Market information")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OPINION)
    words = models.TextField(_("what it says"), max_length=2000)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("passed on to")
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta(Note.Meta):
        indexes = [models.Index(fields=["unit", "answered_at"])]

    @property
    def matter(self) -> str:
        """What notices about it are about."""
        return f"customers.opinion/{self.pk}"
