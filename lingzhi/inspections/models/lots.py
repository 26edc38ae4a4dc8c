"""Acceptance of a supplier's months by sampling, after GB/T 2828.1 (计数抽样验收)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.stats import AQLS, InspectionLevel

from .plans import Draw, Plan


class Acceptance(models.Model):
    """A plan each of whose months is a lot that is accepted or not by its sample.

    `aql` is in percent nonconforming, `level` an inspection level of table 1. Reduced inspection
    needs `may_reduce`: that whoever is responsible wants it and the process is steady (9.3.3).
    """

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="acceptance")
    aql = models.FloatField(_("AQL, percent"), choices=[(one, f"{one:g}") for one in AQLS])
    level = models.CharField(
        _("inspection level"), max_length=3, default=InspectionLevel.II.value,
        choices=[(one.value, one.value) for one in InspectionLevel],
    )  # fmt: skip
    may_reduce = models.BooleanField(_("reduced inspection is wanted"), default=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.plan.title


class Lot(models.Model):
    """One month: how large it is, under which plan its sample was drawn, what was decided.

    Severity and switching are not stored but follow from the lots in their order
    (`lingzhi.inspections.queries.lots.series_of`). `resumed_at`: the supplier had acted after
    inspection was discontinued behind this lot.
    """

    acceptance = models.ForeignKey(Acceptance, models.PROTECT, related_name="lots")
    draw = models.OneToOneField(Draw, models.PROTECT, related_name="lot")
    size = models.PositiveIntegerField(_("size of the lot"))
    letter = models.CharField(_("code letter"), max_length=1)
    severity = models.CharField(_("severity"), max_length=9)
    sample = models.PositiveIntegerField(_("sample size"))
    accept = models.PositiveIntegerField(_("accepted up to"))
    nonconforming = models.PositiveIntegerField(_("nonconforming"), null=True)
    may_reduce = models.BooleanField(default=False)
    is_accepted = models.BooleanField(_("accepted"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    resumed_at = models.DateTimeField(_("resumed at"), null=True)
    resumed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("resumed by")
    )
    resumed_reason = models.CharField(_("what the supplier did"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) ^ Q(is_accepted__isnull=False),
                name="lot_decided_iff_it_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acceptance_id} {self.draw_id}"
