"""The organisation: units in a tree and who does what where, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES


class Unit(models.Model):
    """A node of the organisation tree (组织机构), from the company down to a team.

    `path` is the chain of ids from the root (`/1/4/9/`): a subtree is one prefix search.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        CENTRE = "centre", _("Centre")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")
        OUTLET = "outlet", _("Outlet")
        OUTSOURCER = "outsourcer", _("Outsourcer")

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code"), max_length=32, unique=True)
    path = models.CharField(max_length=255, db_index=True, editable=False)
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_units",
        verbose_name=_("owner"),
    )
    quality_representative = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="represented_units",
        verbose_name=_("quality representative"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                F("parent"),
                "name",
                name="unit_name_once_under_parent",
                violation_error_message=_("A unit of this name exists here already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for the root."""
        return self.path.count("/") - 2


class Assignment(models.Model):
    """A role held by a person at a unit for a time (任职). Moves keep their history."""

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    role = models.CharField(
        _("role"), max_length=32, choices=[(code, role.label) for code, role in ROLES.items()]
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assignments", verbose_name=_("unit")
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["person", "-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="assignment_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.unit_id}"


class Identity(models.Model):
    """What another system calls a person, for a time: an extension (分机), a CTI login, a chat id."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("Extension")
        CTI = "cti", _("CTI login")
        CHAT = "chat", _("Chat id")
        WECOM = "wecom", _("WeCom id")

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="identities", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    value = models.CharField(_("value"), max_length=80, db_index=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["person", "kind", "-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="identity_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
