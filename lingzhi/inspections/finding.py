"""Rules in the global search."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.finding import Found, Searched
from lingzhi.inspections.access import READ
from lingzhi.inspections.models import Rule
from lingzhi.inspections.presenting.rules import ShownRule, shown_rules


def _find(user: User, text: str, most: int) -> list[Found]:
    rules = shown_rules(Rule.objects.prefetch_related("versions"), {})
    return [_found(shown) for shown in rules if text.lower() in shown.words][:most]


def _found(shown: ShownRule) -> Found:
    about = f"{shown.rule.code} · {shown.main.label}"
    return Found(shown.main.version.title, about, reverse("inspections:rule", args=[shown.rule.pk]))


def _all_url(text: str) -> str:
    return f"{reverse('inspections:rules')}?{urlencode({'text': text})}"


SEARCH = Searched(_("Rules"), _find, READ, _all_url)
