"""What people saw on the floor: forbidden behaviours, critical incidents, daily supervision."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """How grave a lapse is."""

    MINOR = "minor", _("Minor")
    MODERATE = "moderate", _("Moderate")
    SEVERE = "severe", _("Severe")


class Behaviour(models.Model):
    """One entry of the list of forbidden behaviours (服务禁止行为).

    `points` is what it takes on a deduction sheet made from the list.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("what is forbidden"), max_length=200)
    group = models.CharField(_("group"), max_length=60, blank=True)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    points = models.PositiveIntegerField(_("points off"), default=0)
    retired_at = models.DateTimeField(_("retired at"), null=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["group", "code"]

    def __str__(self) -> str:
        return self.title


class Incident(models.Model):
    """An excellent or abnormal incident (关键事件法), with the evidence it rests on.

    Evidence is a conversation of this program, or words that say where it is kept. Withdrawn ones
    stay, with who withdrew them and why, and count nowhere.
    """

    class Kind(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent")
        ABNORMAL = "abnormal", _("Abnormal")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="incidents", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    happened_on = models.DateField(_("happened on"), db_index=True)
    story = models.TextField(_("what happened"))
    behaviour = models.ForeignKey(
        Behaviour, models.PROTECT, null=True, blank=True, related_name="incidents",
        verbose_name=_("forbidden behaviour"),
    )  # fmt: skip
    severity = models.CharField(_("severity"), max_length=8, choices=Severity, blank=True)
    contact = models.ForeignKey(
        "contacts.Contact", models.SET_NULL, null=True, blank=True, related_name="incidents",
        verbose_name=_("conversation"),
    )  # fmt: skip
    evidence = models.CharField(_("where the evidence is kept"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    seen_at = models.DateTimeField(_("read at"), null=True)
    answer = models.TextField(_("what the person says to it"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("withdrawn by"),
    )  # fmt: skip
    withdraw_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | ~Q(evidence=""),
                name="incident_has_evidence",
            ),
        ]
        indexes = [models.Index(fields=["person", "-happened_on"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.happened_on}"


class SupervisionRecord(models.Model):
    """What a supervisor noted about one person on one day (现场管理督导, 逐日考核).

    A person without a row that day was not looked at: that says nothing about them.
    """

    class Result(models.TextChoices):
        KEPT = "kept", _("In order")
        LAPSED = "lapsed", _("Not in order")

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="supervised", verbose_name=_("person")
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("team"))
    day = models.DateField(_("day"), db_index=True)
    result = models.CharField(_("result"), max_length=6, choices=Result)
    behaviour = models.ForeignKey(
        Behaviour, models.PROTECT, null=True, blank=True, related_name="records",
        verbose_name=_("forbidden behaviour"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        ordering = ["-day", "person__staff_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day", "recorded_by"], name="supervised_once_a_day_and_supervisor"
            ),
            models.CheckConstraint(
                condition=Q(result="kept", behaviour=None)
                | (Q(result="lapsed") & (Q(behaviour__isnull=False) | ~Q(note=""))),
                name="lapse_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.result}"
