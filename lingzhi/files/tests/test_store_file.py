import errno
import io
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.files import services
from lingzhi.files.checks import rows_and_files
from lingzhi.files.models import StoredFile


def store(cast, data=b"abc", name="a.wav"):
    return services.store_file(io.BytesIO(data), name=name, purpose="recording", by=cast.sol)


def test_it_keeps_the_bytes_under_a_name_of_its_own(cast):
    stored = store(cast, name="../../etc/pass wd.wav")
    assert stored.name == "pass wd.wav"
    assert "pass" not in stored.stored_as
    assert default_storage.open(stored.stored_as).read() == b"abc"
    assert Entry.objects.get(action="files.stored").after["size"] == 3


def test_a_file_that_is_too_large_leaves_nothing_behind(cast, monkeypatch, settings):
    monkeypatch.setattr(services, "MAX_BYTES", 2)
    with pytest.raises(BadInput):
        store(cast)
    assert not StoredFile.objects.exists()


def test_files_and_rows_agree(cast):
    stored = store(cast)
    assert list(rows_and_files()) == []
    with default_storage.open(stored.stored_as, "wb") as file:
        file.write(b"abd")
    assert [problem.message for problem in rows_and_files()] == ["the file is not what was stored"]
    default_storage.delete(stored.stored_as)
    default_storage.save("recording/stray", io.BytesIO(b"x"))
    assert len(list(rows_and_files())) == 2


def test_a_full_disk_is_told_and_leaves_nothing_behind(cast, monkeypatch):
    def fill_up(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fill_up)
    with pytest.raises(services.NoRoom):
        store(cast)
    assert not StoredFile.objects.exists()
    assert list(rows_and_files()) == []


def test_a_file_is_discarded_with_its_bytes(cast):
    stored = store(cast)
    services.discard_file(stored, by=cast.sol)
    assert list(rows_and_files()) == []
    assert not StoredFile.objects.exists()
    assert Entry.objects.get(action="files.deleted").after["sha256"] == stored.sha256
