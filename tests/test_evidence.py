"""Every kind of control that runs says what it found, of any days and any unit, and shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import Client, override_settings

from lingzhi.cases.factories import with_flows
from lingzhi.conftest import Cast, make_cast
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Days, control_kinds
from lingzhi.customers.services.segments import take_usual_segments
from lingzhi.org.services import seed_posts
from lingzhi.rulebook.factories import make_version, part_of_pack
from lingzhi.rulebook.queries import controls_in_force

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SINCE = 70  # days: two months are over, and so is each cadence up to a month
RUNNING = {code for code, kind in control_kinds().items() if kind.runs}
# What says by itself that something is missing, where nobody did anything in a period that is over.
OWED = {"activity", "audit", "directory", "plan", "survey"}


def clauses() -> dict[str, dict[str, str]]:
    """By pack, one clause of it for each kind of control that runs: `{pack: {kind: number}}`."""
    found: dict[str, dict[str, str]] = {}
    missing = set(RUNNING)
    for chapter in sorted(Path(settings.PACKS).glob("s*/clauses/*.yaml")):
        for clause in yaml.safe_load(chapter.read_text("utf-8")):
            kinds = {control["kind"] for control in clause.get("controls", [])}
            for kind in kinds & missing:
                found.setdefault(chapter.parts[-3], {})[kind] = str(clause["number"])
            missing -= kinds
    return found


@pytest.fixture(scope="module")
def bound(shared, tmp_path_factory) -> tuple[Cast, dict[str, list[Binding]]]:
    """One clause of every kind, in force for two months in a centre where nothing happened."""
    cast = make_cast()
    seed_posts(by=None)
    with_flows()
    take_usual_segments(by=None)
    for pack, wanted in clauses().items():
        part = part_of_pack(tmp_path_factory.mktemp(pack), pack, *wanted.values())
        with override_settings(PACKS=part):
            make_version(pack, cast.hotline, by=cast.quan, effective_on=today() - SINCE * DAY)
    found: dict[str, list[Binding]] = {}
    for binding in controls_in_force(today() - SINCE * DAY, today()):
        found.setdefault(binding.kind, []).append(binding)
    return cast, found


def asked(kind: str, bindings: Sequence[Binding]) -> Sequence[Days]:
    evidence = control_kinds()[kind].evidence
    assert evidence is not None
    return evidence(bindings, today() - SINCE * DAY, today())


def sums(answers: Sequence[Days]) -> tuple[int, int, int]:
    days = [one for days in answers for one in days.values()]
    return tuple(sum(getattr(one, name) for one in days) for name in ("kept", "broken", "unknown"))  # type: ignore[return-value]


def test_what_runs_answers_and_what_waits_says_for_whom():
    for code, kind in control_kinds().items():
        answers = (kind.apply, kind.end, kind.evidence, kind.evidence_url)
        assert all(answers) if kind.runs else not any(answers), code
        assert kind.runs != bool(kind.waits_for), code


def test_a_shipped_pack_has_each_kind_that_runs():
    assert {kind for wanted in clauses().values() for kind in wanted} == RUNNING


@pytest.mark.parametrize("kind", sorted(RUNNING))
def test_nothing_is_kept_where_nothing_happened(kind, bound, db):
    """Silence is no proof: each answers for each binding, within the days, and claims nothing."""
    cast, found = bound
    bindings = found[kind]
    answers = asked(kind, bindings)
    assert len(answers) == len(bindings)
    for days in answers:
        assert all(today() - SINCE * DAY <= day <= today() for day in days)
    kept, broken, _unknown = sums(answers)
    assert kept == 0
    assert bool(broken) == (kind in OWED)
    narrowed = [replace(one, unit_id=cast.first.pk, unit_path=cast.first.path) for one in bindings]
    assert sums(asked(kind, narrowed))[0] == 0


@pytest.mark.parametrize("kind", sorted(RUNNING))
def test_the_page_behind_each_figure_opens(kind, bound, db, client):
    cast, found = bound
    for url in urls_of(kind, found[kind][0]):
        assert opened(client, cast, url) == 200, url


def urls_of(kind: str, binding: Binding) -> Iterator[str]:
    url_of = control_kinds()[kind].evidence_url
    assert url_of is not None
    for verdict in ("kept", "broken", "unknown"):
        yield url_of(binding, today() - 30 * DAY, today(), verdict)


def opened(client: Client, cast: Cast, url: str) -> int:
    client.force_login(cast.quan, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(url).status_code
