from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem(
        "improve", _("Meetings"), "governance:meetings", "calendar", "org.read", 12,
        also=("governance:actions", "governance:series", "governance:my_reports"),
    ),
]  # fmt: skip
