"""Adopting a whole rule set: read and try everything first, then write it in one change."""

import hashlib
from collections.abc import Collection, Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.inspections.canonical import Body, canonical
from lingzhi.inspections.first_set import documents_of, first_files
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.services.asking import models
from lingzhi.inspections.services.rules import RuleProblems, check_rule
from lingzhi_engine.inspect import InvalidRules, load, run_tests
from lingzhi_engine.inspect import Rule as ParsedRule

State = RuleVersion.State


def adopt_rule_file(path: Path, *, by: User | None) -> int:
    """Bring in every rule of a file or folder that is not there yet and put it into force.

    Returns the number of rules brought in; a repeated call brings in nothing. Word sets of the
    files travel inside each rule. Raises RuleProblems when a rule cannot be used or one of its
    examples fails: then nothing is brought in.
    """
    _require_whole(path)
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return _adopt(_new_bodies(files), files, by=by)


def adopt_first_rules(*, by: User | None) -> int:
    """Adopt the rule set that comes with the program."""
    return adopt_rule_file(settings.FIRST_RULES, by=by)


def adopt_some_first_rules(codes: Collection[str], *, note: str, by: User | None) -> int:
    """Adopt some rules of the set that comes with the program; `note` says who asks for them.

    They belong to nobody until a person takes them over.
    """
    files = first_files()
    return _adopt(_new_bodies(files, codes), files, by=by, note=note)


def _adopt(bodies: list[Body], files: list[Path], *, by: User | None, note: str = "") -> int:
    tried = [(body, _tried(body)) for body in bodies]
    if tried:
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
        _write_all(tried, digest, by, note)
    return len(tried)


def _require_whole(path: Path) -> None:
    try:
        load(path)
    except InvalidRules as invalid:
        raise RuleProblems(invalid.problems) from invalid


def _new_bodies(files: Iterable[Path], codes: Collection[str] | None = None) -> list[Body]:
    """The rules of the files, or those with such a code, that are not there yet."""
    documents = documents_of(files)
    wordsets = {name: words for one in documents for name, words in one.get("wordsets", {}).items()}
    known = set(Rule.objects.values_list("code", flat=True))
    bodies = [
        deepcopy(rule)
        for one in documents
        for rule in one["rules"]
        if rule["id"] not in known and (codes is None or rule["id"] in codes)
    ]
    return [canonical({**_with_wordsets(body, wordsets), "version": 1}) for body in bodies]


def _with_wordsets(body: Body, wordsets: dict[str, Any]) -> Body:
    used = {
        name
        for condition in body.get("conditions", {}).values()
        for name in _names(condition.get("set"))
    }
    return {**body, "wordsets": {name: wordsets[name] for name in sorted(used)}} if used else body


def _names(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def _tried(body: Body) -> ParsedRule:
    parsed = check_rule(body)
    problems = run_tests(parsed, models())
    if problems:
        raise RuleProblems(tuple(problems))
    return parsed


@transaction.atomic
def _write_all(
    tried: list[tuple[Body, ParsedRule]], digest: str, by: User | None, note: str
) -> None:
    moment = now()
    owner = None if note else by
    rules = Rule.objects.bulk_create(
        Rule(code=parsed.id, owner=owner, created_at=moment) for _body, parsed in tried
    )
    RuleVersion.objects.bulk_create(
        RuleVersion(
            rule=rule,
            number=1,
            body=body,
            dimension=parsed.dimension,
            severity=parsed.severity,
            kind=parsed.effect.kind,
            state=State.ACTIVE,
            note=note,
            created_at=moment,
            changed_at=moment,
            created_by=by,
            activated_at=moment,
            activated_by=by,
        )
        for rule, (body, parsed) in zip(rules, tried, strict=True)
    )
    after = {"rules": len(rules), "sha256": digest}
    record(by, "inspections.rules_adopted", rules[0], after=after, reason=note)
