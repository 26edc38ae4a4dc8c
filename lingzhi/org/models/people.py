"""What belongs to a person from one day to another: roles, identities, skills."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
        name=name,
        violation_error_message=_("The end lies before the start."),
    )


class Assignment(models.Model):
    """A role held by a person at a unit for a time (任职). Moves keep their history."""

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    role = models.CharField(
        _("role"), max_length=32, choices=[(code, role.label) for code, role in ROLES.items()]
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="assignments", verbose_name=_("unit")
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["person", "-from_on"]
        constraints = [ends_after_it_starts("assignment_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.unit_id}"


class Identity(models.Model):
    """What another system calls a person, from one day to another (I-20).

    An extension passes from hand to hand: a call of March belongs to whoever had it in March.
    """

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("Extension")
        CTI = "cti", _("Phone system login")
        CHAT = "chat", _("Chat id")
        WECOM = "wecom", _("WeCom id")
        ATTENDANCE = "attendance", _("Attendance number")
        OTHER = "other", _("Other")

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="identities", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    value = models.CharField(_("value"), max_length=64)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "value", "-from_on"]
        verbose_name_plural = _("identities")
        indexes = [models.Index(fields=["kind", "value"])]
        constraints = [
            ends_after_it_starts("identity_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(to_on__isnull=True),
                name="identity_one_open_holder",
                violation_error_message=_("Somebody else holds this identity."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Skill(models.Model):
    """A skill of a person (技能), such as a language or a product; `level` 1 to 5 where known."""

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="skills", verbose_name=_("person")
    )
    name = models.CharField(_("skill"), max_length=60)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["name", "-from_on"]
        constraints = [
            ends_after_it_starts("skill_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 5)), name="skill_level"
            ),
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(to_on__isnull=True),
                name="skill_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name
