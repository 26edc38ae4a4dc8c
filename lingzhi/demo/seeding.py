"""The demo centre in the database: people, conversations, rules, and what the rules found.

Each step looks whether it was done before, so a second run changes nothing.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import conversations as with_words
from lingzhi.contacts.queries import unanswered
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.core.clock import now, today
from lingzhi.demo.alerts import seed_alerts
from lingzhi.demo.appeals import seed_appeals
from lingzhi.demo.archive import seed_archive
from lingzhi.demo.audits import seed_audits
from lingzhi.demo.calibrations import seed_calibrations
from lingzhi.demo.cases import seed_cases
from lingzhi.demo.cast import people, people_beside, teams, units_beside
from lingzhi.demo.centre import conversations
from lingzhi.demo.channels import seed_register
from lingzhi.demo.chats import seed_chats
from lingzhi.demo.complaints import seed_complaints
from lingzhi.demo.culture import seed_culture
from lingzhi.demo.customers import seed_customers
from lingzhi.demo.data_flaws import seed_data_flaws
from lingzhi.demo.dictionaries import seed_dictionaries
from lingzhi.demo.directory import seed_directory
from lingzhi.demo.dispatch import seed_dispatch
from lingzhi.demo.documents import seed_documents
from lingzhi.demo.dossiers import seed_dossiers
from lingzhi.demo.events import seed_events
from lingzhi.demo.fields import seed_fields
from lingzhi.demo.floor import seed_floor
from lingzhi.demo.flow import seed_flow
from lingzhi.demo.follow_ups import seed_follow_ups
from lingzhi.demo.forum import seed_forum
from lingzhi.demo.goals import seed_goals
from lingzhi.demo.knowledge import seed_knowledge
from lingzhi.demo.library import seed_library
from lingzhi.demo.load import seed_load
from lingzhi.demo.mailboxes import seed_mailboxes
from lingzhi.demo.meetings import seed_meetings
from lingzhi.demo.messages import seed_messages
from lingzhi.demo.months import seed_months
from lingzhi.demo.notices import seed_notices
from lingzhi.demo.phone import seed_phone
from lingzhi.demo.plans import seed_plans
from lingzhi.demo.policies import seed_coaching, seed_policy
from lingzhi.demo.portal import seed_portal
from lingzhi.demo.practices import seed_practices
from lingzhi.demo.privacy import (
    flags_of,
    seed_assessments,
    seed_privacy_notices,
    seed_requests,
    seed_withheld,
)
from lingzhi.demo.receptions import seed_receptions
from lingzhi.demo.recognition import seed_recognition
from lingzhi.demo.rectifications import seed_rectifications
from lingzhi.demo.references import seed_references
from lingzhi.demo.reports import seed_every_report
from lingzhi.demo.reviews import seed_reviews
from lingzhi.demo.rulebook import seed_figures, seed_posts_held, seed_rulebook
from lingzhi.demo.scores import seed_scores
from lingzhi.demo.service_plans import seed_service_plans
from lingzhi.demo.sheets import seed_sheets
from lingzhi.demo.signals import seed_signals
from lingzhi.demo.steering import seed_steering
from lingzhi.demo.summaries import seed_channels, seed_summaries
from lingzhi.demo.surveys import seed_surveys
from lingzhi.demo.tasks import seed_tasks
from lingzhi.demo.trust import seed_trust
from lingzhi.demo.unanswered import unanswered_calls
from lingzhi.demo.values import seed_values
from lingzhi.demo.voice import seed_voice
from lingzhi.demo.watches import seed_watches
from lingzhi.demo.weak_steps import seed_weak_steps
from lingzhi.imports.models import Batch
from lingzhi.inspections.queries import judging_versions, number_of_hits
from lingzhi.inspections.services import adopt_rule_file, inspect_all
from lingzhi.inspections.services.adding_up import add_up_days
from lingzhi.jobs.services import later
from lingzhi.org.models import Unit
from lingzhi.org.services import assign_role, create_unit, found_calendar, seed_posts

SOURCE = "demo"
PASSWORD = "lingzhi-demo-2026"  # noqa: S105 the demo's people all share it, and it is printed
GROUP = 200
DAYS = 90
RULES = Path("data") / "rules" / "first"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands in the database when the demo is ready."""

    conversations: int
    unanswered: int  # calls beside them that nobody answered
    turns: int
    rules: int
    hits: int


