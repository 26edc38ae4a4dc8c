"""Indicators (指标): how they are counted, what was counted day by day, and what is aimed at."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lingzhi.kpis.dictionary import Entry, Variant, indicators


class Indicator(models.Model):
    """What a centre adds to an entry of the dictionary: the post that answers for it."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    owner_post = models.CharField(_("owner"), max_length=40, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def entry(self) -> Entry:
        return indicators()[self.code]


class Definition(models.Model):
    """A way of counting an indicator (口径). It never changes: other parameters are another one.

    `digest` is the SHA-256 of its parameters, so the same way is never there twice.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions")
    number = models.PositiveIntegerField(_("number"))
    variant = models.CharField(_("variant"), max_length=30)
    params = models.JSONField(_("parameters"), default=dict)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["indicator__code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once"),
            models.UniqueConstraint(
                fields=["indicator", "variant", "digest"], name="definition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}/{self.variant} {self.number}"

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def entry(self) -> Entry:
        return self.indicator.entry

    @property
    def way(self) -> Variant:
        """The variant of the dictionary that it follows."""
        return self.entry.variants[self.variant]

    @property
    def unit(self) -> str:
        return self.way.unit

    @property
    def shape(self) -> str:
        return self.way.shape

    @property
    def direction(self) -> str:
        return self.way.direction


class Use(models.Model):
    """From a day on an indicator is counted in this way: decided by a person, with a reason."""

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="uses")
    from_on = models.DateField(_("in use from"))
    reason = models.CharField(_("reason"), max_length=300)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-from_on", "-id"]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.from_on}"


class Fact(models.Model):
    """What one definition counted on one day for one agent of one team on one channel.

    Facts add up; a share or mean is only made of sums. `unknown` are cases that belong to the day
    but could not be counted because a time or mark is missing.
    """

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="facts", db_index=False)
    day = models.DateField(_("day"))
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    numerator = models.FloatField(_("numerator"))
    denominator = models.FloatField(_("denominator"))
    unknown = models.PositiveIntegerField(_("unknown"), default=0)
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        ordering = ["definition", "day"]
        constraints = [
            models.UniqueConstraint(
                F("definition"),
                F("day"),
                Coalesce(F("unit"), 0),
                Coalesce(F("agent"), 0),
                F("channel"),
                name="fact_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.day}"


class DaySum(models.Model):
    """The facts of one definition, day, team and channel together, whoever took the cases.

    Written with the facts in one transaction; read wherever no person is asked for, since a large
    centre has hundreds of facts for each.
    """

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(_("day"))
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    numerator = models.FloatField(_("numerator"))
    denominator = models.FloatField(_("denominator"))
    unknown = models.PositiveIntegerField(_("unknown"), default=0)

    class Meta:
        ordering = ["definition", "day"]
        constraints = [
            models.UniqueConstraint(
                F("definition"), F("day"), Coalesce(F("unit"), 0), F("channel"), name="day_sum_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.day}"


class StaleDay(models.Model):
    """A day whose cases changed since it was counted."""

    day = models.DateField(unique=True)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return str(self.day)


class Target(models.Model):
    """What a unit and everything below it aims at (目标值), with its warning line (预警线).

    It holds from `from_on` to `to_on`, both included. A target that a regulation set has the
    control it came from. Values are in the unit of the definition.
    """

    class Period(models.TextChoices):
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="targets")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    value = models.FloatField(_("target"))
    warning = models.FloatField(_("warning line"), null=True)
    is_strict = models.BooleanField(_("the bound itself does not count"), default=False)
    period = models.CharField(_("period"), max_length=7, choices=Period)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True)
    control_id = models.BigIntegerField(null=True)
    reference = models.CharField(_("clause"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-from_on", "-id"]
        indexes = [models.Index(fields=["control_id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="target_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.value}"


class Benchmark(models.Model):
    """What others reach (标杆值), with where that is known from; a later one takes its place."""

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="benchmarks")
    value = models.FloatField(_("benchmark"))
    source = models.CharField(_("source"), max_length=300)
    from_on = models.DateField(_("from"))
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-from_on", "-id"]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.value}"


class ManualValue(models.Model):
    """A figure nobody can count here, entered by a person (手工指标), with where it comes from.

    It covers the days `from_on` to `to_on` and is shown at the last of them, once a second person
    confirmed it. Entering the same days and unit again replaces it; the replaced one stays with
    `replaced_at`.
    """

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="manual_values")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    numerator = models.FloatField(_("numerator"))
    denominator = models.FloatField(_("denominator"))
    evidence = models.CharField(_("evidence"), max_length=300)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    replaced_at = models.DateTimeField(_("replaced at"), null=True)

    class Meta:
        ordering = ["-to_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "unit", "to_on"],
                condition=Q(replaced_at=None),
                name="one_manual_value_a_day",
                violation_error_message=_("A value that ends on this day is there already."),
            ),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")),
                name="manual_value_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="manual_value_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.to_on}"


class Watch(models.Model):
    """The look at all figures of a day, and how often it calls out though nothing happened.

    `per_day` is the stated rate of false alarms of one course (an indicator of a unit), computed
    from the rules; `courses` are those that could be judged.
    """

    day = models.DateField(unique=True)
    courses = models.PositiveIntegerField()
    limit = models.FloatField()
    change = models.FloatField()
    run = models.PositiveSmallIntegerField()
    per_day = models.FloatField()
    watched_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class Alert(models.Model):
    """Something that happened to an indicator in a unit, with one person to see to it (预警).

    Signals within a week of each other are one alert. `began_on` is estimated, `last_on` the last
    day that called out. `usual` is what was to be expected; `change` and its 95 % interval say how
    far the days since lie from it, all in the unit of the figure.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        TAKEN = "taken", _("Being looked into")
        EXPLAINED = "explained", _("Explained")
        ACTED = "acted", _("Acted upon")
        FALSE = "false", _("False alarm")

    OPEN_STATES = (State.OPEN, State.TAKEN)

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="alerts")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    began_on = models.DateField(_("began on"))
    found_on = models.DateField(_("found on"))
    last_on = models.DateField(_("last day of it"))
    usual = models.FloatField(null=True)
    change = models.FloatField(null=True)
    change_low = models.FloatField(null=True)
    change_high = models.FloatField(null=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    raised_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["-last_on", "-id"]
        indexes = [models.Index(fields=["state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "unit"],
                condition=Q(state__in=("open", "taken")),
                name="one_open_alert",
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.began_on}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES


class Signal(models.Model):
    """A day on which a figure moved by more than chance explains, or crossed a line (波动预警).

    What to do about it is the business of its alert.
    """

    class Kind(models.TextChoices):
        LIMIT = "limit", _("Worse than chance explains")
        RUN = "run", _("Many days in a row on the worse side")
        CHANGE = "change", _("Worse since a day")
        WARNING = "warning", _("Beyond the warning line")

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="signals")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, models.CASCADE, null=True, related_name="signals")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    value = models.FloatField(_("value"))
    found_at = models.DateTimeField(_("found at"))

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "unit", "day", "kind"], name="signal_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.day} {self.kind}"


class Publication(models.Model):
    """The figures of a month as they were published (指标发布): they never change.

    What late data changes is a new version, with the reason; the earlier ones stay. A job publishes
    where `by` is empty.
    """

    month = models.DateField(_("month"))
    number = models.PositiveSmallIntegerField(_("version"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="publication_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.number}"


class PublishedFigure(models.Model):
    """One indicator of a unit with all below it, as published, with the target that held."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="figures")
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    numerator = models.FloatField(_("numerator"))
    denominator = models.FloatField(_("denominator"))
    unknown = models.PositiveIntegerField(_("unknown"), default=0)
    target = models.ForeignKey(Target, models.SET_NULL, null=True, related_name="+")
    aim = models.FloatField(_("target"), null=True)

    class Meta:
        ordering = ["definition", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "definition", "unit"], name="published_figure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.definition_id} {self.unit_id}"
