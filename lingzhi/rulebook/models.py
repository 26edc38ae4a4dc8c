"""Rulebooks (制度): packs, the regulations adopted from them, their clauses and controls."""

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.controls import Binding
from lingzhi.core.languages import in_language


class Pack(models.Model):
    """An adoptable set of rules (规则包) made here: imported from a regulation or built by hand.

    Packs that come with the program are files under `packs/` and have no row. `body` is the
    content in the form of the pack schema; `proposals` are controls found in an imported text
    that nobody has decided about yet. Whoever writes regulations for `unit` may change it.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("belongs to")
    )
    body = models.JSONField(_("content"))
    proposals = models.JSONField(default=list)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.body.get("title", {})) or self.code


class Regulation(models.Model):
    """A pack adopted for a unit and everything below it (制度). Its content is in its versions."""

    pack = models.CharField(_("pack"), max_length=40)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="regulations", verbose_name=_("holds for")
    )
    interpreter = models.CharField(_("who interprets it"), max_length=80, blank=True)
    review_months = models.PositiveSmallIntegerField(
        _("months between two reviews"), default=12, validators=[MinValueValidator(1)]
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["unit__path", "pack"]
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "unit"],
                name="pack_once_per_unit",
                violation_error_message=_("This unit has adopted this pack already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack} {self.unit_id}"


class Version(models.Model):
    """One version of a regulation: draft, then (by its approval chain) approved, then in force.

    `body` is the whole content in the form of the pack schema, `answers` the figures the adopter
    set (by control and name), `resolutions` what was decided about each conflict. A version that
    left the draft never changes. It is in force from `effective_on` to `ended_on`, both included.
    A pilot holds only for some teams or channels, and until a day.
    """

    class Reason(models.TextChoices):
        FIRST = "first", _("First adoption")
        ENVIRONMENT = "environment", _("Law, market or technology changed")
        FINDING = "finding", _("A review or inspection found a fault")
        FEEDBACK = "feedback", _("Customers' feedback")
        BUSINESS = "business", _("The business changed")

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided")
        EXTENDED = "extended", _("Holds for everybody")
        DROPPED = "dropped", _("Pilot given up")

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    body = models.JSONField(_("content"))
    answers = models.JSONField(default=dict)
    resolutions = models.JSONField(default=dict)
    reason_kind = models.CharField(_("kind of reason"), max_length=12, choices=Reason)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    approval = models.ForeignKey("approvals.Approval", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField(_("in force from"), null=True)
    applied_at = models.DateTimeField(_("put to work at"), null=True)
    ended_on = models.DateField(_("in force until"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    pilot_units = models.ManyToManyField("org.Unit", related_name="+", blank=True)
    pilot_channels = models.JSONField(_("channels of the pilot"), default=list)
    pilot_until = models.DateField(_("pilot until"), null=True)
    baseline = models.JSONField(_("figures before the pilot"), default=dict)
    decision = models.CharField(
        _("decision on the pilot"), max_length=8, choices=Decision, blank=True, default=""
    )
    decision_note = models.CharField(_("reason for the decision"), max_length=300, blank=True)

    class Meta:
        ordering = ["regulation", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "number"], name="regulation_version_number_once"
            ),
            models.UniqueConstraint(
                F("regulation"),
                condition=Q(approved_at=None, withdrawn_at=None),
                name="one_open_version_per_regulation",
                violation_error_message=_("A draft of this regulation exists already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(effective_on__isnull=False),
                name="approved_version_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("effective_on")),
                name="version_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def title(self) -> str:
        return in_language(self.body.get("title", {})) or self.regulation.pack

    @property
    def is_pilot(self) -> bool:
        return self.pilot_until is not None

    @property
    def last_on(self) -> date | None:
        """The last day on which it holds; None while nothing ends it."""
        days = [day for day in (self.ended_on, self.pilot_until) if day is not None]
        return min(days, default=None)

    def state_on(self, day: date) -> str:
        """draft, submitted, reviewed, approved, effective or withdrawn."""
        if self.withdrawn_at is not None or (self.last_on is not None and self.last_on < day):
            return "withdrawn"
        if self.approved_at is not None:
            return "effective" if self.effective_on and self.effective_on <= day else "approved"
        if self.submitted_at is None:
            return "draft"
        return "reviewed" if self.approval and self.approval.step > 0 else "submitted"


class Clause(models.Model):
    """One clause (条款) of a version. Written when the version is submitted; never changed.

    `number` is as printed; clauses of one number in several versions are the same clause.
    """

    class Force(models.TextChoices):
        HEADING = "heading", _("Heading")
        STATEMENT = "statement", _("Statement")
        MUST = "must", _("Must")
        SHOULD = "should", _("Should")
        MAY = "may", _("May")

    version = models.ForeignKey(Version, models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=20)
    title = models.JSONField(_("title"), default=dict)
    text = models.JSONField(_("text"), default=dict)
    force = models.CharField(_("force"), max_length=9, choices=Force)
    touches = models.JSONField(_("touches"), default=list)
    requirements = models.JSONField(default=list)
    is_advisory = models.BooleanField(_("advisory only"), default=False)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="clause_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {in_language(self.title)}"

    @property
    def heading(self) -> str:
        return in_language(self.title)

    @property
    def words(self) -> str:
        return in_language(self.text)


class Control(models.Model):
    """The executable part of a clause (管控点), with every figure resolved.

    `marks` says for each figure where it comes from: normative, example or placeholder. `problem`
    is why it could not be put to work; that is tried again every day.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="controls")
    key = models.SlugField(max_length=60)
    kind = models.CharField(_("kind"), max_length=20)
    title = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    applied_at = models.DateTimeField(_("put to work at"), null=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("taken out at"), null=True)

    class Meta:
        ordering = ["clause", "id"]
        constraints = [models.UniqueConstraint(fields=["clause", "key"], name="control_key_once")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.key}"

    @property
    def words(self) -> str:
        return in_language(self.title)

    def bindings(self) -> list[Binding]:
        """What the app of its kind is to run: one for the unit, or one for each unit of a pilot.

        Needs `clause__version__regulation__unit` and, for pilots, the pilot's units.
        """
        version = self.clause.version
        units = list(version.pilot_units.all()) if version.is_pilot else []
        return [self._binding(version, unit) for unit in units or [version.regulation.unit]]

    def _binding(self, version: Version, unit: Any) -> Binding:
        return Binding(
            control_id=self.pk,
            reference=f"{version.regulation.pack} {self.clause.number} {self.key}",
            kind=self.kind,
            title=self.title,
            values=self.values,
            unit_id=unit.pk,
            unit_path=unit.path,
            from_on=version.effective_on or date.max,  # a draft holds on no day
            to_on=version.last_on,
            channels=tuple(version.pilot_channels),
        )


