from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem(
        "overview", _("Conformity"), "conformity:overview", "shield-check", "conformity.read", 15
    ),
    MenuItem(
        "assure", _("Data quality"), "conformity:data_quality", "database", "conformity.read", 90
    ),
    MenuItem("people", _("What is kept about me"), "conformity:mine", "user-question", "", 90),
]
