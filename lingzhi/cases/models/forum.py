"""The public forum (公开论坛): who is on duty for it, and what became of each post."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.feedback import Feedback


class ForumDuty(models.Model):
    """A person is on duty for the forum (专人值守) in [from_at, to_at), unless known as absent."""

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="forum_duties", verbose_name=_("person")
    )
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("until"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__gt=F("from_at")),
                name="forum_duty_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.from_at:%Y-%m-%d %H:%M}"


class ForumPost(models.Model):
    """What the person on duty made of a contact that came by the forum; none: nobody read it yet.

    `use` is what of it may make the centre better, in a few words. Noise and praise need no answer,
    nor does what was handed on as a case, which names the contact.
    """

    class Kind(models.TextChoices):
        USEFUL = "useful", _("Useful for improvement")
        COMPLAINT = "complaint", _("Complaint")
        QUESTION = "question", _("Question")
        PRAISE = "praise", _("Praise")
        NOISE = "noise", _("Noise")

    QUIET = (Kind.PRAISE, Kind.NOISE)

    contact = models.OneToOneField(
        "contacts.Contact", models.CASCADE, primary_key=True, related_name="forum_post"
    )
    kind = models.CharField(_("class of the post"), max_length=9, choices=Kind)
    about = models.CharField(
        _("topic"), max_length=7, choices=Feedback.About, default=Feedback.About.OTHER
    )
    use = models.CharField(_("what it is useful for"), max_length=500, blank=True)
    read_at = models.DateTimeField(_("read at"))
    read_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("by")
    )
    answer = models.CharField(_("answer"), max_length=2000, blank=True)
    answer_url = models.URLField(_("address of the answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered in the forum at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-contact_id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="useful") | ~Q(use=""), name="useful_post_says_for_what"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""), name="answered_post_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.kind}"
