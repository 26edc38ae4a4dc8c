"""One record of something that is put right (整改), whatever method people think by."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _


class Rectification(models.Model):
    """A problem with who answers for it in `unit` until `due_on`, and how far it is.

    Draft: causes and measures are looked for. Asked: its plan waits for approval. Running: measures
    are carried out. Checking: they are, and the effect is judged. Closed only after somebody signed
    that it worked (`verified_at`); within `watch_days` the same happening again reopens it.

    `supervisor` works in another unit. `team` is a group across departments (服务改进小组).
    `parent` is what it was carried over from (横向展开). `told_level` is how far its being late
    was escalated: 0 nobody, 1 owner, 2 who leads the unit, 3 quality manager.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being analysed")
        ASKED = "asked", _("Waiting for approval")
        RUNNING = "running", _("Being carried out")
        CHECKING = "checking", _("Effect being judged")
        CLOSED = "closed", _("Closed, effect proved")
        DROPPED = "dropped", _("Dropped")

    class Grade(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        MAJOR = "major", _("Major")

    class Way(models.TextChoices):
        CORRECTIVE = "corrective", _("Corrective action")
        PDCA = "pdca", _("PDCA cycle")
        EIGHT_D = "eight_d", _("8D report")
        FIVE_WHYS = "five_whys", _("Five whys")

    class Category(models.TextChoices):
        ATTITUDE = "attitude", _("Attitude")
        NORM = "norm", _("Norms of service")
        TIME = "time", _("Timeliness")
        ANSWER = "answer", _("Wrong or missing answer")
        PROCESS = "process", _("Process")
        SYSTEM = "system", _("System or equipment")
        PEOPLE = "people", _("Staffing or skills")
        PRODUCT = "product", _("Product")
        OTHER = "other", _("Other")

    title = models.CharField(_("title"), max_length=120)
    problem = models.TextField(
        _("problem"), max_length=3000,
        help_text=_("What happened where and when, how often, and against which demand."),
    )  # fmt: skip
    category = models.CharField(
        _("kind of problem"), max_length=9, choices=Category, default=Category.OTHER
    )
    grade = models.CharField(
        _("how grave it is"), max_length=8, choices=Grade, default=Grade.ORDINARY,
        help_text=_("The plan of a major one goes to the top management, too."),
    )  # fmt: skip
    way = models.CharField(_("shown as"), max_length=10, choices=Way, default=Way.CORRECTIVE)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="rectifications",
        verbose_name=_("unit that puts it right"),
    )  # fmt: skip
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who answers for it")
    )
    supervisor = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("supervised by"), help_text=_("Somebody of another unit."),
    )  # fmt: skip
    team = models.ForeignKey(
        "org.Group", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("improvement team"),
    )  # fmt: skip
    due_on = models.DateField(_("to be done by"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(_("started at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)
    done_on = models.DateField(_("measures in effect since"), null=True)
    verified_at = models.DateTimeField(_("effect confirmed at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    lessons = models.TextField(_("what was made lasting"), max_length=2000, blank=True)
    watch_days = models.PositiveSmallIntegerField(_("watched for days"), default=90)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    told_level = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="carried_over",
        verbose_name=_("carried over from"),
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_on"], name="rectification_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(verified_at__isnull=False, closed_at__isnull=False, closed_by__isnull=False),
                name="closed_after_its_effect_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("running", "checking")) | Q(approved_at__isnull=False),
                name="carried_out_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(supervisor=None) | ~Q(supervisor=F("owner")),
                name="rectification_supervised_by_another",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """What people call it by: CA-2026-0017."""
        return f"CA-{localdate(self.created_at).year}-{self.pk:04d}"

    @property
    def is_open(self) -> bool:
        return self.state not in (self.State.CLOSED, self.State.DROPPED)

    @property
    def watched_until(self) -> date | None:
        """The last day on which the same happening again reopens it."""
        if self.closed_at is None:
            return None
        return localdate(self.closed_at) + timedelta(days=self.watch_days)


class Source(models.Model):
    """Where it came from: a kind of `settings.ORIGINS` with the key of its row, or in words."""

    class Free(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        AUDIT = "audit", _("Audit")
        RISK = "risk", _("Risk")
        STAFF = "staff", _("Proposal of staff")
        CUSTOMER = "customer", _("Opinion of a customer")
        CARRIED = "carried", _("Carried over")
        OTHER = "other", _("Other")

    rectification = models.ForeignKey(Rectification, models.CASCADE, related_name="sources")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.BigIntegerField(null=True)
    words = models.CharField(_("where it was found"), max_length=300, blank=True)
    linked_at = models.DateTimeField(_("linked at"))

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "key"], name="rectification_source")]
        constraints = [
            models.UniqueConstraint(
                fields=["rectification", "kind", "key"], name="rectification_source_once"
            ),
            models.CheckConstraint(
                condition=Q(key__isnull=False) | Q(words__gt=""),
                name="rectification_source_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key or self.words}"


class Note(models.Model):
    """What happened on the way: progress (进展), supervision (监督), and what the program noted
    as a `fact`, which each reader reads in the own language."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Progress")
        SUPERVISION = "supervision", _("Supervision")
        LATE = "late", _("Escalated")
        REOPENED = "reopened", _("Reopened")
        STATE = "state", _("State")

    class Fact(models.TextChoices):
        APPROVED = "approved", _("The plan was approved.")
        DONE = "done", _("All measures are carried out.")
        CLOSED = "closed", _("Closed.")
        LATE_1 = "late_1", _("Late: its owner was told.")
        LATE_2 = "late_2", _("Late: who leads the unit was told.")
        LATE_3 = "late_3", _("Late: the quality manager was told.")

    rectification = models.ForeignKey(Rectification, models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.PROGRESS)
    fact = models.CharField(max_length=8, choices=Fact, blank=True)
    words = models.TextField(_("note"), max_length=2000, blank=True)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(words__gt="") | Q(fact__gt=""), name="rectification_note_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.kind}"
