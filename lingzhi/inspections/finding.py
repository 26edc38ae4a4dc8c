"""Rules and typical cases in the global search."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.finding import Found, Searched
from lingzhi.inspections.access import READ
from lingzhi.inspections.models import Rule
from lingzhi.inspections.presenting.library import shown_case
from lingzhi.inspections.presenting.rules import ShownRule, shown_rules
from lingzhi.inspections.queries.library import cases_visible_to, narrowed_cases


def _find(user: User, text: str, most: int) -> list[Found]:
    rules = shown_rules(Rule.objects.prefetch_related("versions"), {})
    return [_found(shown) for shown in rules if text.lower() in shown.words][:most]


def _found(shown: ShownRule) -> Found:
    about = f"{shown.rule.code} · {shown.main.label}"
    return Found(shown.main.version.title, about, reverse("inspections:rule", args=[shown.rule.pk]))


def _all_url(text: str) -> str:
    return f"{reverse('inspections:rules')}?{urlencode({'text': text})}"


def _find_cases(user: User, text: str, most: int) -> list[Found]:
    cases = [shown_case(one) for one in narrowed_cases(cases_visible_to(user), text=text)[:most]]
    return [
        Found(one.case.title, one.about, reverse("inspections:typical_case", args=[one.case.pk]))
        for one in cases
    ]


def _all_cases_url(text: str) -> str:
    return f"{reverse('inspections:typical_cases')}?{urlencode({'text': text})}"


CASES = Searched(_("Typical cases"), _find_cases, READ, _all_cases_url)
SEARCH = Searched(_("Rules"), _find, READ, _all_url)
