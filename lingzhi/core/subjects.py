"""What each app holds about one customer: given out, or erased, through `settings.SUBJECTS`.

Personal information protection law asks for both (个人信息保护法 Art. 45 and 47).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Keys = Sequence[int]  # of all files of the customer


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing an app holds about a customer.

    `count` says how many, `held` gives them in the clear and ready for JSON, `erase` takes the
    person out and gives the number of rows it touched; rows that figures count stay.
    """

    code: str
    label: str | Promise
    count: Callable[[Keys], int]
    held: Callable[[Keys], Iterable[dict[str, Any]]]
    erase: Callable[[Keys], int]


def subjects() -> list[Subject]:
    """All of them, in the order of the settings: the upper apps before what they stand on."""
    return [import_string(path) for path in settings.SUBJECTS]
