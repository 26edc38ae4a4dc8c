"""Business calendars as they were: a ledger that is replayed later counts by the days of then."""

from django.db import models


class CalendarVersion(models.Model):
    """What a calendar said from some moment on.

    `content` is canonical JSON of week, single days, published days and zone. Days that are
    published later are added to the version in force; a change of days already published is a new
    version, and living clocks go over to it with a line in their ledger.
    """

    calendar = models.ForeignKey("org.Calendar", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.TextField()
    known_at = models.DateTimeField()

    class Meta:
        ordering = ["calendar", "number"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.calendar} v{self.number}"
