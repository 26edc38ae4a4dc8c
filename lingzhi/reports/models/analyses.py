"""The facts behind analyses, and what is kept beside them: events, practices, weak steps."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FactFile(models.Model):
    """The file that holds the facts of one kind of one day; `path` below the folder of facts.

    It was written when the day was at `version`, and is right as long as it still is. A day
    without facts has no file (`path` empty).
    """

    facts = models.CharField(max_length=20)
    day = models.DateField(_("day"))
    version = models.CharField(max_length=200)
    path = models.CharField(max_length=120, blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    sha256 = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        ordering = ["facts", "day"]
        constraints = [models.UniqueConstraint(fields=["facts", "day"], name="facts_once_a_day")]

    def __str__(self) -> str:
        return f"{self.facts} {self.day}"


class Pivot(models.Model):
    """A question about facts that somebody keeps (多维分析): its address says what is asked.

    One that `is_shared` is there for everybody who may pivot; each sees their own reach in it.
    """

    name = models.CharField(_("name"), max_length=80)
    asked = models.CharField(max_length=1000)
    is_shared = models.BooleanField(_("shared with everybody who may analyse"), default=False)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kept_by", "name"],
                name="pivot_name_once",
                violation_error_message=_("You keep an analysis of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """What was begun in a unit on a day (培训、调查、改进措施), entered by hand, to be held against
    indicators before and after. Trainings, and whatever no module keeps itself.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        SURVEY = "survey", _("Survey")
        MEASURE = "measure", _("Improvement measure")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TRAINING)
    title = models.CharField(_("what"), max_length=120)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    day = models.DateField(_("in effect from"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return self.title


class Practice(models.Model):
    """What a unit does that others may learn from (交流), in its own words.

    It stands beside an indicator in which the unit was surely better than others: `counted` holds
    what was known then (numerator, denominator, tier, tiers, days). `withdrawn_at` takes it back.
    """

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    definition = models.ForeignKey(
        "kpis.Definition", models.PROTECT, related_name="+", verbose_name=_("indicator")
    )
    title = models.CharField(_("what"), max_length=80)
    words = models.TextField(_("how it is done"), max_length=2000)
    counted = models.JSONField(default=dict)
    shared_at = models.DateTimeField(_("shared at"))
    shared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class WeakStep(models.Model):
    """A step of the way of customers at which too many were lost (薄弱环节), taken up by somebody
    with the figures of that day.

    `axis` and `value` say where, in the words of that day: a team, a queue, an hour; empty: in all
    of `unit`. `before_…` are those of as many days before; with a
    place, those of all other places.
    """

    step = models.CharField(_("step of the way"), max_length=20)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    channel = models.CharField(_("channel"), max_length=40, blank=True)
    axis = models.CharField(max_length=20, blank=True)
    value = models.CharField(_("at which place"), max_length=120, blank=True)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    entered = models.PositiveIntegerField(_("entered"))
    went_on = models.PositiveIntegerField(_("got through"))
    before_entered = models.PositiveIntegerField(default=0)
    before_went_on = models.PositiveIntegerField(default=0)
    words = models.TextField(_("what was seen there"), max_length=1000)
    taken_at = models.DateTimeField(_("taken up at"))
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-taken_at", "-id"]
        indexes = [models.Index(fields=["unit", "taken_at"], name="weak_step_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(went_on__lte=F("entered"), before_went_on__lte=F("before_entered")),
                name="weak_step_went_on_of_entered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.unit_id}"
