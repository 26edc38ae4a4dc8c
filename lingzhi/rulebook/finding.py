"""Clauses in force in the global search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.finding import Found, Searched
from lingzhi.rulebook.models import Clause
from lingzhi.rulebook.queries import versions_in_force


def _find(user: User, text: str, most: int) -> list[Found]:
    """Texts are JSON, in which the database finds no Chinese: they are read one by one."""
    wanted, day = text.strip().lower(), today()
    versions = {version.pk: version for version in versions_in_force(day, day)}
    found: list[Found] = []
    for clause in Clause.objects.filter(version__in=versions).iterator(500):
        if wanted not in _words(clause):
            continue
        version = versions[clause.version_id]
        url = reverse("rulebook:clause", args=[version.regulation_id, clause.number])
        about = f"{version.title} · {clause.words}"[:120]
        found.append(Found(f"{clause.number} {clause.heading}", about, url))
        if len(found) == most:
            break
    return found


def _words(clause: Clause) -> str:
    texts = [clause.number, *clause.title.values(), *clause.text.values()]
    return "\n".join(texts).lower()


SEARCH = Searched(_("Clauses"), _find, "rulebook.read")
