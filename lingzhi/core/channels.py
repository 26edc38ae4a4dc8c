"""What the channels are called: asked of the app that knows them."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string


def channel_choices() -> Iterable[tuple[str, str]]:
    """Code of each channel and what readers call it."""
    found: Iterable[tuple[str, str]] = import_string(settings.CHANNELS_OF)()
    return found


def channel_words() -> dict[str, str]:
    """The words by code."""
    return dict(channel_choices())
