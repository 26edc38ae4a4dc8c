"""Rules, plans and invitations in words."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext

from lingzhi.contacts.models import Channel
from lingzhi.core.languages import joined
from lingzhi.org.models import Unit
from lingzhi.surveys.models import Invitation, SendingRule

State = Invitation.State
TONES = {
    State.DUE: "flow", State.SENDING: "flow", State.SENT: "good", State.UNKNOWN: "unknown",
    State.WITHHELD: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule: for whom, and what came of it so far."""

    rule: SendingRule
    where: str
    due: int
    asked: int
    answered: int

    @property
    def dialog(self) -> str:
        """The name of its dialog on the page."""
        return f"end-{self.rule.pk}"


def shown_rules() -> list[ShownRule]:
    """All rules, those in force first."""
    rows = SendingRule.objects.select_related("questionnaire").annotate(
        due=Count("invitations"),
        asked=Count("invitations", filter=Q(invitations__state=State.SENT)),
        answered=Count("invitations", filter=Q(invitations__finished_at__isnull=False)),
    )
    units = dict(Unit.objects.values_list("pk", "name"))
    channels = {one.pk: one.label for one in Channel.objects.all()}
    return [
        ShownRule(one, where_of(one, units, channels), one.due, one.asked, one.answered)
        for one in rows.order_by("ended_at", "pk")
    ]


def where_of(rule: SendingRule, units: dict[int, str], channels: dict[int, str]) -> str:
    """Which channels and units a rule looks at."""
    names = [channels[pk] for pk in rule.channels if pk in channels]
    names += [units[pk] for pk in rule.units if pk in units]
    return joined(names) or gettext("everywhere")


def what_lacks() -> list[str]:
    """What keeps e-mails from going out; empty where nothing does."""
    lacks = {"EMAIL_HOST": settings.EMAIL_HOST, "SITE_URL": settings.SITE_URL}
    return [name for name, value in lacks.items() if not value]


def tone_of(row: Invitation) -> str:
    """How the state of an invitation is drawn."""
    return TONES[State(row.state)]
