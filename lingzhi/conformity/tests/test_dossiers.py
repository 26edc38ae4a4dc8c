"""The auditor's document: read as a page, made as PDF and Word, taken with a receipt."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document as open_word

from lingzhi.audit.models import Entry
from lingzhi.conformity.models import Dossier, DossierReceipt
from lingzhi.conformity.printing.content import with_annexes
from lingzhi.conformity.printing.files import file_bytes
from lingzhi.conformity.queries.periods import last_days
from lingzhi.conformity.services import count_kind, counted_kinds
from lingzhi.conformity.services import dossiers as services
from lingzhi.core.clock import today
from lingzhi.core.documents.pdf import PdfNotPossible
from lingzhi.core.tests.needed import needs_pdf
from lingzhi.files.models import StoredFile

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def counted(house):
    for kind in counted_kinds():
        count_kind(kind)
    return house


def words_of(content: bytes) -> str:
    document = open_word(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


def test_the_document_says_of_each_clause_what_is_known(
    as_, cast, counted, django_assert_max_num_queries
):
    url = reverse("conformity:document", args=[counted.regulation.pk])
    client = as_(cast.quan)
    client.get(url)
    with django_assert_max_num_queries(45):
        answer = client.get(url, headers=ENGLISH)
    by_number = {one.number: one for one in answer.context["content"].clauses}
    shirking = by_number["2.1"]
    assert shirking.controls[0].figure.evidence.broken == 3
    assert shirking.last_on == today() - timedelta(days=2)
    assert by_number["2.5"].state == "unenforced"
    days = {"from_on": str(today() - timedelta(days=9)), "to_on": str(today())}
    assert as_(cast.quan).get(url, days).context["period"].days == 10
    assert as_(cast.bo).get(url).status_code == 403


def test_it_is_made_kept_once_and_taken_with_a_receipt(as_, cast, counted, run_jobs):
    regulation = counted.regulation
    ask = reverse("conformity:ask_for_dossier", args=[regulation.pk])
    for _time in range(2):
        answer = as_(cast.quan).post(ask, {"form": "docx", "period": "30"}, headers=ENGLISH)
        assert answer.status_code == 302
    assert Dossier.objects.count() == 1, "who waits for a file does not wait for another"
    run_jobs()
    dossier = Dossier.objects.select_related("file").get()
    taken = as_(cast.quan).get(reverse("conformity:take_dossier", args=[regulation.pk, dossier.pk]))
    content = b"".join(taken.streaming_content)
    assert hashlib.sha256(content).hexdigest() == dossier.file.sha256
    text = words_of(content)
    key = f"2.1/shirking/hotline/{today() - timedelta(days=3):%Y%m%d}"
    for said in (
        "What was not checked",
        "Agents smile.",
        "no control",
        "Auditor",
        key,
        "不归我们管",
    ):
        assert said in text, said
    assert DossierReceipt.objects.get().person == cast.quan
    acts = Entry.objects.filter(action__startswith="conformity.dossier").order_by("pk")
    assert [one.action.split("_")[-1] for one in acts] == ["asked", "made", "taken"]

    as_(cast.quan).post(ask, {"form": "docx", "period": "30"}, headers=ENGLISH)
    run_jobs()
    assert len(set(Dossier.objects.values_list("file", flat=True))) == 1
    assert StoredFile.objects.filter(purpose="dossier").count() == 1


def test_who_may_take_it(as_, cast, counted, run_jobs):
    regulation = counted.regulation
    as_(cast.quan).post(
        reverse("conformity:ask_for_dossier", args=[regulation.pk]), {"form": "docx"}
    )
    run_jobs()
    url = reverse("conformity:take_dossier", args=[regulation.pk, Dossier.objects.get().pk])
    assert as_(cast.ada).get(url).status_code == 404, "it is about the whole centre"
    assert as_(cast.bo).get(url).status_code == 403
    listed = as_(cast.ada).get(reverse("conformity:dossiers", args=[regulation.pk]))
    assert listed.context["dossiers"] == []


def test_what_the_machine_lacks_is_said(as_, cast, counted, run_jobs, monkeypatch):
    def lacks(_html):
        raise PdfNotPossible("PDF needs fonts.")

    monkeypatch.setattr("lingzhi.conformity.printing.files.pdf_bytes", lacks)
    as_(cast.quan).post(reverse("conformity:ask_for_dossier", args=[counted.regulation.pk]))
    run_jobs()
    services.make_dossier(Dossier.objects.get())
    page = as_(cast.quan).get(reverse("conformity:dossiers", args=[counted.regulation.pk]))
    assert "PDF needs fonts." in page.content.decode()


@needs_pdf
def test_the_pdf_made_again_is_the_same(cast, counted):
    period = last_days(30, today())
    dossier = services.ask_for_dossier(counted.version, cast.hotline, period, "pdf", by=cast.quan)
    first, second = (file_bytes(with_annexes(dossier), "pdf") for _time in range(2))
    assert first.startswith(b"%PDF")
    assert first == second
