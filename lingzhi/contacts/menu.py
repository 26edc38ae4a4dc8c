from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("daily", _("Register"), "contacts:register", "edit", "contacts.register", 90),
    MenuItem("daily", _("Conversations"), "contacts:list", "messages", "contacts.read", 10),
    MenuItem("daily", _("Chats"), "chat:desk", "message-circle", "contacts.chat", 12),
    MenuItem(
        "settings", _("Unknown agents"), "contacts:unmatched", "user-question", "contacts.match", 30
    ),
    MenuItem("daily", _("My phone desk"), "contacts:desk", "headset", "contacts.phone", 19),
    MenuItem(
        "daily",
        _("Agents now"),
        "contacts:floor",
        "users",
        "contacts.floor",
        20,
        also=(
            "contacts:wallboard",
            "contacts:surges",
            "contacts:break_reasons",
            "contacts:attendance",
        ),
    ),
    MenuItem(
        "daily",
        _("Are the channels clear"),
        "contacts:flow",
        "activity",
        "contacts.floor",
        21,
        also=("contacts:congestions",),
    ),
    MenuItem("daily", _("Calls of a day"), "contacts:call_figures", "phone", "contacts.floor", 22),
    MenuItem(
        "settings", _("Doubts about calls"), "contacts:doubts", "help-circle", "contacts.match", 31
    ),
    MenuItem(
        "settings",
        _("Live feeds"),
        "contacts:feeds",
        "activity",
        "system.settings",
        95,
        also=("contacts:queues",),
    ),
    MenuItem("settings", _("Channels"), "contacts:channels", "route", "contacts.read", 34),
    MenuItem("settings", _("Mail kept apart"), "contacts:mails_apart", "mail", "contacts.mail", 32),
    MenuItem(
        "settings", _("Mail not sent"), "contacts:mails_outgoing", "send", "contacts.mail", 33
    ),
    MenuItem("settings", _("Mailboxes"), "contacts:mailboxes", "mail", "system.settings", 96),
    MenuItem("settings", _("Chat sites"), "chat:sites", "message-circle", "system.settings", 96),
    MenuItem("settings", _("Message lines"), "chat:lines", "messages", "system.settings", 96),
]
