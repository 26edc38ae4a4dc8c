"""Which way suits which customer (引导客户使用合适的服务渠道): rules, and their counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.channels import Channel


class SteeringRule(models.Model):
    """To whom another way is recommended, with the sentence said; the first that fits counts.

    What is left empty fits everything. `case_type` and `case_class` are codes of the cases above
    this app; in the portal they are those that what the customer chose would get. Without a
    `channel` it is a call back. `sentence` by language.
    """

    class Place(models.TextChoices):
        PORTAL = "portal", _("Customer portal")
        CHAT = "chat", _("Online chat")
        DESK = "desk", _("Page of a case")

    order = models.PositiveSmallIntegerField(_("order"), default=50)
    in_portal = models.BooleanField(_("in the portal, before the form"), default=False)
    in_chat = models.BooleanField(_("in the chat, before it begins"), default=False)
    at_desk = models.BooleanField(_("to agents, beside a case"), default=False)
    case_type = models.CharField(_("case type"), max_length=40, blank=True)
    case_class = models.CharField(_("case class"), max_length=8, blank=True)
    segment = models.ForeignKey(
        "customers.Segment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("class of customers"),
    )  # fmt: skip
    only_shut = models.BooleanField(
        _("only where the customer’s own channel is closed or congested"), default=False
    )
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("recommended channel"), help_text=_("Empty: we call the customer back."),
    )  # fmt: skip
    sentence = models.JSONField(_("what the customer is told"), default=dict)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_portal=True) | Q(in_chat=True) | Q(at_desk=True),
                name="steering_somewhere",
                violation_error_message=_("Choose at least one place where it is recommended."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.channel_id or 'call back'}"


class SteeringCount(models.Model):
    """How often a rule was shown at a place on a day, and taken. Nobody is named."""

    rule = models.ForeignKey(SteeringRule, models.CASCADE, related_name="counts")
    place = models.CharField(max_length=6, choices=SteeringRule.Place)
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "place", "day"], name="steering_count_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.place} {self.day}"
