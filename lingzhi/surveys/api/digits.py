"""The door for telephone systems that ask callers to press a key."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AwareDatetime, StringConstraints

from lingzhi.accounts.rest import Call, once
from lingzhi.core.errors import BadInput
from lingzhi.core.rest.problems import PROBLEMS
from lingzhi.surveys.access.common import ASK, require
from lingzhi.surveys.api.routers import router
from lingzhi.surveys.models import SendingRule
from lingzhi.surveys.services.digits import take_digits

Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Digit = Annotated[str, StringConstraints(pattern=r"^\d{1,2}$")]


class Pressed(Schema):
    """That a caller was asked, and the keys they pressed."""

    rule: int = Field(description="Number of the survey rule that asks by keys.")
    source: Code = Field(description="Code of the source that delivers the conversation.")
    contact: Number = Field(description="The conversation's number in that source.")
    asked_at: AwareDatetime
    digits: dict[Code, Digit] = Field(
        default_factory=dict,
        description="Key by code of the question; empty: asked, and the caller hung up.",
    )


class Taken(Schema):
    """What is kept now."""

    state: str
    answered: bool


@router.post("/surveys/digits", response={201: Taken, **PROBLEMS}, url_name="survey_digits")
@once(201, Taken)
def digits(request: Call, sent: Pressed) -> dict[str, Any]:
    """Note that a caller was asked to judge a call, and what they pressed. The conversation may
    be delivered later."""
    require(request.user, ASK)
    rule = SendingRule.objects.filter(pk=sent.rule).select_related("questionnaire").first()
    if rule is None:
        raise BadInput(_("No rule in force asks for keys."), field="rule")
    found = take_digits(
        rule, sent.source, sent.contact, sent.digits, sent.asked_at, by=request.user
    )
    return {"state": found.state, "answered": found.finished_at is not None}
