"""What is sent about follow-ups: lists, answers by the script, what comes of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.forms.cases import type_choices
from lingzhi.cases.forms.fields import WithOwn, chosen_type, of_opening
from lingzhi.cases.models import Case, CaseType, FollowUp, FollowUpRule, FollowUpTry
from lingzhi.cases.queries.fields import fields_of
from lingzhi.cases.services.calling import Called
from lingzhi.cases.services.opening import Opening
from lingzhi.core.clock import today
from lingzhi.core.languages import in_language, joined
from lingzhi.org.queries import open_units
from lingzhi_engine.script import Kind, Question, Script

ASKED = "q_"  # before the code of a question in the form


class FollowUpFilterForm(forms.Form):
    """Which follow-ups are listed."""

    STATES = (("", _("To be called")), *FollowUp.State.choices, ("all", _("All")))
    ANSWERS = (
        ("", _("Any")), ("unhappy", _("Not content")),
        ("nothing_done", _("Not content, nothing done yet")),
    )  # fmt: skip
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("", _("All")), ("mine", _("My calls"))]
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    rule = forms.ChoiceField(label=_("Asked for by"), required=False)
    answer = forms.ChoiceField(label=_("The customer says"), required=False, choices=ANSWERS)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        rules = [(str(one.pk), str(one)) for one in FollowUpRule.objects.all()]
        self.fields["rule"].choices = [("", _("Any")), *rules]  # type: ignore[attr-defined]

    def clean_rule(self) -> int | None:
        chosen = self.cleaned_data["rule"]
        return int(chosen) if chosen else None


class InlineRadios(forms.RadioSelect):
    """Answers side by side."""

    is_inline = True


class CallForm(forms.Form):
    """What came of a try, with the questions of the script."""

    outcome = forms.ChoiceField(
        label=_("What came of the call"), choices=FollowUpTry.Outcome.choices[1:],
        widget=InlineRadios,
    )  # fmt: skip
    call_back_at = forms.DateTimeField(
        label=_("Call back at"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, script: Script, data: Any = None) -> None:
        super().__init__(data)
        self.script = script
        for one in script.questions:
            self.fields[ASKED + one.code] = _field_of(one)
            self.fields[ASKED + one.code].help_text = _led_past(one, script)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions in their order."""
        return [self[ASKED + one.code] for one in self.script.questions]

    @property
    def called(self) -> Called:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        answers = {one.code: data[ASKED + one.code] for one in self.script.questions}
        return Called(data["outcome"], answers, data["call_back_at"], data["note"])


def _field_of(question: Question) -> forms.Field:
    label = in_language(question.title) + (" *" if question.is_required else "")
    if question.kind is Kind.TEXT:
        widget = forms.Textarea(attrs={"rows": 2})
        return forms.CharField(label=label, required=False, max_length=1000, widget=widget)
    titles = {one.code: in_language(one.title) for one in question.choices}
    choices = [(value, titles.get(value, value)) for value in question.values]
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=InlineRadios)


def _led_past(question: Question, script: Script) -> str:
    """When a question is left out: which answers to an earlier one lead past it."""
    places = {one.code: at for at, one in enumerate(script.questions)}
    at = places[question.code]
    for one in script.questions[:at]:
        titles = {choice.code: in_language(choice.title) for choice in one.choices}
        for jump in one.jumps:
            if places.get(jump.to, len(places)) > at:
                answers = joined(titles.get(answer, answer) for answer in jump.when)
                return gettext("Left out when “%(question)s” is answered with %(answers)s.") % {
                    "question": in_language(one.title), "answers": answers,
                }  # fmt: skip
    return ""


class ReopenForm(forms.Form):
    """Which case goes back to work, and why."""

    case = forms.ModelChoiceField(Case.objects.none(), label=_("Service case"))
    reason = forms.CharField(label=_("What the customer objects to"), max_length=500)

    def __init__(self, cases: list[Case], data: Any = None, *, reason: str = "") -> None:
        super().__init__(data)
        rows = Case.objects.filter(pk__in=[one.pk for one in cases])
        self.fields["case"].queryset = rows  # type: ignore[attr-defined]
        self.initial = {"case": cases[0].pk if cases else None, "reason": reason}


class NewMatterForm(WithOwn, forms.Form):
    """A new case that came up in the conversation, with the own fields of the type chosen."""

    type = forms.ChoiceField(label=_("Case type"))
    title = forms.CharField(label=_("Subject"), max_length=120)
    unit = forms.ModelChoiceField(open_units(), label=_("Unit"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["type"].choices = type_choices()  # type: ignore[attr-defined]
        rows = CaseType.objects.filter(retired_at=None)
        self.kind = chosen_type(rows, data.get("type")) if data is not None else None
        if self.kind is not None:
            fields = fields_of(self.kind)
            self.ask_own(fields, required=of_opening(fields))

    @property
    def opening(self) -> Opening:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return Opening(self.kind, data["title"], data["unit"], own=self.own)


class OpinionForm(forms.Form):
    """An opinion or a suggestion, and who has to answer it."""

    words = forms.CharField(label=_("What it says"), max_length=500)
    unit = forms.ModelChoiceField(open_units(), label=_("Department"))


class PraiseForm(forms.Form):
    """Praise in the customer's words."""

    words = forms.CharField(label=_("Praise"), max_length=500)


class GiveForm(forms.Form):
    """Who calls instead."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Give to"))

    def __init__(self, able: list[User], data: Any = None) -> None:
        super().__init__(data)
        rows = User.objects.filter(pk__in=[one.pk for one in able])
        self.fields["person"].queryset = rows  # type: ignore[attr-defined]


class BoardForm(forms.Form):
    """Of which days, and by whom."""

    BY = (
        ("served", _("Who served the customer")), ("caller", _("Who called")),
        ("unit", _("Unit")), ("customer", _("Customer")), ("rule", _("Follow-up rule")),
    )  # fmt: skip
    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    by = forms.ChoiceField(label=_("By"), required=False, choices=BY)

    @staticmethod
    def span(data: Mapping[str, Any]) -> tuple[date, date]:
        """The days chosen, by default the last thirty; at most a year."""
        last = data.get("last") or today()
        first = data.get("first") or last - timedelta(days=30)
        return max(min(first, last), last - timedelta(days=366)), last
