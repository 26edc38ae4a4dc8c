"""Names of the dimensions of the first rule set; a dimension of one's own is shown as written."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIMENSIONS: dict[str, str | Promise] = {
    "opening": _("Opening"),
    "closing": _("Closing"),
    "courtesy": _("Courtesy"),
    "ownership": _("First-contact ownership"),
    "transfer": _("Transfer"),
    "hold": _("Hold"),
    "complaint": _("Complaints"),
    "follow_up": _("Follow-up"),
    "time": _("Time"),
    "voice": _("Voice"),
    "structure": _("Structure"),
    "promise": _("Promises"),
    "risk": _("Risk"),
    "privacy": _("Privacy"),
    "sales": _("Sales"),
    "entity": _("Facts"),
    "praise": _("Praise"),
}


def dimension_in_words(code: str) -> str:
    """The name of a dimension in the reader's language."""
    return str(DIMENSIONS.get(code, code))
