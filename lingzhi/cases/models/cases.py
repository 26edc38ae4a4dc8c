"""Cases (工单): one matter of one customer, from the first word to the confirmed end."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.flows import FlowVersion
from lingzhi.cases.models.types import CaseClass, CaseType, Level, Priority
from lingzhi_engine.flow import State


class Case(models.Model):
    """One matter. `owner` was asked first and answers for it to the end (首问负责人); `handler` is
    who works on it now.

    `state` is a code of its version of the flow, `kind` what that state means. `cycle` counts how
    often it was begun: reopening adds one. `fed_back_at` is when the customer was told the result;
    `satisfaction` is what they said to it, `objection` in their words. `fault_code` and `area` are
    words of the master dictionaries, or such as these do not know. `own` holds what it says in the
    fields of the house (`CaseField`), by code: texts, numbers and days as text, truths as they are;
    nothing where nothing was said. `next_due_at` and `is_late` repeat what its running clocks say,
    for lists. `revision` grows with each change: whoever acts on an older one is told. Where no
    person of the centre opened it (`opened_by` None), `opened_through` says who or what did.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("In work")
        WAITING = "waiting", _("Waiting for others")
        SOLVED = "solved", _("Solved")
        CLOSED = "closed", _("Case closed")
        MERGED = "merged", _("Merged into another case")

    class Satisfaction(models.TextChoices):
        SATISFIED = "satisfied", _("Satisfied")
        ACCEPTED = "accepted", _("No objection")
        OBJECTS = "objects", _("Objects")
        UNREACHED = "unreached", _("Not reached, tries are the proof")

    class Through(models.TextChoices):
        PORTAL = "portal", _("The customer, through the portal")
        MAIL = "mail", _("The customer, by e-mail")
        SURVEY = "survey", _("A rule: a bad judgement in a survey")

    number = models.CharField(_("number"), max_length=60, unique=True)
    type = models.ForeignKey(CaseType, models.PROTECT, verbose_name=_("case type"))
    version = models.ForeignKey(FlowVersion, models.PROTECT, related_name="cases")
    state = models.CharField(_("state"), max_length=40)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.OPEN)
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    case_class = models.CharField(_("case class"), max_length=8, choices=CaseClass)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    level = models.PositiveSmallIntegerField(_("handling level"), choices=Level)
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, null=True, related_name="cases",
        verbose_name=_("customer"),
    )  # fmt: skip
    contact = models.ForeignKey(
        "contacts.Contact", models.SET_NULL, null=True, related_name="cases",
        verbose_name=_("conversation"),
    )  # fmt: skip
    channel = models.ForeignKey(
        "contacts.Channel", models.PROTECT, null=True, verbose_name=_("channel")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="cases", verbose_name=_("unit")
    )
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="cases_owned",
        verbose_name=_("first responsible"),
    )  # fmt: skip
    handler = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="cases_handled",
        verbose_name=_("handled by"),
    )  # fmt: skip
    title = models.CharField(_("subject"), max_length=120)
    description = models.TextField(_("what happened"), blank=True)
    demand = models.CharField(_("what the customer asks for"), max_length=500, blank=True)
    fault_code = models.CharField(_("fault code"), max_length=60, blank=True)
    area = models.CharField(_("area of the matter"), max_length=120, blank=True)
    own = models.JSONField(_("custom fields"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("registered at"))
    opened_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("opened by")
    )
    opened_through = models.CharField(
        _("opened through"), max_length=6, choices=Through, blank=True, default=""
    )
    solved_at = models.DateTimeField(_("solved at"), null=True)
    fed_back_at = models.DateTimeField(_("customer told the result at"), null=True)
    satisfaction = models.CharField(
        _("the customer says"), max_length=9, choices=Satisfaction, blank=True
    )
    objection = models.CharField(_("objection"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("case closed at"), null=True)
    closed_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("case closed by"),
    )
    next_due_at = models.DateTimeField(_("next due"), null=True)
    is_late = models.BooleanField(_("late"), default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = [F("next_due_at").asc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="closed")
                | Q(closed_at__isnull=False, fed_back_at__isnull=False) & ~Q(satisfaction="")
                | Q(closed_at__isnull=False, satisfaction="unreached"),
                name="closed_after_feedback",
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None) & ~Q(opened_through="")
                | Q(opened_by__isnull=False, opened_through=""),
                name="opened_by_or_through",
            ),
            models.CheckConstraint(
                condition=~Q(satisfaction="objects") | ~Q(objection=""), name="objection_in_words"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "next_due_at"], name="case_by_due"),
            models.Index(fields=["handler", "kind", "next_due_at"], name="case_by_handler"),
            models.Index(fields=["unit", "kind", "next_due_at"], name="case_by_unit"),
            models.Index(fields=["owner", "kind"], name="case_by_owner"),
            models.Index(fields=["-opened_at"], name="case_newest"),
            models.Index(fields=["solved_at"], name="case_by_solved"),
            models.Index(fields=["closed_at"], name="case_by_closed"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_closed(self) -> bool:
        return self.kind == self.Kind.CLOSED

    @property
    def is_over(self) -> bool:
        """Whether the work is done: solved or closed."""
        return self.kind in (self.Kind.SOLVED, self.Kind.CLOSED)

    @property
    def is_merged(self) -> bool:
        """Whether it is worked on in another case."""
        return self.kind == self.Kind.MERGED

    def read_state(self) -> State:
        """Its state as the flow describes it."""
        return self.version.read().states[self.state]


class CaseEvent(models.Model):
    """Something that happened to a case. Rows are only added (可追溯).

    `text` is the note, the reason, the handling method told or the customer's own words;
    `expected_at` and `way` are the time and the way of the next word that the customer was told.
    `is_public` marks what the customer may read. `other` is the case it is about as well, and
    `by` None where the program did it. `changes` names the fields that were changed with both
    values, of texts only the name.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("Case registered")
        RECOGNISED = "recognised", _("Recognised")
        NOTED = "noted", _("Note")
        MOVED = "moved", _("Moved on")
        ASSIGNED = "assigned", _("Assigned")
        HAND_OVER_ASKED = "hand_over_asked", _("Hand-over asked for")
        HAND_OVER_ACCEPTED = "hand_over_accepted", _("Hand-over accepted")
        HAND_OVER_RETURNED = "hand_over_returned", _("Hand-over returned")
        TOLD = "told", _("Customer told")
        ANSWERED = "answered", _("Customer answered")
        CONFIRMED = "confirmed", _("Result sent by e-mail")
        NOT_CONFIRMED = "not_confirmed", _("Result not confirmed by e-mail")
        REOPENED = "reopened", _("Reopened")
        LATE = "late", _("A time limit ran over")
        FILE_ADDED = "file_added", _("File added")
        FILE_REMOVED = "file_removed", _("File taken away")
        LINKED = "linked", _("Linked")
        UNLINKED = "unlinked", _("Unlinked")
        MERGED = "merged", _("Cases merged")
        UNMERGED = "unmerged", _("Merge taken back")
        CHANGED = "changed", _("Case changed")
        RAISED = "raised", _("Raised to the next level")
        EXTENDED = "extended", _("More time granted")
        REACTED = "reacted", _("Reaction to lateness")
        PRESSED = "pressed", _("Urged by the service desk")
        ORDER_SENT = "order_sent", _("Order sent")
        ORDER_SIGNED = "order_signed", _("Order signed for")
        ORDER_RETURNED = "order_returned", _("Order returned")
        ORDER_TAKEN_BACK = "order_taken_back", _("Order taken back")
        ORDER_ANSWERED = "order_answered", _("Order answered")
        ORDER_RULED = "order_ruled", _("Ruled who handles it")
        REVIEWED = "reviewed", _("Answer reviewed")
        REDONE = "redone", _("Sent back to be done again")
        URGED = "urged", _("Urged")
        SUPERVISED = "supervised", _("Supervision ordered")
        REPORTED = "reported", _("Reported to the supervisor")
        SUPERVISION_ENDED = "supervision_ended", _("Supervision ended")
        CALLED_BACK = "called_back", _("Customer called back")
        HIDDEN = "hidden", _("Complainant hidden")
        SHEET = "sheet", _("Work contact sheet")
        MAJOR = "major", _("Major matter")
        PROCESS_REVIEW = "process_review", _("Internal review")
        VISIT = "visit", _("Visit")
        MAIL_CAME = "mail_came", _("Mail from the customer")
        MAIL_WRITTEN = "mail_written", _("Mail to the customer")
        MAIL_NOT_SENT = "mail_not_sent", _("A mail did not reach the customer")

    class RaiseCause(models.TextChoices):
        HARD = "hard", _("Too hard for this level")
        CONFLICT = "conflict", _("Conflict with the customer")
        EMOTION = "emotion", _("The customer is agitated")
        POWERS = "powers", _("Beyond one's powers")
        LATE = "late", _("Time is running out")

    class Way(models.TextChoices):
        NONE = "", "–"
        PHONE = "phone", _("By phone")
        MESSAGE = "message", _("By text message")
        EMAIL = "email", _("By e-mail")
        APP = "app", _("In the app")
        VISIT = "visit", _("By a visit")

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    kind = models.CharField(_("what happened"), max_length=18, choices=Kind)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    text = models.CharField(_("text"), max_length=2000, blank=True)
    is_public = models.BooleanField(_("the customer may read it"), default=False)
    step = models.CharField(_("step"), max_length=40, blank=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")
    expected_at = models.DateTimeField(_("expected at"), null=True)
    way = models.CharField(_("way"), max_length=7, choices=Way, blank=True, default=Way.NONE)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class HandOver(models.Model):
    """A case offered to another unit (转交): it changes hands only when somebody there accepts."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="hand_overs")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    reason = models.CharField(_("reason"), max_length=500)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_accepted = models.BooleanField(null=True)
    answer = models.CharField(_("reason for the return"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                F("case"), condition=Q(answered_at=None), name="one_open_hand_over"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_accepted=None)
                | Q(answered_at__isnull=False, is_accepted=True)
                | Q(answered_at__isnull=False, is_accepted=False) & ~Q(answer=""),
                name="return_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.unit_id}"
