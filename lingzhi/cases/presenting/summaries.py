"""The figures of a summary in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import CaseType

LABELS: dict[str, str | Promise] = {
    "handled": _("Cases handled"),
    "closed": _("of them closed"),
    "late": _("Cases that ran late"),
    "reopened": _("Cases reopened"),
    "complaints": _("of them complaints"),
}


def shown_facts(facts: Mapping[str, Any]) -> tuple[list[tuple[str | Promise, int]], list[Any]]:
    """Counts by name, and cases by type, the most first."""
    names = {one.pk: str(one) for one in CaseType.objects.all()}
    counts = [(label, facts[name]) for name, label in LABELS.items() if name in facts]
    return counts, [(names.get(key, "–"), number) for key, number in facts.get("types", [])]
