"""Visits to the customer (上门服务、主动维护): agreed windows, times, result, proof."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case
from lingzhi.core.encryption import unseal

PLACE = "cases.visit|place"  # for what an address is sealed


class Visit(models.Model):
    """An engineer goes to a customer within an agreed window (预约时段).

    A visit of kind maintenance (主动维护) has no case: nobody asked for it. `place` is how one gets
    there, masked; in full it is encrypted, for who goes or plans. `told_late_at` is when the
    customer was told, before the window ended, that it would be later.
    """

    class Kind(models.TextChoices):
        SERVICE = "service", _("Service visit")
        MAINTENANCE = "maintenance", _("Proactive maintenance")

    class State(models.TextChoices):
        PLANNED = "planned", _("Window agreed")
        ON_THE_WAY = "on_the_way", _("On the way")
        ARRIVED = "arrived", _("At the customer's")
        DONE = "done", _("Visit done")
        FAILED = "failed", _("Not done")
        CANCELLED = "cancelled", _("Called off")

    LIVING = (State.PLANNED, State.ON_THE_WAY, State.ARRIVED)

    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.SERVICE)
    case = models.ForeignKey(
        Case, models.CASCADE, null=True, related_name="visits", verbose_name=_("case")
    )
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, null=True, related_name="visits",
        verbose_name=_("customer"),
    )  # fmt: skip
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="visits", verbose_name=_("unit")
    )
    engineer = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="visits", verbose_name=_("engineer")
    )
    purpose = models.CharField(_("what is to be done"), max_length=300)
    place = models.CharField(_("place"), max_length=200)
    place_sealed = models.TextField(blank=True)
    begins_at = models.DateTimeField(_("window begins"))
    ends_at = models.DateTimeField(_("window ends"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    set_out_at = models.DateTimeField(_("set out at"), null=True)
    arrived_at = models.DateTimeField(_("arrived at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    told_late_at = models.DateTimeField(_("customer told of the delay at"), null=True)
    result = models.CharField(_("result of the visit"), max_length=2000, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=60, blank=True)
    planned_at = models.DateTimeField(_("planned at"))
    planned_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["begins_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="visit_window"),
            models.CheckConstraint(
                condition=Q(kind="maintenance") | Q(case__isnull=False), name="visit_has_its_case"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(arrived_at__isnull=False, ended_at__isnull=False)
                & ~Q(result="")
                & ~Q(confirmed_by=""),
                name="visit_done_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "cancelled"]) | ~Q(result=""),
                name="visit_not_done_has_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["engineer", "begins_at"], name="visit_by_engineer"),
            models.Index(fields=["begins_at"], name="visit_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.engineer_id} {self.begins_at:%Y-%m-%d %H:%M}"

    def whole_place(self) -> str:
        """Where it is, in the clear: only for who goes there or plans it."""
        return unseal(self.place_sealed, PLACE) if self.place_sealed else self.place

    @property
    def is_living(self) -> bool:
        return self.state in self.LIVING

    @property
    def is_punctual(self) -> bool | None:
        """Whether somebody came within the window; None where nobody arrived yet."""
        return None if self.arrived_at is None else self.arrived_at <= self.ends_at


class Rebooking(models.Model):
    """A visit was given another window (改约): why, and when the customer was told."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="rebookings")
    from_begins_at = models.DateTimeField()
    from_ends_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300)
    is_in_advance = models.BooleanField(_("told before the window began"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.at:%Y-%m-%d %H:%M}"


class VisitPhoto(models.Model):
    """A photo from the place."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)
