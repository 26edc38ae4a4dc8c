"""What is put right about something, on its own page, with the door to start it."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.core.panels import Panel, Shown
from lingzhi.improvement.queries.people import READ, START
from lingzhi.improvement.queries.rectifications import about
from lingzhi.rulebook.models import Clause

TEMPLATE = "improvement/rectifications/_of_source.html"


def start_url(kind: str, key: int) -> str:
    return f"{reverse('improvement:start')}?{urlencode({'source': kind, 'key': key})}"


def _panel(kind: str, keys_of: Callable[[Any], Collection[int]]) -> Callable[..., Shown | None]:
    def render(user: User, subject: Any) -> Shown | None:
        rows = list(about(kind, keys_of(subject), user))
        may_start = user.can(START)
        if not rows and not may_start:
            return None
        url = start_url(kind, subject.pk) if may_start else ""
        return Shown(TEMPLATE, {"rows": rows, "url": url})

    return render


def _own(subject: Any) -> Collection[int]:
    return [subject.pk]


def _same_clause(clause: Clause) -> Collection[int]:
    """The clause in every version of its regulation."""
    rows = Clause.objects.filter(
        version__regulation=clause.version.regulation_id, number=clause.number
    )
    return list(rows.values_list("pk", flat=True))


def _proposals(user: User, adopted: Sequence[tuple[int, str]]) -> Shown | None:
    """What is carried out of proposals that were adopted; `adopted` are keys with words."""
    if not adopted:
        return None
    rows = _each(user, "cases.proposal", [key for key, _words in adopted])
    shown = [(words, *rows[key]) for key, words in adopted]
    return Shown("improvement/rectifications/_of_proposals.html", {"proposals": shown})


def _each(user: User, kind: str, keys: Sequence[int]) -> dict[int, tuple[list[Any], str]]:
    """For each key what is put right about it, and where to start that."""
    may_start = user.can(START)
    found: dict[int, tuple[list[Any], str]] = {
        key: ([], start_url(kind, key) if may_start else "") for key in keys
    }
    for source in about(kind, keys, user):
        found[source.key or 0][0].append(source.rectification)
    return found


CASE = Panel("cases.beside", _panel("cases.case", _own), READ)
CONTACT = Panel("contacts.detail", _panel("contacts.contact", _own), READ)
CLAUSE = Panel("rulebook.clause", _panel("rulebook.clause", _same_clause), READ)
WEAK_LINK = Panel("surveys.weak_link", _panel("surveys.weak_link", _own), READ)
WEAK_STEP = Panel("reports.weak_step", _panel("reports.weak_step", _own), READ)
INSIGHT = Panel("surveys.insight", _panel("surveys.insight", _own), READ)
ALERT = Panel("kpis.alert", _panel("kpis.alert", _own), READ)
NONCONFORMITY = Panel("governance.nonconformity", _panel("governance.nonconformity", _own), READ)
PROPOSALS = Panel("cases.proposals", _proposals, READ)
