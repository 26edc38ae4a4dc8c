"""The append-only record of who did what (R-TK-27, R-SE-07, I-30), and the chain that seals it."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(RuntimeError):
    """Rows of the audit log are neither changed nor deleted. This is a bug, never a user's act."""


class AppendOnlyRows(models.QuerySet[Any]):
    """Refuses whatever would change or delete rows."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(self.model._meta.label)

    update = bulk_update = update_or_create = delete = _refuse


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(self._meta.label)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(self._meta.label)


class Entry(AppendOnlyModel):
    """One act. Written in the act's own transaction, chained by the sealer within seconds.

    Holds no raw personal data: before and after carry masked or non-personal values only.
    The actor is kept as id and label without a foreign key, so that it outlives the person's row.
    """

    at = models.DateTimeField(_("time"), db_index=True)
    actor_id = models.BigIntegerField(_("actor"), null=True, db_index=True)
    actor_label = models.CharField(_("actor"), max_length=120)
    action = models.CharField(_("action"), max_length=80, db_index=True)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=64)
    object_label = models.CharField(_("object"), max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    address = models.CharField(_("address"), max_length=64, blank=True)
    door = models.CharField(_("door"), max_length=12, blank=True)
    request_id = models.CharField(_("request"), max_length=32, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_label} {self.action}"


class Link(AppendOnlyModel):
    """The seal of one entry: its place in the chain, and a hash over it and all before it.

    Two sealers cannot fork the chain: a place is given once, an entry has one place. No database
    constraint ties it to its entry, so that a deleted entry leaves its seal behind.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, db_constraint=False, related_name="link", verbose_name=_("entry")
    )
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.hash[:12]}"


class Verification(AppendOnlyModel):
    """What one look over the whole chain found."""

    at = models.DateTimeField(_("time"))
    by = models.CharField(_("by"), max_length=120, blank=True)
    sealed = models.PositiveBigIntegerField(_("sealed rows"))
    unsealed = models.PositiveBigIntegerField(_("rows not yet sealed"))
    checkpoints = models.PositiveIntegerField(_("checkpoints"))
    problems = models.JSONField(_("problems"), default=list)
    seconds = models.FloatField(_("seconds"))

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {len(self.problems)}"

    @property
    def is_sound(self) -> bool:
        return not self.problems
