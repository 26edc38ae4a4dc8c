"""Groups across departments (联合稽查组, 服务改进小组…): mandate, members, term (R-OR-13)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.org.models.people import ends_after_it_starts


class Group(models.Model):
    """A standing or temporary group with a mandate; a temporary one ends with its term."""

    class Kind(models.TextChoices):
        STANDING = "standing", _("Standing")
        TEMPORARY = "temporary", _("Temporary")

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    mandate = models.TextField(_("mandate"))
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="groups", verbose_name=_("set up by")
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            ends_after_it_starts("group_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind="standing") | Q(to_on__isnull=False),
                name="temporary_group_has_a_term",
                violation_error_message=_("A temporary group needs the day it ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member: one of us, or a guest such as a customers' representative."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Lead")
        MEMBER = "member", _("Member")
        SUPERVISION = "supervision", _("For supervision")
        TECHNOLOGY = "technology", _("For technology")
        CUSTOMERS = "customers", _("For the customers")

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="memberships", verbose_name=_("group")
    )
    person = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("person"),
    )
    guest = models.CharField(_("guest"), max_length=80, blank=True)
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.MEMBER)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["group", "-from_on", "pk"]
        constraints = [
            ends_after_it_starts("membership_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest="") | Q(person__isnull=True) & ~Q(guest=""),
                name="member_is_a_person_or_a_guest",
                violation_error_message=_("Name either a person or a guest."),
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(to_on__isnull=True),
                name="member_once_at_a_time",
                violation_error_message=_("This person is a member already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id or self.guest}"
