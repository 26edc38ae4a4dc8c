"""Reply templates beside a chat: what is told customers, said well once."""

from lingzhi.accounts.models import User
from lingzhi.cases.queries.people import WORK
from lingzhi.cases.queries.replies import phrases_for
from lingzhi.contacts.models import Chat
from lingzhi.core.panels import Panel, Shown

MOST = 30


def _phrases(user: User, chat: Chat) -> Shown | None:
    rows = list(phrases_for(user, chat.site.unit)[:MOST])
    return Shown("cases/replies/_phrases.html", {"rows": rows}) if rows else None


CHAT = Panel("contacts.chat", _phrases, WORK)
