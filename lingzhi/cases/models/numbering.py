"""How cases are numbered (编号): a pattern, and one counter a period."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PATTERN = "{year}{month}{serial:4}"


class Numbering(models.Model):
    """The pattern of one kind of number, `case` or `complaint`.

    It holds `{year}`, `{month}`, `{day}` and `{serial:N}` with at least N digits; the serial begins
    anew with the finest part of the date that the pattern holds (年度+月份+流水编号).
    `control_id` is set while a clause wants this pattern, with the clause as `reference`.
    """

    kind = models.CharField(_("what is numbered"), max_length=20, unique=True)
    pattern = models.CharField(_("pattern"), max_length=60, default=PATTERN)
    control_id = models.BigIntegerField(null=True)
    reference = models.CharField(_("clause"), max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.kind}: {self.pattern}"


class Serial(models.Model):
    """The last serial given in a period. Its row is locked until whoever took one commits."""

    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "period"], name="serial_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}: {self.last}"
