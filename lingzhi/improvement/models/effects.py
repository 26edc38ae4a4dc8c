"""By which indicator the effect is judged (效果验证), and what somebody signed about it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.improvement.models.rectifications import Rectification


class Effect(models.Model):
    """The same indicator of the same unit before and after: fixed before measures are carried out.

    Before are the days `before_from` to `before_to`, after the `after_days` that follow the day on
    which the measures took effect.
    """

    rectification = models.OneToOneField(Rectification, models.CASCADE, related_name="effect")
    definition = models.ForeignKey(
        "kpis.Definition", models.PROTECT, related_name="+", verbose_name=_("indicator")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("counted in")
    )
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    before_from = models.DateField(_("before, from"))
    before_to = models.DateField(_("before, until"))
    after_days = models.PositiveSmallIntegerField(
        _("days after"), default=28,
        validators=[MinValueValidator(7), MaxValueValidator(366)],
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(before_to__gte=F("before_from")), name="effect_window_has_days",
                violation_error_message=_("The end lies before the start."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.definition_id}"


class Verification(models.Model):
    """What a person signed about the effect, beside what was counted that moment.

    `counted` holds numerator, denominator and days of both windows and the 95 % interval of the
    difference; `computed` what follows from it alone.
    """

    class Computed(models.TextChoices):
        BETTER = "better", _("Better")
        SAME = "same", _("No sure change")
        WORSE = "worse", _("Worse")
        TOO_FEW = "too_few", _("Too few to say")
        NONE = "none", _("Not counted")

    rectification = models.ForeignKey(Rectification, models.CASCADE, related_name="verifications")
    is_effective = models.BooleanField(_("it worked"))
    computed = models.CharField(_("counted verdict"), max_length=7, choices=Computed)
    counted = models.JSONField(default=dict)
    words = models.TextField(_("grounds"), max_length=2000)
    signed_at = models.DateTimeField(_("signed at"))
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.computed}"
