from datetime import date

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.org.queries import in_force
from lingzhi.org.services import set_skills


def skills_on(person, day) -> set[str]:
    return set(person.skills.filter(in_force(day)).values_list("name", flat=True))


def test_what_is_taken_away_stays_in_history(cast):
    set_skills(cast.bo, ["粤语", "英语"], on=date(2026, 1, 1), by=cast.sol)
    set_skills(cast.bo, ["英语", "日语"], on=date(2026, 3, 1), by=cast.sol)
    assert skills_on(cast.bo, date(2026, 2, 1)) == {"粤语", "英语"}
    assert skills_on(cast.bo, date(2026, 3, 1)) == {"英语", "日语"}


def test_the_page_sets_them(as_, cast):
    url = reverse("org:skills", args=[cast.bo.pk])
    assert as_(cast.sol).post(url, {"skills": "粤语，英语、粤语"}).status_code == 302
    assert cast.bo.skills.count() == 2
    assert Entry.objects.get(action="org.skills_set").after == {"skills": ["粤语", "英语"]}


def test_nothing_new_leaves_no_row(cast):
    set_skills(cast.bo, ["英语"], on=date(2026, 1, 1), by=cast.sol)
    set_skills(cast.bo, [" 英语 "], on=date(2026, 2, 1), by=cast.sol)
    assert Entry.objects.filter(action="org.skills_set").count() == 1
