"""Sources with a form of their own, one small module each: `records(path)` yields records."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lingzhi.contacts.adapters import crosswoz

Records = Iterator[tuple[int, dict[str, Any]]]
ADAPTERS: dict[str, Callable[[Path], Records]] = {"crosswoz": crosswoz.records}
