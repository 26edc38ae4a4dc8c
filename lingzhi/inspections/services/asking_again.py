"""Asking a model again where it had not answered: the budget was spent, or nobody was there.

Only the versions that it was silent about are judged anew, by the same snapshot; what the others
said is taken over. The earlier judgement stays stored, as after any other inspection.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from lingzhi.contacts.days import touch_days
from lingzhi.core.clock import now
from lingzhi.inspections.models import Finding, Inspection, RuleVersion
from lingzhi.inspections.services.asking import asking
from lingzhi.inspections.services.inspecting import breathe, findings, lock
from lingzhi.inspections.services.judging import Judgement, judge
from lingzhi.inspections.services.suspending import suspend_all
from lingzhi_engine.inspect import Asking
from lingzhi_engine.inspect.reasons import BUDGET_SPENT, NO_ANSWER

PASSING = (BUDGET_SPENT, NO_ANSWER)  # reasons that may be gone the next time
ASKING = {"llm.judge", "kb.answer"}  # the operators that put questions to somebody else's model
GROUP = 50  # judgements between two commits: each question may take a minute
LONGEST = timedelta(days=30)  # after that, what was not judged stays so


def ask_models_again() -> list[int]:
    """Ask about the judgements that wait for an answer, within the budget of one run.

    Those never asked again come first, the newest before the others; then those for which that is
    longest ago. Returns the ids of the contacts that were judged anew.
    """
    asked, began = asking(), now()
    renewed: list[int] = []
    if asked.models.judge is None:
        return renewed
    while not asked.is_over and (group := _next_group(began)):
        for versions, waiting in _alike(group):
            renewed += _ask_again(waiting, versions, asked)
        breathe()
    return renewed


def _next_group(began: datetime) -> list[Inspection]:
    """The next judgements in which a model's answer is missing, and that it was not asked yet."""
    silent = _silences().filter(inspection__is_latest=True)
    fresh = Q(asked_again_at=None) | Q(asked_again_at__lt=began)
    rows = Inspection.objects.filter(
        fresh,
        pk__in=silent.order_by().values("inspection"),
        is_latest=True,
        inspected_at__gte=began - LONGEST,
    )
    ordered = rows.order_by(F("asked_again_at").asc(nulls_first=True), "-pk")
    return list(ordered.select_related("snapshot", "contact__channel", "contact__unit")[:GROUP])


def _silences() -> QuerySet[Finding]:
    """What the versions that may judge left unknown because no answer came."""
    versions = RuleVersion.objects.filter(suspended_at=None)
    asking_ones = [
        key
        for key, conditions in versions.values_list("pk", "body__conditions")
        if ASKING & {str(one.get("op")) for one in (conditions or {}).values()}
    ]
    return Finding.objects.filter(
        version__in=asking_ones, verdict=Finding.Verdict.UNKNOWN, reason__in=PASSING
    )


def _alike(group: Sequence[Inspection]) -> Iterator[tuple[frozenset[int], list[Inspection]]]:
    """The judgements of one snapshot that wait for the same versions, with these."""
    waiting: dict[int, set[int]] = defaultdict(set)
    rows = _silences().filter(inspection__in=group).order_by()
    for inspection, version in rows.values_list("inspection", "version"):
        waiting[inspection].add(version)
    found: dict[tuple[int, frozenset[int]], list[Inspection]] = defaultdict(list)
    for one in group:
        found[one.snapshot_id, frozenset(waiting[one.pk])].append(one)
    for (_snapshot, versions), several in found.items():
        yield versions, several


def _ask_again(waiting: Sequence[Inspection], versions: frozenset[int], asked: Asking) -> list[int]:
    contacts = [one.contact for one in waiting]
    judgement = judge(contacts, waiting[0].snapshot, asked=asked, only=versions)
    return _store(waiting, versions, judgement)


@transaction.atomic
def _store(
    waiting: Sequence[Inspection], versions: frozenset[int], judgement: Judgement
) -> list[int]:
    """Store what is known now; the contacts concerned. Whom another run judged is left alone."""
    lock(judgement.contacts)
    keys = [one.pk for one in waiting]
    latest = Inspection.objects.filter(pk__in=keys, is_latest=True)
    current = set(latest.values_list("pk", flat=True))
    latest.exclude(pk__in=[waiting[row].pk for row in _not_asked(judgement)]).update(
        asked_again_at=now()
    )
    answered = _answered(judgement, versions)
    made = {
        row: _renewed(one, judgement, row, answered[row])
        for row, one in enumerate(waiting)
        if one.pk in current and answered[row]
    }
    contacts = [one.contact_id for one in made.values()]
    Inspection.objects.filter(contact__in=contacts, is_latest=True).update(is_latest=False)
    Inspection.objects.bulk_create(made.values())
    Finding.objects.bulk_create(_findings(waiting, judgement, made, answered), batch_size=2000)
    suspend_all(judgement.suspended, judgement.snapshot)
    touch_days(one.contact.started_at for one in made.values())
    return contacts


def _not_asked(judgement: Judgement) -> set[int]:
    """The contacts for which the budget did not last: they wait as they did."""
    return {row for row, *_place, reason, _detail in judgement.evidence if reason == BUDGET_SPENT}


def _answered(judgement: Judgement, versions: Collection[int]) -> list[set[int]]:
    """For each contact the columns of `versions` that are not left unknown for the same reasons."""
    ids = judgement.snapshot.version_ids
    asked = {column for column, key in enumerate(ids) if key in versions}
    found = [set(asked) for _contact in judgement.contacts]
    for row, column, verdict, *_place, reason, _detail in judgement.evidence:
        if verdict == Finding.Verdict.UNKNOWN and reason in PASSING:
            found[row].discard(column)
    return found


def _renewed(
    earlier: Inspection, judgement: Judgement, row: int, columns: Collection[int]
) -> Inspection:
    """The judgement with the new verdicts of `columns` and all the others as they were."""
    verdicts = list(earlier.verdicts)
    for column in columns:
        verdicts[column] = chr(judgement.letters[row, column])
    moment = now()
    return Inspection(
        contact=earlier.contact,
        snapshot=earlier.snapshot,
        verdicts="".join(verdicts),
        attempt=earlier.attempt + 1,
        asked_again_at=moment,
        inspected_at=moment,
    )


def _findings(
    waiting: Sequence[Inspection],
    judgement: Judgement,
    made: dict[int, Inspection],
    answered: Sequence[Collection[int]],
) -> Iterator[Finding]:
    """What is known of each judgement: what was there, but for the versions that answer now."""
    ids = judgement.snapshot.version_ids
    row_of = {waiting[row].pk: row for row in made}
    for finding in Finding.objects.filter(inspection__in=list(row_of)).order_by("id"):
        row = row_of[finding.inspection_id]
        if ids.index(finding.version_id) not in answered[row]:
            finding.pk, finding.inspection = None, made[row]
            yield finding
    evidence = [one for one in judgement.evidence if one[1] in answered[one[0]]]
    yield from findings(evidence, ids, made)
