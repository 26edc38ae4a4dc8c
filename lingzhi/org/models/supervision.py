"""Supervision (监督): areas with a named owner, and how the lines run (R-OR-07 to R-OR-11)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SupervisionArea(models.Model):
    """A small area of a department with its named owner: together they form the quality network.

    质量监督检查网络, R-OR-10.
    """

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="areas", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=80)
    covers = models.TextField(_("what it covers"), blank=True)
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="areas", verbose_name=_("owner")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["unit__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(closed_at__isnull=True),
                name="area_name_once_in_unit",
                violation_error_message=_("An area of this name exists in this unit."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SupervisionLines(models.Model):
    """How supervision runs in this company: at most one row, else the defaults.

    `is_separated` (R-OR-09): who executes a service neither appraises nor closes findings about
    it. `is_vertical` (R-OR-11): each level answers upward and appraises downward.
    `is_direct` (R-OR-07): quality reports to the leadership, past the levels between.
    """

    is_separated = models.BooleanField(_("service and supervision are separated"), default=False)
    is_vertical = models.BooleanField(
        _("each level answers upward and appraises downward"), default=True
    )
    is_direct = models.BooleanField(_("supervision reports to the leadership"), default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_supervision_lines")]

    def __str__(self) -> str:
        return "supervision lines"
