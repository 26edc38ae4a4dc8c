from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [MenuItem("assure", _("Audit log"), "audit:list", "history", "audit.search", 60)]
