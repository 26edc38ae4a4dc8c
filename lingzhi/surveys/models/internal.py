"""Units of the house ask each other how they are served (内部客户评价, R-SV-16)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.surveys.models.questionnaires import Questionnaire, QuestionnaireVersion


class InternalSurvey(models.Model):
    """Some units judge how others serve them; `pairs` says which whom.

    A draft until `opened_at`: then everybody who is asked has a seat in each pair. What was said
    is shown once it is over, and of no fewer than `minimum` people: nobody is to be recognised.
    """

    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("what is to be found out"), max_length=1000)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="internal", verbose_name=_("questionnaire")
    )
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, null=True, related_name="internal",
        verbose_name=_("version"),
    )  # fmt: skip
    post = models.ForeignKey(
        "org.Post", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("only holders of the post"),
    )  # fmt: skip
    minimum = models.PositiveSmallIntegerField(_("shown from so many answers on"), default=5)
    due_on = models.DateField(_("to be answered until"))
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    opened_at = models.DateTimeField(_("opened at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__gte=3, minimum__lte=30),
                name="internal_survey_hides_few",
                violation_error_message=_("Between 3 and 30 answers."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(version__isnull=False),
                name="internal_survey_asks_a_version",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> str:
        """draft | open | over"""
        if self.closed_at is not None:
            return "over"
        return "draft" if self.opened_at is None else "open"


class InternalPair(models.Model):
    """`rater` judges how `rated` serves it. `is_back`: it was named the other way round."""

    survey = models.ForeignKey(InternalSurvey, models.CASCADE, related_name="pairs")
    rater = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("who judges")
    )
    rated = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("who is judged")
    )
    is_back = models.BooleanField(_("the other way round"), default=False)

    class Meta:
        ordering = ["rater__path", "rated__path"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "rater", "rated"], name="internal_pair_once"),
            models.CheckConstraint(condition=~Q(rater=F("rated")), name="nobody_rates_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.rater} → {self.rated}"


class InternalSeat(models.Model):
    """Somebody of the judging unit who is asked. Whether they answered is known; when is not."""

    pair = models.ForeignKey(InternalPair, models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("person")
    )
    has_answered = models.BooleanField(_("answered"), default=False)

    class Meta:
        ordering = ["pair", "person"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "person"], name="internal_seat_once")
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} {self.person_id}"


class InternalWord(models.Model):
    """What somebody of the judging unit said: nobody's name stands on it, and no time; its number
    is drawn, for counting up would keep the order in which people answered.

    `given` are the answers by place, as `lingzhi_engine.questionnaire` reads them.
    """

    pair = models.ForeignKey(InternalPair, models.CASCADE, related_name="words")
    given = models.JSONField(_("answers"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pair_id}"
