import io

import openpyxl
import pytest
from django.urls import reverse

from lingzhi.imports.models import RowProblem
from lingzhi.imports.tests.conftest import HALF, line, table


def url(batch) -> str:
    return reverse("imports:problems", args=[batch.pk])


def text(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_every_problem_is_a_row_of_the_file(as_, cast, brought):
    batch = brought(table(*(line(f"C{at}", channel="飞鸽") for at in range(30))))
    lines = text(as_(cast.quan).get(url(batch))).splitlines()
    assert len(lines) == 31
    assert lines[1].startswith("2,渠道,")


@pytest.mark.parametrize(("language", "label"), [("zh-hans", "渠道"), ("en", "channel")])
def test_it_speaks_the_language_of_who_reads_it(as_, cast, brought, language, label):
    client, batch = as_(cast.quan), brought(HALF)
    client.cookies["lz_language"] = language
    _heading, row = text(client.get(url(batch))).splitlines()
    number, field, sentence = row.split(",")
    assert (number, field) == ("3", label)
    assert sentence.isascii() == (language == "en")


def test_as_a_workbook(as_, cast, brought):
    answer = as_(cast.quan).get(url(brought(HALF)), {"form": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][:2] == [3, "渠道"]


def test_a_field_that_would_run_as_a_formula_is_harmless(as_, cast, brought):
    batch = brought(HALF)
    RowProblem.objects.filter(batch=batch).update(field="=cmd|' /C calc'!A0")
    assert "'=cmd" in text(as_(cast.quan).get(url(batch)))


def test_another_s_import_is_not_found(as_, cast, brought):
    batch = brought(HALF)
    assert as_(cast.bo).get(url(batch)).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, brought):
    assert client.get(url(brought(HALF))).status_code == 302


def test_it_only_reads(as_, cast, brought):
    assert as_(cast.quan).post(url(brought(HALF))).status_code == 405
