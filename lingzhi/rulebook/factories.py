"""Regulations for tests, adopted through the same doors as real ones."""

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.rulebook import services
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import conflicts_of, questions_of

SOME = {
    "number": 3, "percent": 90, "integer": 3, "text": "一", "words": ["您好"], "roles": ["agent"]
}  # fmt: skip


def part_of_pack(folder: Path, pack: str, *numbers: str) -> Path:
    """A folder of packs with these clauses of a shipped one, word by word, and their headings.

    To adopt a whole pack takes seconds: it makes all its rules, forms, plans and reports.
    """
    shipped, part = Path(settings.PACKS) / pack, folder / "packs" / pack
    (part / "clauses").mkdir(parents=True)
    shutil.copy(shipped / "pack.yaml", part)
    for chapter in (shipped / "clauses").iterdir():
        every = yaml.safe_load(chapter.read_text("utf-8"))
        some = [one for one in every if _leads_to(str(one["number"]), numbers)]
        if some:
            words = yaml.safe_dump(some, allow_unicode=True, sort_keys=False)
            (part / "clauses" / chapter.name).write_text(words, "utf-8")
    return part.parent


def _leads_to(number: str, numbers: Iterable[str]) -> bool:
    return any(one == number or one.startswith(f"{number}.") for one in numbers)


def make_draft(
    pack: str, unit: Unit, *, by: User, answers: dict[str, Any] | None = None
) -> Version:
    """A draft without gaps: placeholders get some value, conflicts are kept as they are."""
    version = services.start_adoption(pack, unit, by=by)
    given: dict[str, dict[str, Any]] = {}
    for asked in questions_of(version):
        if asked.is_gap and asked.param:
            choices = (
                [value for value, _words in asked.param.choices()] if asked.param.choices else []
            )
            value = choices[0] if choices else SOME[asked.param.form]
            given.setdefault(asked.control.key, {})[asked.figure.name] = value
    for key, own in (answers or {}).items():
        given[key] = given.get(key, {}) | own
    version = services.save_answers(version, given, by=by)
    for conflict in conflicts_of(version):
        version = services.resolve_conflict(version, conflict.key, "keep", reason="both", by=by)
    return version


def make_version(
    pack: str,
    unit: Unit,
    *,
    by: User,
    effective_on: date | None = None,
    answers: dict[str, Any] | None = None,
) -> Version:
    """A pack in force for a unit since `effective_on` (today)."""
    version = make_draft(pack, unit, by=by, answers=answers)
    services.submit_version(version, effective_on=effective_on or today(), by=by)
    settle_all()
    return Version.objects.select_related("regulation__unit").get(pk=version.pk)


def settle_all() -> int:
    """Start and end every control that is due, at once instead of in its job; how many moved."""
    return sum(services.settle_control(control.pk) for control in services.due_controls())
