"""Appeals against scores (申诉): what, why, who decided at which level, and how."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .reviews import Review

SCORER = "scorer"  # the level at which whoever gave the score looks at it once more
MOST_ROUNDS = 5


class Appeal(models.Model):
    """One agent's appeal against one released score, through the levels that decide about it.

    Its life: open (a level is to decide), answered (the agent may carry what stands to the next
    level, or leave it), then over: decided or withdrawn. `levels` and `votes` are the settings as
    they were when it was opened: role codes in their order (`scorer` is who gave the score) and
    how many people decide together at the last one. `role` is the level it stands at, `due_at`
    when that ends; `is_business_days` says which days were counted. `words` holds its decisions
    folded for search. `value` and `new_value` are the score before and after.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        ANSWERED = "answered", _("Answer given")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    LIVING = (State.OPEN, State.ANSWERED)

    review = models.ForeignKey(
        Review, models.CASCADE, related_name="appeals", verbose_name=_("score")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    levels = models.JSONField(_("who decides"), default=list)
    votes = models.PositiveSmallIntegerField(_("people at the last level"), default=1)
    level = models.PositiveSmallIntegerField(_("level"), default=0)
    role = models.CharField(_("level"), max_length=40)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    level_days = models.PositiveSmallIntegerField(_("days a level has to decide"))
    is_business_days = models.BooleanField(_("business days"))
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="appeals", verbose_name=_("appellant")
    )
    due_at = models.DateTimeField(_("due at"))
    ended_at = models.DateTimeField(_("over since"), null=True)
    is_overturned = models.BooleanField(_("overturned"), null=True)
    value = models.DecimalField(_("score before"), max_digits=9, decimal_places=2, null=True)
    new_value = models.DecimalField(_("score after"), max_digits=9, decimal_places=2, null=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                F("review"), condition=Q(state__in=("open", "answered")), name="one_appeal_a_score"
            ),
            models.UniqueConstraint(fields=["review", "round"], name="round_once_a_score"),
            models.CheckConstraint(
                condition=Q(round__gte=1, round__lte=MOST_ROUNDS), name="appeal_rounds_bounded"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "answered"), ended_at__isnull=True)
                | Q(state__in=("decided", "withdrawn"), ended_at__isnull=False),
                name="appeal_over_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(is_overturned__isnull=False),
                name="appeal_decided_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["opened_by", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.round} {self.state}"

    @property
    def is_living(self) -> bool:
        """Whether it is not over yet."""
        return self.state in self.LIVING

    @property
    def is_last(self) -> bool:
        """Whether nobody decides after this level."""
        return self.level + 1 >= len(self.levels)

    @property
    def needed(self) -> int:
        """How many people decide together at the level it stands at."""
        return self.votes if self.is_last else 1


class AppealItem(models.Model):
    """One item that is appealed against: the agent's reason and evidence, and what came of it.

    `turns` are the turns the agent points at. `answer` is what the item said (its row's value) and
    `is_by_rule` whether that was what the rules had answered. `is_changed` None: not decided.
    """

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="items")
    item = models.CharField(_("item"), max_length=40, db_index=True)
    reason = models.CharField(_("reason"), max_length=1000)
    turns = models.JSONField(_("cited turns"), default=list)
    answer = models.CharField(_("answer"), max_length=100, blank=True)
    is_by_rule = models.BooleanField(default=False)
    is_changed = models.BooleanField(_("changed"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "item"], name="item_once_an_appeal"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.item}"


class AppealStep(models.Model):
    """One level of one appeal: since when, until when, and how it ended.

    `how` is empty while it lasts; `asked` is why the appellant was not content with the level
    before. A level at which nobody could decide is passed over at once; one that overran its days
    went on to the next, or, at the last, stays and `overdue_at` says so.
    """

    class How(models.TextChoices):
        DECIDED = "decided", _("Decided")
        PASSED = "passed", _("Passed on")
        OVERDUE = "overdue", _("Went on, overdue")
        NOBODY = "nobody", _("Nobody could decide here")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="steps")
    level = models.PositiveSmallIntegerField(_("level"))
    role = models.CharField(_("level"), max_length=40)
    began_at = models.DateTimeField(_("since"))
    due_at = models.DateTimeField(_("due at"))
    overdue_at = models.DateTimeField(_("overdue since"), null=True)
    ended_at = models.DateTimeField(_("over since"), null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    how = models.CharField(_("how it ended"), max_length=9, choices=How, blank=True)
    asked = models.CharField(_("why it was carried on"), max_length=1000, blank=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        ordering = ["appeal", "level"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "level"], name="level_once_an_appeal"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.role}"


class AppealVote(models.Model):
    """What one person says about one item at one level: it stands, or another answer, and why.

    `answer` is as `lingzhi_engine.sheet.read_answers` reads it, empty where the item stands.
    """

    step = models.ForeignKey(AppealStep, models.CASCADE, related_name="votes")
    item = models.CharField(_("item"), max_length=40)
    voter = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    is_changed = models.BooleanField(_("changed"))
    answer = models.JSONField(_("answer"), default=dict)
    reason = models.CharField(_("reason"), max_length=1000)
    voted_at = models.DateTimeField(_("decided at"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "item", "voter"], name="one_vote_an_item"),
            models.CheckConstraint(condition=~Q(reason=""), name="vote_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.item}"
