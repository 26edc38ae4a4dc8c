"""People who work in the centre."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES


class Users(BaseUserManager["User"]):
    def create_user(self, staff_no: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(staff_no=staff_no, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with a staff number (工号). People who never sign in have no usable password."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    staff_no = models.CharField(_("staff number"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    deactivated_at = models.DateTimeField(_("deactivated at"), null=True, blank=True)
    password_changed_at = models.DateTimeField(_("password changed at"), null=True, blank=True)
    must_change_password = models.BooleanField(_("must change password"), default=False)
    one_time_until = models.DateTimeField(_("one-time password good until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    USERNAME_FIELD = "staff_no"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    # What the token may do with which a program came in this person's name; None: a person came.
    limited_to: frozenset[str] | None = None

    objects = Users()

    class Meta:
        ordering = ["staff_no"]

    def __str__(self) -> str:
        return f"{self.name} {self.staff_no}"

    @property
    def audit_label(self) -> str:
        """Staff number only: the log outlives the person's wish to be forgotten."""
        return self.staff_no

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held today, from assignments (`settings.ROLES_OF`)."""
        return frozenset(import_string(settings.ROLES_OF)(self))

    @cached_property
    def capabilities(self) -> frozenset[str]:
        granted = frozenset().union(*(ROLES[role].capabilities for role in self.roles))
        return granted if self.limited_to is None else granted & self.limited_to

    @property
    def is_privileged(self) -> bool:
        """Whether any role held today asks for a second factor."""
        return any(ROLES[role].is_privileged for role in self.roles)

    def can(self, capability: str) -> bool:
        """Whether any role held today grants `capability`; where it applies is `org`'s question."""
        return self.is_active and capability in self.capabilities

    def can_everywhere(self, capability: str) -> bool:
        """Whether `capability` reaches the whole company (`settings.REACH_OF`): for what belongs to
        no unit, in apps that know none.
        """
        reach = import_string(settings.REACH_OF)
        return self.can(capability) and bool(reach(self, capability).is_everything)
