"""What belongs to a case, on its page: linked cases, files, watchers."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import acts_on_case
from lingzhi.cases.models import Case
from lingzhi.cases.queries.links import Belonging, alike, belonging_to, last_told, parts_to_tell
from lingzhi.cases.queries.people import READ, WORK
from lingzhi.core.panels import Panel, Shown


def _links(user: User, case: Case) -> Shown | None:
    """What belongs to the case, and what looks like the same matter."""
    works = acts_on_case(user, case, None).work
    found = belonging_to(case)
    near = alike(case, user) if works else []
    if not works and found == Belonging(None, [], [], None, []):
        return None
    told = last_told(case) if found.parts else None
    context = {
        "case": case, "found": found, "alike": near, "works": works,
        "to_tell": parts_to_tell(told).count() if told else 0,
    }  # fmt: skip
    return Shown("cases/links/_links.html", context)


def _files(user: User, case: Case) -> Shown:
    """Its files, and who watches it."""
    watchers = list(case.watchers.select_related("person"))
    context = {
        "case": case,
        "files": case.files.select_related("file", "added_by"),
        "watchers": watchers,
        "watches": any(one.person == user for one in watchers),
        "may_add": user.can(WORK) and not case.is_merged,
        "works": acts_on_case(user, case, None).work,
        "user": user,
    }
    return Shown("cases/files/_files.html", context)


FILES = Panel("cases.beside", _files, READ)
LINKS = Panel("cases.beside", _links, READ)
