"""The texts of the demo centre, read once from `data/demo`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "data" / "demo"


@cache
def read(name: str) -> Any:
    """The content of `data/demo/name.yaml`; shared, so not to be changed."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), loader)  # noqa: S506
