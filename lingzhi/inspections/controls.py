"""What inspection runs for rulebooks: rules and words, samples to draw, sheets to score with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Flaw, Param, Words
from lingzhi.inspections import services
from lingzhi.inspections.phrases import words_of
from lingzhi.inspections.queries import rule_titles
from lingzhi.inspections.queries.keeping import evidence_of
from lingzhi.inspections.queries.people_keeping import LIVE, samples_kept, sheets_kept
from lingzhi.inspections.services.asking_people import demand_samples, demand_sheet, stop_asking
from lingzhi.rulebook.kinds import SAMPLING, SCORECARD, channels

Values = Mapping[str, Any]


def _uses() -> Iterable[tuple[str, Words]]:
    return (("must", _("one of them is said")), ("avoid", _("none of them is said")))


def _places() -> Iterable[tuple[str, Words]]:
    return (
        ("opening", _("in the opening")),
        ("closing", _("in the closing")),
        ("any", _("anywhere")),
    )


def _rules() -> Iterable[tuple[str, Words]]:
    """Every rule that a clause can name, as it is called."""
    return rule_titles().items()


def _check_rules(values: Values) -> Iterable[Flaw]:
    if not values.get("rules"):
        yield Flaw("rules", _("Name at least one rule."))


def _check_phrases(values: Values) -> Iterable[Flaw]:
    if "words" in values and not words_of(values):
        yield Flaw("words", _("Name at least one phrase."))


def _demand_rules(binding: Binding, by: User | None) -> None:
    services.demand_rules(binding, by=by)


def _release_rules(binding: Binding, by: User | None) -> None:
    services.release_rules(binding, by=by)


def _demand_phrases(binding: Binding, by: User | None) -> None:
    services.demand_phrases(binding, by=by)


def _release_phrases(binding: Binding, by: User | None) -> None:
    services.release_phrases(binding, by=by)


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return evidence_of(bindings, first, last)


def _evidence_url(binding: Binding, first: date, last: date, verdict: str) -> str:
    """The conversations behind a figure of a control."""
    asked = {
        "control": binding.control_id,
        "verdict": verdict,
        "unit": binding.unit_id,
        "from_on": first.isoformat(),
        "to_on": last.isoformat(),
    }
    return f"{reverse('inspections:conversations')}?{urlencode(asked)}"


def _demand_samples(binding: Binding, by: User | None) -> None:
    demand_samples(binding, by=by)


def _demand_sheet(binding: Binding, by: User | None) -> None:
    demand_sheet(binding, by=by)


def _stop_asking(binding: Binding, by: User | None) -> None:
    stop_asking(binding, by=by)


def _samples(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return samples_kept(bindings, first, last)


def _sheets(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return sheets_kept(bindings, first, last)


def _coverage_url(binding: Binding, first: date, last: date, _verdict: str) -> str:
    """What people looked at of what there was, or listened to while it went on."""
    if binding.values.get("method") == LIVE:
        return reverse("inspections:watches")
    asked = {"unit": binding.unit_id, "from_on": first.isoformat(), "to_on": last.isoformat()}
    return f"{reverse('inspections:coverage')}?{urlencode(asked)}"


def _scores_url(_binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    return reverse("inspections:reviews")


def _each_team(_values: Values) -> bool:
    return True


CONTROLS = (
    ControlKind(
        "inspection_rule",
        _("Inspection rule"),
        (Param("rules", _("rules"), "words", choices=_rules),),
        check=_check_rules,
        apply=_demand_rules,
        end=_release_rules,
        evidence=_evidence,
        evidence_url=_evidence_url,
        narrows=_each_team,
    ),
    ControlKind(
        "phrases",
        _("Phrases"),
        (
            Param("use", _("use"), "choice", choices=_uses),
            Param("words", _("phrases"), "words", is_figure=True),
            Param("place", _("place in the conversation"), "choice", choices=_places),
            Param("channel", _("channel"), "choice", is_required=False, choices=channels),
        ),
        check=_check_phrases,
        apply=_demand_phrases,
        end=_release_phrases,
        evidence=_evidence,
        evidence_url=_evidence_url,
        narrows=_each_team,
    ),
    replace(
        SAMPLING,
        waits_for="",
        apply=_demand_samples,
        end=_stop_asking,
        evidence=_samples,
        evidence_url=_coverage_url,
        narrows=_each_team,
    ),
    replace(
        SCORECARD,
        waits_for="",
        apply=_demand_sheet,
        end=_stop_asking,
        evidence=_sheets,
        evidence_url=_scores_url,
        narrows=_each_team,
    ),
)
