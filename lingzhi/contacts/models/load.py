"""How much work one head may have (人均服务负荷): the range that a unit sets."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LoadRange(models.Model):
    """Between `low` and `high` contacts for each agent there, in a unit and everything below it.

    It holds from `from_on` to `to_on`, both included; a later one takes its place and the earlier
    stays on record.
    """

    class Per(models.TextChoices):
        DAY = "day", _("agent and day")
        HOUR = "hour", _("agent and hour at work")

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    per = models.CharField(_("contacts for each"), max_length=4, choices=Per)
    low = models.FloatField(_("at least"))
    high = models.FloatField(_("at most"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__gte=0, high__gt=F("low")),
                name="load_range_goes_up",
                violation_error_message=_("The upper end must lie above the lower one."),
            ),
            models.UniqueConstraint(
                fields=["unit", "per"], condition=Q(to_on=None), name="one_load_range_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.per} {self.low:g}-{self.high:g}"
