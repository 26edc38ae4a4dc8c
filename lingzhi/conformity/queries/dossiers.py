"""Audit files that were asked for, and who took them."""

from django.db.models import Count, QuerySet

from lingzhi.conformity.models import Dossier
from lingzhi.rulebook.models import Regulation


def dossiers_of(regulation: Regulation) -> QuerySet[Dossier]:
    """Those of a regulation, the newest first, each with how often it was taken (`taken`)."""
    rows = Dossier.objects.filter(version__regulation=regulation).annotate(taken=Count("receipts"))
    rows = rows.select_related("version__regulation__unit", "unit", "asked_by", "file")
    return rows.prefetch_related("receipts__person")
