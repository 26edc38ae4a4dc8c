"""Tokens for programs that call the API on somebody's behalf, and answers kept for repeats."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """A named key to the API: no more than its owner may do, and no longer than `expires_at`.

    Only the SHA-256 of its 256 random bits is kept: it is shown once. `hint` are its last four
    characters. `used_at` is right to the minute.
    """

    person = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="tokens", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("ends with"), max_length=4)
    capabilities = models.JSONField(_("what it may do"))
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("last used at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What the API answered to a call with an `Idempotency-Key`: a repeat gets the same again."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_kept_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