class Review(models.Model):
    """Somebody went through a regulation and says whether it still fits (定期评审)."""

    class Outcome(models.TextChoices):
        FITS = "fits", _("It fits as it is")
        REVISE = "revise", _("It has to be revised")
        WITHDRAW = "withdraw", _("It is needed no more")

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    note = models.CharField(_("what was found"), max_length=500)
    reviewed_on = models.DateField(_("reviewed on"))
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-reviewed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.reviewed_on}"


class Reading(models.Model):
    """A person has read a version and confirms it (宣贯确认), after its quiz where it has one."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="readings")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="readings")
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        ordering = ["-confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="read_once_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"


class LawfulStep(models.Model):
    """How a clause that touches pay, discipline or working time was lawfully adopted.

    Discussion with the staff or their representatives, the union, publication, signed reading.
    """

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("Discussed with the staff or their representatives")
        UNION = "union", _("Agreed with the union or the representatives")
        PUBLICATION = "publication", _("Published to everybody")
        READING = "reading", _("Read and signed by everybody concerned")

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="lawful_steps")
    number = models.CharField(_("clause"), max_length=20)
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    on = models.DateField(_("day"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number", "on"]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Slot(models.Model):
    """A subordinate document that a regulation names and does not contain, filled with a file."""

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="slots")
    key = models.SlugField(max_length=60)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    filled_at = models.DateTimeField(_("filled at"))
    filled_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["regulation", "key"], name="slot_once")]

    def __str__(self) -> str:
        return self.key
