"""What comes with the program, read from the YAML files of this app."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parents[1]


def built_in(name: str) -> Any:
    """What the file `name` of this app holds; the caller may change it. Parsed once."""
    return deepcopy(_parsed(name))


def built_in_flows() -> list[Any]:
    """The flows of the program, by name of their files."""
    return [built_in(f"flows/{path.name}") for path in sorted((HERE / "flows").glob("*.yaml"))]


@cache
def _parsed(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text("utf-8"))
