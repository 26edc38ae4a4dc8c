from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem
from lingzhi.surveys.access.rights import READ

ITEMS = [
    MenuItem(
        "overview", _("What customers say"), "surveys:results", "star", READ, 30,
        also=("surveys:result_answers", "surveys:bias", "surveys:signals"),
    )
]  # fmt: skip
