"""Whether closed cases took the steps that a clause demands, in its order (流程步骤)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseEvent, FollowUp
from lingzhi.cases.queries.clauses import BROKEN, KEPT, UNKNOWN, Judged, bound, known
from lingzhi.cases.queries.flow_steps import STEPS, Past, Taken, taken_in
from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Binding
from lingzhi.core.languages import in_language, joined
from lingzhi.rulebook.queries import controls_in_force

Kind = CaseEvent.Kind
DAY = timedelta(days=1)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Only:
    """Which cases of its kind a clause is about."""

    words: str | Promise
    fits: Callable[[Past], bool]


ONLY: Mapping[str, Only] = {
    "handed_over": Only(
        _("those passed to another unit"),
        lambda past: any(past.when(Kind.HAND_OVER_ASKED, Kind.ORDER_SENT)),
    ),
    "raised": Only(_("those raised to the next level"), lambda past: any(past.when(Kind.RAISED))),
    "not_at_once": Only(
        _("those not solved at once"),
        lambda past: all(one.step != "solve_at_once" for one in past.events),
    ),
    "upheld": Only(
        _("upheld complaints"), lambda past: bool(past.complaint and past.complaint.is_upheld)
    ),
    "returned": Only(_("complaints with goods to be taken back"), lambda past: bool(past.returns)),
}


@dataclass(frozen=True, slots=True)
class Walked:
    """What a clause demands of a case, step by step; `number` and `url` lead to the clause."""

    binding: Binding
    title: str
    steps: Sequence[Taken]

    @property
    def missing(self) -> list[str]:
        """The steps that lack, in words."""
        return [str(STEPS[one.code].words) for one in self.steps if one.is_missing]


def steps_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """The cases closed on these days; one whose last step may still come is not judged yet."""
    if not are_known(binding):
        return
    rows = _with_past(Case.objects.filter(bound(binding), known(binding, "closed_at")))
    rows = rows.filter(closed_at__gte=midnight(first), closed_at__lt=midnight(last + DAY))
    for case in rows.order_by("pk").iterator(AT_ONCE):
        past = past_of(case)
        if case.closed_at is None or not fits(binding, past):
            continue
        taken = taken_in(past, binding.values["steps"])
        verdict = _verdict(case, taken)
        if verdict:
            yield Judged(
                timezone.localdate(case.closed_at), case.unit.path, verdict, case.pk,
                at=case.closed_at, note=note_of(taken),
            )  # fmt: skip


def _with_past(rows: QuerySet[Case]) -> QuerySet[Case]:
    follow_ups = FollowUp.objects.select_related("merged_into")
    return rows.select_related("version", "unit", "complaint", "imported").prefetch_related(
        "events",
        "complaint__papers",
        "complaint__goods__returns__steps",
        Prefetch("follow_ups", follow_ups),
    )


def past_of(case: Case) -> Past:
    """All that was recorded of a case."""
    return Past(case, getattr(case, "complaint", None))


def fits(binding: Binding, past: Past) -> bool:
    """Whether a clause is about this case of its kind."""
    grade = binding.values.get("grade")
    if grade and (past.complaint is None or past.complaint.grade != grade):
        return False
    only = ONLY.get(binding.values.get("only") or "")
    return only is None or only.fits(past)


def _verdict(case: Case, taken: Sequence[Taken]) -> str:
    """Kept, broken, unknown for what another system recorded in part; "" not yet."""
    if any(one.is_missing for one in taken):
        return UNKNOWN if hasattr(case, "imported") else BROKEN
    return "" if any(one.may_come for one in taken) else KEPT


def note_of(taken: Sequence[Taken]) -> str:
    """Which steps lack, in words."""
    lacking = [one for one in taken if one.is_missing]
    said = [
        gettext("%(step)s (not in this order)") % {"step": STEPS[one.code].words}
        if one.is_late else str(STEPS[one.code].words)
        for one in lacking
    ]  # fmt: skip
    return gettext("Lacks: %(steps)s") % {"steps": joined(said)} if said else ""


def demanded_of(case: Case) -> list[Walked]:
    """What clauses in force when it was closed, else today, demand of this case."""
    day = timezone.localdate(case.closed_at) if case.closed_at else today()
    bindings = controls_in_force(day, day, kind="case_flow", unit=case.unit)
    if not bindings:
        return []
    past = past_of(_with_past(Case.objects.filter(pk=case.pk)).get())
    own = Case.objects.filter(pk=case.pk)
    return [
        Walked(one, in_language(one.title), taken_in(past, one.values["steps"]))
        for one in bindings
        if are_known(one) and fits(one, past) and own.filter(bound(one)).exists()
    ]


def are_known(binding: Binding) -> bool:
    """Whether every step is one of the dictionary: older regulations hold free words."""
    return all(isinstance(code, str) and code in STEPS for code in binding.values["steps"])
