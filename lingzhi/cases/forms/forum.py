"""What is sent about the forum: filters, what a post is, its answer, a case from it, the roster."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseType, ForumPost
from lingzhi.cases.models.feedback import Feedback
from lingzhi.cases.queries.forum import WAITS
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField

ANY = ("", _("Any"))
HOURS = {"widget": forms.TimeInput(attrs={"type": "time"})}
HANDED = ("feedback", "enquiry", "complaint")


class ForumFilterForm(forms.Form):
    """Which posts are listed; without a choice those that wait."""

    STATES = (
        ("", _("Waiting for an answer")), ("unread", _("Not classed yet")),
        ("answered", _("Answered in the forum")), ("handed", _("Handed on as a case")),
        ("all", _("All")),
    )  # fmt: skip
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    kind = forms.ChoiceField(
        label=_("Class of the post"), required=False, choices=[ANY, *ForumPost.Kind.choices]
    )
    about = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[ANY, *Feedback.About.choices]
    )
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)

    def narrow(self, rows: QuerySet[Contact]) -> QuerySet[Contact]:
        """The posts wanted; what waits the oldest first."""
        self.is_valid()
        asked = self.cleaned_data
        state = {
            "": WAITS, "unread": Q(forum_post=None), "answered": ~Q(forum_post__answered_at=None),
            "handed": Q(is_handed_on=True), "all": Q(),
        }[asked.get("state", "")]  # fmt: skip
        rows = rows.filter(state)
        for name in ("kind", "about"):
            if asked.get(name):
                rows = rows.filter(**{f"forum_post__{name}": asked[name]})
        if asked.get("from_on"):
            rows = rows.filter(started_at__date__gte=asked["from_on"])
        if asked.get("to_on"):
            rows = rows.filter(started_at__date__lte=asked["to_on"])
        first = "" if asked.get("state") else "started_at"
        return rows.order_by(first or "-started_at", "pk")


class ClassForm(forms.ModelForm[ForumPost]):
    """What a post is, and what of it may make the centre better."""

    class Meta:
        model = ForumPost
        fields = ("kind", "about", "use")
        widgets = {"use": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"use": _("Needed for what is useful; it is listed for improvement.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].required = False

    def _post_clean(self) -> None:
        """The service says what may not be missing."""


class AnswerForm(forms.Form):
    """How the post was answered, and where that stands."""

    answer = forms.CharField(
        label=_("Answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_url = forms.URLField(
        label=_("Address of the answer"), required=False, max_length=300, assume_scheme="https"
    )


class HandOnForm(forms.Form):
    """Which case becomes of a post."""

    type_code = forms.ChoiceField(label=_("Case type"))
    title = forms.CharField(label=_("Subject"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = CaseType.objects.filter(code__in=HANDED, retired_at=None)
        self.fields["type_code"].choices = [(one.code, str(one)) for one in rows]  # type: ignore[attr-defined]


class DutyForm(forms.Form):
    """Who is on duty on which days between which hours."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Person"), widget=forms.Select(attrs={"data-combobox": True})
    )
    from_on = DayField(label=_("From"), initial=today)
    to_on = DayField(label=_("To"), initial=today)
    begins = forms.TimeField(label=_("Shift begins"), initial="09:00", **HOURS)  # type: ignore[arg-type]
    ends = forms.TimeField(
        label=_("Shift ends"), initial="18:00",
        help_text=_("Earlier than its begin: the next day."), **HOURS,  # type: ignore[arg-type]
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).order_by("staff_no")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
