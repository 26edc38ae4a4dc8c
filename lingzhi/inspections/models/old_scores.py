"""Scores that were given before this program came, brought in from the centre's own files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OldScore(models.Model):
    """One score of an earlier system (历史评分): history and archives, never trust or sampling.

    `number` is unique within its source. `agent_said` and `inspector_said` are what the file says;
    `agent` and `inspector` are set where that names one person on that day. `value` counts out of
    `full`; `final_value` is what an appeal left of it. `items` maps the headings of the item
    columns to what stood there. What an unfinished import brought is invisible.
    """

    class Appeal(models.TextChoices):
        UNKNOWN = "", _("Unknown")
        NONE = "none", _("No appeal")
        OPEN = "open", _("Appeal open")
        UPHELD = "upheld", _("Appeal successful")
        REFUSED = "refused", _("Appeal refused")

    source = models.CharField(_("source"), max_length=40)
    number = models.CharField(_("number"), max_length=120)
    batch = models.ForeignKey(
        "imports.Batch", models.PROTECT, null=True, related_name="+", verbose_name=_("import")
    )
    scored_on = models.DateField(_("scored on"), db_index=True)
    conversation = models.CharField(_("conversation"), max_length=120, blank=True)
    contact = models.ForeignKey(
        "contacts.Contact", models.SET_NULL, null=True, related_name="old_scores",
        verbose_name=_("conversation"),
    )  # fmt: skip
    agent_said = models.CharField(_("agent in the file"), max_length=120)
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="old_scores",
        verbose_name=_("agent"),
    )  # fmt: skip
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    inspector_said = models.CharField(_("inspector in the file"), max_length=120, blank=True)
    inspector = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("inspector")
    )
    sheet_title = models.CharField(_("score sheet"), max_length=250, blank=True)
    value = models.DecimalField(_("score"), max_digits=9, decimal_places=2)
    full = models.DecimalField(_("full mark"), max_digits=9, decimal_places=2, default=100)
    final_value = models.DecimalField(
        _("score after the appeal"), max_digits=9, decimal_places=2, null=True
    )
    is_vetoed = models.BooleanField(_("vetoed"), default=False)
    appeal = models.CharField(_("appeal"), max_length=7, choices=Appeal, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    items = models.JSONField(_("items"), default=dict)
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-scored_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="old_score_once_a_source"),
        ]
        indexes = [models.Index(fields=["agent", "scored_on"])]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"

    @property
    def counted(self) -> float:
        """What counts in the end, as a share of the full mark, times a hundred."""
        last = self.value if self.final_value is None else self.final_value
        return float(100 * last / self.full)
