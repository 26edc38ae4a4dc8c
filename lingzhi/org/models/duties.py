"""Who is there, who stands in, and who answers for what (R-OR-15, R-OR-16)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.org.models.people import ends_after_it_starts


class Presence(models.Model):
    """A stretch of time in which a person is on duty, or is absent. A fact, with its source.

    Facts are withdrawn, not edited: what was decided on them stays explainable. Where no fact
    covers a moment, nobody knows.
    """

    class Kind(models.TextChoices):
        DUTY = "duty", _("On duty")
        LEAVE = "leave", _("Leave")
        SICK = "sick", _("Sick")
        TRAINING = "training", _("In training")
        BUSINESS = "business", _("On business")
        OTHER = "other", _("Absent for another reason")

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="presences", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("until"))
    source = models.CharField(_("source"), max_length=40, default="hand")
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-from_at"]
        indexes = [models.Index(fields=["person", "from_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__gt=F("from_at")),
                name="presence_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.from_at:%Y-%m-%d %H:%M}"

    @property
    def is_absence(self) -> bool:
        return self.kind != self.Kind.DUTY


class Matter(models.TextChoices):
    """Matters that a rulebook asks to lie in named hands."""

    COMPLAINTS = "complaints", _("Complaints")
    QUALITY = "quality", _("Quality")
    FOLLOW_UP = "follow_up", _("Follow-up")
    PERSONAL_DATA = "personal_data", _("Protection of personal data")
    SAFETY = "safety", _("Safety and emergencies")
    TRAINING = "training", _("Training")
    KNOWLEDGE = "knowledge", _("Knowledge and scripts")
    EQUIPMENT = "equipment", _("Equipment")


class Designation(models.Model):
    """The unit, and where named the person, in charge of a matter (归口部门/人员).

    `is_published` contact data may be shown to customers.
    """

    matter = models.CharField(_("matter"), max_length=16, choices=Matter)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="designations", verbose_name=_("unit")
    )
    person = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="designations",
        verbose_name=_("person"),
    )
    contact = models.CharField(_("channels and contact data"), max_length=300, blank=True)
    is_published = models.BooleanField(_("shown to customers"), default=False)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["matter", "-from_on"]
        constraints = [
            ends_after_it_starts("designation_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=Q(to_on__isnull=True),
                name="designation_once_at_a_time",
                violation_error_message=_("This unit is in charge of this matter already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.unit_id}"


class Deputy(models.Model):
    """Who takes over when a person is absent (R-OR-16): for one matter, or for all (blank)."""

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="deputies", verbose_name=_("person")
    )
    deputy = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="deputises_for", verbose_name=_("deputy")
    )
    matter = models.CharField(
        _("matter"),
        max_length=16,
        choices=Matter,
        blank=True,
        help_text=_("Empty: everything that no other deputy takes over."),
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["person", "matter", "-from_on"]
        verbose_name_plural = _("deputies")
        constraints = [
            ends_after_it_starts("deputy_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")),
                name="deputy_is_somebody_else",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
            models.UniqueConstraint(
                fields=["person", "matter"],
                condition=Q(to_on__isnull=True),
                name="deputy_one_at_a_time",
                violation_error_message=_("Another deputy is named for this matter."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.deputy_id}"
