"""The forms of the adoption wizard: the unit, the figures, the start."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.controls import Param
from lingzhi.core.fields import DayField
from lingzhi.core.units import UNITS
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.rulebook.forms.editing import unit_words, value_field
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import Asked

Answers = dict[str, dict[str, Any]]


class UnitForm(forms.Form):
    """Whom the pack is adopted for."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Holds for"),
        help_text=_("This unit and everything below it."),
        empty_label=None,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_visible_to(  # type: ignore[attr-defined]
            user, "rulebook.write"
        )


class AnswersForm(forms.Form):
    """One field for each figure that the adopter may set, in the order of the clauses.

    An empty field means: not answered yet (for a question) or the pack's own value (for a
    suggestion). So the form can be left half-filled and gone on with later.
    """

    def __init__(self, *args: Any, questions: Iterable[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {name_of(one): one for one in questions if one.figure.mark != "normative"}
        for name, question in self.questions.items():
            self.fields[name] = _field(question)
        self._focus()

    def _focus(self) -> None:
        """The cursor stands in the first field that is wrong, else in the first still open."""
        for one in self.fields.values():
            one.widget.attrs.pop("autofocus", None)
        wrong = next((name for name in self.fields if self.is_bound and name in self.errors), None)
        still_open = next((name for name, one in self.questions.items() if one.is_gap), None)
        if wrong or still_open:
            self.fields[wrong or still_open or ""].widget.attrs["autofocus"] = True

    def answers(self) -> Answers:
        """What changed, by control and figure; None takes an answer back."""
        found: Answers = {}
        for name in self.changed_data:
            question = self.questions[name]
            value = self.cleaned_data[name]
            answer = None if value in ("", []) else value
            found.setdefault(question.control.key, {})[question.figure.name] = answer
        return found

    def take_problems(self, problems: Iterable[Any]) -> None:
        """Show what the rulebook finds wrong beside its field."""
        for problem in problems:
            name = f"{problem.key}.{problem.figure}"
            self.add_error(name if name in self.fields else None, str(problem.message))
        self._focus()


def name_of(question: Asked) -> str:
    return f"{question.control.key}.{question.figure.name}"


def _field(question: Asked) -> forms.Field:
    """The field of its parameter, with the bounds the rulebook will hold it to."""
    param = question.param or Param(question.figure.name, question.question, "text")
    field = value_field(param, initial=question.value)
    field.label, field.help_text = _label(question), _help(question)
    if isinstance(field, forms.FloatField):
        is_share = param.form == "percent" or question.unit == "percent"
        low = param.low if param.low is not None else 0
        high = param.high if param.high is not None else (100 if is_share else None)
        bounds = {"min": low} | ({} if high is None else {"max": high})
        field.widget.attrs |= bounds | {"step": "any", "inputmode": "decimal"}
    return field


def _label(question: Asked) -> str:
    """The question; for a suggestion, which has none, what it is a figure of."""
    if question.figure.question or not question.control.words:
        return question.question
    return f"{question.control.words} · {question.question}"


def _help(question: Asked) -> str:
    """Where it stands and what is counted: 2.1 Answering in time · rings."""
    parts = [f"{question.clause.number} {question.clause.heading}".strip()]
    if question.unit in UNITS:
        parts.append(unit_words(question.unit))
    return " · ".join(parts)


class StartForm(forms.Form):
    """From when the version holds, why it is changed, and who interprets it."""

    effective_on = DayField(label=_("In force from"), initial=today)
    reason_kind = forms.ChoiceField(
        label=_("Why it changes"), choices=Version.Reason.choices, initial="first"
    )
    reason = forms.CharField(label=_("In words"), max_length=300, required=False)
    interpreter = forms.CharField(
        label=_("Who interprets it"),
        max_length=80,
        required=False,
        help_text=_("The department or post that says what a clause means when in doubt."),
    )

    def __init__(
        self, *args: Any, version: Version, earliest: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if earliest is not None:
            self.fields["effective_on"].initial = earliest
            self.fields["effective_on"].widget.attrs["min"] = earliest.isoformat()
        if version.number == 1:
            del self.fields["reason_kind"], self.fields["reason"]


class PilotForm(forms.Form):
    """A trial for some teams or channels, and until when."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Only for these teams"), required=False
    )
    channels = forms.MultipleChoiceField(label=_("Only on these channels"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        path = version.regulation.unit.path
        below = Unit.objects.filter(path__startswith=path, closed_at=None)
        below = below.exclude(pk=version.regulation.unit_id)
        self.fields["units"].queryset = below  # type: ignore[attr-defined]
        self.fields["channels"].choices = channel_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        is_narrowed = bool(found.get("units") or found.get("channels"))
        if is_narrowed != bool(found.get("until")):
            self.add_error("until", _("A pilot needs its teams or channels and the day it ends."))
        return found
