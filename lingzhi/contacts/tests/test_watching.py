import os
import time

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Recording
from lingzhi.contacts.services import contacts as services
from lingzhi.contacts.watching import take_recordings
from lingzhi.files.services import NoRoom
from lingzhi.notifications.models import Notice

WAV = b"RIFF\x24\x08\x00\x00WAVE"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "test").mkdir()
    return tmp_path


def drop(folder, name, age=120):
    path = folder / "test" / name
    path.write_bytes(WAV + name.encode())
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_a_recording_finds_its_contact_and_channels(cast, folder):
    contact = make_contact("A1")
    path = drop(folder, "A1.agent-customer.wav")
    assert take_recordings(folder) == (1, 0)
    assert contact.recordings.get().roles_by_channel == ["agent", "customer"]
    assert not path.exists()
    assert (folder / "taken" / "test" / path.name).exists()


def test_it_waits_for_its_contact(cast, folder):
    drop(folder, "A9.wav")
    assert take_recordings(folder) == (0, 1)


def test_a_file_that_still_grows_is_left_alone(cast, folder):
    make_contact("A1")
    drop(folder, "A1.wav", age=1)
    assert take_recordings(folder) == (0, 0)


def test_a_file_that_was_kept_but_not_moved_is_not_kept_twice(cast, folder):
    make_contact("A1")
    path = drop(folder, "A1.wav")
    take_recordings(folder)
    (folder / "taken" / "test" / path.name).rename(path)
    take_recordings(folder)
    assert Recording.objects.count() == 1


def test_a_link_is_not_followed(cast, folder):
    make_contact("A1")
    (folder / "secret").write_bytes(b"x")
    (folder / "test" / "A1.wav").symlink_to(folder / "secret")
    assert take_recordings(folder) == (0, 0)


def test_a_file_that_is_no_sound_is_put_aside_and_the_others_are_taken(cast, folder):
    make_contact("A1")
    make_contact("A2")
    bad, good = drop(folder, "A1.wav", age=300), drop(folder, "A2.wav")
    bad.write_bytes(b"MZ not a sound")
    os.utime(bad, (time.time() - 300, time.time() - 300))
    assert take_recordings(folder) == (1, 0)
    assert (folder / "refused" / "test" / "A1.wav").exists()
    assert not good.exists()
    assert Notice.objects.get(is_todo=True).person == cast.sol
    assert take_recordings(folder) == (0, 0)


def test_a_file_that_cannot_be_read_now_stays_and_holds_up_nobody(cast, folder):
    make_contact("A1")
    make_contact("A2")
    (folder / "test" / "A1.wav").mkdir()
    os.utime(folder / "test" / "A1.wav", (time.time() - 300, time.time() - 300))
    drop(folder, "A2.wav")
    assert take_recordings(folder) == (1, 1)
    assert not (folder / "refused").exists()


def test_without_room_it_waits(cast, folder, monkeypatch):
    def full(*_arguments, **_options):
        raise NoRoom()

    make_contact("A1")
    path = drop(folder, "A1.wav")
    monkeypatch.setattr(services, "store_file", full)
    assert take_recordings(folder) == (0, 1)
    assert path.exists()


def test_a_file_named_by_a_phone_is_not_kept_under_it(cast, folder):
    contact = make_contact("13800002079")
    drop(folder, "13800002079.wav")
    assert take_recordings(folder) == (1, 0)
    recording = contact.recordings.select_related("file").get()
    assert "13800002079" not in f"{recording.reference} {recording.file.name}"
    assert recording.file.content_type.startswith("audio/")
