"""Forms that go through departments (客户抱怨处理表、异常处理单): filled, signed, printed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.complaints import Complaint
from lingzhi.core.languages import in_language


class FormTemplate(models.Model):
    """A version of a form as data; it never changes, what comes next is a version of its own.

    `content` has `title` and `sections`; a section has `code`, `title`, `fields` (`code`, `title`,
    `is_long`, `fact` to begin with) and `step`: the place in the route of opinions whose people
    sign it, 0 for whoever works on the case."""

    code = models.CharField(_("code"), max_length=40)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    content = models.JSONField(_("content"))
    order = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(retired_at=None), name="form_version_in_use"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.content["title"])


class PaperForm(models.Model):
    """One form of a complaint, with the wording it had when it was begun. `code` is that of all
    versions of the form: a complaint has one of a kind."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="papers")
    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="begun")
    code = models.CharField(max_length=40)
    content = models.JSONField()
    begun_at = models.DateTimeField(_("begun at"))
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "code"], name="one_form_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.content["title"])


class PaperSection(models.Model):
    """A section that a department filled and signed: name, post, time, and the SHA-256 of what was
    signed together with every signature before it. Rows are only added."""

    paper = models.ForeignKey(PaperForm, models.CASCADE, related_name="signed")
    code = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    signed_at = models.DateTimeField(_("signed at"))
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    post = models.CharField(_("post"), max_length=80)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "code"], name="section_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.code}"
