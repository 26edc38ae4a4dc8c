"""The library of typical cases: proposed, approved, found, printed, retired; nobody is named."""

import io

import pytest
from django.urls import reverse
from docx import Document

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.errors import BadInput
from lingzhi.core.tests.needed import needs_pdf
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.forms.library import turns_of
from lingzhi.inspections.models import TypicalCase
from lingzhi.inspections.queries.library import cases_visible_to, narrowed_cases
from lingzhi.inspections.services import library as services
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.library import CaseDraft
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
WORDS = "客户:我要退款，电话13800002071\n客服:我是1002号，这个不归我们管\n客户:好吧"
DRAFT = CaseDraft(
    "推诿退款", TypicalCase.Kind.BAD, "首问未负责，电话13800002071", [1, 2],
    dimension="ownership", item="首问负责", tags=["退款", "推诿"],
)  # fmt: skip


@pytest.fixture
def talk():
    return make_contact("BO-1", agent="1002", turns=WORDS)


@pytest.fixture
def case(cast, talk):
    return services.propose_case(talk, DRAFT, by=cast.ines)


def url(name, *args):
    return reverse(f"inspections:{name}", args=args)


def html(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_keeps_a_masked_excerpt_without_names(cast, case):
    said = str(case.excerpt)
    assert [one["seq"] for one in case.excerpt] == [1, 2]
    assert "不归我们管" in said
    assert "13800002071" not in said + case.why
    assert "1002" not in said
    assert Entry.objects.filter(action="inspections.typical_case_proposed").count() == 1
    assert Notice.objects.filter(person=cast.quan, is_todo=True, ended_at=None).exists()


def test_the_customer_is_not_named_either(cast):
    talk = make_contact(
        "BO-2",
        agent="1002",
        customer_name="宋家明",
        turns="客户:我是宋家明，宋家的\n客服:好的宋家明",
    )
    case = services.propose_case(talk, DRAFT, by=cast.ines)
    assert "宋家明" not in str(case.excerpt)
    assert "宋**" in str(case.excerpt)
    assert "宋家的" in str(case.excerpt)


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"why": ""}, {"turns": []}, {"turns": [99]}], ids=str
)
def test_it_needs_a_title_a_reason_and_turns(cast, talk, wrong):
    values = {"title": "t", "kind": TypicalCase.Kind.GOOD, "why": "w", "turns": [1], **wrong}
    with pytest.raises(BadInput):
        services.propose_case(talk, CaseDraft(**values), by=cast.ines)
    assert not TypicalCase.objects.exists()


def test_agents_see_it_only_once_a_lead_approved(cast, case):
    assert not cases_visible_to(cast.bea).exists()
    assert cases_visible_to(cast.ines).get() == case
    assert cases_visible_to(cast.quan).get() == case
    services.approve_case(case, by=cast.quan)
    assert cases_visible_to(cast.bea).get() == case
    assert not Notice.objects.filter(person=cast.quan, is_todo=True, ended_at=None).exists()
    with pytest.raises(services.NotProposed):
        services.approve_case(case, by=cast.quan)
    with pytest.raises(services.NotProposed):
        services.change_case(case, DRAFT, by=cast.quan)


def test_a_retired_case_leaves_the_library(cast, case):
    services.approve_case(case, by=cast.quan)
    with pytest.raises(BadInput):
        services.retire_case(case, reason=" ", by=cast.quan)
    services.retire_case(case, reason="the rule has changed", by=cast.quan)
    assert not cases_visible_to(cast.bea).exists()
    with pytest.raises(services.RetiredAlready):
        services.retire_case(case, reason="again", by=cast.quan)


def test_it_is_found_by_what_was_said_and_by_tags(case):
    everything = TypicalCase.objects.all()
    for text in ("不归我们管", "不歸我們管", "推诿", "退款 首问"):
        assert narrowed_cases(everything, text=text).get() == case
    assert not narrowed_cases(everything, text="退款 表扬").exists()
    assert narrowed_cases(everything, kind="bad", dimension="ownership").exists()
    assert not narrowed_cases(everything, kind="good").exists()


def test_turns_are_written_as_numbers_and_ranges():
    assert turns_of("3-5, 9、4") == [3, 4, 5, 9]
    assert turns_of("nothing") == []
    assert len(turns_of("1-999999")) < 1000


def test_a_score_becomes_a_case_on_the_pages(as_, cast, talk):
    score = make_review(talk, make_sheet(cast.quan), by=cast.ines, lead=cast.quan, solve="no")
    appeal = open_appeal(score, [Point("solve", "x", [2])], by=cast.bo)
    client = as_(cast.ines)
    address = url("new_typical_case", talk.pk)
    assert f"{address}?review={score.pk}" in html(client, url("review", score.pk))
    assert 'value="2"' in html(client, address, appeal=appeal.pk)
    sent = {"title": "推诿", "kind": "bad", "why": "不负责", "turns": "2", "tags": "退款，推诿"}
    assert client.post(address, {**sent, "turns": "99"}).status_code == 422
    client.post(f"{address}?appeal={appeal.pk}", sent)
    case = TypicalCase.objects.get()
    assert (case.appeal, case.review, case.tags) == (appeal, score, ["退款", "推诿"])
    assert 'value="2"' in html(client, url("edit_typical_case", case.pk))
    client.post(url("edit_typical_case", case.pk), {**sent, "title": "推诿用语"})
    as_(cast.quan).post(url("approve_typical_case", case.pk))
    client = as_(cast.bea)
    assert "推诿用语" in html(client, url("typical_cases"), text="负责")
    page = html(client, url("typical_case", case.pk))
    assert "不归我们管" in page
    assert url("retire_typical_case", case.pk) not in page
    as_(cast.quan).post(url("retire_typical_case", case.pk), {"reason": "old"})
    assert as_(cast.bea).get(url("typical_case", case.pk)).status_code == 404


def test_cases_are_printed_as_word(as_, cast, case):
    services.approve_case(case, by=cast.quan)
    answer = as_(cast.bea).get(url("print_typical_cases", "word"), {"text": "推诿"})
    said = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "推诿退款" in said
    assert "不归我们管" in said


@needs_pdf
def test_cases_are_printed_as_pdf(as_, cast, case):
    answer = as_(cast.quan).get(url("print_typical_cases", "pdf"), {"case": case.pk})
    assert answer.content.startswith(b"%PDF")


def test_the_library_costs_the_same_however_many_cases(
    as_, cast, talk, django_assert_max_num_queries
):
    for _number in range(5):
        services.propose_case(talk, DRAFT, by=cast.ines)
    client = as_(cast.quan)
    client.get(url("typical_cases"))
    with django_assert_max_num_queries(14):
        client.get(url("typical_cases"))


def test_the_global_search_finds_approved_cases(as_, cast, case):
    assert "推诿退款" not in html(as_(cast.bea), "/search/", q="推諉")
    services.approve_case(case, by=cast.quan)
    assert "推诿退款" in html(as_(cast.bea), "/search/", q="推諉")
