"""Conversations in the global search."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.queries import Filters, visible_to
from lingzhi.core.documents.tables import plain
from lingzhi.core.finding import Found, Searched


def _find(user: User, text: str, most: int) -> list[Found]:
    identified = visible_to(user, "customers.read")
    fitting = Filters(text=text).apply(visible_to(user), identified=identified)
    rows = fitting.select_related("channel", "agent")
    return [
        Found(
            contact.external_id,
            " · ".join(
                part
                for part in (
                    contact.channel.label,
                    contact.agent.name if contact.agent else contact.agent_reference,
                    plain(contact.started_at) if contact.started_at else "",
                    gettext("Not answered") if contact.is_unanswered else "",
                )
                if part
            ),
            reverse("contacts:detail", args=[contact.pk]),
        )
        for contact in rows.order_by("-started_at", "-pk")[:most]
    ]


def _all_url(text: str) -> str:
    return f"{reverse('contacts:list')}?{urlencode({'text': text})}"


SEARCH = Searched(_("Conversations"), _find, "contacts.read", _all_url)
