"""The invariants that must hold after every fault: `settings.CHECKS`, run by `manage.py verify`."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken invariant: what it is about, and what is wrong with it, for operators."""

    subject: str
    message: str


Check = Callable[[], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Result:
    """One check, what it found, and how long it took."""

    name: str
    problems: tuple[Problem, ...]
    seconds: float


def run_checks(paths: Iterable[str]) -> list[Result]:
    """Run these functions of `settings.CHECKS`; each yields the problems it finds."""
    return [_run(path) for path in paths]


def _run(path: str) -> Result:
    check: Check = import_string(path)
    began = time.monotonic()
    problems = tuple(check())
    return Result(path.removeprefix("lingzhi."), problems, round(time.monotonic() - began, 3))
