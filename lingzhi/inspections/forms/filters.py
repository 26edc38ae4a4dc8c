"""What results and lists of conversations are narrowed to."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel, Contact
from lingzhi.contacts.queries import Filters, conversations, visible_to
from lingzhi.core.fields import DayField
from lingzhi.inspections.access import READ, RUN
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import (
    Period,
    RuleFilters,
    contacts_with,
    last_days,
    not_inspected,
    rules_in_force,
)
from lingzhi.inspections.queries.clauses import rules_of, stretches_of
from lingzhi.inspections.queries.keeping import OUTCOMES, contacts_that
from lingzhi.inspections.wording.dimensions import dimension_in_words
from lingzhi.org.queries import units_visible_to
from lingzhi.rulebook.queries.stretches import Stretch

EVERY = ("", _("All"))
PERIODS = [
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("all", _("All time")),
]
DEFAULT_PERIOD = "30"


class PeriodForm(forms.Form):
    """A number of days back from the last day that has conversations."""

    capability = READ
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)

    def __init__(self, data: Any, *, user: User, **defaults: str) -> None:
        """`defaults` stand for filters that the address does not name at all."""
        given = data.copy()
        for name, value in ({"period": DEFAULT_PERIOD} | defaults).items():
            given.setdefault(name, value)
        super().__init__(given)
        self.user = user
        self.is_valid()  # a wrong filter narrows nothing and is shown beside its field

    @cached_property
    def visible(self) -> QuerySet[Contact]:
        """Every conversation within this person's reach."""
        return conversations(visible_to(self.user, self.capability))

    @cached_property
    def span(self) -> Period:
        """The days that are asked about."""
        return self._span()

    def _span(self) -> Period:
        chosen = self.cleaned_data.get("period") or DEFAULT_PERIOD
        return last_days(self.visible, 0 if chosen == "all" else int(chosen))

    @cached_property
    def contacts(self) -> QuerySet[Contact]:
        """The conversations that are asked about."""
        return self.filters.apply(self.visible)

    @property
    def filters(self) -> Filters:
        return Filters(from_on=self.span.from_on, to_on=self.span.to_on)


class ContactFilters(PeriodForm):
    """Which conversations: days, channel, team, agent."""

    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    unit = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    agent = forms.CharField(label=_("Staff number"), required=False, max_length=32)

    def full_clean(self) -> None:
        """Fill the choices from the data before the values are held against them."""
        if not self.fields["channel"].choices:  # type: ignore[attr-defined]
            self.fill_choices()
        super().full_clean()

    def fill_choices(self) -> None:
        units = units_visible_to(self.user, self.capability)
        self._choices("channel", ((one.code, one.label) for one in Channel.objects.all()))
        self._choices("unit", ((unit.pk, unit.name) for unit in units))

    def _choices(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = [EVERY, *choices]  # type: ignore[attr-defined]

    def _span(self) -> Period:
        """Days given by hand win over the number of days."""
        first, last = self._value("from_on"), self._value("to_on")
        return Period(first, last) if first or last else super()._span()

    @property
    def filters(self) -> Filters:
        found = {name: self._value(name) for name in ("channel", "unit", "agent")}
        known = {name: value for name, value in found.items() if value}
        return Filters(**known, from_on=self.span.from_on, to_on=self.span.to_on)

    def _value(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def asked(self) -> dict[str, str]:
        """The filters that narrow, for links that lead on from here."""
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        kept.pop("period", None)
        for name, day in (("from_on", self.span.from_on), ("to_on", self.span.to_on)):
            if day:
                kept[name] = day
        if not (self.span.from_on or self.span.to_on):
            kept["period"] = "all"
        return {name: _text(value) for name, value in kept.items()}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


class RunFilters(ContactFilters):
    """Which conversations a run of the rules is about; all of them unless narrowed."""

    capability = RUN


class ResultFilters(ContactFilters):
    """Which conversations and which rules a result is about."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[EVERY, *RuleVersion.Kind.choices]
    )
    severity = forms.ChoiceField(
        label=_("Severity"), required=False, choices=[EVERY, *RuleVersion.Severity.choices]
    )
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    rule = forms.TypedChoiceField(
        label=_("Rule"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"data-combobox": True}),
    )

    def fill_choices(self) -> None:
        super().fill_choices()
        dimensions = sorted({version.dimension for version in self.versions})
        self._choices("dimension", ((one, dimension_in_words(one)) for one in dimensions))
        self._choices("rule", ((one.rule_id, one.title) for one in self.versions))

    @cached_property
    def versions(self) -> list[RuleVersion]:
        """The versions in force."""
        return list(rules_in_force())

    @property
    def rules(self) -> RuleFilters:
        names = ("dimension", "severity", "kind", "rule")
        found = {name: self._value(name) for name in names}
        return RuleFilters(**{name: value for name, value in found.items() if value})


class ConversationFilters(ResultFilters):
    """Which conversations are listed: those in which the rules asked about gave one verdict."""

    VERDICTS = [
        EVERY,
        ("hit", _("With a hit")),
        ("miss", _("Without a hit")),
        ("unknown", _("Cannot be judged")),
        ("na", _("Does not apply")),
        ("not_inspected", _("Not inspected")),
        ("kept", _("Clause kept")),
        ("broken", _("Clause not kept")),
    ]
    control = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Verdict"), required=False, choices=VERDICTS)

    @property
    def wanted(self) -> QuerySet[Contact]:
        """The conversations that fit."""
        verdict = self._value("verdict")
        if self._value("control"):
            return self._of_control(verdict)
        if not verdict or verdict in ("kept", "broken"):
            return self.contacts
        if verdict == "not_inspected":
            return not_inspected(self.contacts)
        rules = [version.rule_id for version in self.versions if self.rules.wants(version)]
        return contacts_with(self.contacts, rules, verdict)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """What a clause demands on the days asked about, where one of its controls is named."""
        control = self._value("control")
        unit = self._value("unit")
        return stretches_of(control, unit, self.span) if control else []

    def _of_control(self, verdict: str) -> QuerySet[Contact]:
        """The conversations that kept or broke the clause, or could not be judged."""
        wanted = Q(pk__in=[])
        for outcome in [verdict] if verdict in OUTCOMES else OUTCOMES:
            for one in self.stretches:
                rows = contacts_that(outcome, one.binding, one.first, one.last)
                wanted |= Q(pk__in=rows.values("pk"))
        return self.contacts.filter(wanted)

    @property
    def shown_rules(self) -> set[int]:
        """The rules whose findings are shown: those of the control, else those asked about."""
        if not self._value("control"):
            return {one.rule_id for one in self.versions if self.rules.wants(one)}
        return rules_of([one.binding for one in self.stretches])
