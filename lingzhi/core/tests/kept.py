"""Rows that most tests begin with: made once by the services, put back as they are ever after."""

import pickle
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Model

from lingzhi.core.clock import now

Rows = dict[type[Model], list[Any]]


class KeptRows:
    """All rows of `models`, in an order in which they can be put back, as `make` left them.

    `make` runs once in a process for each database, and again wherever one of the tables has rows
    already: then their ids may be taken. What was written at some moment is written now: a test
    may have moved the clock. Ids stay: on PostgreSQL the sequences went beyond them when they were
    made.
    """

    def __init__(self, make: Callable[[], object], models: Sequence[type[Model]]) -> None:
        self._make = make
        self._models = models
        self._kept: dict[str, bytes] = {}

    def put_back(self) -> Rows:
        """The rows of each model in the order of their ids, as new objects."""
        if any(model._default_manager.exists() for model in self._models):
            self._make()
            return self._read()
        database = str(connection.settings_dict["NAME"])
        if database not in self._kept:
            self._make()
            self._kept[database] = pickle.dumps(self._read())
            return self._read()
        rows: Rows = pickle.loads(self._kept[database])
        for model, several in rows.items():
            moments = [f.attname for f in model._meta.fields if isinstance(f, DateTimeField)]
            for row in several:
                for name in moments:
                    if getattr(row, name) is not None:
                        setattr(row, name, now())
            model._default_manager.bulk_create(several)
        return rows

    def _read(self) -> Rows:
        return {model: list(model._default_manager.order_by("pk")) for model in self._models}
