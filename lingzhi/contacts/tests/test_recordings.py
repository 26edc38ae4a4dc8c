import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.services import add_recording, record_listening
from lingzhi.core.clock import now
from lingzhi.org.services import assign_role

SOUND = b"RIFF\x24\x08\x00\x00WAVE" + bytes(range(256)) * 10


@pytest.fixture
def recording(cast):
    contact = make_contact(agent="1002")
    roles = ["agent", "customer"]
    return add_recording(contact, io.BytesIO(SOUND), name="a.wav", roles=roles, by=cast.sol)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_it_streams_by_range_and_listening_is_audited(as_, cast, recording):
    url = reverse("contacts:play", args=[recording.pk])
    whole = as_(cast.ada).get(url)
    assert (whole.status_code, body(whole)) == (200, SOUND)
    part = as_(cast.ada).get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, body(part)) == (206, SOUND[10:20])
    tail = as_(cast.ada).get(url, headers={"Range": "bytes=-5"})
    assert body(tail) == SOUND[-5:]
    assert as_(cast.ada).get(url, headers={"Range": "bytes=9999-"}).status_code == 416
    assert Entry.objects.filter(action="contacts.listened").count() == 1


@pytest.mark.parametrize(
    "wanted", ["bytes=1-", "bytes=-999999", "bytes=00-", "items=0-", "bytes=7"]
)
def test_no_range_is_heard_without_a_trace(as_, cast, recording, wanted):
    as_(cast.ada).get(reverse("contacts:play", args=[recording.pk]), headers={"Range": wanted})
    entry = Entry.objects.get(action="contacts.listened")
    assert (entry.actor_id, entry.after) == (cast.ada.pk, {"recording": recording.pk})


def test_who_listens_again_leaves_a_row_every_ten_minutes(cast, recording, time_machine):
    rows = Entry.objects.filter(action="contacts.listened")
    begin = now()
    for minutes, by, there in [
        (0, cast.ada, 1),
        (0, cast.quan, 2),
        (9, cast.ada, 2),
        (11, cast.ada, 3),
    ]:
        time_machine.move_to(begin + timedelta(minutes=minutes), tick=False)
        record_listening(recording, by=by)
        assert rows.count() == there


def test_downloading_needs_a_right_and_a_reason(as_, cast, recording):
    url = reverse("contacts:download", args=[recording.pk])
    assert as_(cast.ada).post(url, {"reason": "x"}).status_code == 403
    assert as_(cast.quan).post(url).status_code == 422
    answer = as_(cast.quan).post(url, {"reason": "客户投诉取证"})
    assert body(answer) == SOUND
    assert Entry.objects.get(action="contacts.downloaded").reason == "客户投诉取证"


def test_of_another_team_it_does_not_exist(as_, cast, recording):
    assert as_(cast.cai).get(reverse("contacts:play", args=[recording.pk])).status_code == 404


def test_what_one_role_shows_another_role_does_not_play_or_take_away(as_, cast, recording):
    assign_role(cast.bea, "department_officer", cast.first, from_on=LONG_AGO, by=None)
    assert as_(cast.bea).get(reverse("contacts:play", args=[recording.pk])).status_code == 403
    assign_role(cast.ines, "quality_manager", cast.second, from_on=LONG_AGO, by=None)
    for name in ("contacts:download", "contacts:add_recording"):
        key = recording.pk if name == "contacts:download" else recording.contact_id
        answer = as_(cast.ines).post(reverse(name, args=[key]), {"reason": "x"})
        assert answer.status_code == 403


def test_a_recording_is_added_with_its_digest(as_, cast):
    contact = make_contact(agent="1002")
    url = reverse("contacts:add_recording", args=[contact.pk])
    upload = SimpleUploadedFile("b.wav", SOUND)
    assert as_(cast.quan).post(url, {"file": upload, "roles": "mixed"}).status_code == 302
    assert len(contact.recordings.get().sha256) == 64


def test_what_is_no_sound_is_refused(as_, cast):
    contact = make_contact(agent="1002")
    url = reverse("contacts:add_recording", args=[contact.pk])
    for upload in (SimpleUploadedFile("b.exe", SOUND), SimpleUploadedFile("b.wav", b"MZ" + SOUND)):
        assert as_(cast.quan).post(url, {"file": upload}).status_code == 422
    assert not contact.recordings.exists()


def test_each_of_two_recordings_is_downloaded_by_its_own_form(as_, cast, recording):
    second = add_recording(
        recording.contact, io.BytesIO(SOUND), name="b.wav", roles=[], by=cast.sol
    )
    url = reverse("contacts:detail", args=[recording.contact_id])
    page = as_(cast.quan).get(url).content.decode()
    for one in (recording, second):
        assert page.count(f'popovertarget="download-{one.pk}"') == 1 + 1  # to open and to close
        assert page.count(f'<dialog class="lz-dialog" id="download-{one.pk}"') == 1


def test_a_recording_that_stays_where_it_lies_comes_with_the_import(as_, cast):
    contact = make_contact(agent="1002", recording="//pbx/2026/1120/17.wav")
    assert contact.recordings.get().reference == "//pbx/2026/1120/17.wav"
    page = as_(cast.ada).get(reverse("contacts:detail", args=[contact.pk])).content.decode()
    assert "//pbx/2026/1120/17.wav" in page


def test_it_is_named_on_the_page(as_, cast):
    contact = make_contact(agent="1002")
    url = reverse("contacts:add_recording", args=[contact.pk])
    data = {"reference": "rec 13800002071", "roles": "mixed"}
    assert as_(cast.quan).post(url, data).status_code == 302
    recording = contact.recordings.get()
    assert recording.reference.startswith("rec 138****2071~")
    assert Entry.objects.get(action="contacts.recording_added").after == {
        "reference": recording.reference
    }
    assert as_(cast.quan).get(reverse("contacts:play", args=[recording.pk])).status_code == 404


def test_file_and_place_exclude_each_other_and_one_is_needed(as_, cast):
    contact = make_contact(agent="1002")
    url = reverse("contacts:add_recording", args=[contact.pk])
    both = {"file": SimpleUploadedFile("b.wav", SOUND), "reference": "17.wav"}
    assert [as_(cast.quan).post(url, data).status_code for data in (both, {})] == [422, 422]
    assert not contact.recordings.exists()
