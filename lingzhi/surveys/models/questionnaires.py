"""Questionnaires (调查问卷) and their versions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language
from lingzhi.surveys.models.scales import Scale
from lingzhi_engine.questionnaire import Questionnaire as ReadQuestionnaire
from lingzhi_engine.questionnaire import read_questionnaire


class Questionnaire(models.Model):
    """One questionnaire over its whole life; what it asks stands in its versions."""

    class Occasion(models.TextChoices):
        SERVICE = "service", _("After a service")
        COMPLAINT = "complaint", _("After a complaint")
        CAMPAIGN = "campaign", _("Campaign")
        INTERNAL = "internal", _("Internal customers")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    occasion = models.CharField(
        _("occasion"), max_length=9, choices=Occasion, default=Occasion.SERVICE
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def active(self) -> "QuestionnaireVersion | None":
        """The version that is sent now."""
        return self.versions.filter(state=QuestionnaireVersion.State.ACTIVE).first()


class QuestionnaireVersion(models.Model):
    """One wording of a questionnaire. What somebody answered stays under it, and it never changes
    once it was active.

    `questions` is what `lingzhi_engine.questionnaire` reads. `title`, `intro` and `thanks` by
    language. `sha256` is of the canonical JSON of all of them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        ENDED = "ended", _("Ended")

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="versions", verbose_name=_("questionnaire")
    )
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    title = models.JSONField(_("title"))
    intro = models.JSONField(_("introduction"), default=dict, blank=True)
    thanks = models.JSONField(_("words of thanks"), default=dict, blank=True)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("created by")
    )
    changed_at = models.DateTimeField(_("changed at"))
    activated_at = models.DateTimeField(_("active since"), null=True)
    activated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("activated by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="survey_version_once"),
            models.UniqueConstraint(
                F("questionnaire"), condition=Q(state="active"), name="one_active_survey_version"
            ),
            models.UniqueConstraint(
                F("questionnaire"), condition=Q(state="draft"), name="one_draft_survey_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{in_language(self.title)} v{self.number}"

    @property
    def title_said(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title)

    @property
    def intro_said(self) -> str:
        """What stands above the questions; empty where nothing does."""
        return in_language(self.intro)

    @property
    def thanks_said(self) -> str:
        """What is said at the end; empty where nothing of its own is."""
        return in_language(self.thanks)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def read(self) -> ReadQuestionnaire:
        """The questions themselves. A draft may hold what cannot be read: InvalidQuestionnaire."""
        scales = {one.code: one.numbers for one in Scale.objects.all()}
        return read_questionnaire(self.questions, scales)
