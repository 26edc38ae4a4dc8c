"""How a centre's portal looks, and where what comes in is received."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

COLOUR = "#1f5cba"


class PortalSettings(models.Model):
    """One row; without it the portal is shut. `receiver` is asked first for whatever comes in
    (首问负责人), which lies with `unit`. Texts by language.

    Of one address at most `per_address` matters an hour are taken, of all together `in_total`.
    """

    is_open = models.BooleanField(_("the portal is open"), default=False)
    name = models.JSONField(_("name"), default=dict)
    greeting = models.JSONField(_("greeting"), default=dict)
    hours = models.JSONField(_("hours"), default=dict)
    footer = models.JSONField(_("text at the foot"), default=dict)
    consent = models.JSONField(_("what the customer agrees to"), default=dict)
    colour = models.CharField(
        _("colour"), max_length=7, default=COLOUR,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour is written as #1f5cba."))],
    )  # fmt: skip
    logo = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+",
        verbose_name=_("unit that receives what comes in"),
    )  # fmt: skip
    receiver = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("first responsible for what comes in"),
    )  # fmt: skip
    per_address = models.PositiveSmallIntegerField(
        _("matters taken an hour from one address"), default=10,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )  # fmt: skip
    in_total = models.PositiveSmallIntegerField(
        _("matters taken an hour in all"), default=300,
        validators=[MinValueValidator(1), MaxValueValidator(30_000)],
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_open=False)
                | models.Q(unit__isnull=False, receiver__isnull=False),
                name="open_portal_has_its_receiver",
            )
        ]

    def __str__(self) -> str:
        return "portal"
