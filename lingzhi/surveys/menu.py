from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

READ, MANAGE = "surveys.read", "surveys.manage"
SET_UP = ("surveys:scales", "surveys:rules", "surveys:places")
ITEMS = [
    MenuItem("cases", _("Surveys"), "surveys:invitations", "star", READ, 24),
    MenuItem("cases", _("Survey plans"), "surveys:plans", "calendar-time", READ, 26),
    MenuItem(
        "assure", _("Questionnaires"), "surveys:questionnaires", "clipboard-check", READ, 42,
        also=SET_UP,
    ),
]  # fmt: skip
