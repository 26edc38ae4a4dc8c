"""What was answered, and what a bad answer led to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.surveys.models.invitations import Invitation
from lingzhi.surveys.models.questionnaires import QuestionnaireVersion
from lingzhi.surveys.models.scales import Scale
from lingzhi.surveys.models.sending import Mode, Place


class Answering(models.Model):
    """One person's way through a questionnaire; broken off, what was said stays (`finished_at`
    None).

    It belongs to an invitation, or to a `place` where anybody may answer. `unit` is whose service
    is judged. `entered_by` is who wrote it down for the customer. `secret_hash` is of what the
    page of somebody at a place came with, so that it is answered once: who it is stays unknown.
    """

    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, related_name="answering",
        verbose_name=_("invitation"),
    )  # fmt: skip
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="answerings", verbose_name=_("place")
    )
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="answerings",
        verbose_name=_("questionnaire"),
    )  # fmt: skip
    mode = models.CharField(_("way of answering"), max_length=5, choices=Mode)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="survey_answerings",
        verbose_name=_("unit"),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    secret_hash = models.CharField(max_length=64, unique=True, null=True)
    notice = models.ForeignKey(
        "org.PrivacyNotice", models.PROTECT, null=True, related_name="+",
        verbose_name=_("notice that was told"),
    )  # fmt: skip
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation=None, place__isnull=False)
                | Q(invitation__isnull=False, place=None),
                name="answering_of_invitation_or_place",
            )
        ]
        indexes = [models.Index(fields=["version", "started_at"], name="answering_by_version")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.mode} {self.started_at:%F}"

    @property
    def is_partial(self) -> bool:
        return self.finished_at is None


class Answer(models.Model):
    """One answer. Of a matrix each row is one (`row`); of all other questions `row` is empty.

    `number` is the judgement on `scale`; `choices` are codes; `text` is what the customer wrote,
    with personal data masked. `dimension` is the question's, or the row's, when it was asked.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", _("Judgement on a scale")
        CHOICE = "choice", _("One of several")
        CHOICES = "choices", _("Some of several")
        MATRIX = "matrix", _("Several judgements on one scale")
        TEXT = "text", _("Free text")

    answering = models.ForeignKey(Answering, models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=40)
    row = models.CharField(_("row"), max_length=40, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    dimension = models.CharField(_("dimension"), max_length=40, blank=True, db_index=True)
    scale = models.ForeignKey(Scale, models.PROTECT, null=True, related_name="answers")
    number = models.PositiveSmallIntegerField(_("judgement"), null=True)
    choices = models.JSONField(_("chosen"), default=list, blank=True)
    text = models.TextField(_("text"), max_length=2000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["answering", "question", "row"], name="answered_once"
            ),
            models.CheckConstraint(
                condition=Q(number=None, scale=None) | Q(number__isnull=False, scale__isnull=False),
                name="number_has_its_scale",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.answering_id} {self.question}"


class Recovery(models.Model):
    """The case (补救工单) that a bad answer opened: one for each answering, however bad it was."""

    answering = models.OneToOneField(Answering, models.PROTECT, related_name="recovery")
    case = models.OneToOneField(
        "cases.Case", models.PROTECT, related_name="survey_recovery", verbose_name=_("case")
    )
    questions = models.JSONField(_("answered badly"), default=list)
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        ordering = [F("opened_at").desc()]

    def __str__(self) -> str:
        return f"{self.answering_id} → {self.case_id}"
