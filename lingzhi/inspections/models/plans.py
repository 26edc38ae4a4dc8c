"""Inspection plans, the samples drawn for them, and the tasks they become (质检计划)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .rules import RuleVersion
from .sheets import Sheet


class Plan(models.Model):
    """What is inspected by people, when, how much of it, by whom and in which mode.

    `filters` are `lingzhi.contacts.queries.Filters` as JSON: where in `unit` the sample comes from.
    Each period of `cadence` a sample is drawn with `seed`: `size` conversations, or under the
    method "spread" `per_agent` of each agent. `strata` names what keeps its share: team, agent,
    channel, hour, length. `weights` are the parts that raise a conversation's chance under the
    method "risk", by the names of `lingzhi.inspections.queries.signs`. `musts` names what is
    inspected in any case, beside the sample, at most `most_musts` of it. `leaves_out` and
    `shortest_seconds` say what is not inspected. At least `nonhit_ratio` of the sample are
    conversations in which no rule hit, by chance, so that the misses of rules can be estimated.
    `hours` is the budget of inspectors' hours a period.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Routine")
        SURPRISE = "surprise", _("Surprise")

    class Breadth(models.TextChoices):
        COMPREHENSIVE = "comprehensive", _("Comprehensive")
        SPECIAL = "special", _("Special")

    class Openness(models.TextChoices):
        OPEN = "open", _("Overt")
        COVERT = "covert", _("Covert")

    class Place(models.TextChoices):
        REMOTE = "remote", _("Remote")
        ON_SITE = "on_site", _("On site")

    class Method(models.TextChoices):
        SIMPLE = "simple", _("At random")
        STRATIFIED = "stratified", _("At random in strata")
        RISK = "risk", _("By risk")
        SPREAD = "spread", _("As many of each agent")

    class Cadence(models.TextChoices):
        ONCE = "once", _("Once")
        DAY = "day", _("Daily")
        WEEK = "week", _("Weekly")
        MONTH = "month", _("Monthly")

    title = models.CharField(_("title"), max_length=120)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="inspection_plans", verbose_name=_("unit")
    )
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, related_name="plans", verbose_name=_("score sheet")
    )
    content = models.TextField(_("what is inspected"), blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm, default=Rhythm.DAILY)
    breadth = models.CharField(
        _("breadth"), max_length=13, choices=Breadth, default=Breadth.COMPREHENSIVE
    )
    openness = models.CharField(_("openness"), max_length=6, choices=Openness, default="open")
    covert_until = models.DateField(_("covert until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=7, choices=Place, default=Place.REMOTE)
    filters = models.JSONField(_("conversations"), default=dict)
    method = models.CharField(_("method"), max_length=10, choices=Method, default=Method.STRATIFIED)
    strata = models.JSONField(_("strata"), default=list)
    weights = models.JSONField(_("weights"), default=dict)
    musts = models.JSONField(_("inspected in any case"), default=list)
    size = models.PositiveIntegerField(_("conversations a period"), null=True, blank=True)
    per_agent = models.PositiveIntegerField(
        _("conversations an agent and period"), null=True, blank=True
    )
    most_musts = models.PositiveIntegerField(
        _("at most so many in any case"), null=True, blank=True
    )
    leaves_out = models.JSONField(_("left out"), default=list)
    shortest_seconds = models.PositiveIntegerField(_("shortest length in seconds"), default=0)
    nonhit_ratio = models.FloatField(_("share without a hit"), default=0.1)
    cadence = models.CharField(_("how often"), max_length=5, choices=Cadence, default="month")
    seed = models.BigIntegerField(_("seed"))
    inspectors = models.ManyToManyField(
        "accounts.User", verbose_name=_("inspectors"), related_name="inspection_plans"
    )
    hours = models.FloatField(_("inspectors' hours a period"), null=True, blank=True)
    days_to_do = models.PositiveIntegerField(_("days to do a task"), default=7)
    swaps_allowed = models.PositiveIntegerField(_("tasks an inspector may swap"), default=3)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("created by"), related_name="+"
    )
    activated_at = models.DateTimeField(_("active since"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(openness="open") | Q(covert_until__isnull=False),
                name="covert_inspection_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_hidden(self) -> bool:
        """Whether who is inspected does not see it: covert, or a surprise that is not over."""
        return self.openness == self.Openness.COVERT or (
            self.rhythm == self.Rhythm.SURPRISE and self.state != self.State.ENDED
        )


class Draw(models.Model):
    """One sample of a plan: the same seed over the same conversations is the same sample.

    `frame` are the conversations it was drawn from with what the draw looked at, as packed by
    `lingzhi.inspections.sampling.Frame`, and `frame_sha256` is of their content. `design` is how
    it was drawn. `shortfalls` says how many it could not find, by staff key or "" for the whole;
    the next draw of the plan looks for them too.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="draws", verbose_name=_("plan"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    seed = models.BigIntegerField(_("seed"))
    frame_count = models.PositiveIntegerField(_("conversations to choose from"))
    frame_sha256 = models.CharField(max_length=64)
    frame = models.BinaryField(default=bytes)
    design = models.JSONField(default=dict)
    short_of = models.PositiveIntegerField(_("too few by"), default=0)
    shortfalls = models.JSONField(default=dict)
    drawn_at = models.DateTimeField(_("drawn at"))
    drawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("drawn by"), related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "from_on"], name="one_draw_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.from_on}"


class Task(models.Model):
    """One conversation for one inspector.

    `inclusion` is the chance (0-1) with which the draw took it: its inverse is its weight, so that
    rates stay unbiased. None where it was chosen by hand. A conversation is never inspected twice,
    but by gold tasks and second scores (`is_repeat`).
    """

    class Reason(models.TextChoices):
        RANDOM = "random", _("By chance")
        RISK = "risk", _("By risk")
        NONHIT = "nonhit", _("No rule hit")
        MUST = "must", _("In any case")
        CHOSEN = "chosen", _("Chosen by hand")
        SECOND = "second", _("Second score")
        GOLD = "gold", _("Gold task")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        SWAPPED = "swapped", _("Swapped")
        DROPPED = "dropped", _("Dropped")

    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="tasks")
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="tasks")
    contact = models.ForeignKey(
        "contacts.Contact", models.CASCADE, related_name="tasks", verbose_name=_("conversation")
    )
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, related_name="tasks", verbose_name=_("score sheet")
    )
    reason = models.CharField(_("why it was taken"), max_length=6, choices=Reason)
    must = models.CharField(max_length=20, blank=True)
    stratum = models.CharField(_("stratum"), max_length=200, blank=True)
    inclusion = models.FloatField(_("chance of being taken"), null=True)
    rule_version = models.ForeignKey(RuleVersion, models.PROTECT, null=True, related_name="+")
    is_repeat = models.BooleanField(default=False)
    inspector = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="inspection_tasks",
        verbose_name=_("inspector"),
    )  # fmt: skip
    override_reason = models.CharField(_("reason despite a conflict"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("created at"))
    assigned_at = models.DateTimeField(_("assigned at"), null=True)
    due_at = models.DateTimeField(_("due at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    swap_reason = models.CharField(_("reason for swapping"), max_length=300, blank=True)
    swapped_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("swapped by")
    )
    swapped_for = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="in_place_of"
    )

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(is_repeat=False) & Q(state__in=("open", "done")),
                name="conversation_inspected_once",
            ),
        ]
        indexes = [
            models.Index(fields=["inspector", "state", "due_at"]),
            models.Index(
                fields=["plan"], condition=models.Q(state="open", inspector=None), name="task_free"
            ),
            models.Index(
                fields=["done_at"],
                condition=models.Q(inclusion__isnull=False, is_repeat=False),
                name="task_drawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.state}"
