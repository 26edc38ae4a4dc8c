"""Forms about duty, absence, deputies and matters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, MomentField
from lingzhi.org.forms.fields import PersonField, UnitField
from lingzhi.org.models import Matter, Presence


class PresenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Presence.Kind.choices)
    from_at = MomentField(label=_("From"))
    to_at = MomentField(label=_("Until"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class PresenceFilters(forms.Form):
    day = DayField(label=_("Day"), required=False)
    unit = UnitField(required=False, empty_label=_("Every unit"))


class DeputyForm(forms.Form):
    deputy = PersonField(label=_("Deputy"))
    matter = forms.ChoiceField(
        label=_("For"), choices=[("", _("everything")), *Matter.choices], required=False
    )
    from_on = DayField(label=_("From"), initial=today)
    to_on = DayField(label=_("To"), required=False)


class DesignationForm(forms.Form):
    matter = forms.ChoiceField(label=_("Matter"), choices=Matter.choices)
    unit = UnitField()
    person = PersonField(required=False, help_text=_("Empty: the head of the unit answers for it."))
    contact = forms.CharField(label=_("Channels and contact data"), max_length=300, required=False)
    is_published = forms.BooleanField(label=_("Show to customers"), required=False)
    from_on = DayField(label=_("From"), initial=today)
