"""What team leaders bring to a meeting (班组汇报): their team's work, what customers say, what they
need."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.governance.models.meetings import Meeting


class TeamReport(models.Model):
    """One team's report before a meeting. `facts` are computed, and kept when it is handed in."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("team"))
    leader = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("team leader")
    )
    facts = models.JSONField(default=dict)
    state_words = models.TextField(_("how the team is doing"), max_length=2000, blank=True)
    heard = models.TextField(_("what customers say and ask for"), max_length=2000, blank=True)
    handed_at = models.DateTimeField(_("handed in at"), null=True)

    class Meta:
        ordering = ["unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="team_report_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.unit_id}"


class Demand(models.Model):
    """What the team needs from its supervisor (需要支持的事项), and the answer to it."""

    class Answer(models.TextChoices):
        OPEN = "", _("waits for an answer")
        DECIDED = "decided", _("granted")
        ANSWERED = "answered", _("answered")
        REFUSED = "refused", _("refused")

    report = models.ForeignKey(TeamReport, models.CASCADE, related_name="demands")
    words = models.CharField(_("what is needed"), max_length=300)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    answer_words = models.CharField(_("answer in words"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answer given at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__gt="", answer_words__gt="", answered_at__isnull=False),
                name="demand_answered_in_words",
            )
        ]

    def __str__(self) -> str:
        return self.words[:80]
