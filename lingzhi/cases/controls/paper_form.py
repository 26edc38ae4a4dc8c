"""Forms of complaints (客户抱怨处理表、异常处理单): filled and signed before a decision."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.controls.case_duty import GRADE
from lingzhi.cases.controls.common import cases_url, each_team, evidence_from
from lingzhi.cases.models import FormTemplate
from lingzhi.cases.queries.papers_kept import AMONG, KIND, papers_judged
from lingzhi.cases.services.built_in import built_in
from lingzhi.cases.services.by_clause import require_form
from lingzhi.core.controls import Binding, ControlKind, Param, Words
from lingzhi.core.languages import in_language


def _forms() -> Iterable[tuple[str, Words]]:
    """The forms that come with the program, and the house's own."""
    titles = {row["code"]: row["title"] for row in built_in("paper_forms.yaml")}
    own = FormTemplate.objects.filter(retired_at=None).values_list("code", "content__title")
    return [(code, in_language(title)) for code, title in {**titles, **dict(own)}.items()]


def _among() -> Iterable[tuple[str, Words]]:
    return AMONG.items()


def _apply(binding: Binding, _by: User | None) -> None:
    """From now on no complaint that needs the form is decided before it is signed."""
    require_form(binding)


def _end(_binding: Binding, _by: User | None) -> None:
    """What was begun stays; nothing asks for it any more."""


PAPER_FORM = ControlKind(
    KIND,
    _("Form of complaints"),
    (
        Param("form", _("form"), "choice", choices=_forms),
        Param("among", _("which complaints"), "choice", choices=_among),
        GRADE,
    ),
    apply=_apply,
    end=_end,
    evidence=evidence_from(papers_judged),
    evidence_url=cases_url,
    narrows=each_team,
)
