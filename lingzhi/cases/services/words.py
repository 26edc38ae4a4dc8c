"""Words that people write into a case."""

from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import BadInput
from lingzhi_engine.privacy import mask


def kept(text: str, most: int) -> str:
    """The words as they are stored: what identifies a person is masked, length for length."""
    return mask(text.strip()[:most])


def demanded(text: str, most: int, *, field: str) -> str:
    """The same, for words that may not be missing. Raises BadInput."""
    if not text.strip():
        raise BadInput(_("Say it in a few words."), field=field)
    return kept(text, most)
