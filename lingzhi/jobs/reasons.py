"""Why a worker lost a job: stored in English, for logs read it too, and shown in the reader's."""

import re

from django.utils.translation import gettext, gettext_noop

DIED = gettext_noop("The worker's process died (%(how)s).")
OVER_TIME = gettext_noop("It took longer than the %(seconds)s seconds its queue allows.")
SILENT = gettext_noop("The worker's heartbeat stopped.")
KNOWN = (DIED, OVER_TIME, SILENT)


def in_reader_s_language(reason: str) -> str:
    """A known reason translated; what functions raised stays as it is."""
    for text in KNOWN:
        pattern = re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(text))
        if found := re.fullmatch(pattern, reason):
            return gettext(text) % found.groupdict()
    return reason
