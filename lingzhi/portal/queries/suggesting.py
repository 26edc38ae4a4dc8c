"""Which other way suits what a customer is about to send."""

from lingzhi.cases.models import CaseType
from lingzhi.contacts.steering import Asked, Suggestion, suggestion
from lingzhi.portal.models import Submission

CHANNEL = "portal"
TYPES = {
    Submission.Kind.REQUEST: "enquiry", Submission.Kind.SUGGESTION: "feedback",
    Submission.Kind.COMPLAINT: "complaint",
}  # fmt: skip


def suggested(kind: str) -> Suggestion | None:
    """By the type and class of the case that it would become."""
    type = CaseType.objects.filter(code=TYPES[Submission.Kind(kind)]).first()
    case_class = type.case_class if type else ""
    return suggestion(Asked("portal", CHANNEL, type.code if type else "", case_class))
