"""Who watches a case hears of it; who is named with @ in a note watches it from then on."""

import re

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Watcher
from lingzhi.cases.queries.cases import sees
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.notifications.services import tell

NAMED = re.compile(r"@([0-9A-Za-z_.-]+)")  # a staff number


@transaction.atomic
def watch_case(case: Case, person: User) -> None:
    """From now on the person hears of whatever others do with the case."""
    _made, is_new = Watcher.objects.get_or_create(
        case=case, person=person, defaults={"since": now()}
    )
    if is_new:
        record(person, "cases.watched", case)


@transaction.atomic
def stop_watching(case: Case, person: User) -> None:
    """The person hears of it no more."""
    if Watcher.objects.filter(case=case, person=person).delete()[0]:
        record(person, "cases.unwatched", case)


def people_named(case: Case, text: str) -> list[User]:
    """Whom a note names by staff number after @. Raises BadInput where one may not see the case."""
    people = list(User.objects.filter(staff_no__in=set(NAMED.findall(text)), is_active=True))
    for person in people:
        if not _sees(person, case):
            words = gettext("%(name)s cannot see this case.") % {"name": person.name}
            raise BadInput(words, field="text")
    return people


def tell_watchers(event: CaseEvent, named: list[User] | None = None) -> None:
    """Everybody who watches hears once until they have read it, but not of what they did."""
    case = event.case
    if named:
        Watcher.objects.bulk_create(
            (Watcher(case=case, person=one, since=now()) for one in named), ignore_conflicts=True
        )
        _tell(named, _("You are named in a note on a case"), event)
    watchers = Watcher.objects.filter(case=case).exclude(person=event.by)
    others = [one.person for one in watchers.select_related("person")]
    _tell(
        [one for one in others if one not in (named or []) and _sees(one, case)],
        _("Something happened to a case that you watch"), event, f"cases.watch/{case.pk}",
    )  # fmt: skip


def _tell(people: list[User], title: str | Promise, event: CaseEvent, matter: str = "") -> None:
    if people:
        body = f"{event.case.number} {event.case.title} · {event.get_kind_display()}"
        url = reverse("cases:case", args=[event.case_id])
        tell(people, title, body=body, url=url, matter=matter)


def _sees(person: User, case: Case) -> bool:
    return person.can("cases.read") and sees(person, case)
