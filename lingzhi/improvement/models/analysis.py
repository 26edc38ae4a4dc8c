"""Why it happened (原因分析) and what is done about it (对策)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.improvement.models.rectifications import Rectification


class Cause(models.Model):
    """A cause with its evidence. Five whys: each line asks why of the one before it."""

    class Method(models.TextChoices):
        WHYS = "whys", _("Five whys")
        FISHBONE = "fishbone", _("Fishbone diagram")
        OTHER = "other", _("Other")

    class Branch(models.TextChoices):
        PEOPLE = "people", _("People")
        MACHINE = "machine", _("Equipment and systems")
        MATERIAL = "material", _("Material and information")
        METHOD = "method", _("Methods and rules")
        SURROUNDINGS = "surroundings", _("Surroundings")
        MEASURING = "measuring", _("Measuring and checking")

    rectification = models.ForeignKey(Rectification, models.CASCADE, related_name="causes")
    method = models.CharField(_("method"), max_length=8, choices=Method, default=Method.WHYS)
    branch = models.CharField(
        _("branch of the fishbone"), max_length=12, choices=Branch, blank=True
    )
    words = models.TextField(_("cause"), max_length=1000)
    evidence = models.TextField(
        _("evidence"), max_length=1000,
        help_text=_("By which figures, words or documents it shows."),
    )  # fmt: skip
    is_root = models.BooleanField(_("a root cause"), default=False)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(method="fishbone") | Q(branch__gt=""),
                name="fishbone_cause_has_its_branch",
                violation_error_message=_("Say on which branch of the fishbone it lies."),
            )
        ]

    def __str__(self) -> str:
        return self.words


class Countermeasure(models.Model):
    """A measure with who carries it out until when.

    A correction (纠正) puts right what went wrong; a corrective action (纠正措施) takes its cause
    away; the first keeps harm small meanwhile (临时措施), the last acts where nothing happened yet
    (预防措施). What `changes` a rule, phrase list or the like names its new version in `link`.
    """

    class Kind(models.TextChoices):
        CONTAINMENT = "containment", _("Containment")
        CORRECTION = "correction", _("Correction")
        CORRECTIVE = "corrective", _("Corrective action")
        PREVENTIVE = "preventive", _("Preventive action")

    class Changes(models.TextChoices):
        CLAUSE = "clause", _("A clause of a regulation")
        RULE = "rule", _("A rule of inspection")
        PHRASES = "phrases", _("A phrase list")
        ARTICLE = "article", _("An answer or procedure")
        TRAINING = "training", _("Training")
        SYSTEM = "system", _("A system or setting")

    rectification = models.ForeignKey(Rectification, models.CASCADE, related_name="measures")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.CORRECTIVE)
    words = models.TextField(_("measure"), max_length=1000)
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("to be done by"))
    changes = models.CharField(
        _("what it changes for good"), max_length=8, choices=Changes, blank=True,
        help_text=_("Whoever does it then names the new version."),
    )  # fmt: skip
    link = models.CharField(_("address of the new version"), max_length=300, blank=True)
    result = models.TextField(_("what was done"), max_length=1000, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(result__gt="", done_by__isnull=False),
                name="measure_done_says_what",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(changes="") | Q(link__gt=""),
                name="measure_that_changed_something_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.words
