"""The navigation: apps offer entries through `settings.MENU`, the shell shows what one may open."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, str | Promise] = {
    "overview": _("Overview"),
    "daily": _("Every day"),
    "judge": _("Human inspection"),
    "improve": _("Improve"),
    "people": _("People"),
    "assure": _("Assure"),
}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the navigation. `capability` empty means: everybody who is signed in."""

    group: str
    label: str | Promise
    view: str
    icon: str
    capability: str = ""
    order: int = 50


def items() -> list[MenuItem]:
    found: list[MenuItem] = [item for path in settings.MENU for item in import_string(path)]
    return sorted(found, key=lambda item: (list(GROUPS).index(item.group), item.order))


def menu_of(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    """Groups with the entries this person may open; empty groups are left out."""
    groups: dict[str, dict[str, Any]] = {}
    for item in items():
        if item.capability and not user.can(item.capability):
            continue
        url = reverse(item.view)
        group = groups.setdefault(item.group, {"label": GROUPS[item.group], "items": []})
        group["items"].append(
            {
                "label": item.label,
                "url": url,
                "icon": item.icon,
                "active": request.path == url or (url != "/" and request.path.startswith(url)),
            }
        )
    return list(groups.values())
