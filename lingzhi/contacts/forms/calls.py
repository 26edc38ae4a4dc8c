"""Forms around calls."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import CallDoubt, Source
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.forms.fields import UnitField


class DoubtFilters(forms.Form):
    """What a list of doubts is narrowed to; at first those that nobody looked at."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Open")), ("seen", _("Looked at")), ("settled", _("Settled by itself"))],
    )
    kind = forms.ChoiceField(label=_("What"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        every = ("", _("All"))
        self.fields["kind"].choices = [every, *CallDoubt.Kind.choices]  # type: ignore[attr-defined]
        sources = Source.objects.values_list("code", "name")
        self.fields["source"].choices = [every, *sources]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[CallDoubt]) -> QuerySet[CallDoubt]:
        """The rows that fit."""
        self.is_valid()
        given = self.cleaned_data
        states: dict[str, dict[str, Any]] = {
            "": {"seen_at": None, "settled_at": None},
            "seen": {"seen_at__isnull": False},
            "settled": {"settled_at__isnull": False},
        }
        rows = rows.filter(**states[given.get("state") or ""])
        if given.get("kind"):
            rows = rows.filter(kind=given["kind"])
        return rows.filter(source__code=given["source"]) if given.get("source") else rows


class QueueForm(forms.Form):
    """Whose a queue is."""

    unit = UnitField(label=_("Team"), required=False, empty_label=_("No team"))


USUAL: dict[str, Any] = {"by": "half_hour", "start": "queue", "limit": 20}


class FiguresForm(forms.Form):
    """Which day, by what, and from when a wait counts."""

    day = DayField(label=_("Day"), required=False)
    by = forms.ChoiceField(
        label=_("By"),
        required=False,
        choices=[("half_hour", _("Half hour")), ("queue", _("Queue")), ("unit", _("Team"))],
    )
    start = forms.ChoiceField(
        label=_("Wait counted from"),
        required=False,
        choices=[("queue", _("joining the queue")), ("ringing", _("the first ring"))],
    )
    limit = forms.IntegerField(
        label=_("Limit, seconds"), required=False, min_value=1, max_value=3600
    )

    def __init__(self, data: Any) -> None:
        super().__init__({**USUAL, "day": today().isoformat(), **data.dict()})

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen, or the usual."""
        self.is_valid()
        return {**USUAL, "day": today()} | {
            name: value for name, value in self.cleaned_data.items() if value
        }
