"""Changing an object and saying what changed."""

from datetime import date
from typing import Any

from django.db import models


def apply(subject: models.Model, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set and save `values` on `subject`; the changed ones before and after, ready for the log.

    Validates constraints and raises ValidationError, so that forms can show the sentence.
    """
    stored = type(subject)._default_manager.get(pk=subject.pk)
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name, value in values.items():
        setattr(subject, name, value)
    subject.validate_constraints()
    subject.save(update_fields=list(values))
    return (
        {name: plain(getattr(stored, name)) for name in changed},
        {name: plain(values[name]) for name in changed},
    )


def plain(value: Any) -> Any:
    """As JSON; people by staff number, other objects by key."""
    if isinstance(value, models.Model):
        return getattr(value, "audit_label", value.pk)
    return value.isoformat() if isinstance(value, date) else value
