from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [MenuItem("assure", _("Rulebook"), "rulebook:list", "book", "rulebook.read", 5)]
