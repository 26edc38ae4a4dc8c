"""What employees ask about their own personal data, and how long an answer may take."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import now

USUAL_DAYS = 15


class RequestTerm(models.Model):
    """In how many working days a request is answered. The newest row holds."""

    days = models.PositiveSmallIntegerField(
        _("working days"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.days)


class DataRequest(models.Model):
    """One request of an employee about their own data (个人信息主体权利请求).

    It stays open, with a clock and an owner, until somebody other than who asked answers it;
    nothing ends it silently. `unit` is the person's team at that time. `review` is the score that
    an explanation or objection is about.
    """

    class Kind(models.TextChoices):
        COPY = "copy", _("A copy of my data")
        CORRECTION = "correction", _("Correct something")
        EXPLANATION = "explanation", _("Explain an automatic result")
        OBJECTION = "objection", _("Object to a use")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done as asked")
        PARTLY = "partly", _("Done in part")
        REFUSED = "refused", _("Not done, with the reason")

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="data_requests", verbose_name=_("who asks")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    kind = models.CharField(_("what is asked"), max_length=11, choices=Kind)
    words = models.TextField(_("in your words"), max_length=2000)
    review = models.ForeignKey(
        "inspections.Review", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("about this score"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("to be answered by"))
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="", answer="")
                | Q(answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer=""),
                name="answered_request_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_overdue(self) -> bool:
        """Whether nobody answered in time so far."""
        return self.answered_at is None and now() > self.due_at
