"""Parameters that all measures of surveys share: which way of answering, which occasion."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.controls import Param, Words
from lingzhi.core.measures import Place
from lingzhi.surveys.models import Dimension, Mode, Questionnaire
from lingzhi.surveys.queries.independence import unpublished
from lingzhi.surveys.queries.wanted import ANY, Wanted

Params = Mapping[str, Any]


def _modes() -> Iterable[tuple[str, Words]]:
    return [(ANY, _("all ways together")), *Mode.choices]


def _occasions() -> Iterable[tuple[str, Words]]:
    return [(ANY, _("every occasion")), *Questionnaire.Occasion.choices]


def _dimensions() -> Iterable[tuple[str, Words]]:
    return [(one.code, str(one)) for one in Dimension.objects.all()]


MODE = Param("mode", _("way of answering"), "choice", choices=_modes)
OCCASION = Param("occasion", _("occasion"), "choice", choices=_occasions)
DIMENSION = Param("dimension", _("dimension"), "choice", choices=_dimensions)


def wanted(params: Params, first: date, last: date, place: Place | None = None) -> Wanted:
    """The invitations and answers that a measure with these parameters counts; those of an
    independent survey once it is published."""
    where = place or Place()
    return Wanted(
        first, last, held=unpublished(), unit_path=where.unit_path, agent_id=where.agent_id,
        channel=where.channel, mode=_chosen(params, "mode"), occasion=_chosen(params, "occasion"),
    )  # fmt: skip


def _chosen(params: Params, name: str) -> str:
    value = str(params.get(name, ANY))
    return "" if value == ANY else value
