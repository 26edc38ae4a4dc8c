"""Clocks (计时) beside a case: the rules that start them, how they stand, and their ledger."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.by_clause import ByClause
from lingzhi.cases.models.calendars import CalendarVersion
from lingzhi.cases.models.cases import Case
from lingzhi.cases.models.dispatch import WorkOrder
from lingzhi.cases.models.types import CaseClass, CaseType, Level
from lingzhi_engine.clock import Limit, TimeBase, Unit


class ClockKind(models.TextChoices):
    """What a clock waits for."""

    FIRST_RESPONSE = "first_response", _("First response")
    OWN = "own", _("Taken on by a person")
    HAND_OVER = "hand_over", _("Hand-over accepted in time")
    INVESTIGATION = "investigation", _("First investigation")
    PROPOSAL = "proposal", _("Proposed solution")
    RESOLUTION = "resolution", _("Resolution")
    FEEDBACK = "feedback", _("Feedback to the customer")
    PROMISE = "promise", _("Promised time")
    UPDATE = "update", _("Next word to the customer")
    LEVEL = "level", _("Handled at its level")
    SIGN_IN = "sign_in", _("Order signed for")
    HANDLING = "handling", _("Answer of the unit")
    SUPERVISION = "supervision", _("Report to the supervisor")
    ASSESSMENT = "assessment", _("First assessment")
    STATUTORY = "statutory", _("Answer to the authority")


class ClockRule(ByClause):
    """A time limit (时限), and what it holds for. An empty field holds for everything.

    Rows in use never change: a new limit is a new row with the same `code` and the next `number`.
    Of all that fit, the one that names most fields wins, then the newest. `warns_percent` is the
    share of the time after which the handler is warned, 0 for never. `pause_cap` is how many
    minutes of the clock's own time waits may give back in one cycle; empty: any. Where
    `pause_needs_approval`, a wait counts on until somebody has agreed to it.
    """

    class UnitOfTime(models.TextChoices):
        MINUTES = Unit.MINUTES.value, _("minutes")
        HOURS = Unit.HOURS.value, _("hour(s)")
        DAYS = Unit.DAYS.value, _("days")
        WORKING_DAYS = Unit.WORKING_DAYS.value, _("working days")

    class Base(models.TextChoices):
        WORKING = TimeBase.WORKING.value, _("business time")
        ROUND_THE_CLOCK = TimeBase.ROUND_THE_CLOCK.value, _("round the clock")

    code = models.CharField(_("code"), max_length=40)
    number = models.PositiveIntegerField(_("version"), default=1)
    kind = models.CharField(_("clock"), max_length=14, choices=ClockKind)
    channel = models.ForeignKey("contacts.Channel", models.PROTECT, null=True, blank=True)
    type = models.ForeignKey(CaseType, models.PROTECT, null=True, blank=True)
    case_class = models.CharField(max_length=8, choices=CaseClass, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    segment = models.ForeignKey(
        "customers.Segment", models.PROTECT, null=True, blank=True, related_name="+"
    )
    amount = models.PositiveIntegerField(_("time limit"))
    unit = models.CharField(max_length=12, choices=UnitOfTime)
    base = models.CharField(max_length=15, choices=Base, default=Base.WORKING)
    ends_with_day = models.BooleanField(_("until the close of the last day"), default=False)
    is_inclusive = models.BooleanField(_("the limit itself is in time"), default=True)
    stops_when_waiting = models.BooleanField(_("stops while the case waits"), default=True)
    pause_cap = models.PositiveIntegerField(
        _("waits stop the clock for at most, minutes"), null=True, blank=True
    )
    pause_needs_approval = models.BooleanField(_("a wait has to be approved"), default=False)
    warns_percent = models.PositiveSmallIntegerField(_("warns after, %"), default=75)
    from_on = models.DateField(_("valid from"))
    to_on = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="clock_rule_once"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="clock_rule_ends_later"
            ),
            models.CheckConstraint(condition=Q(warns_percent__lt=100), name="warns_before_the_end"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    @property
    def limit(self) -> Limit:
        """The limit as the engine reckons with it. Raises BadLimit."""
        return Limit(
            self.amount, Unit(self.unit), TimeBase(self.base), self.ends_with_day, self.is_inclusive
        )


class Clock(models.Model):
    """One clock of one cycle of a case, and what was judged. `verdict` is written once and stays.

    `due_at` is None while it is paused and where the calendar is not published:
    `unpublished_on` is the first day that would have to be. `rule` is None for a promise, whose
    time is `promised_at`. `calendar` is None where the case's unit has none: then the time is not
    known either. `rule` and `calendar_version` are those in force now; each line of the ledger
    names its own. `was_over_before` marks a verdict that nobody could have kept: the limit came
    when it was over already. `wakes_at` is when a wait has used up its cap.
    `is_planned` says that its levels of escalation are planned by the due time as it stands.
    `order` is the work order it is of; None: it is of the case itself.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    class Verdict(models.TextChoices):
        NONE = "", _("not yet judged")
        MET = "met", _("In time")
        LATE = "late", _("Too late")
        CANCELLED = "cancelled", _("Not needed any more")

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    order = models.ForeignKey(WorkOrder, models.CASCADE, null=True, related_name="clocks")
    kind = models.CharField(_("clock"), max_length=14, choices=ClockKind)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    rule = models.ForeignKey(ClockRule, models.PROTECT, null=True, related_name="clocks")
    promised_at = models.DateTimeField(_("promised for"), null=True)
    calendar = models.ForeignKey("org.Calendar", models.PROTECT, null=True, related_name="+")
    calendar_version = models.ForeignKey(
        CalendarVersion, models.PROTECT, null=True, related_name="clocks"
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.RUNNING)
    opened_at = models.DateTimeField(_("began at"))
    due_at = models.DateTimeField(_("due at"), null=True)
    warn_at = models.DateTimeField(_("warns at"), null=True)
    unpublished_on = models.DateField(_("not published for"), null=True)
    verdict = models.CharField(
        _("verdict"), max_length=9, choices=Verdict, blank=True, default=Verdict.NONE
    )
    judged_at = models.DateTimeField(_("judged at"), null=True)
    was_over_before = models.BooleanField(default=False)
    wakes_at = models.DateTimeField(null=True)
    is_planned = models.BooleanField(default=False)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    warned_at = models.DateTimeField(_("warned at"), null=True)
    told_at = models.DateTimeField(_("told of being late at"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "number"], name="clock_once"),
            models.UniqueConstraint(
                F("case"),
                F("kind"),
                condition=~Q(state="ended") & Q(order=None),
                name="one_living_clock_a_kind",
            ),
            models.UniqueConstraint(
                F("order"), F("kind"), condition=~Q(state="ended"), name="one_living_order_clock"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(judged_at__isnull=False), name="verdict_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(rule__isnull=False) | Q(promised_at__isnull=False),
                name="clock_has_its_measure",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="running", verdict=""), name="clock_falls_due"
            ),
            models.Index(
                fields=["warn_at"], condition=Q(state="running", warned_at=None), name="clock_warns"
            ),
            models.Index(
                fields=["unpublished_on"], condition=Q(unpublished_on__isnull=False),
                name="clock_unpublished",
            ),
            models.Index(
                fields=["wakes_at"], condition=Q(state="paused", wakes_at__isnull=False),
                name="clock_wakes",
            ),
            models.Index(
                fields=["calendar_version"], condition=~Q(state="ended"), name="clock_by_calendar"
            ),
            models.Index(
                fields=["id"], condition=Q(state="running", verdict="late", told_at=None),
                name="clock_to_tell",
            ),
            models.Index(fields=["judged_at"], name="clock_by_judgement"),
            models.Index(
                fields=["id"], condition=Q(is_planned=False) & ~Q(state="ended"),
                name="clock_to_plan",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @property
    def is_living(self) -> bool:
        return self.state != self.State.ENDED


class ClockEvent(models.Model):
    """A line of a clock's ledger (计时台账). Rows are only added.

    Where it began and where its terms changed, `rule` and `calendar_version` are what holds from
    then on. An extension is `amount` of `unit`. A wait that does not give back only gets noted.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("Began")
        PAUSED = "paused", _("Stopped")
        RESUMED = "resumed", _("Went on")
        MET = "met", _("Done")
        CANCELLED = "cancelled", _("Called off")
        RULE_CHANGED = "rule_changed", _("Goes by another limit")
        EXTENDED = "extended", _("More time granted")

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    rule = models.ForeignKey(ClockRule, models.PROTECT, null=True, related_name="+")
    calendar_version = models.ForeignKey(
        CalendarVersion, models.PROTECT, null=True, related_name="+"
    )
    amount = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=12, choices=ClockRule.UnitOfTime, blank=True)
    gives_back = models.BooleanField(default=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind}"
