"""The staff's side of the portal."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_work
from lingzhi.improvement.queries.rectifications import rectifications_visible_to
from lingzhi.portal.models import PlainRule, PublishedImprovement, Submission

KEEP, PUBLISH = "portal.keep", "portal.publish"


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def improvement_to_write(user: User, pk: int) -> PublishedImprovement:
    """One for who writes them."""
    require(user, KEEP)
    row = PublishedImprovement.objects.select_related("case", "written_by").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def from_rectification(user: User, key: str) -> PublishedImprovement | None:
    """A new one about what was put right, in the words that are there; None where none is named."""
    if not key.isdecimal() or len(key) > 18:
        return None
    rows = rectifications_visible_to(user).filter(verified_at__isnull=False)
    found = rows.filter(pk=int(key)).first()
    if found is None:
        return None
    title, text = {"zh-Hans": found.title}, {"zh-Hans": found.lessons}
    return PublishedImprovement(rectification=found, title=title, text=text)


def improvement_to_publish(user: User, pk: int) -> PublishedImprovement:
    """One for who puts them out and takes them back."""
    row = improvement_to_write(user, pk)
    require(user, PUBLISH)
    return row


def rule_to_change(user: User, pk: int) -> PlainRule:
    """A public rule, for who sets the portal."""
    require(user, PUBLISH)
    row = PlainRule.objects.select_related("regulation").filter(pk=pk, ended_at=None).first()
    if row is None:
        raise Http404
    return row


def submission_to_issue(user: User, pk: int) -> Submission:
    """How a case came in, for who works on the case; `pk` is the case's."""
    case = case_to_work(user, pk)
    row = Submission.objects.filter(case=case).first()
    if row is None:
        raise Http404
    row.case = case
    return row
