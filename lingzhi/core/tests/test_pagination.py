"""Pages of lists: over any number of rows in the same time."""

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from lingzhi.core import pagination
from lingzhi.core.pagination import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(monkeypatch):
    monkeypatch.setattr(pagination, "MOST_COUNTED", 4)
    for number in range(6):
        get_user_model().objects.create_user(f"{number}", "correct horse", name=f"N{number}")
    return get_user_model().objects.order_by("staff_no")


def shown(rows, **query) -> str:
    request = RequestFactory().get("/", query)
    with translation.override("en"):
        context = {"page": page_of(request, rows, 2), "request": request}
        return render_to_string("core/_pagination.html", context)


def test_a_long_list_says_that_there_is_more(rows):
    said = shown(rows, page="9")
    assert "3–4 of more than 4: narrow the list to see others" in said
    assert "page=3" not in said


def test_a_list_that_can_be_paged_through_says_how_long_it_is(rows):
    assert "1–2 of 4" in shown(rows.filter(staff_no__lt="4"))


def test_rows_in_memory_and_cut_rows_are_counted_as_they_are(rows):
    assert "1–2 of 3" in shown(list(rows[:3]))
    assert "1–2 of 3" in shown(rows[:3])


def test_a_wrong_number_gives_the_nearest_page(rows):
    assert "1–2 of" in shown(rows, page="x")
