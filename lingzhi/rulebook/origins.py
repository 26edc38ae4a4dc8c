"""Clauses that are not kept, as what may be put right."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language
from lingzhi.core.origins import Found, Origin
from lingzhi.rulebook.models import Clause
from lingzhi.rulebook.queries.versions import versions_visible_to


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    rows = Clause.objects.filter(pk__in=keys, version__in=versions_visible_to(user).values("pk"))
    return {
        one.pk: Found(
            f"{one.version.title} {one.number} {in_language(one.title)}",
            reverse("rulebook:clause", args=[one.version.regulation_id, one.number]),
            one.version.regulation.unit_id, words=in_language(one.text),
        )
        for one in rows.select_related("version__regulation")
    }  # fmt: skip


CLAUSE = Origin("rulebook.clause", _("Clause that is not kept"), _find)
