"""One page a person: what is known about the quality of their work."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.core.documents.pdf import PdfNotPossible, has_chinese_font
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Behaviour, Incident, OldScore, Policy, SupervisionRecord
from lingzhi.inspections.presenting.archives import archive_of
from lingzhi.inspections.services import acknowledge_review

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
YEAR = (today() - timedelta(days=365), today())


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def scored(cast, sheet):
    """Six scores of Bo, two of them with a failed item; one read by him."""
    found = []
    for number in range(6):
        talk = make_contact(f"A-{number}", agent="1002")
        given = {"solve": "no"} if number < 2 else {}
        found.append(make_review(talk, sheet, by=cast.ines, lead=cast.quan, **given))
    acknowledge_review(found[0], by=cast.bo)
    return found


def old_score(cast, **more):
    told = {"source": "old", "agent_said": "1002", "agent": cast.bo, "unit": cast.first}
    told |= {"number": "1", "scored_on": today() - timedelta(days=90), "value": 80} | more
    return OldScore.objects.create(**told)


def test_it_holds_scores_errors_and_receipts(cast, scored):
    found = archive_of(cast.bo, *YEAR)
    assert found.mean.n == 6
    assert found.mean.value == pytest.approx((2 * 40 + 4 * 100) / 6)
    assert found.mean.low < found.mean.value < found.mean.high
    assert [(one.item, one.failed, one.asked) for one in found.errors] == [("解决", 2, 6)]
    assert (found.receipt.released, found.receipt.acknowledged) == (6, 1)


def test_imported_scores_stand_beside_and_never_within(cast, scored):
    old_score(cast, value=40, final_value=45, full=50)
    found = archive_of(cast.bo, *YEAR)
    assert (found.mean.n, found.old_count) == (6, 1)
    old = [one.old.value for one in found.quarters if one.old]
    assert old == [90]
    assert [len(series["data"]) for series in found.chart["series"]] == [6, 1]


def test_few_scores_say_too_little(cast, sheet):
    make_review(make_contact("A", agent="1003"), sheet, by=cast.ines, lead=cast.quan)
    assert not archive_of(cast.bea, *YEAR).mean.is_enough


def test_the_team_is_shown_only_where_enough_people_have_scores(cast, scored, sheet):
    assert archive_of(cast.bo, *YEAR).team is None
    Policy.objects.create(unit=cast.hotline, smallest_group=2, changed_at=timezone.now())
    assert archive_of(cast.bo, *YEAR).team is None
    make_review(make_contact("B", agent="1003"), sheet, by=cast.ines, lead=cast.quan)
    assert archive_of(cast.bo, *YEAR).team.n == 7


def test_incidents_supervision_and_what_the_rules_found(cast, judged):
    Incident.objects.create(
        kind="excellent", person=cast.bo, happened_on=today(), story="calmed a caller",
        evidence="letter", recorded_at=timezone.now(), recorded_by=cast.ada,
    )  # fmt: skip
    chatter = Behaviour.objects.create(
        code="chatter", title="闲聊", severity="minor", changed_at=timezone.now()
    )
    SupervisionRecord.objects.create(
        person=cast.bo, unit=cast.first, day=today(), result="lapsed", behaviour=chatter,
        recorded_at=timezone.now(), recorded_by=cast.ada,
    )  # fmt: skip
    found = archive_of(cast.bo, *YEAR)
    assert [one.story for one in found.incidents] == ["calmed a caller"]
    assert (found.lapsed, found.looked_at) == (1, 1)
    assert [(one.hits, one.is_enough) for one in found.hits] == [(1, False)]


def test_a_manager_s_archive_shows_the_units_led(cast, scored):
    found = archive_of(cast.ada, *YEAR)
    assert [unit.name for unit, _mean, _grade in found.led] == ["一组"]
    assert archive_of(cast.bo, *YEAR).led == []


def test_who_may_read_whose(cast, as_, scored):
    url = reverse("inspections:archive", args=[cast.bo.pk])
    answers = {
        who.name: as_(who).get(url, headers=ENGLISH).status_code
        for who in (cast.bo, cast.bea, cast.ada, cast.cai, cast.quan, cast.nora)
    }
    assert answers == {"Bo": 200, "Bea": 404, "Ada": 200, "Cai": 404, "Quan": 200, "Nora": 403}


def test_one_s_own_is_one_click_away(cast, as_):
    answer = as_(cast.bo).get(reverse("inspections:my_archive"))
    assert answer.url == reverse("inspections:archive", args=[cast.bo.pk])


def test_the_list_names_those_within_reach(cast, as_):
    page = as_(cast.ada).get(reverse("inspections:archives"), headers=ENGLISH)
    assert [person.name for person, _unit, _grade in page.context["page"]] == ["Ada", "Bo", "Bea"]
    only = as_(cast.quan).get(reverse("inspections:archives"), {"whose": "managers"})
    assert {person.name for person, *_rest in only.context["page"]} == {"Ada", "Cai", "Quan"}


def test_the_document_leaves_its_trace(cast, as_, scored):
    if not has_chinese_font():
        pytest.skip(PdfNotPossible.__doc__ or "")
    answer = as_(cast.ada).get(reverse("inspections:print_archive", args=[cast.bo.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(action="inspections.archive_printed").count() == 1


def test_the_page_asks_no_more_for_more_scores(
    cast, as_, scored, sheet, django_assert_max_num_queries
):
    client = as_(cast.quan)
    url = reverse("inspections:archive", args=[cast.bo.pk])
    with django_assert_max_num_queries(45):
        assert client.get(url, headers=ENGLISH).status_code == 200
