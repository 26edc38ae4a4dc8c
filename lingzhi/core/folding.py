"""The form in which texts are compared: 简体 and 繁體 find each other, so do wide and narrow."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

RUN = re.compile(r"[^\W_]+")  # letters and digits that stand together


@lru_cache
def _simplify() -> OpenCC:
    return OpenCC("t2s")


def folded(text: str) -> str:
    """Simplified, half width, lower case."""
    return str(_simplify().convert(unicodedata.normalize("NFKC", text).lower()))
