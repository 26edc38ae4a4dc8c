from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem
from lingzhi.governance.queries.goals import READ as GOALS
from lingzhi.governance.queries.people import READ

ITEMS: list[MenuItem] = [
    MenuItem(
        "improve", _("Meetings"), "governance:meetings", "calendar", "org.read", 12,
        also=("governance:actions", "governance:series", "governance:my_reports"),
    ),
    MenuItem(
        "improve", _("Goals and plans"), "governance:goals", "target", GOALS, 30,
        also=("governance:plans",),
    ),
    MenuItem(
        "improve", _("Service directory"), "governance:services", "list-check", "org.read", 31,
        also=("governance:policies",),
    ),
    MenuItem("assure", _("Reviews that come round"), "governance:reviews", "refresh", READ, 13),
    MenuItem("assure", _("Internal audits"), "governance:audits", "clipboard-check", READ, 12),
    MenuItem(
        "assure", _("Documents and standards"), "governance:documents", "file-text", "org.read", 6,
        also=("governance:references",),
    ),
]  # fmt: skip
