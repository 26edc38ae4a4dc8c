"""What records lack of that which a clause demands (R-TK-19, R-TK-20)."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.cases.models import Case, Goods
from lingzhi.cases.queries.completeness import incomplete, lacking
from lingzhi.cases.queries.record_fields import FIELDS, OF_CASE, OF_CONTACT
from lingzhi.cases.tests.complaining import complain
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.core.errors import DomainError
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Control

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid(cast, calendar, at, settings) -> None:
    """A regulation of the company: ordinary cases name agent, demand and result."""
    at("2026-03-06 10:00")
    settings.PACKS = Path(__file__).parent / "packs"
    make_case(by=cast.bo, unit=cast.first)  # lays the types, too
    make_version("desk", cast.company, by=cast.quan)


def judged(unit, **values):
    given = {"case": "all", "fields": ["request"], **values}
    binding = Binding(
        7, "s18 2.4.1 record", "form", {}, given, unit.pk, unit.path, date(2026, 3, 1)
    )
    [days] = control_kinds()["form"].evidence([binding], date(2026, 2, 1), date(2026, 12, 31))
    return days


def closed(cast) -> Case:
    return make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)


def test_a_case_says_what_it_lacks_and_the_list_finds_it(cast, as_, laid):
    full = closed(cast)
    empty = make_case(by=cast.bo, unit=cast.first, handler=cast.bo, demand="")
    urgent = make_case(by=cast.bo, unit=cast.first, demand="", case_class="urgent")
    assert [one.codes for one in lacking(empty)] == [["request"]]  # no result while it is open
    assert lacking(full) == lacking(urgent) == []
    assert empty in Case.objects.filter(incomplete())
    assert full not in Case.objects.filter(incomplete())
    answer = as_(cast.bo).get(reverse("cases:case", args=[empty.pk]))
    assert [one.words for one in answer.context["lacking"]] == [[str(FIELDS["request"])]]
    assert "工单办法 1.2" in answer.content.decode() or "Rules of cases 1.2" in str(answer.content)
    listed = as_(cast.bo).get(reverse("cases:list"), {"records": "lacking", "kind": "all"})
    assert empty in [one.case for one in listed.context["rows"]]
    assert full not in [one.case for one in listed.context["rows"]]


def test_closed_cases_with_a_complete_record_are_the_evidence(cast, calendar, at):
    at("2026-03-06 10:00")
    closed(cast)
    Case.objects.filter(pk=closed(cast).pk).update(demand="")
    make_case(by=cast.bo, unit=cast.first, demand="")  # still open
    assert judged(cast.company) == {today(): Evidence(kept=1, broken=1)}
    assert judged(cast.second) == {}


def test_the_record_of_a_conversation_is_its_own_data_and_that_of_its_case(cast, calendar):
    talk = make_contact("one", agent="1002", outcome="resolved")
    day = date(2026, 11, 20)
    fields = ["start_time", "agent", "customer", "description", "result"]
    assert judged(cast.company, case="contact", fields=fields) == {day: Evidence(broken=1)}
    fields.remove("customer")
    assert judged(cast.company, case="contact", fields=fields) == {day: Evidence(kept=1)}
    fields.append("problem_type")
    assert judged(cast.company, case="contact", fields=fields) == {day: Evidence(broken=1)}
    make_case(by=cast.bo, unit=cast.first, contact=talk)
    assert judged(cast.company, case="contact", fields=fields) == {day: Evidence(kept=1)}


def test_goods_of_a_complaint_belong_to_its_record(cast, calendar):
    complaint = complain(by=cast.bo)
    wanted = Case.objects.filter(OF_CASE["part_number"] & OF_CASE["defective_quantity"])
    goods = Goods.objects.create(complaint=complaint, product="空调", part_number="P-1")
    assert not wanted.exists()
    Goods.objects.filter(pk=goods.pk).update(defective=1)
    assert wanted.get() == complaint.case


def test_each_field_can_be_looked_for(cast, calendar):
    """A case and a conversation just begun have what their columns demand, and nothing else."""
    case, talk = make_case(by=cast.nora, unit=cast.first), make_contact("one")
    there = {code for code, has in OF_CASE.items() if Case.objects.filter(has, pk=case.pk)}
    assert there == {"start_time", "agent", "problem_type", "description", "request"}
    rows = Contact.objects.filter(pk=talk.pk)
    said = {code for code, has in OF_CONTACT.items() if rows.filter(has)}
    assert said == {"start_time", "end_time", "description", "request"}
    assert there | said <= FIELDS.keys()


def test_a_form_in_free_words_of_an_older_edition_judges_nothing(cast, calendar, at):
    at("2026-03-06 10:00")
    closed(cast)
    words = {"fields": [{"zh-Hans": "客户信息", "en": "Customer"}], "name": "来电记录"}
    binding = Binding(7, "s18 2.4.1 record", "form", {}, words, 1, "/", date(2026, 3, 1))
    with pytest.raises(DomainError):
        control_kinds()["form"].apply(binding, None)
    assert control_kinds()["form"].evidence([binding], date(2026, 2, 1), today()) == [{}]


def test_an_unknown_field_is_named():
    values = {"case": "contact", "fields": ["request", "colour"]}
    assert [one.param for one in control_kinds()["form"].check(values)] == ["fields"]


def test_the_page_lists_what_was_judged_as_far_as_one_may_see(cast, as_, laid, at):
    kept = closed(cast)
    broken = make_case(by=cast.chen, unit=cast.second)
    at("2026-03-06 13:00")
    control = Control.objects.get(key="limit")
    url = reverse("cases:clause", args=[control.pk])
    rows = as_(cast.quan).get(url, {"verdict": "broken"}).context["page"].object_list
    assert broken in [one.case for one in rows]
    assert kept not in [one.case for one in rows]
    of_team = as_(cast.quan).get(url, {"unit": cast.first.pk, "verdict": "kept"})
    assert [one.case for one in of_team.context["page"].object_list] == [kept]
    answer = as_(cast.chen).get(url)
    assert [one.case for one in answer.context["page"].object_list] == [broken]
    assert answer.context["hidden"] == 2
    assert as_(cast.ann).get(url).status_code == 403
    assert as_(cast.quan).get(reverse("cases:clause", args=[999_999])).status_code == 404


def test_the_limits_page_names_the_clause_and_offers_no_change(cast, as_, laid):
    rule_page = reverse("cases:limits")
    clauses = [clause for _rule, clause in as_(cast.quan).get(rule_page).context["rules"] if clause]
    control = Control.objects.get(key="limit")
    regulation = control.clause.version.regulation_id
    assert [one.url for one in clauses] == [reverse("rulebook:clause", args=[regulation, "1.1"])]
