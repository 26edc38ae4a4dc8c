"""Complaints (投诉): what a case has besides where a customer complains."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case
from lingzhi.cases.models.causes import Cause


class Grade(models.TextChoices):
    """How severe a complaint is (一般/重要/重大投诉)."""

    ORDINARY = "ordinary", _("Ordinary complaint")
    IMPORTANT = "important", _("Important complaint")
    MAJOR = "major", _("Major complaint")


class Complaint(models.Model):
    """A case in which a customer complains (ISO 10002:2018, GB/T 19012): it owns its clocks,
    hand-overs and closing rules through the case.

    `accused` and `accused_unit` are whom it is about: that person never sees or handles it.
    `claimed_cause` is the reason in the customer's eyes, `cause` what was found. `gravity` is the
    judgement of who took it on how serious it is (情节轻重), `is_reported_up` and `is_apologised`
    what followed. `statutory_due_at` is the day an authority set. `finding` is whether the
    complaint is upheld, after `verification` of the facts (核实情况). `handling_satisfaction` is
    about how it was handled, apart from the outcome (`case.satisfaction`). `repeats` is the
    complaint of the same customer on the same matter before it; `group` the first of a group of
    customers with one matter.
    """

    class Source(models.TextChoices):
        INSIDE = "inside", _("The customer, directly")
        HOTLINE = "12345", _("Government hotline 12345")
        CONSUMERS = "12315", _("Consumer hotline 12315")
        MINISTRY = "ministry", _("Ministry")
        REGULATOR = "regulator", _("Regulator of the industry")
        MEDIA = "media", _("Media or public platform")

    class Gravity(models.TextChoices):
        SLIGHT = "slight", _("Slight")
        SERIOUS = "serious", _("Serious")
        GRAVE = "grave", _("Grave")

    class Finding(models.TextChoices):
        NONE = "", _("not yet decided")
        UPHELD = "upheld", _("Upheld")
        PARTLY = "partly", _("Partly upheld")
        UNFOUNDED = "unfounded", _("Not upheld")

    class Handling(models.TextChoices):
        NONE = "", _("not asked")
        SATISFIED = "satisfied", _("Satisfied with the handling")
        NEUTRAL = "neutral", _("Neither nor")
        DISSATISFIED = "dissatisfied", _("Dissatisfied with the handling")

    case = models.OneToOneField(
        Case, models.CASCADE, primary_key=True, related_name="complaint", verbose_name=_("case")
    )
    grade = models.CharField(_("severity grade"), max_length=9, choices=Grade)
    source = models.CharField(
        _("source of the complaint"), max_length=9, choices=Source, default=Source.INSIDE
    )
    source_body = models.CharField(_("authority or medium"), max_length=120, blank=True)
    source_number = models.CharField(_("their own number"), max_length=60, blank=True)
    statutory_due_at = models.DateTimeField(_("due by their order"), null=True)
    answered_source_at = models.DateTimeField(_("authority answered at"), null=True)
    claimed_cause = models.CharField(_("cause as claimed"), max_length=500, blank=True)
    accused_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit concerned")
    )
    accused = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="complaints_about",
        verbose_name=_("person concerned"),
    )  # fmt: skip
    gravity = models.CharField(_("gravity"), max_length=7, choices=Gravity, default=Gravity.SLIGHT)
    gravity_note = models.CharField(_("why"), max_length=300, blank=True)
    is_reported_up = models.BooleanField(_("reported upward"), default=False)
    is_apologised = models.BooleanField(_("apologised to the customer"), default=False)
    is_professional = models.BooleanField(_("professional claimant"), default=False)
    professional_note = models.CharField(_("signs of it"), max_length=300, blank=True)
    assessment = models.TextField(_("first assessment"), blank=True)
    assessed_at = models.DateTimeField(_("assessed at"), null=True)
    assessed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    verification = models.TextField(_("facts verified"), blank=True)
    is_cause_confirmed = models.BooleanField(_("claimed cause confirmed"), null=True)
    verified_at = models.DateTimeField(_("verified at"), null=True)
    verified_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    analysis = models.TextField(_("analysis of the cause"), blank=True)
    analysed_at = models.DateTimeField(_("analysed at"), null=True)
    analysed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    finding = models.CharField(
        _("finding"), max_length=9, choices=Finding, blank=True, default=Finding.NONE
    )
    decision = models.TextField(_("decision and its reasons"), blank=True)
    laws = models.JSONField(_("laws referred to"), default=list, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    cause = models.ForeignKey(
        Cause, models.PROTECT, null=True, related_name="complaints", verbose_name=_("cause")
    )
    outside_ways = models.CharField(_("outside ways told"), max_length=500, blank=True)
    outside_told_at = models.DateTimeField(_("outside ways told at"), null=True)
    improvement = models.TextField(_("measure against recurrence"), blank=True)
    effect = models.TextField(_("effect of the measure"), blank=True)
    is_effective = models.BooleanField(_("the measure works"), null=True)
    effect_confirmed_at = models.DateTimeField(_("effect confirmed at"), null=True)
    effect_confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+"
    )
    handling_satisfaction = models.CharField(
        _("satisfaction with the handling"), max_length=12, choices=Handling, blank=True,
        default=Handling.NONE,
    )  # fmt: skip
    repeats = models.ForeignKey("self", models.SET_NULL, null=True, related_name="repeated_by")
    group = models.ForeignKey("self", models.SET_NULL, null=True, related_name="members")

    class Meta:
        ordering = ["-case_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="") | Q(verified_at__isnull=False, decided_at__isnull=False),
                name="complaint_decided_on_facts",
            ),
            models.CheckConstraint(
                condition=~Q(repeats=F("case")) & ~Q(group=F("case")),
                name="complaint_of_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["accused", "-case"], name="complaint_by_accused"),
            models.Index(fields=["source", "grade"], name="complaint_by_source"),
        ]

    def __str__(self) -> str:
        return self.case.number

    @property
    def is_upheld(self) -> bool:
        return self.finding in (self.Finding.UPHELD, self.Finding.PARTLY)


class Deferral(models.Model):
    """More time asked for (延期审批). Without `approval` nobody had to agree."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="deferrals")
    until_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approval = models.ForeignKey(
        "approvals.Approval", models.PROTECT, null=True, related_name="+"
    )  # fmt: skip
    granted_at = models.DateTimeField(_("granted at"), null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.complaint_id} → {self.until_at}"
