"""The workbench: words as evidence, sound, photos, similar cases, two tabs, clauses, history."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import add_recording
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.files.models import StoredFile
from lingzhi.inspections.factories import SHEET, make_review, make_rule, make_sheet
from lingzhi.inspections.models import Photo, Pin, Review
from lingzhi.inspections.presenting.reviews import marks_of, shown_review
from lingzhi.inspections.queries.backing import clauses_behind
from lingzhi.inspections.services import inspect_all, open_review, save_review, submit_review
from lingzhi.inspections.services.listening import joined, note_heard
from lingzhi.inspections.services.photos import NotOpen, add_photo
from lingzhi.rulebook.factories import make_version

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
TALK = "客户:我要退款\n客服:这个不归我们管"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 60
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x10\x00\x00\x00" + b"\x00" * 24


@pytest.fixture
def sheet(cast):
    section = SHEET["sections"][0]
    items = [*section["items"][:1], {**section["items"][1], "evidence": "failed"}]
    return make_sheet(cast.quan, {**SHEET, "sections": [{**section, "items": items}]})


@pytest.fixture
def contact():
    return make_contact("BO-1", agent="1002", turns=TALK)


@pytest.fixture
def draft(cast, sheet, contact):
    return open_review(contact, sheet, by=cast.ines)


def url(name, review, *more):
    return reverse(f"inspections:{name}", args=[review.pk, *more])


def html(answer):
    return " ".join(answer.content.decode().split())


def send(client, draft, *, revision=0, **data):
    sent = {"revision": str(revision), **{name.replace("_", "-"): data[name] for name in data}}
    return client.post(url("score_review", draft), sent, headers={**ENGLISH, "HX-Request": "true"})


# --- words as evidence ------------------------------------------------------------------------


def test_words_are_pinned_and_so_are_whole_turns(as_, cast, draft):
    send(as_(cast.ines), draft, answer_solve="no", turns_solve="1, 2:2-4")
    assert list(Pin.objects.values_list("turn", "start", "end")) == [(1, 0, 0), (2, 2, 4)]
    draft.refresh_from_db()
    solve = shown_review(draft).sections[0].items[1]
    assert solve.turns == "1, 2:2-4"
    assert solve.quotes == ((1, ""), (2, "不归"))
    assert solve.missing == ()
    marks = marks_of(draft, draft.contact)
    assert [(mark.start, mark.end) for mark in marks[1] + marks[2]] == [(0, 4), (2, 4)]


def test_words_that_are_not_there_mean_the_whole_turn(cast, draft):
    pins = {"solve": [(2, 0, 99), (2, 5, 5), 2, (7, 0, 1)]}
    save_review(draft, {}, pins, seen=0, summary="", by=cast.ines)
    assert list(Pin.objects.values_list("turn", "start", "end")) == [(2, 0, 0)]


def test_the_score_shows_the_words(as_, cast, draft):
    pins = {"solve": [(2, 2, 5)]}
    answers = {"greet": {"value": "yes"}, "solve": {"value": "no"}}
    save_review(draft, answers, pins, seen=0, summary="", by=cast.ines)
    submit_review(draft, by=cast.ines)
    assert "“不归我”" in html(as_(cast.quan).get(url("review", draft), headers=ENGLISH))


# --- sound ------------------------------------------------------------------------------------


@pytest.fixture
def heard(cast, contact):
    return add_recording(contact, BytesIO(WAV), name="a.wav", roles=[], by=cast.quan)


def test_stretches_that_overlap_count_once():
    assert joined([(500, 900), (0, 600), (2000, 9000)], 3000) == [(0, 900), (2000, 3000)]
    assert joined([(5, 5), (9, 3), (-4, 2)], 100) == [(0, 2)]


def test_the_share_of_sound_played_is_kept(as_, cast, draft, heard):
    client = as_(cast.ines)
    address = url("note_heard", draft)
    client.post(address, {"heard": "0-1000", "length": "10000"})
    client.post(address, {"heard": "500-2000,9000-9500", "length": "10000"})
    draft.refresh_from_db()
    assert draft.sound_ratio == pytest.approx(0.25)


def test_what_was_not_recorded_is_not_played(cast, draft):
    note_heard(draft, heard=[(0, 900)], length_ms=1000)
    draft.refresh_from_db()
    assert draft.sound_ratio is None


def test_a_score_without_listening_is_marked(as_, cast, sheet, contact, heard):
    given = make_review(contact, sheet, by=cast.ines)
    assert given.sound_ratio == 0
    assert given.is_unheard
    client = as_(cast.quan)
    assert "given without listening" in html(client.get(url("review", given), headers=ENGLISH))
    note_heard(given, heard=[(0, 1000)], length_ms=1000)  # too late
    given.refresh_from_db()
    assert given.sound_ratio == 0


def test_without_a_recording_nothing_is_marked(cast, sheet, contact):
    given = make_review(contact, sheet, by=cast.ines)
    assert given.sound_ratio is None
    assert not given.is_unheard


def test_the_player_stands_on_the_workbench(as_, cast, draft, heard):
    page = html(as_(cast.ines).get(url("review", draft), headers=ENGLISH))
    assert "<lz-player" in page
    assert reverse("contacts:play", args=[heard.pk]) in page


@pytest.mark.parametrize(("who", "status"), [("quan", 404), ("bo", 404), ("cai", 404)])
def test_only_who_scores_tells_what_was_heard(as_, cast, draft, who, status):
    assert as_(getattr(cast, who)).post(url("note_heard", draft)).status_code == status


# --- two tabs ---------------------------------------------------------------------------------


def test_a_second_tab_sees_the_difference_and_loses_nothing(as_, cast, draft):
    client = as_(cast.ines)
    send(client, draft, answer_greet="yes", comment_greet="kept")
    page = html(send(client, draft, answer_greet="no", comment_greet="mine", turns_solve="2:0-2"))
    assert "This draft was saved elsewhere meanwhile" in page
    assert "做到 · kept" in page
    assert "没做到 · mine" in page
    assert 'value="2:0-2"' in page
    draft.refresh_from_db()
    assert draft.answers["greet"]["comment"] == "kept"
    assert f'name="revision" value="{draft.revision}"' in page  # so that saving keeps mine
    send(client, draft, revision=draft.revision, answer_greet="no", comment_greet="mine")
    draft.refresh_from_db()
    assert draft.answers["greet"]["comment"] == "mine"


def test_without_script_the_difference_is_a_page(as_, cast, draft):
    client = as_(cast.ines)
    send(client, draft, answer_greet="yes")
    sent = {"revision": "0", "answer-greet": "no", "summary": "my words"}
    answer = client.post(url("score_review", draft), sent, headers=ENGLISH)
    assert answer.status_code == 409
    assert "my words" in html(answer)


# --- photos -----------------------------------------------------------------------------------


@pytest.fixture
def field(cast, contact):
    section = SHEET["sections"][0]
    items = [{**section["items"][0], "photo": "failed"}, section["items"][1]]
    content = {**SHEET, "sections": [{**section, "items": items}]}
    return open_review(contact, make_sheet(cast.quan, content, code="field"), by=cast.ines)


def test_a_failed_item_of_a_field_checklist_needs_its_photo(as_, cast, field):
    client = as_(cast.ines)
    assert "needs a photo" in html(send(client, field, answer_greet="no", answer_solve="yes"))
    photo = SimpleUploadedFile("a.jpg", JPEG)
    client.post(url("review_photos", field, "greet"), {"photo": photo})
    field.refresh_from_db()
    assert field.answers["greet"] == {"value": "no", "photos": 1}
    assert shown_review(field).score.is_complete
    send(client, field, revision=1, answer_greet="no", answer_solve="yes", submit="1")
    field.refresh_from_db()
    assert field.state == "scored"
    kept = Photo.objects.get()
    answer = as_(cast.quan).get(reverse("inspections:photo", args=[kept.pk]))
    assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("image/jpeg", JPEG)
    assert as_(cast.bo).get(reverse("inspections:photo", args=[kept.pk])).status_code == 404
    with pytest.raises(NotOpen):
        add_photo(field, "greet", BytesIO(JPEG), name="b.jpg", by=cast.ines)


def test_what_is_no_picture_is_refused(as_, cast, field):
    sent = {"photo": SimpleUploadedFile("a.jpg", b"<svg onload=x>")}
    answer = as_(cast.ines).post(url("review_photos", field, "greet"), sent)
    assert answer.status_code == 422
    with pytest.raises(BadInput):
        add_photo(field, "solve", BytesIO(JPEG), name="a.jpg", by=cast.ines)
    assert not StoredFile.objects.exists()


def test_a_photo_can_be_taken_away_from_a_draft(as_, cast, field):
    photo = add_photo(field, "greet", BytesIO(JPEG), name="a.jpg", by=cast.ines)
    as_(cast.ines).post(reverse("inspections:remove_photo", args=[photo.pk]))
    field.refresh_from_db()
    assert "greet" not in field.answers
    assert not Photo.objects.exists()
    assert not StoredFile.objects.exists()


# --- what stands beside -----------------------------------------------------------------------


def test_similar_cases_come_by_what_the_rules_found(as_, cast, sheet, contact, draft):
    make_rule()
    plain = make_contact("PLAIN", agent="1003", turns="客户:你好\n客服:您好")
    alike = make_contact("ALIKE", agent="2002", turns=TALK)
    inspect_all(Contact.objects.all())
    for talk in (alike, plain):
        review = open_review(talk, sheet, by=cast.quan)
        answers = {"greet": {"value": "yes"}, "solve": {"value": "no"}}
        save_review(review, answers, {"solve": [2]}, seen=0, summary="", by=cast.quan)
        submit_review(review, by=cast.quan)
    assert "No decided case" in html(_similar(as_(cast.ines), draft, "solve"))
    Review.objects.exclude(pk=draft.pk).update(state="released", released_at=now())
    page = html(_similar(as_(cast.ines), draft, "solve"))
    assert page.index("ALIKE") < page.index("PLAIN")
    assert "1 rule hit in common" in page
    assert "No decided case" in html(_similar(as_(cast.ines), draft, "greet"))
    assert _similar(as_(cast.ines), draft, "nothing").status_code == 404


def _similar(client, draft, item):
    return client.get(
        url("similar_reviews", draft, item), headers={**ENGLISH, "HX-Request": "true"}
    )


def test_the_customers_history_stands_beside(as_, cast, draft, contact):
    earlier = make_contact("EARLIER", agent="2002", turns=TALK)
    other = make_contact("OTHER", agent="2002", turns=TALK)
    customer = _customer(contact, other)
    Contact.objects.filter(pk__in=[contact.pk, earlier.pk]).update(customer=customer)
    Contact.objects.filter(pk=earlier.pk).update(started_at=contact.started_at - timedelta(days=2))
    page = html(as_(cast.ines).get(url("review", draft), headers=ENGLISH))
    assert "EARLIER" in page
    assert "OTHER" not in page


def _customer(contact, other):
    """Somebody who called, whoever it was."""
    model = Contact._meta.get_field("customer").related_model
    return contact.customer or other.customer or model.objects.create(created_at=now())


def test_an_item_without_rules_has_no_clause(draft):
    assert clauses_behind(draft.version.read(), draft.unit) == {}


def test_the_clause_behind_an_item_stands_beside_it(as_, cast, contact, settings, run_jobs):
    settings.PACKS = Path(__file__).parent / "packs"
    make_rule()
    adopted = make_version("named", cast.first, by=cast.quan, effective_on=today())
    run_jobs()
    section = SHEET["sections"][0]
    fill = {"rules": ["ownership.shirking"], "hit": "no", "miss": "yes"}
    items = [section["items"][0], {**section["items"][1], "fill": fill}]
    content = {**SHEET, "sections": [{**section, "items": items}]}
    made = open_review(contact, make_sheet(cast.quan, content, code="filled"), by=cast.ines)
    [behind] = clauses_behind(made.version.read(), made.unit)["solve"]
    assert behind.number == "1"
    assert behind.url == reverse("rulebook:clause", args=[adopted.regulation_id, "1"])
    assert f'href="{behind.url}"' in html(as_(cast.ines).get(url("review", made)))
    assert clauses_behind(made.version.read(), cast.second) == {}


def test_an_item_names_a_clause_itself(as_, cast, contact, settings, run_jobs):
    settings.PACKS = Path(__file__).parent / "packs"
    make_rule()
    adopted = make_version("named", cast.first, by=cast.quan, effective_on=today())
    run_jobs()
    version = make_sheet(cast.quan)
    place = reverse("inspections:edit_item", args=[version.sheet_id, "s", "greet"])
    client = as_(cast.quan)
    client.post(reverse("inspections:revise_sheet", args=[version.sheet_id]))
    page = client.get(place)
    assert "named:1" in page.content.decode()
    sent = {"title": "问候", "kind": "choice", "points": "40", "answers": "做到 = 100\n没做到 = 0",
            "clauses": ["named:1"], "seen": page.context["seen"]}  # fmt: skip
    assert client.post(place, sent).status_code == 302
    sheet = version.sheet.versions.get(state="draft")
    assert sheet.content["sections"][0]["items"][0]["clauses"] == ["named:1"]
    [behind] = clauses_behind(sheet.read(), cast.first)["greet"]
    assert behind.url == reverse("rulebook:clause", args=[adopted.regulation_id, "1"])
    assert clauses_behind(sheet.read(), cast.second) == {}
