"""What the loop of replies to complaints waits for (投诉反馈闭环)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REPLY_LABELS: dict[str, str | Promise] = {
    "no_word": _("No word to the customer yet"),
    "no_result": _("Solved, the result not told yet"),
    "no_answer": _("Result told, no answer of the customer yet"),
}
