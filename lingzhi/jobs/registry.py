"""Which functions may run in the background: `settings.JOBS`, known by `app.name`."""

import inspect
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


class UnknownJob(LookupError):
    """No function of this name stands in `settings.JOBS`."""


def name_of(path: str) -> str:
    """`lingzhi.inspections.tasks.inspect_contact` is known as `inspections.inspect_contact`."""
    parts = path.split(".")
    return f"{parts[1]}.{parts[-1]}"


def function_of(name: str) -> Callable[..., Any]:
    """The function behind a name such as `inspections.inspect_contact`."""
    for path in settings.JOBS:
        if name_of(path) == name:
            function: Callable[..., Any] = import_string(path)
            return function
    raise UnknownJob(name)


def load_functions() -> None:
    """Import all of them now: the first job of each kind would wait for it, which takes seconds."""
    for path in settings.JOBS:
        import_string(path)


def check_arguments(name: str, kwargs: dict[str, Any]) -> None:
    """Raise TypeError in the caller where the function would not take `kwargs`."""
    inspect.signature(function_of(name)).bind(**kwargs)
