from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("overview", _("To do and notices"), "notifications:inbox", "inbox", "", 20),
    MenuItem("settings", _("Webhooks"), "notifications:webhooks", "send", "system.settings", 78),
    MenuItem(
        "settings", _("Notices to staff"), "notifications:channels", "bell", "system.settings", 79
    ),
]
