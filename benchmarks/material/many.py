"""A small database made large: the demo's rows again and again, under new numbers and times.

Each copy of a conversation lies some time before the one it was copied from, so that all of them
spread over a year, however many there are. Copies have the words of the first turns only: what
pages list does not grow with the length of a talk. Only released scores and their tasks are copied:
what still waits for people is as much as they can do, however large the archive.
"""

from __future__ import annotations

from django.db import connection, models, transaction

from lingzhi.contacts.days import moments_of, touch_days
from lingzhi.contacts.models import Contact, Turn
from lingzhi.inspections.models import Finding, Inspection, Pin, Review, ReviewItem, Task

COPIED: tuple[type[models.Model], ...] = (
    Contact, Turn, Inspection, Finding, Task, Review, ReviewItem, Pin,
)  # fmt: skip
A_YEAR = 365 * 24 * 60  # minutes
TURNS = 2
AT_ONCE = 50
_RELEASED = "(SELECT id FROM inspections_review WHERE state = 'released')"
ONLY: dict[type[models.Model], str] = {
    Turn: f" AND seq <= {TURNS}",
    Task: f" AND state = 'done' AND id IN (SELECT task_id FROM inspections_review"
    f" WHERE id IN {_RELEASED})",
    Review: " AND state = 'released'",
    ReviewItem: f" AND review_id IN {_RELEASED}",
    Pin: f" AND review_id IN {_RELEASED}",
}


def multiply(copies: int) -> None:
    """Store `copies` further ones of every conversation and what was found in it."""
    spans = {model: _largest(model) for model in COPIED}
    apart = A_YEAR // max(1, copies)
    statements = [_statement(model, spans).replace(":minutes", str(apart)) for model in COPIED]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")  # a benchmark's database may be lost
    for start in range(1, copies + 1, AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for number in range(start, min(start + AT_ONCE, copies + 1)):
                for statement in statements:
                    cursor.execute(statement.replace(":k", str(number)))
    touch_days(moments_of(Contact.objects.all()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _largest(model: type[models.Model]) -> int:
    return int(model._base_manager.aggregate(most=models.Max("pk"))["most"] or 0)


def _statement(model: type[models.Model], spans: dict[type[models.Model], int]) -> str:
    """One copy of a table; `:k` stands for the number of the copy."""
    fields = [field for field in model._meta.local_concrete_fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, spans) for field in fields)
    table = f'"{model._meta.db_table}"'
    where = f'"{model._meta.pk.column}" <= {spans[model]}'
    where += ONLY.get(model, "")
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {where}"


def _value(field: models.Field[object, object], spans: dict[type[models.Model], int]) -> str:
    column = f'"{field.column}"'
    shifted = field.model if field.primary_key else field.related_model
    if shifted in spans:
        return f"{column} + :k * {spans[shifted]}"  # type: ignore[index]
    if field.model is Contact and field.name == "external_id":
        return f"{column} || '-' || :k"
    if isinstance(field, models.DateTimeField):
        minutes = "'-' || (:k * :minutes) || ' minutes'"
        return f"strftime('%Y-%m-%d %H:%M:%S', {column}, {minutes})"
    return column
