"""Calibration (校准): several people score the same conversations, compare, and agree."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .sheets import SheetVersion


class Calibration(models.Model):
    """One session: some conversations, scored by all its people under one version of a sheet.

    Its life: draft, scoring, discussing (from which another round of scoring may follow, up to
    `rounds`), agreed, closed. Blind, nobody sees another's answers before the discussion; open,
    whoever has given a score sees those of the others about the same conversation. `seed` drew the
    conversations that were taken by chance. Nothing in it counts for agents.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCORING = "scoring", _("Being scored")
        DISCUSSING = "discussing", _("Being discussed")
        AGREED = "agreed", _("Agreed")
        CLOSED = "closed", _("Session closed")

    title = models.CharField(_("title"), max_length=120)
    version = models.ForeignKey(
        SheetVersion, models.PROTECT, related_name="calibrations", verbose_name=_("score sheet")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="calibrations", verbose_name=_("unit")
    )
    is_blind = models.BooleanField(_("blind"), default=True)
    rounds = models.PositiveSmallIntegerField(
        _("rounds at most"), default=2, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    due_on = models.DateField(_("scores due on"))
    seed = models.BigIntegerField(_("seed"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    minutes = models.TextField(_("minutes"), blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("created by"), related_name="+"
    )
    invited_at = models.DateTimeField(_("invited at"), null=True)
    discussed_at = models.DateTimeField(_("opened for discussion at"), null=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("closed by"), related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(round__gte=1) & Q(round__lte=F("rounds")) & Q(rounds__lte=9),
                name="calibration_round_within_rounds",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(invited_at__isnull=False),
                name="calibration_begun_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(closed_at__isnull=False, closed_by__isnull=False, agreed_at__isnull=False),
                name="calibration_closed_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_opened(self) -> bool:
        """Whether everybody may see everybody's answers."""
        return self.state in (self.State.DISCUSSING, self.State.AGREED, self.State.CLOSED)


class CalibrationTalk(models.Model):
    """One conversation of a session, and the answers agreed on once it was discussed.

    `agreed` is what `lingzhi_engine.sheet` reads, `agreed_value` the score that it gives.
    """

    calibration = models.ForeignKey(Calibration, models.CASCADE, related_name="talks")
    contact = models.ForeignKey(
        "contacts.Contact", models.CASCADE, related_name="calibrations",
        verbose_name=_("conversation"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField()
    agreed = models.JSONField(_("agreed answers"), default=dict)
    agreed_value = models.DecimalField(_("agreed score"), max_digits=9, decimal_places=2, null=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    agreed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("noted by"), related_name="+"
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["calibration", "contact"], name="conversation_once_a_calibration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calibration_id} {self.contact_id}"


class Calibrator(models.Model):
    """Somebody who scores in a session; the expert's answers are what others are held against."""

    calibration = models.ForeignKey(Calibration, models.CASCADE, related_name="calibrators")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="calibrations", verbose_name=_("person")
    )
    is_expert = models.BooleanField(_("expert"), default=False)

    class Meta:
        ordering = ["-is_expert", "person__staff_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["calibration", "person"], name="calibrator_once_a_calibration"
            ),
            models.UniqueConstraint(
                F("calibration"), condition=Q(is_expert=True), name="one_expert_a_calibration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calibration_id} {self.person_id}"


class CalibrationScore(models.Model):
    """What one person answers about one conversation in one round; given once it is submitted.

    `pins` are turns of the conversation as evidence, by the code of the item. `revision` grows
    with each saved draft, as in `Review`.
    """

    talk = models.ForeignKey(CalibrationTalk, models.CASCADE, related_name="scores")
    calibrator = models.ForeignKey(Calibrator, models.CASCADE, related_name="scores")
    round = models.PositiveSmallIntegerField(_("round"))
    answers = models.JSONField(default=dict)
    pins = models.JSONField(default=dict)
    summary = models.TextField(_("opinion"), blank=True)
    value = models.DecimalField(_("score"), max_digits=9, decimal_places=2, null=True)
    is_vetoed = models.BooleanField(_("vetoed"), default=False)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(_("started at"))
    submitted_at = models.DateTimeField(_("given at"), null=True)

    class Meta:
        ordering = ["talk__position", "-calibrator__is_expert", "calibrator__person__staff_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "calibrator", "round"], name="one_calibration_score_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id} {self.calibrator_id}/{self.round}"


class CalibrationComment(models.Model):
    """What somebody says about one item of one conversation while it is discussed."""

    talk = models.ForeignKey(CalibrationTalk, models.CASCADE, related_name="comments")
    item = models.CharField(_("item"), max_length=40)
    text = models.CharField(_("comment"), max_length=1000)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("made by"), related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.talk_id} {self.item}"


class CalibrationDecision(models.Model):
    """How an item is to be understood from now on, and the draft of the sheet that says so."""

    calibration = models.ForeignKey(Calibration, models.PROTECT, related_name="decisions")
    item = models.CharField(_("item"), max_length=40)
    guidance = models.TextField(_("guidance"))
    before = models.TextField(_("guidance before"), blank=True)
    version = models.ForeignKey(
        SheetVersion, models.SET_NULL, null=True, related_name="+", verbose_name=_("written into")
    )
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("decided by"), related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.calibration_id} {self.item}"
