"""Service-quality grades (服务质量等级): the adopter's criteria, and what they came to."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.stats import GradeScale


class GradeCriteria(models.Model):
    """What a unit asks for each grade, as it was decided: the newest row holds, none is changed.

    `cuts` are pairs of a grade and its lowest figure, best first. A grade changes only when the
    figure passes a cut by `margin`; fewer than `minimum` scores in `months` months say too little.
    An occurrence on the register of incidents gives or takes points. Nothing has a default: until
    somebody decides, nobody is graded.
    """

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="grade_criteria", verbose_name=_("unit")
    )
    cuts = models.JSONField(_("grades and their lowest figures"))
    margin = models.FloatField(_("margin"), validators=[MinValueValidator(0)])
    minimum = models.PositiveIntegerField(_("fewest scores"), validators=[MinValueValidator(2)])
    months = models.PositiveIntegerField(
        _("months looked at"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    excellent_points = models.FloatField(
        _("points for an excellent incident"), validators=[MinValueValidator(0)]
    )
    abnormal_points = models.FloatField(
        _("points off for an abnormal incident"), validators=[MinValueValidator(0)]
    )
    reason = models.CharField(_("why these"), max_length=500)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("set by")
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.set_at:%Y-%m-%d}"

    @property
    def scale(self) -> GradeScale:
        """The criteria as statistics read them. Raises ValueError where they do not fall."""
        cuts = tuple((str(name), float(lowest)) for name, lowest in self.cuts)
        return GradeScale(cuts, self.margin, self.minimum)


class Grade(models.Model):
    """The grade of a person, or of a team where `person` is empty, at the end of a period.

    `figure` is the mean score out of a hundred with the points of `excellent` and `abnormal`
    incidents; `low` and `high` are the limits of the mean (Student's, 95 %), moved alike. `grade`
    is empty while there never were enough scores. Computed anew, the row before stays and is no
    longer the latest.
    """

    class Basis(models.TextChoices):
        FIRST = "first", _("First grade")
        ROSE = "rose", _("Rose")
        FELL = "fell", _("Fell")
        HELD = "held", _("Held")
        TOO_FEW = "too-few", _("Too few to say")

    criteria = models.ForeignKey(GradeCriteria, models.PROTECT, related_name="grades")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="grades", verbose_name=_("person")
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("team"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), db_index=True)
    figure = models.FloatField(_("figure"), null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    count = models.PositiveIntegerField(_("scores"))
    excellent = models.PositiveIntegerField(_("excellent incidents"), default=0)
    abnormal = models.PositiveIntegerField(_("abnormal incidents"), default=0)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    before = models.CharField(_("grade before"), max_length=20, blank=True)
    basis = models.CharField(_("basis"), max_length=8, choices=Basis)
    is_latest = models.BooleanField(default=True)
    computed_at = models.DateTimeField(_("computed at"))

    class Meta:
        ordering = ["-to_on", "person__staff_no", "unit"]
        constraints = [
            models.UniqueConstraint(
                F("person"), F("to_on"), condition=Q(is_latest=True, person__isnull=False),
                name="one_latest_grade_a_person",
            ),
            models.UniqueConstraint(
                F("unit"), F("to_on"), condition=Q(is_latest=True, person=None),
                name="one_latest_grade_a_team",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["person", "-to_on"])]

    def __str__(self) -> str:
        return f"{self.person_id or self.unit_id} {self.grade}"
