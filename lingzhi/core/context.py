"""What every page needs around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string

from lingzhi.core.menu import menu_of


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    inbox_url, inbox_count = import_string(settings.BELL)(user) if signed_in else ("", 0)
    return {
        "menu": menu_of(request, user) if signed_in else [],
        "search_url": reverse("search") if signed_in else "",
        "inbox_url": inbox_url,
        "inbox_count": inbox_count,
        "centre_name": import_string(settings.CENTRE_NAME_OF)(),
        "version": settings.VERSION,
        "is_demo": settings.DEMO,
        "theme": getattr(user, "theme", "auto"),
    }
