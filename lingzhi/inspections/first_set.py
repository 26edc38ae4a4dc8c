"""The rules that come with the program, read anew only when one of their files changed."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from lingzhi.core.stamps import Stamp, stamp_of


def first_files() -> list[Path]:
    """The files of the rule set, in order."""
    return sorted(settings.FIRST_RULES.rglob("*.yaml"))


def first_titles() -> Mapping[str, Mapping[str, str]]:
    """The title of each of its rules, in every language, by the code of the rule."""
    return _titles(stamp_of(first_files()))


@lru_cache(maxsize=4)
def _titles(stamp: Stamp) -> Mapping[str, Mapping[str, str]]:
    documents: list[dict[str, Any]] = [
        yaml.load(Path(file).read_text("utf-8"), yaml.CSafeLoader) for file, _at, _size in stamp
    ]
    return {rule["id"]: rule.get("title", {}) for one in documents for rule in one["rules"]}
