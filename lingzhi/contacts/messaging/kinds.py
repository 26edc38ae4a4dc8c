"""What stands in a conversation in place of what is no text: it stays at the other system."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "image": _("[Picture]"),
    "picture": _("[Picture]"),
    "voice": _("[Voice message]"),
    "audio": _("[Voice message]"),
    "video": _("[Video]"),
    "shortvideo": _("[Video]"),
    "media": _("[Video]"),
    "file": _("[File]"),
    "location": _("[Location]"),
}
OTHER = _("[Something that cannot be shown here]")


def in_place_of(kind: object, more: object = "") -> str:
    """Such as `[Picture]`; with what is known besides: words heard, the name of a place."""
    return f"{NAMES.get(str(kind), OTHER)} {more or ''}".strip()
