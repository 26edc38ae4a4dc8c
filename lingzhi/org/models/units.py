"""The organisation as a tree of units (R-OR-01)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A node of the organisation tree (组织机构), from the company down to a team.

    `path` is the chain of ids from the root (`/000001/000004/`): a subtree is one prefix search.
    `line` says on which side of the separation of service and supervision (服务、监督两条线,
    R-OR-09) the unit stands. Teams may be split by `time_slot` or `business`.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        CENTRE = "centre", _("Centre")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")
        OUTLET = "outlet", _("Outlet")
        OUTSOURCER = "outsourcer", _("Outsourcer")

    class Line(models.TextChoices):
        SERVICE = "service", _("Service")
        SUPERVISION = "supervision", _("Supervision")
        SUPPORT = "support", _("Support")

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    line = models.CharField(_("line"), max_length=12, choices=Line, default=Line.SERVICE)
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code"), max_length=32, unique=True)
    time_slot = models.CharField(_("time slot"), max_length=60, blank=True)
    business = models.CharField(_("kind of business"), max_length=60, blank=True)
    path = models.CharField(max_length=255, db_index=True, editable=False)
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_units",
        verbose_name=_("head"),
    )
    quality_representative = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="represented_units",
        verbose_name=_("quality representative"),
    )
    calendar = models.ForeignKey(
        "org.Calendar",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("business calendar"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                F("parent"),
                "name",
                name="unit_name_once_under_parent",
                violation_error_message=_("A unit of this name exists here already."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(parent__isnull=True),
                name="unit_one_root",
                violation_error_message=_("There is one company at the root."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for the root."""
        return self.path.count("/") - 2

    @property
    def above(self) -> list[int]:
        """Ids of the units above this one, the root first."""
        return [int(part) for part in self.path.strip("/").split("/")[:-1]]
