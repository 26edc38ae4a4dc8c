"""What is sent about services of the directory and their reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import Grouped
from lingzhi.governance.forms.goals import judged_ways, people, way_words
from lingzhi.governance.models import DirectoryReview, ServiceEntry, ServicePromise
from lingzhi.governance.queries.goals import PLAN
from lingzhi.org.models import Post, Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.rulebook.models import Clause, Version
from lingzhi.rulebook.queries import versions_in_force, versions_visible_to


class InLine(forms.CheckboxSelectMultiple):
    """Many short choices beside each other."""

    is_inline = True


class ServiceForm(Grouped, forms.ModelForm[ServiceEntry]):
    """What is provided for whom, where and when, by whom."""

    GROUPS = (
        (_("What is offered"), ("name", "provided", "for_whom")),
        (_("Where and when"), ("channels", "calendar", "hours")),
        (_("Who provides it"), ("unit", "post", "owner", "every_months")),
        (_("The change"), ("change",)),
    )
    channels = forms.MultipleChoiceField(label=_("Channels"), widget=InLine, choices=[])

    class Meta:
        model = ServiceEntry
        fields = (
            "name", "provided", "for_whom", "channels", "calendar", "hours", "unit", "post",
            "owner", "every_months", "change",
        )  # fmt: skip
        widgets = {"provided": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["channels"].choices = list(channel_choices())
        fields["unit"].queryset = units_visible_to(user, PLAN)
        fields["post"].queryset = Post.objects.filter(withdrawn_at=None)
        fields["owner"].queryset = people()
        if self.instance.before_id:
            fields["change"].required = True
        else:
            del fields["change"]


class PromiseForm(forms.ModelForm[ServicePromise]):
    """What is promised, and by what it is measured."""

    class Meta:
        model = ServicePromise
        fields = ("title", "value", "stated_in", "definition", "target")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["definition"].queryset = judged_ways()
        fields["definition"].label_from_instance = way_words


class ClauseForm(forms.Form):
    """A clause of a regulation in force, by its number."""

    version = forms.ModelChoiceField(Version.objects.none(), label=_("Regulation"))
    number = forms.CharField(label=_("Number of the clause"), max_length=20)

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        day = today()
        keys = versions_in_force(day, day).values("pk")
        found: dict[str, Any] = self.fields
        found["version"].queryset = versions_visible_to(user).filter(pk__in=keys)
        found["version"].label_from_instance = lambda one: one.title

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("version") and data.get("number"):
            rows = Clause.objects.filter(version=data["version"], number=data["number"].strip())
            data["clause"] = rows.exclude(force=Clause.Force.HEADING).first()
            if data["clause"] is None:
                self.add_error("number", _("This regulation has no such clause."))
        return data


class DirectoryReviewForm(forms.Form):
    """What was found. Only who plans for the unit lets something end or change."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DirectoryReview.Outcome.choices)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was looked at, and why it stays or changes."),
    )  # fmt: skip

    def __init__(self, *args: Any, may_change: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not may_change:
            kept = DirectoryReview.Outcome.KEPT
            field: Any = self.fields["outcome"]
            field.choices = [(kept.value, kept.label)]
            field.help_text = _("To change or withdraw it, ask who plans for the unit.")


class ServiceFilters(forms.Form):
    """Which services are shown."""

    text = forms.CharField(label=_("Words"), required=False, max_length=60)
    unit = forms.ModelChoiceField(label=_("Unit"), required=False, queryset=Unit.objects.none())
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    show = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[
            ("", pgettext_lazy("of a service", "Offered")), ("due", _("Review due")),
            ("drafts", _("Drafts")), ("mine", _("My part")), ("over", _("Earlier versions")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        providing = ServiceEntry.objects.order_by().values("unit_id")
        fields["unit"].queryset = Unit.objects.filter(pk__in=providing)
        fields["channel"].choices = [("", _("All")), *channel_choices()]

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen; a wrong choice narrows nothing."""
        self.is_valid()
        return dict(self.cleaned_data)
