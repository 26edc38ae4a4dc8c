"""Who may and who can inspect which conversation: conflicts, reach, skill, presence, daily cap."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import midnight, now, today
from lingzhi.inspections.models import Handover, Review, Task, Workload
from lingzhi.inspections.queries.conflicts import Conflict, Pairs, conflicts
from lingzhi.org.models import Skill
from lingzhi.org.queries import Reach, absent_ratios, in_force, reaches

SCORE = "inspections.score"
HARDLY_THERE = 0.95  # absent for longer than this part of the time a task has


class Hindrance(TextChoices):
    """Why somebody cannot take a task, conflicts of interest apart."""

    NOT_ACTIVE = "not_active", _("no longer here")
    REACH = "reach", _("not within reach")
    KNOWN = "known", _("has scored it already")
    SKILL = "skill", _("language or skill not recorded")
    ABSENT = "absent", _("absent")
    FULL = "full", _("has as many tasks as a day allows")


Obstacle = Conflict | Hindrance
# Not even a reason helps: nobody scores themselves, twice, or what they may not see.
NEVER: frozenset[Obstacle] = frozenset(
    {Conflict.CONVERSATION, Hindrance.NOT_ACTIVE, Hindrance.REACH, Hindrance.KNOWN}
)


@dataclass(frozen=True, slots=True)
class Fitness:
    """What keeps each person from each task, by both their numbers; `capacity` (0-1) is the part
    of the time until a task is due that a person is there, `left` how many more tasks of today's
    cap (None: no cap), `held` how many they have; `late` are persons with tasks they had until
    these were overdue.
    """

    people: tuple[int, ...]
    obstacles: Mapping[tuple[int, int], Obstacle]
    capacity: Mapping[int, float]
    left: Mapping[int, int | None]
    held: Mapping[int, int]
    late: frozenset[tuple[int, int]]

    def takers(self, task: Task) -> list[int]:
        """Who may take it, the daily cap apart."""
        return [one for one in self.people if (task.pk, one) not in self.obstacles]

    def why_nobody(self, task: Task) -> dict[Promise | str, int]:
        """What keeps how many people from it; empty where somebody may take it."""
        if not self.people:
            return {_("the plan names no inspectors"): 1}
        found: Counter[Obstacle] = Counter()
        for one in self.people:
            reason = self.obstacles.get((task.pk, one))
            if reason is None and self.left[one] == 0:
                reason = Hindrance.FULL
            if reason is None:
                return {}
            found[reason] += 1
        return {reason.label: number for reason, number in found.most_common()}


def fitness(tasks: Sequence[Task], people: Iterable[User], until: datetime) -> Fitness:
    """How these people and these tasks (with contact and its unit) fit; `until` they are due."""
    those = tuple(people)
    ids = tuple(one.pk for one in those)
    absent = absent_ratios(ids, now(), max(until, now() + timedelta(hours=1)))
    obstacles: dict[tuple[int, int], Obstacle] = {}
    for task, person, reason in _hindrances(tasks, those, absent):
        obstacles.setdefault((task.pk, person), reason)
    overdue = Handover.objects.filter(task__in=tasks, cause=Handover.Cause.OVERDUE)
    return Fitness(
        people=ids,
        obstacles=obstacles,
        capacity={one: 1 - absent.get(one, 0.0) for one in ids},
        left=_left(ids),
        held=_held(ids),
        late=frozenset(overdue.values_list("task", "person")),
    )


def _hindrances(
    tasks: Sequence[Task], people: Sequence[User], absent: Mapping[int, float]
) -> Iterable[tuple[Task, int, Obstacle]]:
    """Every obstacle, the gravest of a pair first."""
    contacts = list({task.contact_id: task.contact for task in tasks}.values())
    interests: Pairs = conflicts(people, contacts)
    ids = [one.pk for one in people]
    where, demanded = reaches(ids, SCORE), _demands(contacts, ids)
    rows = Review.objects.filter(contact__in=contacts, inspector__in=ids).exclude(state="draft")
    scored = set(rows.values_list("contact", "inspector"))
    for task in tasks:
        contact = task.contact
        for person in people:
            pk = person.pk
            conflict = interests.get((pk, contact.pk))
            reasons: list[tuple[bool, Obstacle]] = [
                (conflict is Conflict.CONVERSATION, Conflict.CONVERSATION),
                (not person.is_active, Hindrance.NOT_ACTIVE),
                (not _reaches(where[pk], contact), Hindrance.REACH),
                ((contact.pk, pk) in scored, Hindrance.KNOWN),
                (conflict is not None, conflict or Conflict.TEAM),
                (pk not in demanded.get(contact.pk, ids), Hindrance.SKILL),
                (absent.get(pk, 0.0) > HARDLY_THERE, Hindrance.ABSENT),
            ]
            yield from ((task, pk, reason) for holds, reason in reasons if holds)


def _reaches(where: Reach, contact: Contact) -> bool:
    """As `contacts.queries.visible_to` sees it: of no team is seen by who reaches everything."""
    return where.is_everything or where.covers(contact.unit, None)


def _demands(contacts: Sequence[Contact], people: Sequence[int]) -> dict[int, set[int]]:
    """Who of `people` has the language and the skill that a conversation asks for.

    The language is the one its data names (`meta`, "language"), the skill is called like its
    queue. Only what somebody of the company is recorded to have asks for anything: where no record
    is kept of a language, nobody knows who lacks it.
    """
    wanted = {one.pk: _asked(one) for one in contacts}
    names = {name for several in wanted.values() for name in several}
    rows = Skill.objects.filter(in_force(today()), name__in=names).values_list("name", "person")
    holders: dict[str, set[int]] = {}
    for name, person in rows:
        holders.setdefault(name, set()).add(person)
    found: dict[int, set[int]] = {}
    for contact, several in wanted.items():
        known = [holders[name] for name in several if name in holders]
        if known:
            found[contact] = set(people).intersection(*known)
    return found


def _asked(contact: Contact) -> set[str]:
    language = contact.meta.get("language")
    return {one for one in (contact.queue, language) if isinstance(one, str) and one.strip()}


def _left(people: Sequence[int]) -> dict[int, int | None]:
    """How many more tasks each person is given today; None without a cap."""
    caps = dict(Workload.objects.filter(person__in=people).values_list("person", "tasks_a_day"))
    given = _counted(
        Task.objects.filter(inspector__in=caps, assigned_at__gte=midnight(today())), "inspector"
    )
    return {one: max(0, caps[one] - given.get(one, 0)) if one in caps else None for one in people}


def _held(people: Sequence[int]) -> dict[int, int]:
    waiting = Task.objects.filter(inspector__in=people, state=Task.State.OPEN)
    counted = _counted(waiting, "inspector")
    return {one: counted.get(one, 0) for one in people}


def _counted(rows: QuerySet[Task], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(number=Count("pk")))
