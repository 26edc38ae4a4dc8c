"""Putting the lawful adoption of a clause on record, with its proof."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.files.models import StoredFile
from lingzhi.rulebook.models import LawfulStep
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def url(in_force) -> str:
    return reverse("rulebook:record_step", args=[in_force.regulation_id, "2.1"])


def _form(**own):
    return {"kind": "discussion", "on": today(), "note": "all staff"} | own


def test_a_step_and_its_proof_stand_on_the_clause(as_, cast, url, in_force):
    proof = SimpleUploadedFile("minutes.txt", b"We talked about it.")
    answer = as_(cast.quan).post(url, _form(upload=proof))
    clause = reverse("rulebook:clause", args=[in_force.regulation_id, "2.1"])
    assert answer["Location"] == clause
    step = LawfulStep.objects.get()
    assert (step.kind, step.file.name) == ("discussion", "minutes.txt")
    assert Entry.objects.filter(action="rulebook.lawful_step_recorded").count() == 1
    assert str(step.get_kind_display()) in words(as_(cast.quan).get(clause))


def test_the_proof_is_taken_away_by_who_reads_the_regulation(as_, cast, url, in_force):
    as_(cast.quan).post(url, _form(upload=SimpleUploadedFile("minutes.txt", b"We talked.")))
    file = LawfulStep.objects.get().file
    address = reverse("rulebook:document", args=[in_force.regulation_id, file.pk])
    assert b"".join(as_(cast.bo).get(address).streaming_content) == b"We talked."


def test_a_day_to_come_is_named_and_no_proof_is_left(as_, cast, url):
    tomorrow = today() + timedelta(days=1)
    proof = SimpleUploadedFile("minutes.txt", b"We talked.")
    answer = as_(cast.quan).post(url, _form(on=tomorrow, upload=proof))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["on"]
    assert not LawfulStep.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_clause_that_touches_nothing_needs_no_step(as_, cast, in_force):
    url = reverse("rulebook:record_step", args=[in_force.regulation_id, "1.1"])
    answer = as_(cast.quan).post(url, _form())
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_the_doors(client, cast, in_force):
    args = [in_force.regulation_id, "2.1"]
    assert refused(client, "record_step", args, by=cast.bo) == 403
    assert refused(client, "record_step", [args[0], "9.9"], by=cast.quan) == 404
    assert refused(client, "record_step", args, by=cast.quan, method="put") == 405
    assert leads_to_sign_in(client, "record_step", args)
