"""The kinds of report (报告种类), by their codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    QUALITY = "quality", _("Quality report")
    SUPERVISION = "supervision", _("Supervision report")
    REVIEW = "review", _("Review of service data")
    SERVICE = "service", _("Yearly service report")
    SUMMARY = "summary", _("Summary of a unit")
    DEPARTMENT = "department", _("Statistics for a department")
    RETURNED = "returned", _("What customers say, for a department")
