"""How customers complain (投诉渠道): what the centre publishes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplaintChannel(models.Model):
    """One way to complain: its address or number, its hours, and whom it is for."""

    name = models.CharField(_("channel"), max_length=60)
    how = models.CharField(_("number, address or place"), max_length=200)
    hours = models.CharField(_("hours"), max_length=100)
    for_whom = models.CharField(_("for whom, and what about"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name
