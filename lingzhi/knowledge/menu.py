from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("daily", _("Knowledge library"), "knowledge:list", "help-circle", "knowledge.read", 14)
]
