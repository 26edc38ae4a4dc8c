"""The rules of signing in, set by the security administrator (R-SE-06)."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def _number(label: Any, default: int, low: int, high: int) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(low), MaxValueValidator(high)]
    return models.PositiveSmallIntegerField(label, default=default, validators=bounds)


class SecurityPolicy(models.Model):
    """Passwords, sessions and lock-out of the installation: at most one row, else the defaults.

    The bounds keep the policy within what GB/T 22239-2019 (等保) asks for at level 2.
    """

    minimum_length = _number(_("minimum length"), 10, 8, 64)
    character_classes = _number(_("kinds of characters"), 3, 1, 4)
    history = _number(_("old passwords that may not return"), 5, 0, 24)
    maximum_age_days = _number(_("password must change after (days, 0 = never)"), 90, 0, 365)
    idle_minutes = _number(_("sign out after idle minutes"), 30, 5, 480)
    absolute_hours = _number(_("sign out after hours at the latest"), 12, 1, 24)
    lock_after = _number(_("lock after failed tries"), 5, 3, 10)
    lock_minutes = _number(_("lock for minutes"), 15, 5, 1440)

    class Meta:
        verbose_name = _("security policy")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_security_policy")]

    def __str__(self) -> str:
        return "security policy"
