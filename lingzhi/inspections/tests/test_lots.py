"""Acceptance by lots: the sample by the table, the decision from reviews, switching, stopping."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contacts
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Draw, Lot, Review, Task
from lingzhi.inspections.queries.lots import state_of, tally_of
from lingzhi.inspections.services.accepting import (
    DecidedAlready,
    Discontinued,
    LotUndecided,
    NotAllScored,
    create_acceptance,
    decide_lot,
    draw_lot,
    resume_lots,
)
from lingzhi.inspections.services.drawing import DrawnByLots, NothingToDraw, draw_now
from lingzhi.inspections.tasks import draw_samples

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def series(cast, sheet):
    """The months of the second team from September on, AQL 10 %, level II."""
    values = {
        "title": "外包验收", "unit": cast.second, "sheet": sheet.sheet,
        "from_on": date(2026, 9, 1), "inspectors": [cast.ines],
    }  # fmt: skip
    return create_acceptance(values, aql=10.0, level="II", by=cast.quan)


def month(number: int, count: int) -> None:
    make_contacts(
        {
            "external_id": f"M{number}-{at}", "agent": "2002", "answered_at": "", "ended_at": "",
            "started_at": f"2026-{number:02}-{at % 28 + 1:02} 10:00:00",
        }
        for at in range(count)
    )  # fmt: skip


def score(lot: Lot, sheet, by, bad: int = 0) -> None:
    for at, task in enumerate(lot.draw.tasks.select_related("contact")):
        answers = {"solve": "no"} if at < bad else {}
        review = make_review(task.contact, sheet, by=by, **answers)
        Review.objects.filter(pk=review.pk).update(task=task)
        Task.objects.filter(pk=task.pk).update(state=Task.State.DONE)


def test_the_sample_of_a_month_follows_from_the_table(cast, series):
    month(9, 20)
    lot = draw_lot(series, by=cast.quan)
    # 16-25 conversations, level II: letter C, AQL 10: n = 5, Ac = 1 (table 2-A)
    assert (lot.size, lot.letter, lot.sample, lot.accept) == (20, "C", 5, 1)
    assert lot.draw.tasks.count() == 5
    assert {task.contact.agent for task in lot.draw.tasks.all()} == {cast.chen}


@pytest.mark.parametrize(("bad", "accepted"), [(1, True), (2, False)])
def test_failed_reviews_decide(cast, sheet, series, bad, accepted):
    month(9, 20)
    lot = draw_lot(series, by=cast.quan)
    with pytest.raises(NotAllScored):
        decide_lot(lot, by=cast.quan)
    score(lot, sheet, cast.ines, bad=bad)
    assert decide_lot(lot, by=cast.quan) is accepted
    assert (lot.nonconforming, lot.is_accepted) == (bad, accepted)
    assert Entry.objects.get(action="inspections.lot_decided").after["accepted"] is accepted
    with pytest.raises(DecidedAlready):
        decide_lot(lot, by=cast.quan)


def test_a_veto_is_nonconforming_and_no_verdict_is_none(cast, sheet, series):
    month(9, 20)
    lot = draw_lot(series, by=cast.quan)
    score(lot, sheet, cast.ines)
    first, second = Review.objects.order_by("pk")[:2]
    Review.objects.filter(pk=first.pk).update(is_vetoed=True)
    Review.objects.filter(pk=second.pk).update(is_passed=None)
    assert tally_of(lot) == (5, 5, 1, 1)
    with pytest.raises(NotAllScored):
        decide_lot(lot, by=cast.quan)


def test_lots_come_one_after_the_other(cast, sheet, series):
    month(9, 20)
    month(10, 20)
    lot = draw_lot(series, by=cast.quan)
    with pytest.raises(LotUndecided):
        draw_lot(series, by=cast.quan)
    score(lot, sheet, cast.ines)
    decide_lot(lot, by=cast.quan)
    assert draw_lot(series, by=cast.quan).draw.from_on == date(2026, 10, 1)


def test_a_month_that_goes_on_is_no_lot_yet(cast, sheet, series):
    for number in (9, 10):
        month(number, 4)
        lot = draw_lot(series, by=cast.quan)
        score(lot, sheet, cast.ines)
        decide_lot(lot, by=cast.quan)
    with pytest.raises(NothingToDraw):
        draw_lot(series, by=cast.quan)


def test_a_month_without_conversations_is_passed_over(cast, series):
    month(10, 4)
    assert draw_lot(series, by=cast.quan) is None
    assert draw_lot(series, by=cast.quan).draw.from_on == date(2026, 10, 1)


def test_lots_are_drawn_by_hand_alone(cast, series):
    month(9, 20)
    draw_samples()
    assert not Draw.objects.exists()
    with pytest.raises(DrawnByLots):
        draw_now(series.plan, by=cast.quan)


# --- switching ----------------------------------------------------------------------------------


def decided(series, *nonconforming: int) -> None:
    """Lots of 500 conversations, letter H, that ended with so many nonconforming."""
    for at, bad in enumerate(nonconforming):
        draw = Draw.objects.create(
            plan=series.plan, from_on=date(2020 + at, 1, 1), to_on=date(2020 + at, 1, 31), seed=1,
            frame_count=500, frame_sha256="", drawn_at="2026-11-01T00:00:00Z",
        )  # fmt: skip
        Lot.objects.create(
            acceptance=series, draw=draw, size=500, letter="H", severity="normal", sample=50,
            accept=10, nonconforming=bad, is_accepted=bad <= 10, may_reduce=series.may_reduce,
            decided_at="2026-11-01T00:00:00Z",
        )  # fmt: skip


def test_two_of_five_not_accepted_tighten(cast, series):
    decided(series, 0, 11, 0, 11)
    assert state_of(series).severity == "tightened"


def test_steady_good_lots_reduce_where_it_is_wanted(cast, series):
    decided(series, *[0] * 10)
    assert state_of(series).severity == "normal"
    series.lots.update(may_reduce=True)
    assert state_of(series).severity == "reduced"


def test_five_refused_while_tightened_stop_inspection_until_the_supplier_acts(cast, series):
    month(9, 20)
    decided(series, 11, 11, *[11] * 5)
    Draw.objects.exclude(lot=None).update(plan=make_other(series))
    with pytest.raises(Discontinued):
        draw_lot(series, by=cast.quan)
    with pytest.raises(BadInput):
        resume_lots(series, reason=" ", by=cast.quan)
    resume_lots(series, reason="全员复训", by=cast.quan)
    state = state_of(series)
    assert (state.severity, state.is_discontinued, state.refused) == ("tightened", False, 0)
    assert draw_lot(series, by=cast.quan).severity == "tightened"


def make_other(series):
    """A plan of its own for lots of years ago, so that September comes next."""
    plan = type(series.plan).objects.get(pk=series.plan_id)
    plan.pk = None
    plan.save()
    return plan


# --- pages --------------------------------------------------------------------------------------


def test_a_series_on_its_pages(as_, cast, sheet):
    month(9, 20)
    client = as_(cast.quan)
    sent = {
        "title": "外包", "unit": cast.second.pk, "sheet": sheet.sheet_id, "from_on": "2026-09-01",
        "aql": "10", "level": "II", "inspectors": [cast.ines.pk],
    }  # fmt: skip
    page = client.post(reverse("inspections:new_acceptance"), sent)["Location"]
    pk = page.rstrip("/").rpartition("/")[2]
    client.post(reverse("inspections:draw_lot", args=[pk]))
    score(Lot.objects.get(), sheet, cast.ines, bad=2)
    assert "Decide" in client.get(page, headers=ENGLISH).content.decode()
    client.post(reverse("inspections:decide_lot", args=[Lot.objects.get().pk]))
    shown = client.get(page, headers=ENGLISH).content.decode()
    assert "Not accepted" in shown
    assert "code letter C" in shown
    assert "外包" in client.get(reverse("inspections:acceptances")).content.decode()
