"""Units that judge each other."""

from datetime import timedelta
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.org.services import create_unit
from lingzhi.surveys.factories import with_questionnaires
from lingzhi.surveys.models import InternalPair, InternalSeat, InternalSurvey, Questionnaire
from lingzhi.surveys.services.internal import open_internal
from tests.permissions.objects import Route, Whose


def drafted(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The own unit is judged by another one; nobody who tries the routes made it."""
    with_questionnaires(by=cast.quan)
    back = create_unit(kind="department", name="后台", code="back", parent=cast.company, by=None)
    survey = InternalSurvey.objects.create(
        title="?", purpose="?", questionnaire=Questionnaire.objects.get(code="internal"),
        due_on=today() + timedelta(days=7), created_at=now(), created_by=cast.ann,
    )  # fmt: skip
    pairs = ((whose.unit, back), (back, whose.unit))
    InternalPair.objects.bulk_create(
        InternalPair(survey=survey, rater=rater, rated=rated) for rater, rated in pairs
    )
    return {"pk": survey.pk}


def opened(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = drafted(cast, whose)
    open_internal(InternalSurvey.objects.get(pk=found["pk"]), by=cast.ann)
    return found


def seat(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = opened(cast, whose)
    pair = InternalPair.objects.get(survey=found["pk"], rater=whose.unit)
    return {"pk": InternalSeat.objects.get_or_create(pair=pair, person=whose.person)[0].pk}


ROUTES = {
    "surveys:internals": Route(),
    "surveys:add_internal": Route(),
    "surveys:internal": Route(drafted),
    "surveys:edit_internal": Route(drafted),
    "surveys:open_internal": Route(drafted, method="post"),
    "surveys:close_internal": Route(opened, method="post"),
    "surveys:my_judgements": Route(),
    "surveys:judge_unit": Route(seat),
}
