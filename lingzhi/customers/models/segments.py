"""Classes of customers (客户分类) and what each is for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.customers.models.notes import Note


class Segment(models.Model):
    """A class of customers: registered, company, VIP, important, new, with special needs, …

    `service` says what they get that others do not (差异化服务). Of several classes of a customer
    the one of the highest `rank` decides. Who belongs is said by hand, or follows `rule` with its
    `threshold`: days since the file was begun, or a number of deliveries.
    """

    class Rule(models.TextChoices):
        BY_HAND = "by_hand", _("Given by hand")
        NEW = "new", _("Known for at most so many days")
        OLD = "old", _("Known for more than so many days")
        BOUGHT = "bought", _("At least so many deliveries")
        COMPANY = "company", _("Contact persons of companies")
        SPECIAL = "special", _("With special needs")

    NEEDS_THRESHOLD = (Rule.NEW, Rule.OLD, Rule.BOUGHT)

    code = models.SlugField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rank"), default=0)
    is_important = models.BooleanField(_("important"), default=False)
    service = models.CharField(_("what they get"), max_length=300, blank=True)
    rule = models.CharField(_("who belongs"), max_length=8, choices=Rule, default=Rule.BY_HAND)
    threshold = models.PositiveIntegerField(_("threshold"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["-rank", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(rule__in=("new", "old", "bought")) | Q(threshold__gt=0),
                name="customers_segment_threshold",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Note):
    """That a customer was put into a class by hand, and taken out again."""

    segment = models.ForeignKey(
        Segment, models.PROTECT, related_name="memberships", verbose_name=_("class")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta(Note.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "segment"], condition=Q(ended_at=None),
                name="customers_in_a_class_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("noted_at")),
                name="customers_membership_ends_after",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.segment)
