from typing import Any

from lingzhi.conformity.services.assessments import begin_assessment
from lingzhi.conformity.services.requests import Question, ask_about_data
from lingzhi.conftest import LONG_AGO, Cast
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.services.withholding import withhold_contact
from lingzhi.org.services.privacy import publish_notice
from tests.permissions.objects import Route, Whose

WORDS = {"zh-Hans": "本次通话将被录音"}


def notice(cast: Cast, whose: Whose) -> dict[str, Any]:
    """What staff are told: everybody's."""
    return {"pk": publish_notice("staff", WORDS, WORDS, from_on=LONG_AGO, by=None).pk}


def refused(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_contact(agent=whose.person.staff_no, recording_consent="否").pk}


def withheld(cast: Cast, whose: Whose) -> dict[str, Any]:
    contact = make_contact(agent=whose.person.staff_no, recording_consent="否")
    withhold_contact(contact, reason="refused", by=whose.person)
    return {"pk": contact.pk}


def assessment(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The company's: of nobody in particular."""
    return {"pk": begin_assessment("recording", by=cast.quan).pk}


def question(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": ask_about_data(Question("copy", "Please"), by=whose.person).pk}


ANSWER = {"outcome": "done", "answer": "Here it is."}
ROUTES = {
    "org:privacy": Route(),
    "org:privacy_publish": Route(),
    "org:privacy_notice": Route(notice),
    "org:privacy_confirm": Route(notice, method="post"),
    "portal:privacy": Route(),
    "conformity:assessments": Route(),
    "conformity:begin_assessment": Route(method="post", data={"kind": "staff"}),
    "conformity:assessment": Route(assessment),
    "conformity:edit_assessment": Route(assessment),
    "conformity:submit_assessment": Route(assessment, method="post"),
    "conformity:assess_again": Route(assessment, method="post"),
    "conformity:assessment_pdf": Route(assessment),
    "conformity:mine": Route(),
    "conformity:own_copy": Route(method="post"),
    "conformity:ask": Route(),
    "conformity:requests": Route(),
    "conformity:request_term": Route(),
    "conformity:request": Route(question),
    "conformity:answer_request": Route(question, method="post", data=ANSWER),
    "conformity:told": Route(),
    "conformity:refused": Route(),
    "conformity:withhold": Route(refused, method="post", data={"reason": "refused"}),
    "conformity:release": Route(withheld, method="post", data={"reason": "agreed"}),
}
