"""Scores that people give (人工评分): their answers, their evidence, their life."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .plans import Task
from .rules import Snapshot
from .sheets import SheetVersion

LISTENED = 0.1  # less of the recording than this is "without listening"


class Review(models.Model):
    """One conversation scored by one inspector under one version of a sheet.

    Its life: draft, scored, released, and closed with its month. `answers` and `proposed` are what
    `lingzhi_engine.sheet` reads: what the inspector answered and what the rules had proposed, so
    both are kept. `value` is the score that counts, `without_veto` the one without 一票否决.
    `revision` grows with each saved draft: whoever saves an older one is told. What a score was
    before somebody changed it stands in `ReviewChange`. `sound_ratio` is the part of the recording
    (0-1) that was played, None where there is none; `seconds` were spent on the page. A covert one
    (暗查) is seen by nobody but inspectors until it is released. `heard` are the stretches of the
    recording that were played, as pairs of milliseconds. `needs_recheck` was decided by chance when
    the score was given (质检复核): it is not released before a lead inspector looked at it. One
    that does not count (`counts`) is a second score or a gold task: it is compared, never released,
    and in no figure of the agent.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCORED = "scored", _("Scored")
        RELEASED = "released", _("Released")

    contact = models.ForeignKey(
        "contacts.Contact", models.CASCADE, related_name="reviews", verbose_name=_("conversation")
    )
    version = models.ForeignKey(
        SheetVersion, models.PROTECT, related_name="reviews", verbose_name=_("score sheet")
    )
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    inspector = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="reviews_given", verbose_name=_("inspector")
    )
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="reviews_got",
        verbose_name=_("agent"),
    )  # fmt: skip
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="review")
    counts = models.BooleanField(_("counts for the agent"), default=True)
    is_covert = models.BooleanField(_("covert"), default=False)
    override_reason = models.CharField(_("reason despite a conflict"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)
    summary = models.TextField(_("opinion and proposal"), blank=True)
    value = models.DecimalField(_("score"), max_digits=9, decimal_places=2, null=True)
    without_veto = models.DecimalField(
        _("score without the veto"), max_digits=9, decimal_places=2, null=True
    )
    is_vetoed = models.BooleanField(_("vetoed"), default=False)
    veto_decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("veto decided by"),
    )  # fmt: skip
    veto_decided_at = models.DateTimeField(_("veto decided at"), null=True)
    is_passed = models.BooleanField(_("passed"), null=True)
    is_excellent = models.BooleanField(_("excellent"), null=True)
    families = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(_("seconds spent"), default=0)
    sound_ratio = models.FloatField(_("part of the sound played"), null=True)
    heard = models.JSONField(default=list)
    started_at = models.DateTimeField(_("started at"))
    scored_at = models.DateTimeField(_("scored at"), null=True)
    needs_recheck = models.BooleanField(_("to be re-checked"), default=False)
    rechecked_at = models.DateTimeField(_("re-checked at"), null=True)
    rechecked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("re-checked by"),
    )  # fmt: skip
    released_at = models.DateTimeField(_("released at"), null=True)
    released_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("released by")
    )
    leader_saw_at = models.DateTimeField(_("seen by the team leader at"), null=True)
    seen_at = models.DateTimeField(_("seen by the agent at"), null=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True)
    is_silent = models.BooleanField(_("taken as seen after silence"), default=False)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                F("contact"), F("inspector"), name="one_review_an_inspector_and_conversation"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(scored_at__isnull=False), name="scored_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="released")
                | Q(is_vetoed=False)
                | Q(veto_decided_at__isnull=False),
                name="no_veto_released_undecided",
            ),
            models.CheckConstraint(
                condition=Q(counts=True) | ~Q(state="released"), name="what_counts_not_stays_inside"
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "state", "-released_at"]),
            models.Index(fields=["inspector", "state", "-scored_at"]),
            models.Index(fields=["state", "closed_at", "scored_at"]),
            models.Index(fields=["unit", "state", "agent"]),  # counts the scores of a team
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.state}"

    @property
    def waits_for_veto(self) -> bool:
        """Whether a second person must look at the veto before anything is released."""
        return self.is_vetoed and self.veto_decided_at is None

    @property
    def waits_for_recheck(self) -> bool:
        """Whether chance chose this score to be re-checked, and nobody has done so yet."""
        return self.needs_recheck and self.rechecked_at is None

    @property
    def is_unheard(self) -> bool:
        """Whether there was a recording and hardly anything of it was played."""
        return self.sound_ratio is not None and self.sound_ratio < LISTENED


class ReviewItem(models.Model):
    """What one item gave in a scored review: a row to count by. `is_failed` None: not known."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="items")
    section = models.CharField(_("section"), max_length=40)
    item = models.CharField(_("item"), max_length=40, db_index=True)
    value = models.CharField(_("answer"), max_length=100, blank=True)
    proposed = models.CharField(_("answer of the rules"), max_length=100, blank=True)
    earned = models.DecimalField(_("points"), max_digits=9, decimal_places=2)
    most = models.DecimalField(_("of"), max_digits=9, decimal_places=2)
    is_na = models.BooleanField(default=False)
    is_failed = models.BooleanField(_("failed"), null=True)
    family = models.CharField(_("family"), max_length=10, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="item_once_a_review"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.item}"


class Pin(models.Model):
    """Words of the conversation that stand by an answer (证据): a whole turn where `end` is 0.

    Else the characters `start`…`end` (end excluded) of the turn.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="pins")
    item = models.CharField(_("item"), max_length=40)
    turn = models.PositiveIntegerField(_("turn"))
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "item", "turn", "start", "end"], name="words_pinned_once"
            ),
            models.CheckConstraint(
                condition=Q(start=0, end=0) | Q(end__gt=F("start")), name="pin_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.item}/{self.turn}"


class Photo(models.Model):
    """A picture that stands by an answer: field checklists ask for them (现场检查)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="photos")
    item = models.CharField(_("item"), max_length=40)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.item}"


class ReviewChange(models.Model):
    """A score as it was before somebody changed it: nothing that was given is ever lost.

    `answers` are those before; `changed_at` dates the correction, whatever month it is about.
    """

    class Cause(models.TextChoices):
        VETO = "veto", _("Veto refused")
        RECHECK = "recheck", _("Re-check")
        APPEAL = "appeal", _("Appeal")
        CORRECTION = "correction", _("Correction after the close")

    review = models.ForeignKey(Review, models.CASCADE, related_name="changes")
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    reason = models.CharField(_("reason"), max_length=500)
    answers = models.JSONField(_("answers before"), default=dict)
    value = models.DecimalField(_("score before"), max_digits=9, decimal_places=2, null=True)
    new_value = models.DecimalField(_("score after"), max_digits=9, decimal_places=2, null=True)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.cause}"
