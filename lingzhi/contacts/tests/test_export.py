import csv
import io

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact

URL = reverse("contacts:export")


def test_it_exports_what_one_may_see_and_records_it(as_, cast):
    make_contact("=cmd()", agent="1002")
    answer = as_(cast.quan).get(URL)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][0] == "'=cmd()"
    assert Entry.objects.get(action="contacts.exported").after == {"contacts": 1}


def test_it_is_forbidden_without_the_right(as_, cast):
    assert as_(cast.ada).get(URL).status_code == 403
