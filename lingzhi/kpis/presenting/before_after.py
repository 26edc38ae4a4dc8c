"""Before and after in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lingzhi.kpis.presenting.saying import say, say_change
from lingzhi.kpis.queries.before_after import BeforeAfter
from lingzhi.kpis.queries.figures import Figure

VERDICTS: dict[str, tuple[str | Promise, str]] = {
    "better": (gettext_lazy("better"), "good"),
    "worse": (gettext_lazy("worse"), "bad"),
    "moved": (gettext_lazy("changed"), "flow"),
    "same": (gettext_lazy("no sure change"), "plain"),
    "too_few": (gettext_lazy("too few to say"), "unknown"),
}


@dataclass(frozen=True, slots=True)
class ShownBeforeAfter:
    """One line: both figures, the change with its interval, what it was held against."""

    row: BeforeAfter
    before: str
    after: str
    change: str
    beside: str
    verdict: str | Promise
    tone: str


def shown_before_after(row: BeforeAfter) -> ShownBeforeAfter:
    """The figures of a count are those of a day, for windows may be of any length."""
    verdict, tone = VERDICTS[row.verdict]
    unit, found = row.definition.unit, row.found
    words = "–"
    if found is not None:
        parts = [say_change(one, unit, "mean") for one in (found.value, found.low, found.high)]
        words = _("%(change)s (%(low)s to %(high)s)") % dict(
            zip(("change", "low", "high"), parts, strict=True)
        )
    days = row.before_days.days
    before, after = (_said(one, days) for one in (row.before, row.after))
    return ShownBeforeAfter(row, before, after, words, _beside(row), verdict, tone)


def _said(figure: Figure, days: int) -> str:
    if figure.shape == "count":
        return _("%(number)s a day") % {"number": say(figure.numerator / days, figure.unit)}
    return f"{say(figure.value, figure.unit)} (n = {figure.n})"


def _beside(row: BeforeAfter) -> str:
    """What was taken off the change; nothing where there is no change to take it off."""
    if row.found is None:
        return ""
    if row.found.elsewhere is None:
        return _("no comparison: this says when, not why")
    words = ngettext(
        "less the change in %(n)d other unit", "less the change in %(n)d other units", row.others
    ) % {"n": row.others}
    words += f": {say_change(row.found.elsewhere, row.definition.unit, 'mean')}"
    if row.drifted:
        words += " · " + _("they moved apart already before: no good comparison")
    return words
