"""What clauses of the rulebook set among what a centre sets itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ByClause(models.Model):
    """A row that a clause may have set (依据条款): `reference` is that of its control, such as
    `s04 3.2 quality-opinion`, `control_id` the control as it stands now, `holds_in` the unit for
    which, with everything below it, the regulation is in force.

    All three are empty where the house set the row itself. While the clause is in force nobody
    changes what it demands; it goes when the clause does.
    """

    reference = models.CharField(_("by clause"), max_length=120, blank=True, editable=False)
    control_id = models.BigIntegerField(null=True, editable=False)
    holds_in = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("holds in"),
        editable=False,
    )  # fmt: skip

    class Meta:
        abstract = True
