"""Follow-ups (回访): the rules that ask for them, the tasks, and each try to reach the customer."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.by_clause import ByClause
from lingzhi.cases.models.clocks import ClockRule
from lingzhi.cases.models.scripts import FollowUpScript
from lingzhi.cases.models.types import CaseClass, Level
from lingzhi.core.languages import in_language

WITHIN = [
    (one.value, one.label) for one in (ClockRule.UnitOfTime.DAYS, ClockRule.UnitOfTime.WORKING_DAYS)
]
# What a clause demands of its rule; how it is done (script, times to call, tries) the house sets.
OF_CLAUSES = (
    "trigger", "type_id", "case_class", "level", "segment_id", "delay_amount", "delay_unit",
    "delay_base", "within_days", "every_months", "later_months", "share_percent",
)  # fmt: skip


class FollowUpRule(ByClause):
    """One line of an additive list: of all that fit, each asks for a follow-up of its own.

    An empty audience field holds for everybody. `delay` is counted from the trigger to the day on
    which one may call; `within_days` are the working days from then until it is due, or where a
    clause says so (`within_unit`) days of the calendar. `share` of
    the triggers is drawn with `seed`: the same trigger is drawn again each time one looks.
    `windows` are the times of day in which one may call, on working days where `on_working_days`.
    `unit` is who calls (R-FU-08); by default the unit of the case. `every_months` is how often it
    comes again: of deliveries in their first year, `later_months` after it (R-FU-02).
    """

    class Trigger(models.TextChoices):
        SOLVED = "solved", _("A case was solved")
        CLOSED = "closed", _("A case was closed")
        EVENT = "event", _("Every conversation")
        DELIVERY = "delivery", _("Age of what was delivered")
        REGULAR = "regular", _("Regularly, each customer of the class")

    OF_CASES = (Trigger.SOLVED, Trigger.CLOSED)

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.JSONField(_("title"))
    trigger = models.CharField(_("trigger"), max_length=8, choices=Trigger)
    type = models.ForeignKey(
        "cases.CaseType", models.PROTECT, null=True, blank=True, verbose_name=_("case type")
    )
    case_class = models.CharField(_("case class"), max_length=8, choices=CaseClass, blank=True)
    level = models.PositiveSmallIntegerField(
        _("from handling level"), choices=Level, null=True, blank=True
    )
    segment = models.ForeignKey(
        "customers.Segment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("class of customers"),
    )  # fmt: skip
    delay_amount = models.PositiveIntegerField(_("call after"), default=0)
    delay_unit = models.CharField(
        max_length=12, choices=ClockRule.UnitOfTime, default=ClockRule.UnitOfTime.WORKING_DAYS
    )
    delay_base = models.CharField(
        max_length=15, choices=ClockRule.Base, default=ClockRule.Base.WORKING
    )
    within_days = models.PositiveSmallIntegerField(_("within so many working days"), default=3)
    within_unit = models.CharField(
        max_length=12, choices=WITHIN, default=ClockRule.UnitOfTime.WORKING_DAYS, editable=False
    )
    every_months = models.PositiveSmallIntegerField(_("every so many months"), default=1)
    later_months = models.PositiveSmallIntegerField(_("after the first year, every"), default=3)
    share_percent = models.PositiveSmallIntegerField(_("share drawn, %"), default=100)
    seed = models.PositiveIntegerField(_("seed of the draw"), default=1)
    script = models.ForeignKey(FollowUpScript, models.PROTECT, verbose_name=_("script"))
    windows = models.CharField(_("times to call"), max_length=80, default="09:00-12:00,14:00-20:00")
    on_working_days = models.BooleanField(_("on working days only"), default=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=3)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("unit that calls"),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("in force since"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100), name="share_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(tries__gte=1, every_months__gte=1, later_months__gte=1),
                name="follow_up_rule_happens",
            ),
            models.CheckConstraint(
                condition=~Q(trigger="regular") | Q(segment__isnull=False),
                name="regular_names_a_class",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title) or self.code


class FollowUp(models.Model):
    """One matter that a customer is to be asked about. `key` names it: each asks once a rule.

    It is planned until `from_at`; then it is opened, put off, suppressed with `why`, or becomes
    part of another one of the same customer (`merged_into`): one conversation answers all of them.
    `due_at` is None where the calendar is not published that far. `person` calls; `served_by` is
    whose service is asked about. `satisfaction` and `service` run from 0 (worst) to 1.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("To be called")
        DONE = "done", _("Followed up")
        UNREACHED = "unreached", _("Not reached after all tries")
        REFUSED = "refused", _("Refused")
        MERGED = "merged", _("Asked together with another")
        SUPPRESSED = "suppressed", _("Not to be called")
        NOT_DRAWN = "not_drawn", _("Not drawn")
        CALLED_OFF = "called_off", _("Called off")

    class Why(models.TextChoices):
        NONE = "", "–"
        REFUSED = "refused", _("said no to follow-ups")
        NO_CONSENT = "no_consent", _("has not agreed to them")
        ASKED_RECENTLY = "asked_recently", _("was asked only recently")
        CLOSED = "closed", _("the file is closed")
        COMPLAINT_OPEN = "complaint_open", _("has an open complaint")
        NO_CUSTOMER = "no_customer", _("nobody knows whom to call")
        REOPENED = "reopened", _("the case was reopened")
        ERASED = "erased", _("the data were erased")

    LIVING = (State.PLANNED, State.OPEN)
    ENDED = (State.DONE, State.UNREACHED, State.REFUSED)

    rule = models.ForeignKey(FollowUpRule, models.PROTECT, related_name="follow_ups")
    key = models.CharField(max_length=60)
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, null=True, related_name="follow_ups",
        verbose_name=_("customer"),
    )  # fmt: skip
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="follow_ups", verbose_name=_("case")
    )
    contact = models.ForeignKey(
        "contacts.Contact", models.SET_NULL, null=True, related_name="follow_ups"
    )
    delivery = models.ForeignKey(
        "customers.Delivery", models.PROTECT, null=True, related_name="follow_ups",
        verbose_name=_("project or product"),
    )  # fmt: skip
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    served_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="follow_ups",
        verbose_name=_("calls"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    why = models.CharField(_("reason"), max_length=14, choices=Why, blank=True, default=Why.NONE)
    triggered_at = models.DateTimeField(_("asked for at"))
    from_at = models.DateTimeField(_("to be called from"))
    due_at = models.DateTimeField(_("due at"), null=True)
    next_at = models.DateTimeField(_("next try"), null=True)
    tried = models.PositiveSmallIntegerField(_("tries so far"), default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    script = models.ForeignKey("cases.ScriptVersion", models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(_("answers"), default=dict)
    satisfaction = models.FloatField(_("satisfaction"), null=True)
    service = models.FloatField(_("service"), null=True)
    outreach = models.ForeignKey("customers.Outreach", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["next_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "key"], name="follow_up_once"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
                name="merged_names_its_other",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("done", "unreached", "refused"))
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="follow_up_has_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="suppressed") | ~Q(why=""), name="suppressed_has_its_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "from_at"], name="follow_up_due"),
            models.Index(fields=["person", "state", "next_at"], name="follow_up_by_person"),
            models.Index(fields=["customer", "state"], name="follow_up_by_customer"),
            models.Index(fields=["unit", "state", "next_at"], name="follow_up_by_unit"),
            models.Index(fields=["due_at"], name="follow_up_by_due"),
            models.Index(fields=["-ended_at"], name="follow_up_newest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rule_id} {self.key}"

    @property
    def matter(self) -> str:
        """What notices about it are about."""
        return f"cases.follow_up/{self.pk}"

    @property
    def asked_about(self) -> str:
        """What the customer is asked about: asking again about it is no second asking."""
        return f"cases.case/{self.case_id}" if self.case_id else self.matter

    @property
    def is_unhappy(self) -> bool:
        """Whether the customer said that it is not well (below the middle of the scale)."""
        scores = [one for one in (self.satisfaction, self.service) if one is not None]
        return bool(scores) and min(scores) < 0.5


class FollowUpTry(models.Model):
    """One try to reach the customer, from its begin to what came of it.

    `called_back_at` is when the customer asked to be called again.
    """

    class Outcome(models.TextChoices):
        RUNNING = "", _("in progress")
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        BUSY = "busy", _("Busy")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        REFUSED = "refused", _("Refused to answer")
        CALL_BACK = "call_back", _("Call back later")

    LONGEST = timedelta(hours=2)  # of one conversation

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("number"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="follow_up_tries")
    began_at = models.DateTimeField(_("began at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome, blank=True, default=Outcome.RUNNING
    )
    call_back_at = models.DateTimeField(_("call back at"), null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "number"], name="try_once"),
            models.UniqueConstraint(
                F("follow_up"), condition=Q(ended_at=None), name="one_try_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
                name="try_ends_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["by", "began_at"], name="try_by_person")]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.number}"

    @property
    def seconds(self) -> int | None:
        """How long it took; None while it goes on."""
        return round((self.ended_at - self.began_at).total_seconds()) if self.ended_at else None


class FollowUpResult(models.Model):
    """What came of a conversation: reopened, a new case, an opinion passed on, praise."""

    class Kind(models.TextChoices):
        REOPENED = "reopened", _("Case reopened")
        CASE = "case", _("New case or complaint")
        OPINION = "opinion", _("Opinion passed to a department")
        PRAISE = "praise", _("Praise")

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="results")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    opinion = models.ForeignKey("customers.Opinion", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    words = models.CharField(_("words"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.kind}"
