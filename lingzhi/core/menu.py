"""The navigation: apps offer entries through `settings.MENU`, the shell shows what one may open."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, str | Promise] = {
    "overview": _("Overview"),
    "daily": _("Every day"),
    "cases": _("Cases and complaints"),
    "judge": _("Human inspection"),
    "figures": _("Figures and reports"),
    "improve": _("Improve"),
    "people": _("People"),
    "assure": _("Assure"),
    "settings": _("Set up and run"),
}

COOKIE = "lz_menu"  # which groups somebody opened or shut in this browser: "judge=1&assure=0"
SHORT = 18  # lines that stand there without scrolling, beside their headings, on a small screen
ALWAYS_LOOKED_AT = {"overview", "daily"}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the navigation. `capability` empty means: everybody who is signed in.

    `also` names the pages that lie elsewhere but belong to this line.
    """

    group: str
    label: str | Promise
    view: str
    icon: str
    capability: str = ""
    order: int = 50
    also: tuple[str, ...] = ()

    @property
    def urls(self) -> list[str]:
        """Where its pages begin, its own first."""
        return [reverse(one) for one in (self.view, *self.also)]


def items() -> list[MenuItem]:
    found: list[MenuItem] = [item for path in settings.MENU for item in import_string(path)]
    return sorted(found, key=lambda item: (list(GROUPS).index(item.group), item.order))


def menu_of(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    """Groups with the entries this person may open; empty groups are left out.

    `is_open` says which are unfolded: the one of this page; else as chosen in this browser; else
    all of a short menu, and of a long one what is looked at every day.
    """
    groups: dict[str, dict[str, Any]] = {}
    shown = [one for one in items() if not one.capability or user.can(one.capability)]
    here = _here([url for one in shown for url in one.urls], request.path)
    for item in shown:
        group = groups.setdefault(
            item.group, {"code": item.group, "label": GROUPS[item.group], "items": []}
        )
        group["items"].append(_entry(item, here))
    _unfold(list(groups.values()), QueryDict(request.COOKIES.get(COOKIE, "")))
    return list(groups.values())


def _here(urls: list[str], path: str) -> str:
    """The entry under which a page lies: of all that do, the nearest one; "" for none."""
    above = (url for url in urls if path == url or (url != "/" and path.startswith(url)))
    return max(above, key=len, default="")


def _entry(item: MenuItem, here: str) -> dict[str, Any]:
    urls = item.urls
    return {"label": item.label, "url": urls[0], "icon": item.icon, "active": here in urls}


def _unfold(groups: list[dict[str, Any]], chosen: QueryDict) -> None:
    is_short = sum(len(group["items"]) for group in groups) <= SHORT
    for group in groups:
        usual = is_short or group["code"] in ALWAYS_LOOKED_AT
        is_here = any(entry["active"] for entry in group["items"])
        group["is_open"] = is_here or chosen.get(group["code"], str(int(usual))) == "1"
