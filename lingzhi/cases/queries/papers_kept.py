"""Which complaints need which form, and whether it was filled and signed (客户抱怨处理表)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Complaint
from lingzhi.cases.queries.clauses import BROKEN, KEPT, Judged, bound, known
from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Binding
from lingzhi.rulebook.queries import controls_in_force

KIND = "paper_form"
DAY = timedelta(days=1)
AT_ONCE = 500
AMONG: Mapping[str, str | Promise] = {
    "all": _("every complaint"),
    "quality": _("those with a quality cause"),
    "other": _("those with another cause"),
    "begun": _("those for which it was begun"),
}


def papers_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """The complaints closed on these days that need the form: whether it is finished.

    What was withdrawn or not taken up was never decided, and needs none; nor does what was decided
    before anybody asked for the form.
    """
    rows = Complaint.objects.filter(
        bound(binding, "case__"), needing(binding.values),
        known(binding, "decided_at", over="case__closed_at"),
        case__closed_at__gte=midnight(first), case__closed_at__lt=midnight(last + DAY),
        decided_at__isnull=False,
    )  # fmt: skip
    rows = rows.select_related("case__unit").prefetch_related("papers__template").distinct()
    for complaint in rows.order_by("pk").iterator(AT_ONCE):
        at = complaint.case.closed_at
        if at is not None:
            note = _lack(complaint, binding.values["form"])
            yield Judged(
                timezone.localdate(at), complaint.case.unit.path, BROKEN if note else KEPT,
                complaint.pk, at=at, note=note,
            )  # fmt: skip


def needing(values: Mapping[str, Any]) -> Q:
    """The complaints of which a clause demands its form."""
    grade = values.get("grade")
    found = Q(grade=grade) if grade else Q()
    among = values.get("among")
    if among == "begun":
        return found & Q(papers__template__code=values["form"])
    return found & Q(cause__kind=among) if among in ("quality", "other") else found


def _lack(complaint: Complaint, form: str) -> str:
    papers = [one for one in complaint.papers.all() if one.template.code == form]
    if not papers:
        return gettext("The form was not begun.")
    return "" if papers[0].finished_at else gettext("The form is not signed by all.")


def is_demanded(form: str) -> bool:
    """Whether a clause in force today, wherever it holds, demands this form."""
    bindings = controls_in_force(today(), today(), kind=KIND)
    return any(one.values["form"] == form for one in bindings)


def forms_lacking(complaint: Complaint) -> list[str]:
    """Codes of the forms that clauses in force demand of a complaint and that nobody began."""
    bindings = controls_in_force(today(), today(), kind=KIND, unit=complaint.case.unit)
    begun = set(complaint.papers.values_list("template__code", flat=True)) if bindings else set()
    own = Complaint.objects.filter(pk=complaint.pk)
    return [
        one.values["form"] for one in bindings
        if one.values["form"] not in begun
        and own.filter(bound(one, "case__"), needing(one.values)).exists()
    ]  # fmt: skip
