"""What inspection shows on the pages of conversations."""

from datetime import timedelta
from typing import Any

from django.db.models import Count

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Complaint
from lingzhi.contacts.models import Channel, Contact
from lingzhi.contacts.queries.commands import COMMAND
from lingzhi.core.clock import now
from lingzhi.core.panels import Panel, Shown
from lingzhi.improvement.queries.rectifications import about
from lingzhi.inspections import origins
from lingzhi.inspections.access import CALIBRATE, may_flag, may_score
from lingzhi.inspections.access.library import may_propose
from lingzhi.inspections.access.trust import may_mark
from lingzhi.inspections.presenting.commands import calls_for
from lingzhi.inspections.presenting.findings import shown_judgement
from lingzhi.inspections.queries import latest_inspection
from lingzhi.inspections.queries.alerts import FLOOR, alerts_now
from lingzhi.inspections.queries.escapes import passed_before
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.inspections.queries.rules import rules_of_channel
from lingzhi.inspections.queries.tasks import is_elsewhere

SCORED_DAYS = 30


def _findings(user: User, contact: Contact) -> Shown | None:
    if contact.is_unanswered:
        return None
    inspection = latest_inspection(contact)
    context: dict[str, Any] = {
        "contact": contact,
        "judgement": None,
        "may_flag": may_flag(user, contact),
        "may_mark": may_mark(user, contact),
    }
    if inspection is None:
        return Shown("inspections/_panel.html", context)
    judgement = shown_judgement(inspection, contact, user)
    return Shown("inspections/_panel.html", {**context, "judgement": judgement}, judgement.marks)


def _scores(user: User, contact: Contact) -> Shown | None:
    if contact.is_unanswered:
        return None
    reviews = list(reviews_visible_to(user).filter(contact=contact))
    scores = may_score(user, contact) and not is_elsewhere(contact, user)
    if not reviews and not scores:
        return None
    is_begun = any(one.inspector_id == user.pk for one in reviews)
    context: dict[str, Any] = {
        "contact": contact,
        "reviews": reviews,
        "may_score": scores and not any(
            one.inspector_id == user.pk and one.state != "draft" for one in reviews
        ),
        "is_begun": is_begun,
        "may_propose": may_propose(user),
    }  # fmt: skip
    return Shown("inspections/_reviews.html", context)


def _escape(user: User, case: Case) -> Shown | None:
    """An upheld complaint about a conversation that had passed: seen by who looks after scores."""
    complaint = Complaint.objects.filter(pk=case.pk).first()
    if complaint is None or not complaint.is_upheld:
        return None
    passed = passed_before(case.contact_id)
    context = {
        "contact": case.contact,
        "reviews": passed,
        "may_calibrate": user.can(CALIBRATE),
        "put_right": about(origins.ESCAPE.kind, [one.pk for one in passed], user),
    }
    return Shown("inspections/_escape.html", context) if passed else None


def _alerts(user: User, _place: None) -> Shown:
    return Shown("inspections/alerts/_now.html", {"alerts": alerts_now(user)})


def _calls(user: User, _place: None) -> Shown:
    """Agents at a call now, and what this leader asked of phone systems just now."""
    return Shown("inspections/calls/_now.html", calls_for(user))


def _channel(user: User, channel: Channel) -> Shown:
    """What is judged on a channel: the rules made for it, how many hold everywhere, the sheets
    that people scored its conversations with in the last days.
    """
    scored = reviews_visible_to(user).filter(
        contact__channel=channel, contact__started_at__gte=now() - timedelta(days=SCORED_DAYS)
    )
    titles = scored.order_by().values_list("version__sheet", "version__title")
    own, everywhere = rules_of_channel(channel.code)
    context: dict[str, Any] = {
        "rules": own,
        "everywhere": everywhere,
        "sheets": list(titles.annotate(n=Count("pk")).order_by("-n")),
        "days": SCORED_DAYS,
    }
    return Shown("inspections/_channel.html", context)


ALERTS_OF_FLOOR = Panel("contacts.floor", _alerts, FLOOR)
CALLS = Panel("contacts.agents", _calls, COMMAND)
CHANNEL = Panel("contacts.channel", _channel, "inspections.read")
ESCAPE = Panel("cases.case", _escape, CALIBRATE)
SCORES = Panel("contacts.detail", _scores, "inspections.read")
CONTACT = Panel("contacts.detail", _findings, "inspections.read")
