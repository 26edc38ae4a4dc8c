import pytest

from lingzhi.customers.queries import customers_known_by
from lingzhi.customers.services import customers_for


@pytest.fixture
def customer(db):
    given = {"phone": "13800002071", "account": "VIP-88", "email": "li@example.com", "name": "李娜"}
    return customers_for([given])[0]


@pytest.mark.parametrize(
    "text",
    ["13800002071", "+86 138 0000 2071", "１３８００００２０７１", "vip-88", "LI@example.com"],
)
def test_a_customer_is_found_by_any_writing_of_an_identifier(customer, text):
    assert customers_known_by(text) == [customer.pk]


@pytest.mark.parametrize("text", ["", " ", "1380000207", "李娜", "VIP"])
def test_a_part_or_a_name_names_nobody(customer, text):
    assert customers_known_by(text) == []
