import pytest

from lingzhi.customers.models import Customer, Identifier
from lingzhi.customers.services import customers_for

pytestmark = pytest.mark.django_db
PHONE, OTHER_PHONE = "13800002071", "13900002071"
MAIL = "wang@example.com"


def customer_of(**identifiers: str) -> Customer:
    [customer] = customers_for([identifiers])
    return customer


def held(customer: Customer) -> list[tuple[str, str]]:
    return sorted((one.kind, one.reveal()) for one in customer.identifiers.all())


def test_what_comes_with_a_known_phone_is_added():
    first = customer_of(phone=PHONE)
    assert customer_of(phone="+86 138-0000-2071", email=MAIL, name="王小明") == first
    assert held(first) == [("email", MAIL), ("name", "王小明"), ("phone", PHONE)]
    assert customer_of(email=MAIL.upper()) == first


def test_given_again_nothing_changes():
    given = [{"phone": PHONE, "email": MAIL}, {"phone": PHONE, "name": "王小明"}]
    customers_for(given)
    before = list(Identifier.objects.order_by("pk").values())
    customers_for(given + given)
    assert list(Identifier.objects.order_by("pk").values()) == before


def test_within_one_group_they_add_up():
    given = [{"phone": PHONE}, {"phone": PHONE, "email": MAIL}, {"email": MAIL}]
    assert len(set(customers_for(given))) == 1
    assert held(Customer.objects.get()) == [("email", MAIL), ("phone", PHONE)]


def test_what_belongs_to_another_customer_stays_there():
    first, second = customer_of(phone=PHONE), customer_of(email=MAIL)
    assert customer_of(phone=PHONE, email=MAIL) == first
    assert held(first) == [("phone", PHONE)]
    assert held(second) == [("email", MAIL)]


def test_a_second_name_or_account_may_be_of_somebody_else():
    family = customer_of(phone=PHONE, account="A-1", name="王小明")
    assert customer_of(phone=PHONE, account="A-2", name="李小红") == family
    assert held(family) == [("account", "A-1"), ("name", "王小明"), ("phone", PHONE)]


def test_a_second_phone_of_an_account_is_added():
    customer = customer_of(account="A-1", phone=PHONE)
    assert customer_of(account="A-1", phone=OTHER_PHONE) == customer
    assert customer_of(phone=OTHER_PHONE) == customer


def test_a_name_finds_nobody():
    assert customer_of(name="王小明") != customer_of(name="王小明")


def test_without_any_value_there_is_nobody():
    assert customers_for([{}, {"phone": " "}]) == [None, None]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    def group(size: int, mail: str) -> list[dict[str, str]]:
        return [{"phone": f"138{number:08}", "email": f"{mail}{number}"} for number in range(size)]

    customers_for(group(30, "a@"))
    for size in (3, 30):
        with django_assert_num_queries(4):
            customers_for(group(size, f"b{size}@"))
