"""What is sent to correct a case, or to raise it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.forms.dictionaries import dictionary_field
from lingzhi.cases.forms.fields import SHOWS_FIELDS, WithOwn, as_typed, chosen_type
from lingzhi.cases.models import Case, CaseEvent, CaseType, DictionaryKind
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.cases.queries.fields import fields_of
from lingzhi.cases.queries.flows import types_for
from lingzhi.cases.queries.people import ASSIGN
from lingzhi.cases.services.changing import Change
from lingzhi.cases.services.own import is_demanded
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, reach

AREA = forms.Textarea(attrs={"rows": 4})


class ChangeForm(WithOwn, forms.Form):
    """The whole case; the unit only for who assigns, others hand it over. Own fields are those of
    the type as it is chosen; `given` is what was typed before it was.
    """

    title = forms.CharField(label=_("Subject"), max_length=120)
    description = forms.CharField(label=_("What happened"), max_length=10_000, widget=AREA)
    demand = forms.CharField(
        label=_("What the customer asks for"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    fault_code = dictionary_field(DictionaryKind.FAULT, _("Fault code"), 60)
    area = dictionary_field(DictionaryKind.AREA, _("Area of the matter"), 120)
    type = forms.ModelChoiceField(
        CaseType.objects.none(), label=_("Case type"), empty_label=None,
        widget=forms.Select(attrs=SHOWS_FIELDS),
        help_text=_("Once the case was moved on: types of the flow in which it was opened."),
    )  # fmt: skip
    case_class = forms.ChoiceField(label=_("Case class"), choices=CaseClass.choices)
    priority = forms.TypedChoiceField(label=_("Priority"), coerce=int, choices=Priority.choices)
    level = forms.TypedChoiceField(label=_("Handling level"), coerce=int, choices=Level.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    reason = forms.CharField(
        label=_("Reason for the change"), max_length=500, required=False,
        help_text=_("Asked for where type, class, priority, level or unit change."),
    )  # fmt: skip

    def __init__(
        self, case: Case, user: User, data: Any = None, given: Mapping[str, str] | None = None
    ) -> None:
        names = [name for name in self.base_fields if name != "reason"]
        said = {name: getattr(case, name) for name in names}
        super().__init__(data, initial=said if given is None else as_typed(self.base_fields, given))
        types = types_for(case)
        self._offer("type", types)
        sent = given if data is None else data
        kind = (chosen_type(types, sent.get("type")) if sent is not None else None) or case.type
        is_new, fields = kind.pk != case.type_id, fields_of(kind)
        demanded = [one for one in fields if is_demanded(one, case, is_new=is_new)]
        self.ask_own(fields, case.own, required=demanded)
        assigns = reach(user, ASSIGN)
        if assigns.covers(case.unit, None):
            self._offer("unit", open_units().filter(pk__in=assigns.units))
        else:
            del self.fields["unit"]
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def change(self) -> Change:
        """What was sent, once it is valid."""
        names = [name for name in Change.__slots__ if name != "own"]
        return Change(**{name: self.cleaned_data.get(name) for name in names}, own=self.own)


class RaiseForm(forms.Form):
    """Why a case goes to the next level."""

    cause = forms.ChoiceField(
        label=_("Why"), choices=CaseEvent.RaiseCause.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What was done so far"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
