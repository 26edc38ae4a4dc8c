"""The tags of the pages: what they say, and that they say it safely."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from lingzhi.core.templatetags.figures import Rate, geometry, limits, share, sparkline, stack
from lingzhi.core.templatetags.labels import badge, duration, verdict
from lingzhi.core.templatetags.page import chart, icon, keys
from lingzhi.core.templatetags.talk import Mark, cut, marked


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def shown(source: str, address: str = "/", **context: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load lz %}" + source).render(Context({"request": request, **context}))


def test_words_are_listed_as_the_language_does():
    assert shown("{{ words|joined }}", words=["a <b>", "c"]) == "a &lt;b&gt;, c"
    with translation.override("zh-hans"):
        assert shown("{{ words|joined }}", words=["甲", "乙"]) == "甲、乙"


# --- rates --------------------------------------------------------------------------------------


def test_a_rate_is_rounded_not_cut():
    assert share(0.9489999) == "94.9%"
    assert share(1) == "100.0%"
    assert share(None) == "–"
    assert "[94.9, 97.0]" in limits(0.949, 0.97)


@pytest.mark.parametrize(
    ("low", "value", "high", "tone"),
    [
        (0.96, 0.97, 0.98, "good"),
        (0.90, 0.91, 0.92, "bad"),
        (0.93, 0.95, 0.97, "unknown"),
        (None, 0.97, None, "good"),
    ],
)
def test_only_an_interval_on_one_side_of_the_target_is_a_verdict(low, value, high, tone):
    assert Rate(value, low, high, target=0.95).tone() == tone


def test_where_low_is_better_the_sides_change():
    assert Rate(0.06, 0.05, 0.07, target=0.1, better="low").tone() == "good"
    assert Rate(0.16, 0.15, 0.17, target=0.1, better="low").tone() == "bad"
    assert "≤ 10%" in Rate(0.06, 0.05, 0.07, target=0.1, better="low").words()


def test_too_few_is_said_and_never_judged():
    few = Rate(0.2, 0.03, 0.56, target=0.95, n=9)
    assert few.tone() == "unknown"
    assert few.words() == "too few to say (n = 9)"
    assert Rate(0.2, 0.1, 0.3, target=0.95, n=20).tone() == "bad"
    assert Rate(None, n=0).words() == "no data yet"


def test_the_graphic_stays_inside_its_axis():
    places = geometry(Rate(0.924, 0.40, 0.99, target=1.2), 0.5, 1.0)
    assert places == {
        "low_at": "0.00%",
        "width": "98.00%",
        "value_at": "84.80%",
        "target_at": "100.00%",
    }


def test_an_interval_is_drawn_without_inline_style():
    html = shown("{% interval 0.92 0.924 0.928 target=0.95 n=500 %}")
    assert "style=" not in html
    assert html.count("<rect") == 4
    assert 'aria-label="92.4% [92.0%, 92.8%] target ≥ 95% missed"' in html


def test_a_measure_without_data_draws_nothing():
    html = shown('{% measure "Audited" None %}')
    assert "<rect" not in html
    assert "no data yet" in html


def test_a_trend_shows_its_gaps():
    html = sparkline([0.7, None, 0.8, 0.6], "unsteady")
    assert html.count("<polyline") == 2
    assert "no trend yet" in sparkline([0.7, None], "short")


def test_parts_make_a_whole():
    pieces = stack([("Hit", 1, "bad"), ("Passed", 3, "good")], "")["pieces"]
    assert [piece["x"] for piece in pieces] == ["0.000%", "25.000%"]
    assert stack([("Hit", 0, "bad")], "")["pieces"][0]["share"] is None


# --- labels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "tone"),
    [
        ("hit", "violation", "bad"),
        ("hit", "credit", "good"),
        ("hit", "signal", "flow"),
        ("miss", "violation", "good"),
        ("miss", "credit", "plain"),
        ("na", "violation", "plain"),
        ("unknown", "violation", "unknown"),
        ("unknown", "credit", "unknown"),
    ],
)
def test_a_verdict_has_the_tone_of_its_kind(value, kind, tone):
    assert f"lz-tag-{tone}" in verdict(value, kind=kind)


def test_a_tone_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="purple"):
        badge("x", "purple")


def test_words_are_escaped():
    evil = "<script>alert(1)</script>"
    for html in (badge(evil), icon("bell", evil), keys("J", evil), chart({"a": evil}, evil)):
        assert "<script>alert" not in html


def test_a_time_that_is_not_known_is_not_zero():
    assert duration(None) == ""
    assert [duration(s) for s in (0, 292, 3849)] == ["0:00", "4:52", "1:04:09"]


def test_a_missing_value_is_not_an_unknown_one():
    assert "–" in shown('{% fact "Transfers" %}')
    assert "not known" in shown('{% fact "Answered" "" unknown=True %}')


# --- talk ---------------------------------------------------------------------------------------


def test_marks_cut_each_other_and_lose_no_word():
    text = "这个不归我们管,是财务"
    marks = [Mark(2, 7, "bad", "a"), Mark(5, 9, "good", "b"), Mark(0, 99, "flow")]
    pieces = list(cut(text, marks))
    assert "".join(text[start:end] for start, end, _marks in pieces) == text
    assert [(s, e, [m.title for m in ms]) for s, e, ms in pieces] == [
        (0, 2, []),
        (2, 5, ["a"]),
        (5, 7, ["a", "b"]),
        (7, 9, ["b"]),
        (9, len(text), []),
    ]


def test_what_customers_write_is_text():
    html = marked("<b>x</b>", [Mark(0, 3, title='"><i>'), Mark(3, 4, "mask")])
    assert "<b>" not in html
    assert "<i>" not in html
    assert "lz-masked" in html


# --- lists --------------------------------------------------------------------------------------


def test_a_column_sorts_up_then_down_and_forgets_the_page():
    head = '{% sortable "at" "Time" %}'
    first = shown(head, "/?q=x&page=3")
    assert 'href="?q=x&amp;sort=at"' in first
    assert "aria-sort" not in first
    again = shown(head, "/?q=x&sort=at")
    assert 'href="?q=x&amp;sort=-at"' in again
    assert 'aria-sort="ascending"' in again
    assert 'aria-sort="descending"' in shown(head, "/?sort=-at")


def test_pages_keep_the_filters():
    page = Paginator(range(100), 10).page(5)
    html = shown('{% include "core/_pagination.html" %}', "/?q=x", page=page)
    assert 'href="?q=x&amp;page=6" rel="next"' in html
    assert "41–50 of 100" in html


class Sample(forms.Form):
    name = forms.CharField(help_text="Shown in reports.")
    starts_on = forms.DateField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    is_on = forms.BooleanField(required=False)


def test_filters_say_when_they_filter():
    bar = "{% filters form %}"
    assert re.search(r"data-clear hidden", shown(bar, "/", form=Sample()))
    assert not re.search(r"data-clear hidden", shown(bar, "/?name=x", form=Sample({"name": "x"})))


# --- forms --------------------------------------------------------------------------------------


def test_a_refused_form_names_the_place_for_eye_and_ear():
    html = shown("{% form form %}", form=Sample({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'class="form-control is-invalid"' in html
    assert "<legend>Kind" in html
    assert html.count('type="radio"') == 2


def test_a_date_is_iso_in_every_language():
    with translation.override("zh-hans"):
        html = shown("{% form form %}", form=Sample(initial={"starts_on": "2026-11-20"}))
    assert re.search(r'type="date"[^>]*value="2026-11-20"', html)


def test_a_page_says_its_title_twice():
    base = Template(
        "<title>{% block t %}{% endblock %}</title><h1>{% load lz %}{% again 't' %}</h1>"
    )
    page = Template("{% extends base %}{% block t %}Rules {{ n }}{% endblock %}")
    html = page.render(Context({"base": base, "n": 3}))
    assert html == "<title>Rules 3</title><h1>Rules 3</h1>"
