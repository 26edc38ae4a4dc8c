"""Why a notice did not arrive, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, str | Promise] = {
    "timeout": gettext_lazy("The server does not answer."),
    "connection": gettext_lazy("No connection could be made."),
    "json": gettext_lazy("The answer is not that of such a robot."),
    "no answer of such a robot": gettext_lazy("The answer is not that of such a robot."),
    "not in EGRESS_ALLOW": gettext_lazy("This origin is not in EGRESS_ALLOW: nothing may be sent."),
    "not in EGRESS_NETWORKS": gettext_lazy(
        "This address is inside; it must be opened in EGRESS_NETWORKS."
    ),
    "the secret cannot be opened": gettext_lazy("Its address cannot be opened: enter it anew."),
    "no mail server": gettext_lazy("This installation has no mail server."),
    "the mail server refuses the address": gettext_lazy("The mail server refuses the address."),
}


def answer_in_words(answer: str) -> str:
    """The words for what a try ended with; empty for none."""
    if not answer:
        return ""
    known = WORDS.get(answer.removesuffix(" 200"))
    return str(known) if known else _("The server answered: %(words)s") % {"words": answer}
