"""Which archives are listed, and which months of one are shown."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today

YEAR = timedelta(days=365)


class PeopleFilters(forms.Form):
    """Agents or managers, by name or staff number."""

    text = forms.CharField(label=_("Name or staff number"), required=False, max_length=60)
    whose = forms.ChoiceField(
        label=_("Whose"), required=False,
        choices=[("", _("Everybody")), ("agents", _("Agents")), ("managers", _("Managers"))],
    )  # fmt: skip

    def narrowed(self, people: QuerySet[User], leading: tuple[str, ...]) -> QuerySet[User]:
        """Those who fit; `leading` are the roles of managers."""
        self.is_valid()
        text, whose = self.cleaned_data.get("text", "").strip(), self.cleaned_data.get("whose")
        if text:
            people = people.filter(Q(name__icontains=text) | Q(staff_no=text))
        if whose:
            held = Q(assignments__role__in=leading if whose == "managers" else ("agent",))
            people = people.filter(held, Q(assignments__to_on=None)).distinct()
        return people.filter(is_active=True).order_by("staff_no")


class PeriodForm(forms.Form):
    """From one day to another; the last year where nothing is said."""

    from_on = forms.DateField(label=_("From"), required=False)
    to_on = forms.DateField(label=_("To"), required=False)

    def days(self) -> tuple[date, date]:
        """Both days, the second never before the first."""
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        to_on = given.get("to_on") or today()
        from_on = given.get("from_on") or to_on - YEAR
        return min(from_on, to_on), to_on
