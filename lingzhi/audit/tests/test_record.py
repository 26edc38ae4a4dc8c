import pytest
from django.db import transaction

from lingzhi.audit.models import AppendOnly, Entry, Link
from lingzhi.audit.services import OutsideTransaction, record
from lingzhi.core.origin import Origin, current_origin


def test_an_act_is_recorded_with_its_origin(cast):
    token = current_origin.set(Origin("r1", "192.0.2.7", "web"))
    try:
        entry = record(
            cast.sol, "org.unit_closed", cast.first, before={"open": True}, reason="moved"
        )
    finally:
        current_origin.reset(token)
    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_label) == (cast.sol.pk, "9001")
    assert (entry.object_type, entry.object_id) == ("org.unit", str(cast.first.pk))
    assert (entry.before, entry.after, entry.reason) == ({"open": True}, {}, "moved")
    assert (entry.address, entry.door, entry.request_id) == ("192.0.2.7", "web", "r1")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused():
    with pytest.raises(OutsideTransaction):
        record(None, "test.happened", Entry(pk=1))


def test_an_act_that_is_rolled_back_is_not_recorded(cast):
    before = Entry.objects.count()

    @transaction.atomic
    def change_one_s_mind():
        record(cast.sol, "test.happened", cast.first)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_one_s_mind()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("model", [Entry, Link])
@pytest.mark.parametrize(
    "attempt",
    [
        lambda model: model.objects.update(pk=1),
        lambda model: model.objects.all().delete(),
        lambda model: model.objects.bulk_update([], ["pk"]),
        lambda model: model.objects.first().delete(),
        lambda model: model.objects.first().save(),
    ],
)
def test_no_row_can_be_changed_or_deleted(log, model, attempt):
    with pytest.raises(AppendOnly):
        attempt(model)
