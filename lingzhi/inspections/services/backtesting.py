"""Back-tests (回测): versions of rules compared over stored conversations before one is published.

Nothing that counts is touched: no judgement is stored, no figure moves.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, conversations, visible_to
from lingzhi.core.errors import DomainError
from lingzhi.inspections.bodies import rule_file
from lingzhi.inspections.models import BackTest, BackTestPart, RuleVersion
from lingzhi.inspections.services.asking import asking
from lingzhi.inspections.services.inspecting import breathe, next_group
from lingzhi.inspections.services.judging import PLANS, batch_for
from lingzhi.inspections.services.running import CAPABILITY, NothingToInspect
from lingzhi.inspections.services.separating import require_supervision
from lingzhi.jobs.services import advance, is_cancelled, start_run
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi_engine.inspect import Asking, Difference, RuleSet, parse
from lingzhi_engine.inspect.backtest import Comparison
from lingzhi_engine.inspect.difference import Kind

Pair = tuple[RuleVersion | None, RuleVersion]


class NothingToCompare(DomainError):
    message = _("There is no version to compare.")


@transaction.atomic
def start_back_test(pairs: Sequence[Pair], filters: Filters, *, label: str, by: User) -> BackTest:
    """Queue the comparison of `(version before or None, version after)` over what fits.

    The contents are kept as they are now, one pair a rule.
    """
    if not pairs:
        raise NothingToCompare()
    rows = filters.apply(conversations(visible_to(by, CAPABILITY)))
    total = rows.count()
    if not total:
        raise NothingToInspect()
    require_supervision(by, rows)
    test = BackTest.objects.create(
        run=start_run("inspections.back_test", label, by=by, total=total),
        pairs=[_stored(before, after) for before, after in pairs],
        filters=filters.as_json(),
        paths=_paths(filters, by),
        started_by=by,
    )
    after = {"rules": len(pairs), "conversations": total}
    record(by, "inspections.back_test_started", test, after=after)
    return test


def _stored(before: RuleVersion | None, after: RuleVersion) -> dict[str, Any]:
    return {
        "rule": after.rule_id,
        "code": after.rule.code,
        "before": _side(before) if before else None,
        "after": _side(after),
    }


def _side(version: RuleVersion) -> dict[str, Any]:
    return {"version": version.pk, "number": version.number, "body": version.body}


def _paths(filters: Filters, by: User) -> list[str]:
    """The units the conversations belong to: the one asked about, else the person's reach."""
    unit = Unit.objects.filter(pk=filters.unit).first() if filters.unit else None
    within = reach(by, CAPABILITY)
    return [unit.path] if unit and within.covers(unit, None) else list(within.paths)


def go_on_comparing(test: BackTest) -> None:
    """Compare group by group from where the run stands, until the end or until it is cancelled.

    What a cancelled run compared until then is kept as its result.
    """
    if test.result is not None:
        return
    run, visible = test.run, visible_to(test.started_by, CAPABILITY)
    rows = Filters.from_json(test.filters).apply(conversations(visible))
    comparison, asked = _comparison(test), asking()
    while not is_cancelled(run):
        group = next_group(rows, int(run.position or 0))
        if not group:
            break
        _compare_group(test, comparison, group, asked)
        breathe()
    _conclude(test)


def _comparison(test: BackTest) -> Comparison:
    """The contents of a back-test made ready, each rule under its code on both sides."""
    sides = [
        _rules((pair["code"], pair[side]) for pair in test.pairs if pair[side])
        for side in ("before", "after")
    ]
    return Comparison(*sides, cache=settings.DATA_DIR / PLANS)


def _rules(sides: Iterable[tuple[str, dict[str, Any]]]) -> RuleSet:
    bodies = ({**side["body"], "id": code, "version": side["number"]} for code, side in sides)
    return parse(rule_file(bodies))


def _compare_group(
    test: BackTest, comparison: Comparison, group: list[Contact], asked: Asking
) -> None:
    """What changes and how far the run is are one commit: a kill loses and doubles nothing."""
    every = [rule for plan in comparison.plans for rule in plan.rules]
    found = comparison.of(batch_for(every, group), _members(group), asking=asked)
    rules = list(found)
    counts = {kind.value: sum(rule.pairs.changed(kind) for rule in rules) for kind in Kind}
    with transaction.atomic():
        BackTestPart.objects.create(test=test, difference=found.as_json())
        advance(test.run, done=len(group), counts=counts, position=str(group[-1].pk))


def _members(group: list[Contact]) -> dict[str, list[str]]:
    agents = [str(contact.agent_id or "") for contact in group]
    return {"agent": agents, "unit": [str(contact.unit_id or "") for contact in group]}


@transaction.atomic
def _conclude(test: BackTest) -> None:
    """Put the parts together; where nothing was compared there is no result."""
    stored = test.parts.values_list("difference", flat=True)
    if stored.exists():
        parts = map(Difference.from_json, stored.iterator(chunk_size=20))
        test.result = reduce(Difference.merged, parts).as_json()
        test.save(update_fields=["result"])
        test.parts.all().delete()
