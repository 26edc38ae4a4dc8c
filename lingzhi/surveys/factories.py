"""Surveys for tests: through the same doors as real ones."""

from datetime import timedelta
from typing import Any

from django.db.models import F

from lingzhi.accounts.models import User
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.org.models import Unit
from lingzhi.surveys.models import Invitation, Place, Questionnaire, SendingRule
from lingzhi.surveys.services.asking import claim, mark_asked
from lingzhi.surveys.services.built_in import lay_survey_built_ins
from lingzhi.surveys.services.inviting import invite
from lingzhi.surveys.services.places import open_place
from lingzhi.surveys.services.questionnaires import activate_version
from lingzhi.surveys.services.rules import save_rule


def with_questionnaires(*, by: User | None = None) -> None:
    """What comes with the program, in force."""
    for draft in lay_survey_built_ins(by=by):
        activate_version(draft, by=by)


def make_rule(*, by: User, **more: Any) -> SendingRule:
    """A rule in force since a week: every conversation, by e-mail, at once."""
    with_questionnaires(by=by)
    given = {"name": "每次服务后", "event": "contact_ended", "mode": "mail", **more}
    service = Questionnaire.objects.get(code=given.pop("code", "service"))
    rule = save_rule(SendingRule(questionnaire=service, **given), by=by)
    SendingRule.objects.filter(pk=rule.pk).update(starts_at=F("starts_at") - timedelta(days=7))
    rule.refresh_from_db()
    return rule


def served(number: str = "A1", *, customer: dict[str, str] | None = None, **more: Any) -> Any:
    """A conversation that ended an hour ago."""
    moment = now() - timedelta(hours=1)
    begun = moment - timedelta(minutes=4)
    given = {"started_at": str(begun), "answered_at": str(begun), "ended_at": str(moment)}
    known = {"email": "wang@example.com"} if customer is None else customer
    given |= {f"customer_{name}": value for name, value in known.items()}
    return make_contact(number, **{**given, **more})


def make_invitation(*, by: User, number: str = "A1", mode: str = "mail", **more: Any) -> Invitation:
    """A conversation whose customer is to be asked."""
    contact = served(number, **more)
    rule = SendingRule.objects.filter(mode=mode).first() or make_rule(by=by, mode=mode)
    invite()
    return Invitation.objects.get(rule=rule, contact=contact)


def make_asked(*, by: User, **more: Any) -> tuple[Invitation, str]:
    """An invitation that went out, and the secret of its link."""
    row = make_invitation(by=by, **more)
    token = claim(row)
    mark_asked(row, by=None)
    row.refresh_from_db()
    return row, token


def make_place(*, by: User, unit: Unit) -> Place:
    """A counter with a code."""
    with_questionnaires(by=by)
    service = Questionnaire.objects.get(code="service")
    return open_place(Place(name="一号柜台", unit=unit, questionnaire=service), by=by)
