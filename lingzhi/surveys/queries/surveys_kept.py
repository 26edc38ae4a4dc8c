"""Whether customers were asked as a rulebook demands: service by service, or period by period."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.org.models import Unit
from lingzhi.org.queries.activities_held import MONTHS, periods_over
from lingzhi.surveys.models import Invitation, QuestionnaireVersion, SendingRule
from lingzhi.surveys.queries.invited import ASKABLE

__all__ = ["CAMPAIGN", "MONTHS", "surveys_judged"]

CAMPAIGN = "campaign"
DAY = timedelta(days=1)
State = Invitation.State


def surveys_judged(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding what happened on each day.

    After a service: asked with a questionnaire that has every dimension is kept; asked about less,
    or not asked though nobody spared the customer, is broken; what waits to be sent is not judged,
    and a mail of which nobody knows whether it went out is unknown. A day without any rule for the
    moment is broken once. By a plan: of each calendar period that is over, whether anybody was
    asked so. Words of an older edition that name no moment are judged by nobody.
    """
    return [dict(_days(binding, first, last)) for binding in bindings]


def _days(binding: Binding, first: date, last: date) -> Iterator[tuple[date, Evidence]]:
    moment = binding.values["moment"]
    if moment == CAMPAIGN:
        yield from _by_plan(binding, first, last)
    elif moment in SendingRule.Event.values:
        yield from _after_services(binding, first, last)


def _after_services(binding: Binding, first: date, last: date) -> Iterator[tuple[date, Evidence]]:
    found: dict[date, Evidence] = defaultdict(Evidence)
    whole = _whole_versions(binding)
    rows = Invitation.objects.filter(
        ASKABLE, binding.over("unit__path"), _channels(binding),
        rule__event=binding.values["moment"],
        served_at__gte=midnight(first), served_at__lt=midnight(last + DAY),
    )  # fmt: skip
    for at, state, version in rows.order_by().values_list("served_at", "state", "version_id"):
        found[timezone.localdate(at)] += _check(state, is_whole=version in whole)
    rules = list(SendingRule.objects.filter(event=binding.values["moment"]))
    paths = dict(Unit.objects.values_list("pk", "path"))
    for day in (first + at * DAY for at in range((min(last, today()) - first).days + 1)):
        if not any(_asks(rule, binding, paths, day) for rule in rules):
            found[day] += Evidence(broken=1)
    yield from found.items()


def _check(state: str, *, is_whole: bool) -> Evidence:
    if state == State.SENT:
        return Evidence(kept=1) if is_whole else Evidence(broken=1)
    if state == State.WITHHELD:
        return Evidence(broken=1)
    return Evidence(unknown=1) if state == State.UNKNOWN else Evidence()


def _asks(rule: SendingRule, binding: Binding, paths: dict[int, str], day: date) -> bool:
    """Whether the rule held on some part of the day, for the unit or a part of it."""
    if rule.starts_at >= midnight(day + DAY):
        return False
    if rule.ended_at is not None and rule.ended_at <= midnight(day):
        return False
    own = [paths[pk] for pk in rule.units if pk in paths]
    here = binding.unit_path
    return not rule.units or any(path.startswith(here) or here.startswith(path) for path in own)


def _by_plan(binding: Binding, first: date, last: date) -> Iterator[tuple[date, Evidence]]:
    whole = _whole_versions(binding)
    for begin, end in periods_over(str(binding.values["cadence"]), first, last):
        asked = Invitation.objects.filter(
            binding.over("unit__path") | Q(unit=None), plan__isnull=False, state=State.SENT,
            version__in=whole, sent_at__gte=midnight(begin), sent_at__lt=midnight(end + DAY),
        )  # fmt: skip
        yield end, Evidence(kept=1) if asked.exists() else Evidence(broken=1)


def _channels(binding: Binding) -> Q:
    """Within the channels of a pilot, where it is one."""
    if not binding.channels:
        return Q()
    of_case = Q(contact=None, case__channel__code__in=binding.channels)
    return Q(contact__channel__code__in=binding.channels) | of_case


def _whole_versions(binding: Binding) -> set[int]:
    """The versions that ask about every dimension demanded."""
    wanted = set(binding.values["dimensions"])
    versions = QuestionnaireVersion.objects.values_list("pk", "questions")
    return {pk for pk, questions in versions if wanted <= set(_dimensions(questions))}


def _dimensions(questions: Sequence[dict[str, object]]) -> Iterator[str]:
    for question in questions:
        rows = question.get("rows") or ()
        for one in (question, *rows):  # type: ignore[misc]
            if isinstance(one, dict) and one.get("dimension"):
                yield str(one["dimension"])
