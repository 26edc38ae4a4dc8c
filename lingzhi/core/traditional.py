"""繁體 from 简体: the one converter of the catalogues and of texts that data hold.

Two tables beside the catalogues correct it: `zh_Hant.words.json` ({简体 word: 繁體 word}) wherever
a word stands, `zh_Hant.overrides.json` ({简体 text: 繁體 text}) for whole texts.
"""

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from opencc import OpenCC

OVERRIDES = "zh_Hant.overrides.json"
WORDS = "zh_Hant.words.json"
PLACEHOLDER = r"%\([a-z_]+\)[sd]|\{[a-z_]*\}"
KEPT = 8192  # texts: titles and wording that come with the program and its packs


@lru_cache(KEPT)
def traditional(text: str) -> str:
    """OpenCC's s2twp, but for placeholders, which stay, and the words of the tables."""
    whole = _table(OVERRIDES).get(text)
    if whole:
        return whole
    words = _table(WORDS)
    parts = _apart().split(text)
    return "".join(
        words.get(part, part) if index % 2 else _converter().convert(part)
        for index, part in enumerate(parts)
    )


@cache
def _table(name: str) -> dict[str, str]:
    path = Path(settings.LOCALE_PATHS[0]) / name
    table: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return table


@cache
def _converter() -> OpenCC:
    return OpenCC("s2twp")


@cache
def _apart() -> re.Pattern[str]:
    longest_first = sorted(_table(WORDS), key=len, reverse=True)
    return re.compile(f"({'|'.join([PLACEHOLDER, *map(re.escape, longest_first)])})")
