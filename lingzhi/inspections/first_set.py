"""The rules that come with the program, read anew only when one of their files changed."""

from collections.abc import Iterable, Mapping
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


def documents_of(files: Iterable[Path]) -> tuple[Mapping[str, Any], ...]:
    """What stands in these rule files; shared, so nobody writes into it."""
    return _documents(stamp_of(list(files)))


@lru_cache(maxsize=4)
def _titles(stamp: Stamp) -> Mapping[str, Mapping[str, str]]:
    return {rule["id"]: rule.get("title", {}) for one in _documents(stamp) for rule in one["rules"]}


@lru_cache(maxsize=4)
def _documents(stamp: Stamp) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        yaml.load(Path(file).read_text("utf-8"), yaml.CSafeLoader) for file, _at, _size in stamp
    )
