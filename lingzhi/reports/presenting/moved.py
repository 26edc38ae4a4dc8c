"""What was called out, as sentences with their numbers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.presenting import say
from lingzhi.surveys.queries.troubles import Trouble
from lingzhi.surveys.services.troubles import words_of

Facts = Mapping[str, Any]


def lines_of_moved(facts: Facts) -> list[str]:
    """Each alert and each product in a sentence; reports written earlier have none."""
    products = [
        Trouble(**{**one, "matters": tuple(one["matters"])}) for one in facts.get("products", ())
    ]
    return [*map(_alert, facts.get("alerts", ())), *map(words_of, products)]


def _alert(one: Facts) -> str:
    name = indicators()[one["code"]].name
    if one["usual"] is None:
        words = _("%(unit)s: %(name)s was called out since %(day)s.")
        return words % {"unit": one["unit"], "name": name, "day": one["began"]}
    words = _(
        "%(unit)s: %(name)s has been worse since %(day)s: %(value)s, where %(usual)s is usual "
        "(difference %(change)s, 95 %% interval %(low)s to %(high)s)."
    )
    said = {key: say(one[key], one["figure"]) for key in ("usual", "change", "low", "high")}
    value = say(one["usual"] + one["change"], one["figure"])
    return words % {"unit": one["unit"], "name": name, "day": one["began"], "value": value, **said}
