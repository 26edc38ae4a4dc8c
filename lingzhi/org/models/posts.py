"""Posts (岗位): what they demand, in versions every holder can read (R-OR-02, R-OR-03, R-OR-04)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.org.models.people import ends_after_it_starts


class Post(models.Model):
    """A post of the catalogue. `aliases` are other names people know it by, one a line."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    aliases = models.TextField(_("also called"), blank=True)
    is_key = models.BooleanField(_("key post"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> list[str]:
        return self.aliases.splitlines()


class PostVersion(models.Model):
    """A version of the post's description (岗位说明书). What is in force is never edited."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions", verbose_name=_("post"))
    number = models.PositiveIntegerField(_("version"))
    duties = models.TextField(_("duties"))
    authority = models.TextField(_("authority"), blank=True)
    standards = models.TextField(_("standards"), blank=True)
    time_limits = models.TextField(_("responsibility for time limits"), blank=True)
    education = models.TextField(_("education"), blank=True)
    knowledge = models.TextField(_("professional knowledge"), blank=True)
    communication = models.TextField(_("ability to communicate"), blank=True)
    literacy = models.TextField(_("professional conduct"), blank=True)
    proof = models.TextField(_("certificate or experience to prove"), blank=True)
    effective_on = models.DateField(_("in force from"))
    change = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        ordering = ["post", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="post_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.post} v{self.number}"


class PostHolding(models.Model):
    """A person holds a post at a unit, from one day to another."""

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="post_holdings", verbose_name=_("person")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("post"))
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="post_holdings", verbose_name=_("unit")
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["person", "-from_on"]
        constraints = [
            ends_after_it_starts("post_holding_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["person", "post", "unit"],
                condition=Q(to_on__isnull=True),
                name="post_held_once_at_a_time",
                violation_error_message=_("The person holds this post already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id}"
