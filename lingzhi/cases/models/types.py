"""What cases are about (工单类型)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.flows import Flow
from lingzhi.core.languages import in_language


class CaseClass(models.TextChoices):
    """How usual a case is (常规/紧急/复杂), apart from its priority and its level."""

    ROUTINE = "routine", _("Usual case")
    URGENT = "urgent", _("Urgent")
    COMPLEX = "complex", _("Complex")


class Priority(models.IntegerChoices):
    """How much harm waiting does (紧急程度): the lower, the sooner."""

    HIGH = 1, _("High")
    MIDDLE = 2, _("Middle")
    LOW = 3, _("Low")


class Level(models.IntegerChoices):
    """Which level of people handles it (处理级别): a person, a team, a head of department."""

    FIRST = 1, _("First level: service staff")
    SECOND = 2, _("Second level: team leader or team")
    THIRD = 3, _("Third level: head of department")


class CaseType(models.Model):
    """A line of the dictionary of types. Class, priority and level are what a new case begins with.

    `title` by language, as in the flows. Where a case of the type `confirms`, its customer gets the
    result by e-mail when it is closed, in the words of `confirmation`, else in the usual ones.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.JSONField(_("title"))
    flow = models.ForeignKey(
        Flow, models.PROTECT, related_name="types", verbose_name=_("case flow")
    )
    case_class = models.CharField(
        _("case class"), max_length=8, choices=CaseClass, default=CaseClass.ROUTINE
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.MIDDLE
    )
    level = models.PositiveSmallIntegerField(
        _("handling level"), choices=Level, default=Level.FIRST
    )
    confirms = models.BooleanField(
        _("the customer gets the result by e-mail when it is closed"), default=False
    )
    confirmation = models.TextField(_("words of that e-mail"), max_length=2000, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.title) or self.code
