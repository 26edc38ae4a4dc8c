"""What customers expect, what others do better, where it hurts (R-SV-17): inputs of goals and
standards (顾客需求、标杆企业、服务痛点)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Insight(models.Model):
    """One need, benchmark or pain point, with where it is known from and what it led to.

    `evidence` is an address in this program or on the web. `weight` 1–5. It is looked at again on
    `review_on`, as long as it is open. Used: it feeds a clause (`regulation` and `clause`), an
    indicator (`indicator`, its code) or something else (`feeds`). What a job found is by nobody.
    """

    class Kind(models.TextChoices):
        NEED = "need", _("What customers need or expect")
        BENCHMARK = "benchmark", _("Benchmark")
        PAIN = "pain", _("Pain point")

    class Source(models.TextChoices):
        SURVEY = "survey", _("Survey")
        COMPLAINT = "complaint", _("Complaint or case")
        CONTACT = "contact", _("Conversation")
        RESEARCH = "research", _("Research of our own")
        OUTSIDE = "outside", _("Published by others")
        STAFF = "staff", _("Staff")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        USED = "used", _("Used")
        DROPPED = "dropped", _("Dropped")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("what is known"), max_length=2000)
    source = models.CharField(_("known from"), max_length=9, choices=Source)
    evidence = models.CharField(_("address of the evidence"), max_length=300)
    weight = models.PositiveSmallIntegerField(_("weight, 1 to 5"), default=3)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit concerned")
    )
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who follows it up")
    )
    review_on = models.DateField(_("looked at again on"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    regulation = models.ForeignKey(
        "rulebook.Regulation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("regulation it feeds"),
    )  # fmt: skip
    clause = models.CharField(_("clause it feeds"), max_length=20, blank=True)
    indicator = models.CharField(_("indicator it feeds"), max_length=10, blank=True)
    feeds = models.CharField(_("goal or standard it feeds"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-weight", "review_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=5), name="insight_has_a_weight",
                violation_error_message=_("A weight is a number from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=~Q(state="used") | Q(regulation__isnull=False, clause__gt="")
                | Q(indicator__gt="") | Q(feeds__gt=""),
                name="used_insight_feeds_something",
                violation_error_message=_("Say what it feeds: a clause, an indicator, a goal."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class InsightReview(models.Model):
    """Somebody looked at it again; what was found, and what became of it."""

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="reviews")
    state = models.CharField(_("state"), max_length=7, choices=Insight.State)
    weight = models.PositiveSmallIntegerField(_("weight, 1 to 5"))
    words = models.TextField(_("what was found"), max_length=1000)
    reviewed_at = models.DateTimeField(_("reviewed at"))
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-reviewed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.insight_id} {self.state}"
