"""Where a condition looks, as fields of a form."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.canonical import scope as canonical_scope
from lingzhi.inspections.forms.fields import NumberField, roles_field
from lingzhi_engine.inspect.scope import RELATIONS

PLAIN = (
    "role", "first_turns", "last_turns", "absolute", "first_seconds", "last_seconds",
    "first_percent", "last_percent",
)  # fmt: skip
# What is written [from, to]: the start where none is said, and the two fields.
SPANS = {
    "turns": (1, "from_turn", "to_turn"),
    "seconds": (0, "from_second", "to_second"),
    "percent": (0, "from_percent", "to_percent"),
}
ANCHORS = [
    ("", _("anywhere")),
    ("after", _("after the words of")),
    ("before", _("before the words of")),
    ("around", _("around the words of")),
    ("at", _("in the turn with the words of")),
]
QUANTIFIERS = [
    ("any", _("one turn is enough")),
    ("all", _("every turn")),
    ("at_least", _("a number of turns")),
    ("percent", _("a share of the turns, %")),
]
NTHS = [
    ("any", _("any place")),
    ("1", _("the first place")),
    ("-1", _("the last place")),
]


def _count(label: Any) -> forms.Field:
    return NumberField(label=label, required=False, min_value=1, decimal_places=0)


def _amount(label: Any) -> forms.Field:
    return NumberField(label=label, required=False, min_value=0, decimal_places=3)


class ScopeForm(forms.Form):
    """The scope of a rule or of one condition; empty fields narrow nothing."""

    from_turn = NumberField(label=_("From turn"), required=False, decimal_places=0)
    to_turn = NumberField(label=_("To turn"), required=False, decimal_places=0)
    first_turns = _count(_("First turns"))
    last_turns = _count(_("Last turns"))
    absolute = forms.BooleanField(label=_("Turns of everybody count"), required=False)
    from_second = _amount(_("From second"))
    to_second = _amount(_("To second"))
    first_seconds = _amount(_("First seconds"))
    last_seconds = _amount(_("Last seconds"))
    from_percent = _amount(_("From per cent of the time"))
    to_percent = _amount(_("To per cent of the time"))
    first_percent = _amount(_("First per cent of the time"))
    last_percent = _amount(_("Last per cent of the time"))
    anchor = forms.ChoiceField(label=_("Place"), required=False, choices=ANCHORS)
    anchor_condition = forms.CharField(label=_("Condition"), required=False, max_length=60)
    anchor_nth = forms.ChoiceField(label=_("Counted from"), required=False)
    anchor_turns = _count(_("Within turns"))
    anchor_inclusive = forms.BooleanField(label=_("The turn itself counts too"), required=False)
    quantifier = forms.ChoiceField(
        label=_("In how many turns"), required=False, choices=QUANTIFIERS
    )
    quantifier_amount = _amount(_("Number or per cent"))

    def __init__(
        self, data: Any = None, *, prefix: str, written: dict[str, Any], nobody: str
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial_of_scope(written))
        self.fields["role"] = roles_field(str(_("Whose turns")), nobody, self._now("role"))
        nth = str(self._now("anchor_nth") or "any")
        others = [(nth, nth)] if re.fullmatch(r"-?\d{1,3}", nth) and nth not in dict(NTHS) else []
        self.fields["anchor_nth"].choices = [*NTHS, *others]  # type: ignore[attr-defined]
        self.order_fields(["role"])

    def _now(self, name: str) -> Any:
        """What stands in a field now: choices that are written are never lost."""
        return self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)

    @property
    def is_used(self) -> bool:
        """Whether anything but the speaker is said: then the details stand open."""
        values = self.data if self.is_bound else self.initial
        names = [self.add_prefix(name) if self.is_bound else name for name in self.fields]
        return any(
            values.get(name) not in (None, "", "any", False)
            for name in names
            if not name.endswith("role")
        )

    def scope(self) -> dict[str, Any]:
        """The scope as rule files write it. Only of a valid form."""
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        found: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
        for name, (first, start, end) in SPANS.items():
            if start in values or end in values:
                found[name] = [values.get(start, first), values.get(end)]
        found |= dict(_anchor(values)) | dict(_quantifier(values))
        return dict(canonical_scope(found))


def _anchor(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    relation = values.get("anchor")
    if relation:
        near = {"turns": values.get("anchor_turns"), "inclusive": values.get("anchor_inclusive")}
        nth = values.get("anchor_nth") or "any"
        yield (
            relation,
            {
                "condition": values.get("anchor_condition", ""),
                "nth": nth if nth == "any" else int(nth),
                **({} if relation == "at" else near),
            },
        )


def _quantifier(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    kind = values.get("quantifier") or "any"
    if kind in ("at_least", "percent"):
        yield "quantifier", {kind: values.get("quantifier_amount")}
    elif kind != "any":
        yield "quantifier", kind


def initial_of_scope(scope: dict[str, Any]) -> dict[str, Any]:
    """A scope as values of the fields."""
    found = {name: scope[name] for name in PLAIN if name in scope}
    for name, (first, start, end) in SPANS.items():
        span = scope.get(name)
        if isinstance(span, dict):
            span = [span.get("from", first), span.get("to")]
        if isinstance(span, list) and len(span) == 2:
            found[start], found[end] = span
    for relation in RELATIONS:
        if relation in scope:
            found |= _initial_anchor(relation, scope[relation])
    quantifier = scope.get("quantifier", "any")
    if isinstance(quantifier, dict):
        found["quantifier"], found["quantifier_amount"] = next(
            iter(quantifier.items()), ("any", None)
        )
    else:
        found["quantifier"] = quantifier
    return found


def _initial_anchor(relation: str, anchor: Any) -> dict[str, Any]:
    given = anchor if isinstance(anchor, dict) else {"condition": anchor}
    return {
        "anchor": relation,
        "anchor_condition": given.get("condition", ""),
        "anchor_nth": str(given.get("nth", "any")),
        "anchor_turns": given.get("turns"),
        "anchor_inclusive": given.get("inclusive", relation in ("around", "at")),
    }
