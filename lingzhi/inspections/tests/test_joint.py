"""Joint inspections: several departments, one classified record, signed by each."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import JointInspection
from lingzhi.inspections.services.joint import (
    NothingRecorded,
    RecordSigned,
    SignedBefore,
    add_record,
    digest_of,
    open_joint_inspection,
    sign_record,
)
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def joint(cast):
    return open_joint_inspection(
        "三季度联合稽查", unit=cast.first, held_on=today(), inspectors=[cast.cai], by=cast.quan
    )


def test_inspectors_of_two_units_take_part_and_are_told(cast, joint):
    found = {(one.person.name, one.unit.name) for one in joint.inspectors.all()}
    assert found == {("Quan", "热线中心"), ("Cai", "二组")}
    assert Notice.objects.filter(person=cast.cai, is_todo=True).count() == 1
    assert Entry.objects.filter(action="inspections.joint_opened").count() == 1


def test_one_unit_alone_is_no_joint_inspection(cast):
    with pytest.raises(BadInput):
        open_joint_inspection(
            "x", unit=cast.first, held_on=today(), inspectors=[cast.ines], by=cast.quan
        )


def test_what_is_seen_is_classified_and_a_fault_has_evidence(cast, joint):
    add_record(joint, "good", "desks are tidy", by=cast.cai)
    with pytest.raises(BadInput):
        add_record(joint, "major", "screens unlocked", by=cast.cai)
    made = add_record(joint, "major", "screens unlocked", evidence="photo 4", by=cast.cai)
    assert made.get_classified_display()
    assert joint.records.count() == 2


def test_signed_by_one_the_record_stands_and_by_all_it_is_over(cast, joint):
    with pytest.raises(NothingRecorded):
        sign_record(joint, by=cast.quan)
    add_record(joint, "kept", "badges worn", by=cast.quan)
    sign_record(joint, by=cast.quan)
    assert joint.sha256 == digest_of(joint)
    assert joint.closed_at is None
    with pytest.raises(RecordSigned):
        add_record(joint, "kept", "more", by=cast.cai)
    with pytest.raises(SignedBefore):
        sign_record(joint, by=cast.quan)
    sign_record(joint, remark="agreed", by=cast.cai)
    assert joint.closed_at is not None
    assert not Notice.objects.filter(person=cast.cai, is_todo=True, ended_at=None).exists()


def test_its_pages(cast, as_):
    client = as_(cast.quan)
    data = {"title": "联合稽查", "unit": cast.first.pk, "held_on": today().isoformat()}
    alone = client.post(reverse("inspections:new_joint"), {**data, "inspectors": cast.ines.pk})
    assert alone.status_code == 422
    made = client.post(reverse("inspections:new_joint"), {**data, "inspectors": cast.cai.pk})
    found = JointInspection.objects.get()
    add = reverse("inspections:add_joint_record", args=[found.pk])
    assert client.post(add, {"classified": "major", "words": "x"}).status_code == 422
    assert client.post(add, {"classified": "kept", "words": "badges worn"}).status_code == 302
    page = client.get(made.url, headers=ENGLISH).content.decode()
    assert "badges worn" in page
    assert client.post(reverse("inspections:sign_joint", args=[found.pk])).status_code == 302
    assert as_(cast.ada).post(add, {"classified": "kept", "words": "x"}).status_code == 403
    assert as_(cast.chen).get(made.url).status_code == 404
    assert as_(cast.ada).get(reverse("inspections:new_joint")).status_code == 403
