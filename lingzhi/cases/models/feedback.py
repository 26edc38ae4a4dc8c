"""What becomes of a customer's opinion or suggestion (客户反馈), beside its case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class Feedback(models.Model):
    """The steps between receiving and telling (四步法): analysed by type, cause, impact; planned;
    and whether the suggestion is adopted (有效建议), with the reason that the customer is told.
    """

    class About(models.TextChoices):
        PRODUCT = "product", _("Product")
        SERVICE = "service", _("Service and manner")
        PROCESS = "process", _("Process and waiting")
        PRICE = "price", _("Price and terms")
        OTHER = "other", _("Something else")

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="feedback")
    about = models.CharField(_("kind of feedback"), max_length=7, choices=About, blank=True)
    cause = models.CharField(_("cause"), max_length=500, blank=True)
    impact = models.CharField(_("impact"), max_length=500, blank=True)
    analysed_at = models.DateTimeField(_("analysed at"), null=True)
    analysed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    plan = models.CharField(_("plan"), max_length=1000, blank=True)
    planned_at = models.DateTimeField(_("planned at"), null=True)
    planned_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_adopted = models.BooleanField(_("adopted"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    judged_at = models.DateTimeField(_("judged at"), null=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(analysed_at=None) | ~(Q(about="") | Q(cause="") | Q(impact="")),
                name="feedback_analysed_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_adopted=None) | Q(judged_at__isnull=False),
                name="feedback_judged_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)
