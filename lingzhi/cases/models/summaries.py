"""What people learn from their own cases (定期总结): summed up by period, with proposals."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SummarySettings(models.Model):
    """How often whoever handles cases is asked to sum them up: one row; without it, never."""

    class Cadence(models.TextChoices):
        NEVER = "", _("Never")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")

    cadence = models.CharField(_("how often"), max_length=7, choices=Cadence, blank=True)

    def __str__(self) -> str:
        return self.cadence


class Summary(models.Model):
    """One person's words about their cases from one day to another.

    `facts` are counted when it is handed in; `answer` is the leader's word to it.
    """

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="case_summaries")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("until"))
    asked_at = models.DateTimeField(_("asked at"))
    facts = models.JSONField(default=dict, blank=True)
    text = models.TextField(_("what was learned"), blank=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        ordering = ["-to_on", "person__staff_no"]
        constraints = [
            models.UniqueConstraint(fields=["person", "from_on", "to_on"], name="summed_up_once"),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="summary_has_its_days"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | ~Q(text=""), name="summary_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.from_on}–{self.to_on}"


class Improvement(models.Model):
    """A proposal out of a summary: adopted or not, and why."""

    class State(models.TextChoices):
        OPEN = "open", _("Not decided yet")
        ADOPTED = "adopted", _("Adopted")
        DECLINED = "declined", _("Not adopted")

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="improvements")
    text = models.CharField(_("proposal"), max_length=500)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    why = models.CharField(_("why, and what follows"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | ~Q(state="open") & ~Q(why="") & Q(decided_at__isnull=False),
                name="proposal_decided_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.summary_id} {self.state}"
