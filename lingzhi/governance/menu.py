from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

READ = "governance.read"
ITEMS: list[MenuItem] = [
    MenuItem(
        "improve", _("Meetings"), "governance:meetings", "calendar", "org.read", 12,
        also=("governance:actions", "governance:series", "governance:my_reports"),
    ),
    MenuItem(
        "assure", _("Goals and plans"), "governance:goals", "target", READ, 30,
        also=("governance:plans",),
    ),
]  # fmt: skip
