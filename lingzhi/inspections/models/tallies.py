"""What rules found, added up by day, agent, team and channel, so that pages need not read letters.

Kept beside the judgements, never instead of them: whatever is here can be counted again.
"""

from django.db import models


class CountedDay(models.Model):
    """A day that was added up.

    Its sums hold while the day has had no more than `changes` changes (`contacts.models.Day`) and
    what the rules mean is still `meaning` (`queries.columns.Columns.meaning`).
    """

    day = models.DateField(unique=True)
    changes = models.PositiveBigIntegerField()
    meaning = models.CharField(max_length=64)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return str(self.day)


class DayTally(models.Model):
    """The contacts of one agent of one team in one channel on one day.

    `inspected` were judged by rules, `scored` by people.
    `numbers` are what `queries.tallying.packed` makes: for each column of `queries.columns` the
    hits, misses, not applicable and unknown. `reasons` is JSON: why rules in force could not be
    judged, `[rule id, code, detail, how often]`.
    """

    counted = models.ForeignKey(CountedDay, models.CASCADE, related_name="tallies")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    channel = models.ForeignKey("contacts.Channel", models.PROTECT, related_name="+")
    talks = models.PositiveIntegerField()
    unanswered = models.PositiveIntegerField()
    inspected = models.PositiveIntegerField()
    scored = models.PositiveIntegerField()
    numbers = models.BinaryField()
    reasons = models.TextField(default="[]")

    class Meta:
        ordering = ["counted", "pk"]

    def __str__(self) -> str:
        return f"{self.counted_id} {self.unit_id} {self.agent_id}"