def seed(*, contacts: int, seed_number: int, say: Say) -> None:
    """Found the demo centre, bring in its conversations, put the rules into force, inspect."""
    _step("people", say, seed_people)
    _step("notices on data", say, seed_privacy_notices)
    _step("conversations", say, lambda: seed_conversations(contacts, seed_number))
    _step("customers", say, seed_customers)
    _step("phone", say, seed_phone)
    _step("rules", say, lambda: adopt_rule_file(settings.BASE_DIR / RULES, by=None))
    _step("score sheets", say, seed_sheets)
    _step("posts", say, seed_posts_held)
    _step("culture", say, seed_culture)
    _step("rulebook", say, seed_rulebook)
    _step("inspection", say, lambda: inspect_all(Contact.objects.all()))
    _step("settings of inspection", say, seed_policy)
    _step("scores", say, seed_scores)
    _step("archive", say, seed_archive)
    _step("coaching", say, seed_coaching)
    _step("appeals", say, seed_appeals)
    _step("typical cases", say, seed_library)
    _step("calibrations", say, seed_calibrations)
    _step("trust in rules", say, seed_trust)
    _step("floor", say, seed_floor)
    _step("plans", say, seed_plans)
    _step("tasks", say, seed_tasks)
    _step("watches", say, seed_watches)
    _step("chats", say, seed_chats)
    _step("alerts", say, seed_alerts)
    _step("message lines", say, seed_messages)
    _step("channels", say, seed_register)
    _step("flow of channels", say, seed_flow)
    _step("load per head", say, seed_load)
    _seed_cases(say)
    _step("refused recordings", say, seed_withheld)
    _step("impact assessments", say, seed_assessments)
    _step("requests about data", say, seed_requests)
    _step("sums of days", say, add_up_days)
    _seed_figures(say)
    _seed_loop(say)
    later("reports.write_facts", queue="long")  # half a minute that nobody needs to wait for


def _seed_figures(say: Say) -> None:
    """Figures counted and entered, what moved in them, and what was published of them."""
    _step("figures", say, seed_figures)
    _step("signals", say, seed_signals)
    _step("figures by hand", say, seed_values)
    _step("published months", say, seed_months)


def _seed_loop(say: Say) -> None:
    """What is put right, wanted, planned, talked about, reviewed and reported."""
    _step("rectifications", say, seed_rectifications)
    _step("goals", say, seed_goals)
    _step("service plans", say, seed_service_plans)
    _step("service directory", say, seed_directory)
    _step("meetings", say, seed_meetings)
    _step("audits", say, seed_audits)
    _step("reviews", say, seed_reviews)
    _step("cited standards", say, seed_references)
    _step("controlled documents", say, seed_documents)
    _step("good practice", say, seed_practices)
    _step("events", say, seed_events)
    _step("weak links", say, seed_weak_steps)
    _step("reports", say, seed_every_report)
    _step("audit files", say, seed_dossiers)
    _step("flaws of data", say, seed_data_flaws)


def _seed_cases(say: Say) -> None:
    """Cases, what belongs to them, and what customers are told and asked."""
    _step("dictionaries", say, seed_dictionaries)
    _step("custom fields", say, seed_fields)
    _step("cases", say, seed_cases)
    _step("recognition", say, seed_recognition)
    _step("mail", say, seed_mailboxes)
    _step("follow-ups", say, seed_follow_ups)
    _step("receptions", say, seed_receptions)
    _step("suitable channels", say, seed_steering)
    _step("dispatch", say, seed_dispatch)
    _step("complaints", say, seed_complaints)
    _step("channels for complaints", say, seed_channels)
    _step("summaries of cases", say, seed_summaries)
    _step("surveys", say, seed_surveys)
    _step("voice", say, seed_voice)
    _step("answers", say, seed_knowledge)
    _step("portal", say, seed_portal)
    _step("forum", say, seed_forum)
    _step("notices", say, seed_notices)


