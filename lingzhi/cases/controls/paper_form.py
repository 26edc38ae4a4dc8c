"""Forms of complaints (客户抱怨处理表、异常处理单): filled and signed before a decision."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.controls.case_duty import GRADE
from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.models import FormTemplate
from lingzhi.cases.queries.papers_kept import AMONG, KIND, papers_judged
from lingzhi.cases.services.built_in import built_in
from lingzhi.cases.services.by_clause import require_form
from lingzhi.core.controls import Param, Words
from lingzhi.core.languages import in_language


def _forms() -> Iterable[tuple[str, Words]]:
    """The forms that come with the program, and the house's own."""
    titles = {row["code"]: row["title"] for row in built_in("paper_forms.yaml")}
    own = FormTemplate.objects.filter(retired_at=None).values_list("code", "content__title")
    return [(code, in_language(title)) for code, title in {**titles, **dict(own)}.items()]


def _among() -> Iterable[tuple[str, Words]]:
    return AMONG.items()


PAPER_FORM = kind_of_cases(
    KIND,
    _("Form of complaints"),
    (
        Param("form", _("form"), "choice", choices=_forms),
        Param("among", _("which complaints"), "choice", choices=_among),
        GRADE,
    ),
    judge=papers_judged,
    apply=require_form,
)
