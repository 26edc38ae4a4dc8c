"""Putting a subordinate document into its slot, and taking it away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Slot
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def url(in_force) -> str:
    return reverse("rulebook:fill_slot", args=[in_force.regulation_id, "emergency-plan"])


def _file():
    return SimpleUploadedFile("plan.txt", b"Call the head.")


def test_the_document_stands_on_the_regulation(as_, cast, url, in_force):
    assert "应急预案" in words(as_(cast.quan).get(url))
    as_(cast.quan).post(url, {"upload": _file()})
    assert Slot.objects.get().file.name == "plan.txt"
    assert Entry.objects.filter(action="rulebook.slot_filled").count() == 1
    page = as_(cast.bo).get(reverse("rulebook:regulation", args=[in_force.regulation_id]))
    assert [slot.file.name for slot in page.context["slots"]] == ["plan.txt"]


def test_without_a_file_it_says_so(as_, cast, url):
    answer = as_(cast.quan).post(url)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["upload"]


def test_its_document_is_read_by_everybody_and_no_other_file(as_, cast, url, in_force):
    as_(cast.quan).post(url, {"upload": _file()})
    pk = Slot.objects.get().file_id
    address = reverse("rulebook:document", args=[in_force.regulation_id, pk])
    assert b"".join(as_(cast.bo).get(address).streaming_content) == b"Call the head."
    other = reverse("rulebook:document", args=[in_force.regulation_id, pk + 1])
    assert as_(cast.bo).get(other).status_code == 404


def test_the_doors(client, cast, in_force):
    args = [in_force.regulation_id, "emergency-plan"]
    assert refused(client, "fill_slot", args, by=cast.bo) == 403
    assert refused(client, "fill_slot", [args[0], "none"], by=cast.quan) == 404
    assert refused(client, "fill_slot", [0, "emergency-plan"], by=cast.quan) == 404
    assert refused(client, "fill_slot", args, by=cast.quan, method="put") == 405
    assert leads_to_sign_in(client, "fill_slot", args)
    assert leads_to_sign_in(client, "document", [args[0], 1])
    assert refused(client, "document", [args[0], 1], by=cast.quan, method="post") == 405
