from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("overview", _("To do and notices"), "notifications:inbox", "inbox", "", 20),
    MenuItem("assure", _("Webhooks"), "notifications:webhooks", "send", "system.settings", 78),
    MenuItem(
        "assure", _("Notices to staff"), "notifications:channels", "bell", "system.settings", 79
    ),
]
