"""The voice of the customer: sources side by side, when they agree, and the table behind it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import now
from lingzhi.inspections.factories import LENGTH, make_rule
from lingzhi.inspections.models import CountedDay
from lingzhi.inspections.services import inspect_all
from lingzhi.inspections.services.adding_up import add_up_days
from lingzhi.kpis.models import Target
from lingzhi.reports.queries.voice import Agreement, Heard, Source
from lingzhi.reports.queries.voice.heard import State, agreement
from lingzhi.reports.tests.conftest import BAD, GOOD
from lingzhi.surveys.models import VoiceTerm
from lingzhi.surveys.services.voice import lay_voice_terms
from lingzhi.surveys.tests.saying import due, rule, say
from lingzhi_engine.stats import Rate

pytestmark = pytest.mark.django_db
PAGE = reverse("reports:voice")


def talks(cast, month: int, bad: int) -> None:
    """40 conversations of Bo's on the 12th, so many with a shirking phrase."""
    make_contacts(
        {
            "external_id": f"{month}-{at}", "started_at": f"2026-{month}-12 10:{at:02}:00",
            "answered_at": None, "ended_at": None, "agent": cast.bo.staff_no,
            "turns": BAD if at < bad else GOOD,
        }
        for at in range(40)
    )  # fmt: skip


@pytest.fixture
def heard(cast, on_22_november):
    """In October all was well; in November the manner is judged badly, and shirking is found."""
    make_rule()
    make_rule(LENGTH)
    talks(cast, 10, 0)
    talks(cast, 11, 15)
    inspect_all(published())
    lay_voice_terms(by=cast.quan)
    by = rule()
    for days, mark in ((40, 5), (10, 2)):
        for at in range(40):
            served = now() - timedelta(days=days, minutes=at)
            text = "语气不耐烦" if (mark, at) == (2, 0) else ""
            say(due(by, unit=cast.first, agent=cast.bo, at=served), text,
                overall=mark, attitude=mark)  # fmt: skip
    lay_built_ins(by=None)
    talk = Contact.objects.get(external_id="11-0")
    register_complaint(
        Registration("客服态度生硬", "来电时被打断，本人电话13800138000", contact=talk,
                     accused_unit=talk.unit), by=cast.chen,
    )  # fmt: skip


def row(answer, code):
    return next(one for one in answer.context["rows"] if one.code == code)


def test_sources_stand_side_by_side_and_agree_beyond_chance(cast, as_, heard):
    """Sums are made ahead and again after the table changed; what is open is said."""
    add_up_days()
    counted = CountedDay.objects.count()

    page = as_(cast.quan).get(PAGE)
    manner = row(page, "attitude")
    cells = {one.source: one for one in manner.heard}
    assert manner.words == Agreement.WORSE.label
    assert (cells["ratings"].rate.hits, cells["ratings"].rate.n) == (0, 40)
    assert (cells["talks"].rate.hits, cells["talks"].rate.n, cells["talks"].tone) == (15, 40, "bad")
    assert (cells["complaints"].rate.hits, cells["complaints"].rate.n) == (1, 40)
    assert (cells["texts"].rate.hits, cells["texts"].rate.n) == (1, 1)
    assert page.context["about"] == "attitude"  # the first to look at
    words = page.content.decode()
    assert "不归我们管" in words
    assert "客服态度生硬" in words
    assert "13800138000" not in words
    assert row(page, "process").heard[4].rate.n == 0
    assert (
        row(as_(cast.quan).get(PAGE, {"channel": "chat"}), "attitude").words
        == Agreement.UNKNOWN.label
    )
    lines = b"".join(as_(cast.quan).get(reverse("reports:voice_export")).streaming_content).decode()
    assert "15,40,37.5" in lines
    # The same conversations on another dimension, once somebody decides so.
    url = reverse("reports:voice_terms", args=["rule"])
    form = {"word0": "process", "word1": "process"}
    assert as_(cast.ada).post(url, form).status_code == 403
    assert as_(cast.quan).post(url, form).status_code == 302
    moved = {"ownership.shirking": "process", "time.too_long": "process"}
    entry = Entry.objects.filter(action="surveys.voice_terms_saved").order_by("-pk")[0]
    assert (entry.actor_id, entry.after["words"]) == (cast.quan.pk, moved)
    page = as_(cast.quan).get(PAGE)
    assert row(page, "process").heard[4].rate.hits == 15
    assert add_up_days() == counted  # two rules of a dimension are a sum of their own
    assert row(as_(cast.quan).get(PAGE), "process").heard[4].rate.hits == 15
    assert as_(cast.quan).post(url, {"word0": "?"}).status_code == 302
    page = as_(cast.quan).get(PAGE)
    assert [(one.rule.code, hits) for one, hits in page.context["open"].rules] == [
        ("ownership.shirking", 15)
    ]


def test_phrases_are_kept_and_people_see_what_they_reach(cast, as_, heard):
    url = reverse("reports:voice_terms", args=["phrase"])

    kept = {
        f"word{at}": one.dimension.code
        for at, one in enumerate(
            VoiceTerm.objects.filter(source="phrase").select_related("dimension")
        )
    }
    assert (
        as_(cast.quan).post(url, kept | {"phrase": "x", "dimension": "process"}).status_code == 422
    )
    assert (
        as_(cast.quan).post(url, kept | {"phrase": " 被打断 ", "dimension": "process"}).status_code
        == 302
    )
    assert VoiceTerm.objects.get(code="被打断").dimension.code == "process"
    assert row(as_(cast.quan).get(PAGE), "process").heard[2].rate.hits == 1
    other = as_(cast.cai).get(PAGE)  # leads the other team
    assert row(other, "attitude").heard[0].rate.n == 0
    assert "不归我们管" not in other.content.decode()
    own = as_(cast.bo).get(PAGE)  # nobody counts the complaints about the own person
    assert row(own, "attitude").heard[2].state == State.CLOSED
    assert as_(cast.nora).get(PAGE).status_code == 403
    assert as_(cast.ada).get(reverse("reports:voice_terms", args=["dreams"])).status_code == 404
    assert as_(cast.ada).post(reverse("reports:lay_voice_terms")).status_code == 403
    VoiceTerm.objects.all().delete()
    assert as_(cast.quan).post(reverse("reports:lay_voice_terms")).status_code == 302
    assert VoiceTerm.objects.filter(source="rule").count() > 40


@pytest.mark.parametrize(
    ("shares", "target", "said"),
    [
        ({"ratings": (95, 60), "talks": (5, 30)}, None, Agreement.WORSE),
        ({"ratings": (60, 95), "complaints": (20, 1)}, None, Agreement.BETTER),
        ({"ratings": (60, 95), "talks": (5, 30)}, None, Agreement.APART),
        ({"ratings": (97, 96), "complaints": (1, 20)}, 85, Agreement.APART),
        ({"ratings": (97, 96), "complaints": (1, 20)}, None, Agreement.ALONE),
        ({"ratings": (90, 92), "talks": (5, 6)}, None, Agreement.STILL),
        ({"ratings": (95, 60)}, None, Agreement.UNKNOWN),
    ],
)
def test_agreement_follows_its_rule(shares, target, said):
    heard = [
        Heard(Source(name), Rate(now, 100), Rate(was, 100),
              target=Target(value=target) if target and name == "ratings" else None)
        for name, (was, now) in shares.items()
    ]  # fmt: skip
    few = Heard(Source.TEXTS, Rate(0, 20), Rate(15, 20))  # too few to say
    assert agreement([*heard, few]) == said
