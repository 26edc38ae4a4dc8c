from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("daily", _("Register"), "contacts:register", "edit", "contacts.register", 90),
    MenuItem("daily", _("Conversations"), "contacts:list", "messages", "contacts.read", 10),
    MenuItem("daily", _("Chats"), "chat:desk", "message-circle", "contacts.chat", 12),
    MenuItem(
        "assure", _("Unknown agents"), "contacts:unmatched", "user-question", "contacts.match", 30
    ),
    MenuItem("assure", _("Live feeds"), "contacts:feeds", "activity", "system.settings", 95),
    MenuItem("assure", _("Chat sites"), "chat:sites", "message-circle", "system.settings", 96),
]
