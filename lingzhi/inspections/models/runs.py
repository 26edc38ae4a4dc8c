"""Runs of the rules over many conversations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .rules import Snapshot


class InspectionRun(models.Model):
    """A run of the rules over stored conversations; its progress is the job run's."""

    run = models.OneToOneField("jobs.Run", models.PROTECT, related_name="inspection_run")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT)
    filters = models.JSONField(_("conversations"), default=dict)
    started_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("started by")
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.run.label


class BackTest(models.Model):
    """Versions of rules compared over stored conversations (回测); it judges nothing for good.

    `pairs` is a list of `{"rule": id, "code": …, "before": side or None, "after": side}`, a side
    `{"version": id, "number": …, "body": …}` with the content as it was compared: a draft may
    change afterwards. `paths` are the units its conversations were looked for in, `result` is the
    engine's difference once all its parts are in.
    """

    run = models.OneToOneField("jobs.Run", models.PROTECT, related_name="back_test")
    pairs = models.JSONField(_("versions"), default=list)
    filters = models.JSONField(_("conversations"), default=dict)
    paths = models.JSONField(default=list)
    result = models.JSONField(_("result"), null=True)
    started_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("started by"))

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.run.label


class BackTestPart(models.Model):
    """What a group of conversations adds to a back-test that goes on."""

    test = models.ForeignKey(BackTest, models.CASCADE, related_name="parts")
    difference = models.JSONField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.test_id}/{self.pk}"
