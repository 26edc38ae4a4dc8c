"""One customer over channels: merged, taken apart, proposed."""

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Company, Consent, Customer, Identifier, Likeness, Merge, Need
from lingzhi.customers.services.known import customers_for
from lingzhi.customers.services.likenesses import find_likenesses
from lingzhi.customers.services.merging import merge_customers, undo_merge
from lingzhi.customers.services.notes import note

# What is about the files themselves and stays with them.
STAYS = {
    "customers.customer.merged_into",
    "customers.merge.kept",
    "customers.merge.merged",
    "customers.likeness.first",
    "customers.likeness.second",
    "customers.erasure.customer",
}


def test_everything_that_points_to_a_customer_says_whether_it_follows():
    pointing = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Customer
    }
    assert pointing == STAYS | set(settings.CUSTOMER_ROWS)
    assert not STAYS & set(settings.CUSTOMER_ROWS)


def rows() -> dict[str, list[tuple]]:
    """Everything that follows a customer, with whose it is now."""
    found = {}
    for path in settings.CUSTOMER_ROWS:
        app, name, field = path.split(".")
        model = apps.get_model(app, name)
        found[path] = sorted((str(key), to) for key, to in model.objects.values_list("pk", field))
    return found


def test_what_was_merged_is_found_under_the_kept_file(as_, cast):
    kept, other = make_customer(phone="13800002071"), make_customer(email="wang@example.com")
    note(Need(customer=other, source="contact", words="次日送达"), by=cast.bo)
    url = reverse("customers:merge", args=[kept.pk])
    given = {"other": str(other), "reason": "同一人"}
    assert as_(cast.bo).post(url, given).status_code == 403
    assert as_(cast.ada).post(url, given | {"reason": ""}).status_code == 422
    assert as_(cast.ada).post(url, given).status_code == 302
    assert customers_for([{"email": "wang@example.com"}]) == [kept]
    assert kept.need_rows.count() == 1
    there = as_(cast.bo).get(reverse("customers:detail", args=[other.pk]))
    assert there["Location"] == reverse("customers:detail", args=[kept.pk])
    assert as_(cast.ada).post(url, given).status_code == 422


def test_what_both_have_does_not_stand_in_the_way(cast):
    kept, other = make_customer(name="王小明"), make_customer(name="王小明")
    merge_customers(kept, other, reason="同一人", by=cast.ada)
    assert kept.identifiers.count() == other.identifiers.count() == 1


@tried(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6))
def test_undoing_in_turn_restores_every_row(cast, pairs):
    Identifier.objects.all().delete()
    files = [make_customer(name="王小明", phone=f"1380000{number:04}") for number in range(4)]
    for one in files:
        note(Consent(customer=one, is_given=False, words="不要再打"), by=None)
    merges, before = [], []
    for first, second in pairs:
        kept, other = (Customer.objects.get(pk=files[at].pk) for at in (first, second))
        if first != second and kept.merged_into is None and other.merged_into is None:
            before.append(rows())
            merges.append(merge_customers(kept, other, reason="同一人", by=cast.ada))
    for merge, held in zip(reversed(merges), reversed(before), strict=True):
        undo_merge(merge, reason="两个人", by=cast.ada)
        assert rows() == held
    Merge.objects.all().delete()


def test_what_came_later_stays_with_the_kept_file(as_, cast):
    kept, other = make_customer(phone="13800002071"), make_customer(email="wang@example.com")
    merge = merge_customers(kept, other, reason="同一人", by=cast.ada)
    later = note(Need(customer=kept, source="contact", words="次日送达"), by=cast.bo)
    url = reverse("customers:undo_merge", args=[merge.pk])
    assert as_(cast.ada).post(url).status_code == 422
    assert as_(cast.ada).post(url, {"reason": "两个人"}).status_code == 302
    assert as_(cast.ada).post(url, {"reason": "两个人"}).status_code == 409
    later.refresh_from_db()
    assert later.customer == kept
    assert customers_for([{"email": "wang@example.com"}]) == [other]


def test_the_later_merge_is_undone_first(as_, cast):
    first, second, third = (make_customer(phone=f"1380000000{number}") for number in range(3))
    merge = merge_customers(second, first, reason="同一人", by=cast.ada)
    merge_customers(third, second, reason="同一人", by=cast.ada)
    url = reverse("customers:undo_merge", args=[merge.pk])
    assert as_(cast.ada).post(url, {"reason": "两个人"}).status_code == 409


@pytest.fixture
def namesakes(db):
    company = Company.objects.create(name="云帆科技", created_at=now())
    pair = [make_customer(name="王小明") for _ in range(2)]
    make_customer(name="王小明")  # of no company: may be anybody
    Customer.objects.filter(pk__in=[one.pk for one in pair]).update(company=company)
    return pair


def test_files_that_look_alike_are_proposed_once(as_, cast, namesakes):
    find_likenesses()
    find_likenesses()
    pair = Likeness.objects.get()
    assert [pair.first, pair.second] == sorted(namesakes, key=lambda one: one.pk)
    assert str(pair.first) in as_(cast.ada).get(reverse("customers:likenesses")).content.decode()
    as_(cast.ada).post(reverse("customers:keep_apart", args=[pair.pk]))
    find_likenesses()
    listed = as_(cast.ada).get(reverse("customers:likenesses")).content.decode()
    assert str(pair.first) not in listed


def test_a_shared_phone_is_proposed(cast):
    one, other = make_customer(name="甲"), make_customer(name="乙")
    for customer in (one, other):
        Identifier.objects.create(
            customer=customer, kind="phone", blind_index="same", sealed="x", masked="138****2071"
        )
    assert find_likenesses() == 1
    assert Likeness.objects.get().reason == "identifier"
