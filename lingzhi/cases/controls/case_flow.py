"""Steps of a case (案件流程): every closed case of a kind took them, in this order.

A centre's flows are data of its own, and no clause invents one: putting it to work changes nothing
about how cases move. What no flow can skip, the word to the customer before the end, the program
demands of every case anyway. So this kind only watches, and names the step that lacks.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.controls.case_duty import GRADE
from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.queries.flow_steps import STEPS
from lingzhi.cases.queries.steps_kept import ONLY, steps_judged
from lingzhi.cases.services.by_clause import watch_steps
from lingzhi.core.controls import Flaw, Param, Words
from lingzhi.rulebook.kinds import CASE

Values = Mapping[str, Any]


def _steps() -> Iterable[tuple[str, Words]]:
    return ((code, step.words) for code, step in STEPS.items())


def _only() -> Iterable[tuple[str, Words]]:
    return ((code, one.words) for code, one in ONLY.items())


def _check(values: Values) -> Iterable[Flaw]:
    if values.get("case") != "complaint":
        found = [code for code in values.get("steps", ()) if STEPS[code].of_complaints]
        if found or values.get("only") in ("upheld", "returned"):
            yield Flaw("steps" if found else "only", _("Only complaints have this."))
        if values.get("grade"):
            yield Flaw("grade", _("Only complaints have this."))


CASE_FLOW = kind_of_cases(
    "case_flow",
    _("Case flow"),
    (
        Param("steps", _("steps"), "words", choices=_steps),
        CASE,
        Param("only", _("only"), "choice", is_required=False, choices=_only),
        GRADE,
    ),
    check=_check,
    judge=steps_judged,
    apply=watch_steps,
)
