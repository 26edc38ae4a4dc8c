"""What a model did not answer is asked again: with a budget, the newest first, nothing lost."""

from datetime import timedelta

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections import services, tasks
from lingzhi.inspections.factories import JUDGED, SHIRKING, make_rule
from lingzhi.inspections.models import Finding, Inspection
from lingzhi.inspections.queries.daily import verdicts_of_their_day
from lingzhi.inspections.services import asking
from lingzhi.inspections.tests.chat_server import Answer, said
from lingzhi.jobs.models import Job
from lingzhi_engine.inspect.tests.toy_models import reply

pytestmark = pytest.mark.django_db
SHUT = Answer(401)  # nobody answers, and nobody is asked twice
WORDS = ("第一通，不归我们管", "第二通，不归我们管", "第三通，我帮您查一下")


@pytest.fixture(autouse=True)
def _fresh_budget():
    asking._models.cache_clear()
    yield
    asking._models.cache_clear()


@pytest.fixture
def calls(settings):
    """Sets how many calls a run may make; what was answered before is forgotten."""

    def limit(number: int) -> None:
        settings.LLM_CALLS = number
        asking._models.cache_clear()

    return limit


def talk(words: str) -> Contact:
    return make_contact(words[:3], turns=f"客户:我要退款\n客服:{words}")


def unanswered(server, *words: str) -> list[Contact]:
    """Conversations that were inspected while the model did not answer."""
    contacts = [talk(one) for one in words]
    server.answers = [SHUT] * len(words)
    services.inspect_all(Contact.objects.all())
    assert server.answers == []
    return contacts


def latest(contact: Contact) -> Inspection:
    return contact.inspections.get(is_latest=True)


def reasons() -> list[tuple[str, str]]:
    rows = Finding.objects.filter(inspection__is_latest=True, version__rule__code=JUDGED["id"])
    return list(rows.order_by("inspection__contact").values_list("verdict", "reason"))


def test_an_answer_takes_the_place_of_the_unknown(server):
    make_rule(JUDGED)
    (contact,) = unanswered(server, WORDS[0])
    first = latest(contact)
    assert (first.verdicts, reasons()) == ("u", [("unknown", "no_answer")])
    assert services.ask_models_again() == [contact.pk]
    renewed = latest(contact)
    assert (renewed.verdicts, renewed.attempt, renewed.snapshot_id) == ("h", 2, first.snapshot_id)
    assert reasons() == [("hit", "judged")]
    first.refresh_from_db()
    assert (first.verdicts, first.is_latest) == ("u", False)
    assert first.findings.get().reason == "no_answer"
    assert services.ask_models_again() == []


def test_what_other_rules_found_is_taken_over_and_nothing_else_is_asked(server):
    make_rule(JUDGED)
    make_rule(SHIRKING)
    criteria = {"j": {"op": "llm.judge", "criteria": ["说「不归」"]}}
    make_rule(JUDGED, id="ownership.other", conditions=criteria)
    contact = talk(WORDS[0])
    yes = said(reply("yes", [(2, "不归我们管")]))
    server.answers = [SHUT, yes]
    services.inspect_all(Contact.objects.all())
    before = latest(contact)
    asked = len(server.requests)
    assert services.ask_models_again() == [contact.pk]
    assert len(server.requests) == asked + 1
    places = ["version", "verdict", "turn", "start", "end", "reason", "detail"]
    rows = [set(one.findings.values_list(*places)) for one in (before, latest(contact))]
    assert len(rows[0]) == len(rows[1]) == 3
    assert {row for row in rows[0] if row[1] == "hit"} < rows[1]
    assert latest(contact).verdicts == "hhh"


def test_a_run_stays_within_its_budget_and_takes_the_newest_first(server, calls):
    make_rule(JUDGED)
    calls(0)
    contacts = [talk(one) for one in WORDS]
    services.inspect_all(Contact.objects.all())
    assert reasons() == [("unknown", "budget_spent")] * 3
    assert services.ask_models_again() == []
    calls(2)
    assert services.ask_models_again() == [contacts[2].pk, contacts[1].pk]
    assert [latest(one).verdicts for one in contacts] == ["u", "h", "m"]
    assert latest(contacts[0]).asked_again_at is None
    assert services.ask_models_again() == [contacts[0].pk]


def test_what_is_not_answered_again_waits_behind_the_others(server, calls):
    make_rule(JUDGED)
    older, newer = unanswered(server, *WORDS[:2])
    calls(1)
    server.answers = [SHUT]
    assert services.ask_models_again() == []
    assert latest(newer).attempt == latest(older).attempt == 1
    assert latest(newer).asked_again_at is not None
    assert services.ask_models_again() == [older.pk]
    assert services.ask_models_again() == [newer.pk]


def test_a_model_that_is_down_is_not_asked_on(server):
    make_rule(JUDGED)
    unanswered(server, *WORDS[:2])
    asked = len(server.requests)
    talks = [talk(f"{number}号，好的") for number in range(5)]
    server.answers = [SHUT] * 10
    services.inspect_all(Contact.objects.filter(pk__in=[one.pk for one in talks]))
    assert len(server.requests) == asked + 3
    assert services.ask_models_again() == []
    assert len(server.requests) == asked + 6


def test_what_it_leaves_alone(settings, server):
    version = make_rule(JUDGED)
    old, retired = unanswered(server, *WORDS[:2])
    services.suspend_version(version, "error:ValueError")
    assert services.ask_models_again() == []
    services.lift_suspension(version, by=None)
    long_ago = now() - timedelta(days=31)
    Inspection.objects.filter(contact=old).update(inspected_at=long_ago)
    assert services.ask_models_again() == [retired.pk]
    Inspection.objects.update(inspected_at=now())
    settings.LLM_URL = ""
    assert services.ask_models_again() == []


def test_other_reasons_are_not_asked_again(server):
    make_rule(JUDGED)
    contact = talk(WORDS[0])
    server.answers = [said(reply("cannot tell", []))]
    services.inspect_all(Contact.objects.all())
    assert reasons() == [("unknown", "judge_unsure")]
    assert services.ask_models_again() == []
    assert latest(contact).asked_again_at is None


def test_what_was_judged_by_newer_rules_meanwhile_stays(server):
    make_rule(JUDGED)
    (contact,) = unanswered(server, WORDS[0])
    make_rule(SHIRKING)
    server.answers = [said(reply("no", []))]
    services.inspect_all(Contact.objects.all())
    newer = latest(contact)
    assert services.ask_models_again() == []
    assert latest(contact) == newer


def test_figures_count_the_last_answer_and_their_days_are_counted_again(server):
    make_rule(JUDGED)
    (contact,) = unanswered(server, WORDS[0])
    Job.objects.all().delete()
    tasks.ask_models_again()
    found = verdicts_of_their_day(Contact.objects.all(), (), lambda version: True)
    assert [row.tobytes() for row in found.letters] == [b"h"]
    assert set(Job.objects.values_list("name", flat=True)) >= {
        "kpis.count_stale",
        "conformity.count",
    }
    Job.objects.all().delete()
    tasks.ask_models_again()
    assert not Job.objects.exists()
    assert contact.inspections.count() == 2
