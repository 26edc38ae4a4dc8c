"""Failed tries to sign in, counted before the password is looked at."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInTries(models.Model):
    """Tries for one staff number since the last success; also for numbers nobody has.

    Unknown numbers are counted alike, so that a lock does not tell which numbers exist.
    """

    staff_no = models.CharField(_("staff number"), max_length=64, unique=True)
    count = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_at = models.DateTimeField(_("last try at"), db_index=True)

    class Meta:
        verbose_name = _("tries to sign in")

    def __str__(self) -> str:
        return self.staff_no
