"""People and units in the global search."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.finding import Found, Searched
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, people_visible_to


def _people(user: User, text: str, most: int) -> list[Found]:
    named = Q(name__icontains=text) | Q(staff_no__icontains=text)
    rows = people_visible_to(user).filter(named).order_by("-is_active", "staff_no")
    return [
        Found(person.name, person.staff_no, reverse("org:person", args=[person.pk]))
        for person in rows[:most]
    ]


def _units(user: User, text: str, most: int) -> list[Found]:
    named = Q(name__icontains=text) | Q(code__icontains=text)
    return [
        Found(unit.name, str(Unit.Kind(unit.kind).label), reverse("org:unit", args=[unit.pk]))
        for unit in open_units().filter(named)[:most]
    ]


def _all_people(text: str) -> str:
    return f"{reverse('org:people')}?{urlencode({'q': text, 'state': 'all'})}"


PEOPLE = Searched(_("People"), _people, "accounts.read", _all_people)
UNITS = Searched(_("Units"), _units, "org.read")
