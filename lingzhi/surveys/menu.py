from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

READ, MANAGE = "surveys.read", "surveys.manage"
SET_UP = ("surveys:scales", "surveys:rules", "surveys:places")
SAID = ("surveys:result_answers", "surveys:bias", "surveys:signals", "surveys:weak_links")
ITEMS = [
    MenuItem(
        "figures", _("What customers say"), "surveys:results", "message-circle", READ, 30,
        also=SAID,
    ),
    MenuItem("cases", _("Surveys"), "surveys:invitations", "star", READ, 24),
    MenuItem("cases", _("Opinions asked for"), "surveys:opinions", "message-circle", READ, 25),
    MenuItem(
        "cases", _("Survey plans"), "surveys:plans", "calendar-time", READ, 26,
        also=("surveys:internals",),
    ),
    MenuItem("figures", _("Needs and benchmarks"), "surveys:insights", "bulb", READ, 43),
    MenuItem(
        "settings", _("Questionnaires"), "surveys:questionnaires", "clipboard-check", READ, 42,
        also=SET_UP,
    ),
]  # fmt: skip
