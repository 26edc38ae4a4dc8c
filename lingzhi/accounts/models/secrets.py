"""What a person may not use again: old passwords, and codes of the second factor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OldPassword(models.Model):
    """The hash of a password the person had; the newest `SecurityPolicy.history` are kept."""

    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="old_passwords")
    password = models.CharField(_("password"), max_length=128)
    replaced_at = models.DateTimeField(_("replaced at"))

    class Meta:
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.replaced_at:%Y-%m-%d}"


class SpentCode(models.Model):
    """A code of an authenticator app that was accepted: within its time it opens nothing more.

    A table and not a cache, because several web processes share no cache.
    """

    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    code = models.CharField(_("code"), max_length=16)
    at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], name="code_is_spent_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d %H:%M:%S}"
