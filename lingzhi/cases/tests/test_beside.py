"""Files beside a case, and people who watch it."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case
from lingzhi.cases.models import Case, CaseFile
from lingzhi.cases.services.attaching import MOST_BYTES, add_file
from lingzhi.cases.services.working import note_on_case
from lingzhi.core.errors import BadInput
from lingzhi.files.models import StoredFile
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def case(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    return make_case(by=cast.bo, unit=cast.first)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("照片.png", b"MZ not a picture"), ("run.exe", b"MZ"), ("leer.pdf", b""),
        ("doc.docx", b"%PDF-1.7"), ("notes.txt", b"a\0b"), ("noname", PNG),
    ],
)  # fmt: skip
def test_a_file_is_what_its_name_says(cast, case, name, body):
    with pytest.raises(BadInput):
        add_file(case, BytesIO(body), name=name, by=cast.bo)
    assert not StoredFile.objects.exists()


def test_a_file_is_not_larger_than_said(cast, case):
    with pytest.raises(BadInput):
        add_file(case, BytesIO(PNG + b"0" * MOST_BYTES), name="大.png", by=cast.bo)


def test_a_file_is_kept_taken_and_removed(cast, case, as_):
    client = as_(cast.bo)
    sent = {"file": SimpleUploadedFile("破损.PNG", PNG), "note": "外箱，收件人电话13800002071"}
    assert client.post(reverse("cases:attach", args=[case.pk]), sent).status_code == 302
    kept = CaseFile.objects.get()
    assert "13800002071" not in kept.note
    assert "破损.PNG" in client.get(reverse("cases:case", args=[case.pk])).content.decode()
    taken = client.get(reverse("cases:file", args=[kept.pk]))
    assert b"".join(taken.streaming_content) == PNG
    assert taken["Content-Disposition"].startswith("attachment")
    assert as_(cast.chen).get(reverse("cases:file", args=[kept.pk])).status_code == 404
    assert Entry.objects.filter(action="cases.file_taken").count() == 1
    stored_as = kept.file.stored_as
    as_(cast.ada).post(reverse("cases:remove_file", args=[kept.pk]))
    assert not default_storage.exists(stored_as)
    assert [one.kind for one in case.events.all()][-2:] == ["file_added", "file_removed"]


def test_who_watches_hears_once_until_they_read_it(cast, case, as_):
    as_(cast.ada).post(reverse("cases:watch", args=[case.pk]))
    Notice.objects.all().delete()
    in_work(case, by=cast.bo)
    assert Notice.objects.filter(person=cast.ada, matter=f"cases.watch/{case.pk}").count() == 1
    as_(cast.ada).post(reverse("cases:watch", args=[case.pk]))
    assert not case.watchers.exists()


def test_who_is_named_in_a_note_hears_and_watches(cast, case):
    note_on_case(case, "请 @1001 看一下", by=cast.bo)
    assert Notice.objects.filter(person=cast.ada, title__contains="提到").exists()
    assert [one.person for one in case.watchers.all()] == [cast.ada]
    with pytest.raises(BadInput):  # of another team: a name would tell of a case they may not see
        note_on_case(case, "@2002 看看", by=cast.bo)
    assert case.events.filter(kind="noted").count() == 1
