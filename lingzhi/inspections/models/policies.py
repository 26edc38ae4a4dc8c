"""How a centre judges people: windows, shares, levels, and what monitoring is for (质检规则)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_PART = [MinValueValidator(0), MaxValueValidator(1)]


def usual_levels() -> list[str]:
    """班组长初审 → 质检复核 → 终审小组: the roles that decide an appeal, in their order."""
    return ["team_leader", "lead_inspector", "quality_manager"]


class Policy(models.Model):
    """The settings of human inspection in one centre; a centre without a row has these defaults.

    Staff and their representatives may read it: `purposes` says what monitoring is for,
    `smallest_group` how few people a figure may be shown of, `keep_days` how long findings about a
    person are kept, `shows_watchers` whether agents see afterwards who watched,
    `needs_listening_reason` whether a leader says why before listening to a call.
    """

    unit = models.OneToOneField(
        "org.Unit", models.PROTECT, related_name="inspection_policy", verbose_name=_("centre")
    )
    recheck_ratio = models.FloatField(
        _("share that the lead inspector re-checks"), default=0.1, validators=_PART
    )
    releases_itself = models.BooleanField(
        _("scores that need no second person are released by themselves"), default=False
    )
    second_ratio = models.FloatField(
        _("share scored a second time in secret"), default=0.0, validators=_PART
    )
    gold_ratio = models.FloatField(_("share of gold tasks"), default=0.0, validators=_PART)
    silent_days = models.PositiveIntegerField(
        _("days after which silence counts as seen"), default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )  # fmt: skip
    appeal_days = models.PositiveIntegerField(
        _("days in which an agent may appeal"), default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )  # fmt: skip
    appeal_levels = models.JSONField(_("who decides appeals"), default=usual_levels)
    appeal_level_days = models.PositiveIntegerField(
        _("days a level has to decide"), default=3, validators=[MinValueValidator(1)]
    )
    appeal_rounds = models.PositiveIntegerField(
        _("appeals against one score"), default=1,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )  # fmt: skip
    appeal_votes = models.PositiveIntegerField(
        _("people who decide together at the last level"), default=1,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )  # fmt: skip
    close_day = models.PositiveIntegerField(
        _("day of the next month on which a month closes"), default=10,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )  # fmt: skip
    purposes = models.TextField(_("what monitoring is for"), blank=True)
    smallest_group = models.PositiveIntegerField(
        _("smallest group that is reported"), default=5, validators=[MinValueValidator(1)]
    )
    keep_days = models.PositiveIntegerField(
        _("days that findings about a person are kept"), default=1095
    )
    shows_watchers = models.BooleanField(_("agents see afterwards who watched them"), default=True)
    needs_listening_reason = models.BooleanField(
        _("whoever listens to a call or steps into it says why"), default=True
    )
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        ordering = ["unit"]

    def __str__(self) -> str:
        return f"{self.unit_id}"
