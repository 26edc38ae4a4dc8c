"""The kinds of records that apps take (`settings.IMPORTS`)."""

from django.conf import settings
from django.http import Http404
from django.utils.module_loading import import_string

from lingzhi.core.intake import ImportKind


def kinds() -> dict[str, ImportKind]:
    """Every kind by its code."""
    found = (import_string(path) for path in settings.IMPORTS)
    return {kind.code: kind for kind in found}


def kind_named(code: str) -> ImportKind:
    try:
        return kinds()[code]
    except KeyError:
        raise Http404 from None
