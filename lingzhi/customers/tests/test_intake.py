"""Customers and deliveries from files."""

import io

import pytest

from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Customer, Delivery, Segment
from lingzhi.customers.queries.segments import segments_of
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.models import Batch
from lingzhi.imports.queries import remembered_mapping
from lingzhi.imports.samples import propose
from lingzhi.imports.services import accept_batch, bring_in, file_path, receive_file, start_batch

PEOPLE = (
    "客户编号,姓名,手机,公司名称,客户等级\n"
    "K1,王小明,13800002071,云帆科技,VIP\nK2,李娜,,,\n,赵六,,,\n"
)
GOODS = (
    "合同号,产品名称,型号,数量,金额,交付日期,客户编号,公司名称\n"
    "HT-1,净水机,JS-3,2,￥12,800.00,2026/3/1,K1,云帆科技\n"
).replace("￥12,800.00", '"￥12,800.00"')


def bring(kind: str, text: str, cast) -> Batch:
    found = kind_named(kind)
    batch = receive_file(
        found, io.BytesIO(text.encode()), name="file.csv", source="crm", by=cast.quan
    )
    given = propose(found, file_path(batch), batch.options, remembered_mapping(batch))
    start_batch(batch, columns=given.columns, options=given.options, by=cast.quan, is_queued=False)
    bring_in(batch)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def vip(db):
    return Segment.objects.create(code="vip", name="VIP", rank=9)


def test_a_member_list_becomes_files(cast, vip):
    batch = bring("customers", PEOPLE, cast)
    assert batch.problem_rows == 1  # a name alone tells nobody apart
    accept_batch(batch, by=cast.quan)
    bring_in(batch)
    wang = Customer.objects.get(identifiers__masked="138****2071")
    assert wang.company.name == "云帆科技"
    assert segments_of([wang.pk])[wang.pk] == [vip]
    assert Customer.objects.count() == 2


def test_what_a_file_says_already_stays(cast, vip):
    known = make_customer(account="K1")
    Customer.objects.filter(pk=known.pk).update(post="采购经理")
    given = "客户编号,职务,特殊需求\nK1,经理,听力不便\n"
    bring("customers", given, cast)
    known.refresh_from_db()
    assert (known.post, known.special_needs) == ("采购经理", "听力不便")


def test_deliveries_come_once_and_another_day_is_a_conflict(cast):
    bring("deliveries", GOODS, cast)
    row = Delivery.objects.get()
    assert (row.name, row.quantity, str(row.amount)) == ("净水机", 2, "12800.00")
    assert row.customer.company.name == "云帆科技"
    again = bring("deliveries", GOODS, cast)
    assert again.published_rows == 0
    bring("deliveries", GOODS.replace("2026/3/1", "2026/4/1"), cast)
    assert Delivery.objects.count() == 1
