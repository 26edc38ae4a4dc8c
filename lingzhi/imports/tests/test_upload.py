import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.files.models import StoredFile
from lingzhi.imports.models import Batch
from lingzhi.imports.tests.conftest import GOOD

URL = reverse("imports:upload")


def send(client, content=GOOD, *, name="a.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(URL, {"file": file, "source": "pbx", "kind": "contacts"} | fields)


def test_a_file_is_kept_and_its_mapping_comes_next(as_, cast):
    answer = send(as_(cast.quan))
    batch = Batch.objects.get()
    assert answer["Location"] == reverse("imports:mapping", args=[batch.pk])
    assert (batch.source, batch.created_by, batch.started_at) == ("pbx", cast.quan, None)
    assert batch.options == {"format": "csv", "encoding": "utf-8", "delimiter": ","}
    after = Entry.objects.get(action="imports.received").after
    assert after == {"kind": "contacts", "source": "pbx", "sha256": batch.file_sha256}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"%PDF-1.7" + bytes(range(256)) * 9),
        ("a.exe", b"MZ" + bytes(range(256)) * 9),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.xlsx", b"a,b\n1,2\n"),
        ("a.csv", b" \n "),
        ("a.csv", b""),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_not_kept(as_, cast, name, content):
    answer = send(as_(cast.quan), content, name=name)
    assert answer.status_code == 422
    assert "lz-error" in answer.content.decode()
    assert not Batch.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("source", ["", "has space", "渠道", "x" * 41, "-x"])
def test_a_source_is_a_short_code(as_, cast, source):
    assert send(as_(cast.quan), source=source).status_code == 422


def test_known_sources_are_suggested(as_, cast, received):
    received(source="wecom")
    assert '<option value="wecom">' in as_(cast.quan).get(URL).content.decode()


def test_a_file_of_a_known_data_set_is_noticed_to_be_none(as_, cast):
    answer = send(as_(cast.quan), adapter="crosswoz")
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_a_full_disk_is_told(as_, cast, monkeypatch):
    def full(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    answer = send(as_(cast.quan))
    assert answer.status_code == 409
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("error", "status"),
    [(errno.ENOSPC, 507), (errno.EDQUOT, 507), (errno.EIO, 500)],
)
def test_a_disk_that_is_full_before_the_file_arrived_is_told(
    as_, cast, monkeypatch, settings, tmp_path, error, status
):
    remembered = []  # as the server does for a while

    def fail(self, raw_data, start):
        remembered.append(self)
        raise OSError(error, "disk")

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # the file goes to the folder for uploads
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", fail)
    client = as_(cast.quan)
    client.raise_request_exception = False
    answer = send(client)
    assert (answer.status_code, f">{status}<" in answer.content.decode()) == (status, True)
    assert list(tmp_path.glob("*.upload*")) == []
    assert not Batch.objects.exists()


def test_who_may_not_import_is_refused(as_, cast):
    for person in (cast.bo, cast.ada, cast.ines, cast.ann):
        assert as_(person).get(URL).status_code == 403
        assert send(as_(person)).status_code == 403


def test_anonymous_is_sent_to_sign_in(client, db):
    assert client.get(URL).status_code == 302


def test_it_is_only_asked_or_sent(as_, cast):
    assert as_(cast.quan).put(URL).status_code == 405
