"""Escalation (升级、预警): who is to hear or act before, at and after a deadline, exactly once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case
from lingzhi.cases.models.clocks import Clock, ClockKind
from lingzhi.cases.models.types import CaseClass, CaseType, Level, Priority


class EscalationRule(models.Model):
    """A level: when, for which clocks, what is done, and who hears. An empty field holds for all.

    It is reached when `percent` of the time has passed, else `minutes` of the clock's own time
    after the due time (before it where negative). Urgent ones do not wait for quiet hours to end.
    Rows in use never change but for their end.
    """

    class Action(models.TextChoices):
        TELL = "tell", _("Tell them")
        GIVE_TO_DO = "todo", _("Give them a to-do")
        PRIORITY = "priority", _("Raise the priority, and tell them")
        LEVEL = "level", _("Raise to the next level, and tell them")
        HAND = "hand", _("Give them the case")

    class To(models.TextChoices):
        HANDLER = "handler", _("Who handles it")
        OWNER = "owner", _("Who was asked first")
        LEADER = "leader", _("Who leads the unit")
        ABOVE = "above", _("Who leads the unit above")

    title = models.CharField(_("title"), max_length=80)
    kind = models.CharField(_("clock"), max_length=14, choices=ClockKind, blank=True)
    type = models.ForeignKey(CaseType, models.PROTECT, null=True, blank=True)
    case_class = models.CharField(_("case class"), max_length=8, choices=CaseClass, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, null=True, blank=True
    )
    level = models.PositiveSmallIntegerField(
        _("handling level"), choices=Level, null=True, blank=True
    )
    percent = models.PositiveSmallIntegerField(
        _("when so much of the time has passed, %"), null=True, blank=True
    )
    minutes = models.IntegerField(_("else so many minutes after it is due"), default=0)
    action = models.CharField(_("what is done"), max_length=8, choices=Action)
    to = models.CharField(_("who hears"), max_length=7, choices=To)
    is_urgent = models.BooleanField(_("does not wait for quiet hours to end"), default=False)
    from_on = models.DateField(_("valid from"))
    to_on = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gt=0, percent__lt=100),
                name="escalates_at_a_share",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="escalation_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fits(self, clock: Clock) -> bool:
        """Whether the level is meant for this clock of this case."""
        case = clock.case
        wanted = (
            (self.kind, clock.kind), (self.type_id, case.type_id), (self.level, case.level),
            (self.case_class, case.case_class), (self.priority, case.priority),
        )  # fmt: skip
        return all(mine in ("", None, its) for mine, its in wanted)


class Alarm(models.Model):
    """One level of one clock: when it will be reached (None: not known now), and when it was.

    A clock is of one cycle, so a level is reached once a cycle.
    """

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="alarms")
    rule = models.ForeignKey(EscalationRule, models.PROTECT, related_name="alarms")
    at = models.DateTimeField(_("reached at"), null=True)
    fired_at = models.DateTimeField(_("acted on at"), null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["clock", "rule"], name="alarm_once")]
        indexes = [models.Index(fields=["at"], condition=Q(fired_at=None), name="alarm_to_fire")]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.rule_id}"


class AlarmTold(models.Model):
    """Who was told of an alarm: at once, or when their quiet hours end (`tell_at`)."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="told")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    tell_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["alarm", "person"], name="alarm_told_once")]
        indexes = [models.Index(fields=["tell_at"], condition=Q(told_at=None), name="told_later")]

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.person_id}"


class Reaction(models.Model):
    """What was done about a clock that ran over, and why it did (逾期反应)."""

    class Cause(models.TextChoices):
        LOAD = "load", _("Too much at once")
        OTHERS = "others", _("Waited for others")
        HARD = "hard", _("A hard matter")
        SLIP = "slip", _("Overlooked")
        SYSTEM = "system", _("A system failed")

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="reactions")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    cause = models.CharField(_("why it ran over"), max_length=7, choices=Cause)
    text = models.CharField(_("what was done"), max_length=500)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.cause}"
