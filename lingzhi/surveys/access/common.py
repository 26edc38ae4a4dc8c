"""Everything of surveys is obtained together with the right to do something with it."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.surveys.models import (
    Answering,
    Dimension,
    Invitation,
    Place,
    Questionnaire,
    QuestionnaireVersion,
    Scale,
    SendingRule,
    SurveyPlan,
)
from lingzhi.surveys.queries.independence import is_surveyed
from lingzhi.surveys.queries.invitations import answerings_visible_to, invitations_visible_to

Row = TypeVar("Row", bound=Model)
READ, ASK, MANAGE = "surveys.read", "surveys.ask", "surveys.manage"


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def version_to_read(user: User, pk: int) -> QuestionnaireVersion:
    """A version of a questionnaire."""
    require(user, READ)
    rows = QuestionnaireVersion.objects.select_related("questionnaire", "created_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def version_to_change(user: User, pk: int) -> QuestionnaireVersion:
    """A version that this person may change, put into force or throw away."""
    found = version_to_read(user, pk)
    require(user, MANAGE)
    return found


def questionnaire_to_change(user: User, pk: int) -> Questionnaire:
    """A questionnaire of which this person may make a new version."""
    return _to_manage(user, Questionnaire.objects.all(), pk)


def rule_to_set(user: User, pk: int) -> SendingRule:
    """A rule that this person may change or end."""
    return _to_manage(user, SendingRule.objects.all(), pk)


def scale_to_set(user: User, pk: int) -> Scale:
    """A scale that this person may retire."""
    return _to_manage(user, Scale.objects.all(), pk)


def dimension_to_set(user: User, pk: int) -> Dimension:
    """A dimension that this person may change."""
    return _to_manage(user, Dimension.objects.all(), pk)


def place_to_set(user: User, pk: int) -> Place:
    """A place with a code."""
    return _to_manage(user, Place.objects.select_related("unit", "questionnaire"), pk)


def plan_to_read(user: User, pk: int) -> SurveyPlan:
    """A survey plan."""
    require(user, READ)
    rows = SurveyPlan.objects.select_related("questionnaire", "segment", "created_by", "owner")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def plan_to_change(user: User, pk: int) -> SurveyPlan:
    """A survey plan that this person may change, put to approval, end or publish: never one that
    judges the unit where they work."""
    found = plan_to_read(user, pk)
    require(user, MANAGE)
    if is_surveyed(user, found):
        raise PermissionDenied
    return found


def invitation_to_ask(user: User, pk: int) -> Invitation:
    """An invitation within reach whose customer this person may ask."""
    require(user, READ)
    found = invitations_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, ASK)
    return found


def interview_to_hold(user: User, pk: int) -> Invitation:
    """An interview that this person began: nobody else writes its answers down."""
    found = invitation_to_ask(user, pk)
    if found.sent_by_id != user.pk:
        raise PermissionDenied
    return found


def answering_to_read(user: User, pk: int) -> Answering:
    """What somebody answered about a service within reach."""
    require(user, READ)
    found = answerings_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _to_manage(user: User, rows: QuerySet[Row], pk: int) -> Row:
    require(user, MANAGE)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
