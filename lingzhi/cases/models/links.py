"""Cases that belong together (关联工单), and cases that were two files of one matter (合并)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class CaseLink(models.Model):
    """`case` belongs to `other`. A link is ended, never deleted.

    A part (`part_of`) is one customer's case of an incident that hits many (群发事件): each keeps
    its own clocks and its own answer, and all hear what is told on the whole.
    """

    class Kind(models.TextChoices):
        PART_OF = "part_of", _("Part of")
        RELATED = "related", _("Related to")

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked")
    kind = models.CharField(_("how they belong together"), max_length=7, choices=Kind)
    made_at = models.DateTimeField(_("linked at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("unlinked at"), null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="no_case_links_itself"),
            models.UniqueConstraint(
                F("case"), F("other"), condition=Q(ended_at=None), name="linked_once"
            ),
            models.UniqueConstraint(
                F("case"), condition=Q(ended_at=None, kind="part_of"), name="part_of_one_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class CaseMerge(models.Model):
    """`merged` was a second file of the matter of `kept`: only `kept` is worked on.

    Nothing moves from one to the other, so taking the merge back gives what was there. The clocks
    of both run on: what is done about `kept` answers those of `merged`, too, and no limit is
    dodged by a merge. `was` is the kind the merged case had.
    """

    merged = models.ForeignKey(Case, models.CASCADE, related_name="merges")
    kept = models.ForeignKey(Case, models.PROTECT, related_name="absorbed")
    was = models.CharField(max_length=7, choices=Case.Kind)
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("merged at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(_("taken back at"), null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_why = models.CharField(_("reason for taking it back"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged=F("kept")), name="no_case_swallows_itself"),
            models.UniqueConstraint(
                F("merged"), condition=Q(undone_at=None), name="merged_into_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"
