"""Quality analysis reports (质量分析报告): what is due, what was published, who read it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import now
from lingzhi.reports.models.kinds import Kind as KindOfPlan

USUAL_READERS = ("leadership", "quality_manager", "supervisor", "team_leader", "analyst")
SECTIONS = {
    "figures": _("Figures against targets"),
    "inspection": _("Results of inspection"),
    "problems": _("Problems by weight"),
    "cases": _("Typical cases"),
    "trend": _("Trend"),
    "measures": _("What became of earlier measures"),
    "directions": _("Directions"),
    "points": _("Points for improvement"),
    "service": _("Cases, complaints and time limits"),
    "returned": _("What customers brought up"),
}
USUAL_SECTIONS = tuple(SECTIONS)[:7]


class Plan(models.Model):
    """A report of a kind that is due for a unit again and again, and the roles that get it.

    `about` narrows what customers say to what concerns a department (`Feedback.About`); empty: all.
    """

    Kind = KindOfPlan

    class Cadence(models.TextChoices):
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        YEARLY = "yearly", _("Yearly")

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.QUALITY)
    cadence = models.CharField(_("how often"), max_length=9, choices=Cadence)
    sections = models.JSONField(_("sections"), default=list)
    readers = models.JSONField(_("readers"), default=list)
    posts = models.ManyToManyField("org.Post", related_name="+", verbose_name=_("posts"))
    people = models.ManyToManyField("accounts.User", related_name="+", verbose_name=_("people"))
    about = models.JSONField(_("matters"), default=list)
    control = models.ForeignKey(
        "rulebook.Control", models.PROTECT, null=True, related_name="+", verbose_name=_("clause")
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["unit__path", "cadence"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "cadence"],
                condition=Q(to_on=None),
                name="plan_once_per_unit_kind_cadence",
                violation_error_message=_("This report is planned for this unit already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cadence} {self.unit_id}"


class Report(models.Model):
    """One report. `facts` holds every figure of it; the sentences are made from them.

    So the same data give the same document. Where data came late a new edition stands beside the
    old one, which is never changed. Kinds that wait for somebody are drafts until that person added
    `words` and handed them in, some until they are approved (`asked`). `layout` is the template it
    was made with, in all its editions; none: as it is shipped.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ASKED = "asked", _("Under review")
        PUBLISHED = "published", _("Published")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports")
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"))
    edition = models.PositiveSmallIntegerField(_("edition"))
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    layout = models.ForeignKey(
        "reports.Layout", models.PROTECT, null=True, related_name="+", verbose_name=_("template")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PUBLISHED)
    made_at = models.DateTimeField(_("made at"), default=now)
    words = models.TextField(_("words of who hands it in"), blank=True)
    words_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["-last_on", "-first_on", "plan", "-edition"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="report_published_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["plan", "first_on", "edition"], name="report_edition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.first_on}"

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class Receipt(models.Model):
    """A report was laid before a person, and the person opened it (阅读回执).

    `told_level` says how far its not being read was told: 1 to the reader, 2 to their head.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="receipts")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(_("delivered at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    told_level = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["report", "person__staff_no"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="receipt_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.person_id}"


class Decision(models.Model):
    """What a person decided about one point of a report: taken up or not, and in what words.

    In a review a point that is taken up becomes a rectification; a department says so what it does
    with what customers told. `key` names the point in every edition of the report.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="decisions")
    key = models.CharField(max_length=120)
    is_taken = models.BooleanField(_("acted upon"))
    words = models.CharField(_("what is said to it"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="decision_once_a_point"),
            models.CheckConstraint(
                condition=Q(is_taken=True) | ~Q(words=""), name="decision_against_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class WorkReport(models.Model):
    """What one agent did on one day, in figures and own words (工作日报).

    `facts` are counted from the agent's own contacts when the report is handed in; the texts are
    kept masked. The team leader or the head reads and confirms it.
    """

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="work_reports")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    day = models.DateField(_("day"))
    facts = models.JSONField(default=dict)
    remarks = models.TextField(_("what was noticeable"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    open_matters = models.TextField(_("open matters"), blank=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        ordering = ["-day", "person__staff_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="work_report_once_a_day",
                violation_error_message=_("You have handed in the report of this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
