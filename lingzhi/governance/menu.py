from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem
from lingzhi.governance.queries.people import READ

ITEMS: list[MenuItem] = [
    MenuItem("assure", _("Internal audits"), "governance:audits", "clipboard-check", READ, 12),
    MenuItem(
        "assure", _("Cited standards"), "governance:references", "file-text", "rulebook.read", 6
    ),
]
