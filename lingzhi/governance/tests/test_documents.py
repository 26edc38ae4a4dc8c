"""Documents under control: approved by another, looked at again, destroyed with a protocol."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import NotYourStep, decide
from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.files.models import StoredFile
from lingzhi.governance.factories import changed, make_document
from lingzhi.governance.models import Document, DocumentVersion
from lingzhi.governance.queries.documents_held import documents_held
from lingzhi.governance.services import documents as services
from lingzhi.notifications.models import Notice
from lingzhi.rulebook.factories import make_version, part_of_pack
from lingzhi.rulebook.models import Control

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def a_file(words: str = "第一步 受理") -> SimpleUploadedFile:
    return SimpleUploadedFile("程序.txt", words.encode())


def test_from_a_file_to_what_everybody_reads(cast, as_, hold, run_jobs):
    hold(cast.nora, "leadership", cast.company)
    sent = {
        "number": "QM-01", "title": "投诉处理程序", "kind": "procedure", "unit": cast.hotline.pk,
        "owner": cast.ada.pk, "readers": "all", "every_months": 12, "keep_years": 3,
    }  # fmt: skip
    assert as_(cast.bo).post(page("add_document"), sent).status_code == 403
    client = as_(cast.quan)
    assert client.post(page("add_document"), sent).status_code == 302
    again = client.post(page("add_document"), sent)
    assert "number" in again.context["form"].errors
    document = Document.objects.get()
    version_page = page("add_document_version", document.pk)
    file = {"file": a_file(), "from_on": today() - 9 * DAY}
    assert client.post(version_page, file).status_code == 302
    second = client.post(version_page, {"file": a_file("二"), "from_on": today()})
    assert second.status_code == 422  # one at a time
    assert StoredFile.objects.count() == 1  # and nothing of it was kept
    version = DocumentVersion.objects.get()
    assert as_(cast.bo).get(page("document", document.pk)).status_code == 404
    assert as_(cast.bo).get(page("document_file", version.pk)).status_code == 404

    as_(cast.quan).post(page("ask_document", version.pk))
    approval = Approval.objects.get()
    with pytest.raises(NotYourStep):
        decide(approval, is_agreed=True, comment="", by=cast.quan)  # never who asked
    decide(approval, is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    version.refresh_from_db()
    assert (version.state, version.from_on) == ("approved", today())  # never backwards
    shown = as_(cast.bo).get(page("document", document.pk))
    assert shown.context["holds"] == version
    file = as_(cast.bo).get(page("document_file", version.pk))
    assert b"".join(file.streaming_content).decode() == "第一步 受理"
    assert "attachment" in file["Content-Disposition"]
    listed = as_(cast.bo).get(page("documents"), {"text": "投诉"})
    assert [one.document for one in listed.context["rows"]] == [document]
    table = b"".join(as_(cast.bo).get(page("document_register"), {"form": "csv"})).decode(
        "utf-8-sig"
    )
    assert version.sha256 in table


def test_other_bytes_than_were_signed_do_not_come_into_force(cast, hold):
    hold(cast.nora, "leadership", cast.company)
    version = make_document(cast.hotline, cast.ada)
    approval = services.request_approval(version, by=cast.ada)
    decide(approval, is_agreed=True, comment="", by=cast.nora)
    version.sha256 = "0" * 64
    assert services.put_in_force(version, Approval.objects.get()) is False


def test_the_next_version_takes_its_place_and_says_what_changed(cast, hold):
    hold(cast.nora, "leadership", cast.company)
    old = make_document(cast.hotline, cast.ada, held=True)
    changed(old, from_on=today() - 30 * DAY, review_on=today() + 5 * DAY)
    assert (services.ask_owners(), services.ask_owners()) == (1, 0)
    given = {"name": "b.txt", "from_on": today() + 3 * DAY, "by": cast.ada}
    with pytest.raises(BadInput):
        services.add_version(old.document, a_file("二").file, change=" ", **given)
    new = services.add_version(old.document, a_file("二").file, change="加一步", **given)
    approval = services.request_approval(new, by=cast.ada)
    decide(approval, is_agreed=True, comment="", by=cast.nora)
    assert services.put_in_force(new, Approval.objects.get())
    old.refresh_from_db()
    assert old.holds_on(today() + 2 * DAY)
    assert not old.holds_on(today() + 3 * DAY)
    assert new.holds_on(today() + 3 * DAY)
    todos = Notice.objects.filter(person=cast.ada, is_todo=True, ended_at=None)
    assert not todos.filter(body=str(old.document)).exists()
    services.withdraw(old.document, "并入总程序", by=cast.quan)
    new.refresh_from_db()
    assert not new.holds_on(today() + 9 * DAY)
    with pytest.raises(services.DocumentIsElsewhere):
        services.add_version(old.document, a_file("三").file, change="?", **given)


def test_what_was_kept_long_enough_is_destroyed_with_a_protocol(cast, as_):
    version = make_document(cast.hotline, cast.ada, held=True, keep_years=3)
    stored = version.file
    with pytest.raises(services.DocumentIsElsewhere):  # it holds
        services.destroy_version(version, "到期", by=cast.quan)
    changed(version, from_on=date(2022, 1, 1), ended_on=today() - 3 * 365 * DAY)
    version.refresh_from_db()
    with pytest.raises(services.DocumentIsElsewhere):  # some days too early
        services.destroy_version(version, "到期", by=cast.quan)
    changed(version, ended_on=today() - 4 * 365 * DAY)
    assert as_(cast.bo).post(page("destroy_document", version.pk)).status_code == 403
    url = page("destroy_document", version.pk)
    assert as_(cast.quan).post(url, {"reason": ""}).status_code == 422
    assert as_(cast.quan).post(url, {"reason": "保存期满"}).status_code == 302
    version.refresh_from_db()
    assert (version.file, version.destroyed_by) == (None, cast.quan)
    assert not default_storage.exists(stored.stored_as)
    entry = Entry.objects.get(action="governance.document_destroyed")
    assert entry.after["sha256"] == version.sha256
    assert as_(cast.quan).get(page("document_file", version.pk)).status_code == 404
    assert "保存期满" in as_(cast.quan).get(page("document", version.document_id)).content.decode()


def test_what_only_its_unit_may_read_is_not_there_for_others(cast, as_):
    version = make_document(cast.first, cast.ada, held=True, readers="unit")
    assert as_(cast.cai).get(page("document", version.document_id)).status_code == 404
    assert as_(cast.cai).get(page("document_file", version.pk)).status_code == 404
    assert as_(cast.ada).get(page("document_file", version.pk)).status_code == 200


def test_a_review_is_kept_and_the_next_one_due_a_period_later(cast, as_):
    version = make_document(cast.hotline, cast.ada, held=True)
    changed(version, review_on=today() - DAY)
    found = {"outcome": "kept", "reason": "仍然适用"}
    assert as_(cast.bo).post(page("review_document", version.pk), found).status_code == 403
    assert as_(cast.ada).post(page("review_document", version.pk), found).status_code == 302
    version.refresh_from_db()
    assert version.review_on > today() + 300 * DAY
    assert version.reviews.get().due_on == today() - DAY


def test_a_clause_is_kept_by_a_document_in_force_that_is_looked_at(cast, as_, settings, tmp_path):
    settings.PACKS = part_of_pack(tmp_path, "s25", "3.2.3")
    adopted = make_version("s25", cast.company, by=cast.quan, effective_on=today() - 200 * DAY)
    control = Control.objects.get(clause__version=adopted, kind="document")
    bindings = control.bindings()
    end = today().replace(day=1) - DAY
    begin = end.replace(day=1)

    def verdict() -> tuple[int, int, int]:
        [days] = documents_held(bindings, begin, end)
        one = days[end]
        return one.kept, one.broken, one.unknown

    assert verdict() == (0, 0, 1)  # it may lie elsewhere
    version = make_document(cast.hotline, cast.ada, held=True)
    services.link_clause(version.document, control.clause, by=cast.quan)
    assert verdict() == (0, 0, 1)  # not in force by then
    changed(version, from_on=begin)
    assert verdict() == (1, 0, 0)
    changed(version, review_on=end - DAY)
    assert verdict() == (0, 1, 0)
    version.refresh_from_db()
    services.review_document(version, "kept", "仍然适用", by=cast.ada)
    assert verdict() == (0, 1, 0)  # looked at later changes nothing of the month
    changed(version, ended_on=end)
    assert verdict() == (0, 1, 0)
    clause = control.clause
    shown = as_(cast.quan).get(
        reverse("rulebook:clause", args=[clause.version.regulation_id, clause.number])
    )
    assert "QM-01" in shown.content.decode()
