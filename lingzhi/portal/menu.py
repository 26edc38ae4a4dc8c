from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem(
        "cases", _("Customers’ voice"), "portal:inbox", "message-circle", "portal.keep", 15,
        also=("portal:settings", "portal:desk_improvements", "portal:desk_rules"),
    )
]  # fmt: skip
