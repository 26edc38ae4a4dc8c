"""Work orders (派单): a case stays with the desk, units sign for it, handle it and answer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case
from lingzhi.cases.models.types import CaseType
from lingzhi.core.languages import in_language


def usual_levels() -> list[str]:
    """Who supervises first, and who next (督办、提级督办)."""
    return ["supervisor", "service_manager"]


class Matter(models.Model):
    """A line of the directory of matters (派单目录): who is responsible, by which law, until when.

    Rows in use never change: a matter that goes to another unit is a new row with the same `code`
    from a day on. `words` are such as a case of this matter holds, one a line. `limit_days` are
    working days after the receipt that the ground gives the unit; None leaves it to the rules.
    """

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("matter"), max_length=120)
    words = models.TextField(_("words that tell it"), blank=True)
    type = models.ForeignKey(
        CaseType, models.PROTECT, null=True, blank=True, verbose_name=_("case type")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="matters", verbose_name=_("responsible unit")
    )
    assisting = models.ManyToManyField(
        "org.Unit", related_name="+", blank=True, verbose_name=_("assisting units")
    )
    ground = models.CharField(_("by which law or rule"), max_length=300, blank=True)
    limit_days = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)
    from_on = models.DateField(_("valid from"))
    to_on = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["code", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="matter_once_a_day"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="matter_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReturnReason(models.Model):
    """Why a unit may return an order (退单理由). `title` by language, as in the flows."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.JSONField(_("title"))
    order = models.PositiveSmallIntegerField(default=50)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.title) or self.code


class WorkOrder(models.Model):
    """A case given to a unit. The case stays where it is; a hand-over would move it.

    The **main** unit (主办) answers for the whole, an **assisting** one (协办) for its part. It
    lives until it is returned, taken back or done again; then the next one is a new row.
    `return_until` is the end of the time in which it may be returned, None where the calendar of
    the unit does not say. `is_final`: a ruling gave it, and it cannot be returned.

    The last fields repeat what clocks and the customer said, for the board; None is not known.
    """

    class Role(models.TextChoices):
        MAIN = "main", _("Main unit")
        ASSISTING = "assisting", _("Assisting unit")

    class Ending(models.TextChoices):
        NONE = "", _("living")
        RETURNED = "returned", _("Order returned")
        TAKEN_BACK = "taken_back", _("Order taken back")
        REDONE = "redone", _("To be done again")

    case = models.ForeignKey(Case, models.CASCADE, related_name="orders")
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    role = models.CharField(_("part"), max_length=9, choices=Role)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="work_orders", verbose_name=_("unit")
    )
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, verbose_name=_("matter"))
    instruction = models.CharField(_("what is to be done"), max_length=1000, blank=True)
    due_at = models.DateTimeField(_("to be answered by"), null=True)
    is_final = models.BooleanField(_("by a ruling"), default=False)
    sent_at = models.DateTimeField(_("order sent at"))
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    return_until = models.DateTimeField(_("may be returned until"), null=True)
    signed_at = models.DateTimeField(_("signed for at"), null=True)
    signed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("signed for by"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answer = models.TextField(_("answer of the unit"), blank=True)
    signature = models.CharField(_("signature"), max_length=60, blank=True)
    answer_sha256 = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ending = models.CharField(
        _("how it ended"), max_length=10, choices=Ending, blank=True, default=Ending.NONE
    )
    return_reason = models.ForeignKey(ReturnReason, models.PROTECT, null=True, related_name="+")
    ending_words = models.CharField(_("reason"), max_length=500, blank=True)
    urges = models.PositiveSmallIntegerField(_("times urged"), default=0)
    is_signed_in_time = models.BooleanField(_("signed for in time"), null=True)
    is_answered_in_time = models.BooleanField(_("answered in time"), null=True)
    is_contacted = models.BooleanField(_("the unit contacted the customer"), null=True)
    is_solved = models.BooleanField(_("the customer says it is solved"), null=True)
    is_satisfied = models.BooleanField(_("the customer is satisfied"), null=True)
    is_excluded = models.BooleanField(_("left out of appraisal"), default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                F("case"), condition=Q(ending="", role="main"), name="one_living_main_order"
            ),
            models.UniqueConstraint(
                F("case"), F("unit"), condition=Q(ending=""), name="order_once_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_at=None) | ~Q(ending="") & Q(ended_at__isnull=False),
                name="order_end_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(ending="returned")
                | Q(return_reason__isnull=False, is_final=False) & ~Q(ending_words=""),
                name="order_return_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None)
                | Q(signed_at__isnull=False) & ~Q(answer="") & ~Q(signature=""),
                name="order_answer_is_signed",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "sent_at"], name="order_by_unit"),
            models.Index(fields=["sent_at"], name="order_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.unit_id}"

    @property
    def is_living(self) -> bool:
        return self.ending == self.Ending.NONE

    @property
    def is_main(self) -> bool:
        return self.role == self.Role.MAIN


class DispatchSettings(models.Model):
    """How a centre dispatches (派单规则): one row; without it these defaults hold.

    Posts are codes of the catalogue of posts. `supervising_posts` are the levels of supervision in
    their order. A customer counts as not to be reached after `tries` on `try_days` different days
    and at `try_hours` different hours of the day.
    """

    return_hours = models.PositiveSmallIntegerField(
        _("business hours in which an order may be returned"), default=8
    )
    returns = models.PositiveSmallIntegerField(
        _("the return with which a case goes to a ruling"), default=2
    )
    ruling_post = models.CharField(_("post that rules"), max_length=32, default="supervisor")
    supervising_posts = models.JSONField(_("posts that supervise, by level"), default=usual_levels)
    supervision_days = models.PositiveSmallIntegerField(
        _("days for the report to a supervisor"), default=3
    )
    secrecy_post = models.CharField(
        _("post that may see a hidden complainant"), max_length=32, default="complaint_officer"
    )
    major_post = models.CharField(
        _("post that hears of major matters"), max_length=32, default="general_manager"
    )
    major_words = models.TextField(_("words of major matters, one a line"), blank=True)
    tries = models.PositiveSmallIntegerField(_("tries to reach a customer"), default=3)
    try_days = models.PositiveSmallIntegerField(_("on so many days"), default=2)
    try_hours = models.PositiveSmallIntegerField(_("at so many hours of the day"), default=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returns__gte=1, tries__gte=1, try_days__gte=1, try_hours__gte=1),
                name="dispatch_settings_count",
            )
        ]

    def __str__(self) -> str:
        return "dispatch"