def _step(name: str, say: Say, work: Callable[[], Any]) -> None:
    began = time.monotonic()
    work()
    say(f"{name}: {time.monotonic() - began:.1f} s")


@transaction.atomic
def seed_people() -> None:
    """The company, its teams, its calendar and everybody with a role and a password."""
    if User.objects.exists():
        return
    company = create_unit(kind="company", name="云栖生活", code="company", parent=None, by=None)
    centre = create_unit(kind="centre", name="云栖热线中心", code="centre", parent=company, by=None)
    units = {"": centre, "company": company} | {
        name: create_unit(kind="team", name=name, code=f"team-{at}", parent=centre, by=None)
        for at, name in enumerate(teams(), start=1)
    }
    units |= {one["code"]: create_unit(**one, parent=company, by=None) for one in units_beside()}
    found_calendar()
    seed_posts(by=None)
    template = User(staff_no="template")
    template.set_password(PASSWORD)
    for person in people():
        where = "company" if person["role"] in ABOVE_THE_CENTRE else person["team"]
        _person(person, units[where], template.password)
    for person in people_beside():
        _person(person, units[person["unit"]], template.password)


ABOVE_THE_CENTRE = {"system_admin", "security_admin", "audit_admin", "leadership", "auditor"}


def _person(person: dict[str, Any], unit: Unit, password: str) -> None:
    """One person; everybody shares the password's hash: hashing sixty would take half a minute."""
    user = User.objects.create(
        staff_no=person["staff_no"],
        name=person["name"],
        hired_on=date.fromisoformat(str(person["joined_on"])),
        password=password,
        password_changed_at=now(),
    )
    started = date.fromisoformat(str(person["joined_on"]))
    assign_role(user, person["role"], unit, from_on=started, by=None)


def seed_conversations(count: int, seed_number: int) -> None:
    """Bring in `count` conversations that end yesterday, and the calls beside them that nobody
    answered; visible at the end.
    """
    if Batch.objects.filter(source=SOURCE).exclude(finished_at=None).exists():
        return
    source = source_named(SOURCE, "云栖热线")
    batch = Batch.objects.create(kind="contacts", source=SOURCE, created_at=now(), staged_at=now())
    yesterday = today() - timedelta(days=1)
    found = chain(
        conversations(count, seed_number, end_on=yesterday),
        unanswered_calls(count, seed_number, end_on=yesterday),
    )
    published = 0
    while group := list(islice(found, GROUP)):
        publish_group(source, [read_delivery(_record(one)) for one in group], batch=batch)
        published += len(group)
    with transaction.atomic():
        batch.staged_rows = batch.published_rows = published
        batch.finished_at = now()
        batch.save()
        record(None, "imports.finished", batch, after={"published": published})


RENAMED = {"id": "external_id", "agent_no": "agent"}
DROPPED = {"source", "team", "customer"}


def _record(one: dict[str, Any]) -> dict[str, Any]:
    """A generated conversation as a record of the delivery table."""
    found = {RENAMED.get(name, name): value for name, value in one.items() if name not in DROPPED}
    customer = one.get("customer") or {}
    found["customer_name"] = customer.get("name")
    found["customer_phone"] = customer.get("phone")
    found |= flags_of(str(one["id"]), str(one["channel"]))
    found["turns"] = [
        {name: turn.get(name) for name in ("role", "text", "start_ms", "end_ms")}
        for turn in one["turns"]
    ]
    return found


def summary() -> Summary:
    """Counts of what the demo holds."""
    return Summary(
        conversations=with_words(Contact.objects.all()).count(),
        unanswered=unanswered(Contact.objects.all()).count(),
        turns=Turn.objects.count(),
        rules=judging_versions().count(),
        hits=number_of_hits(),
    )


def sign_ins() -> Iterator[tuple[str, str]]:
    """One staff number a role, in the order of the demo's people."""
    shown = set()
    for person in [*people(), *people_beside()]:
        if person["role"] not in shown:
            shown.add(person["role"])
            yield str(person["role"]), str(person["staff_no"])
