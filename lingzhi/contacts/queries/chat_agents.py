"""Who may serve chats now, and how many each serves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.contacts.models import AgentState, Chat, ChatSite
from lingzhi.core.clock import now, today
from lingzhi.org.queries import assignments_on

CHAT = "contacts.chat"
AWAY = timedelta(seconds=90)  # a desk that was not seen for so long is gone
ROLES_OF_CHAT = [code for code, role in ROLES.items() if CHAT in role.capabilities]


@dataclass(slots=True)
class FreeAgent:
    """Somebody ready for chats: where they work, how many they serve, idle since when."""

    person: User
    paths: list[str]
    serving: int
    idle_since: datetime

    def may_take(self, site: ChatSite) -> bool:
        """Whether the site is theirs and they serve fewer than it allows."""
        return self.serving < site.at_once and serves(self.paths, site)


def serves(paths: Collection[str], site: ChatSite) -> bool:
    """Whether people who work at these units serve the site: below its unit, or above it."""
    there = site.unit.path
    return any(path.startswith(there) or there.startswith(path) for path in paths)


def free_agents() -> list[FreeAgent]:
    """Those who are ready and whose desk is there: without a chat first, the longest idle first."""
    rows = AgentState.objects.filter(
        until=None, state=AgentState.State.READY, seen_at__gte=now() - AWAY,
        person__is_active=True,
    )  # fmt: skip
    states = {row.person_id: row for row in rows.select_related("person")}
    paths, counts, lasts = paths_of(states), serving_counts(states), _last_work(states)
    free = [
        FreeAgent(row.person, paths.get(pk, []), counts.get(pk, 0), lasts.get(pk) or row.since)
        for pk, row in states.items()
    ]
    return sorted(free, key=lambda one: (one.serving > 0, one.idle_since))


def paths_of(people: Collection[int]) -> dict[int, list[str]]:
    """The units at which each of them may serve chats today."""
    found: dict[int, list[str]] = {}
    for row in assignments_on(today()).filter(person__in=people, role__in=ROLES_OF_CHAT):
        found.setdefault(row.person_id, []).append(row.unit.path)
    return found


def serving_counts(people: Collection[int]) -> dict[int, int]:
    """How many chats each of them serves; who serves none is absent."""
    rows = Chat.objects.filter(state=Chat.State.SERVING, agent__in=people).order_by()
    return dict(rows.values_list("agent").annotate(n=Count("pk")))


def _last_work(people: Collection[int]) -> dict[int, datetime]:
    """When each last got or ended a chat."""
    rows = Chat.objects.filter(agent__in=people, assigned_at__gte=now() - timedelta(days=1))
    found: dict[int, datetime] = {}
    for person, given, ended in (
        rows.order_by().values_list("agent").annotate(Max("assigned_at"), Max("ended_at"))
    ):
        found[person] = max(one for one in (given, ended) if one is not None)
    return found


def colleagues_for(chat: Chat) -> list[User]:
    """Those ready who may be asked into a chat or be given it."""
    free = free_agents()
    theirs = [one.person for one in free if serves(one.paths, chat.site)]
    return [one for one in theirs if one.pk != chat.agent_id]
