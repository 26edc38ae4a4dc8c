"""The findings export: the same versions and data give the same bytes."""

import hashlib
import json

import pytest
from django.core.management import call_command

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.inspections.models import Finding, Inspection

pytestmark = pytest.mark.django_db

TALKS = {
    "B2": "客户:喂\n客服:这个不归我们管,真不归我们管",
    "A1": "客服:您好\n客服:不归我们管",
    "C3": "客服:您好,手机13800002071不归我们管",
}


@pytest.fixture
def export(tmp_path, capsys):
    def write(name: str) -> bytes:
        call_command("export_findings", tmp_path / name)
        return (tmp_path / name).read_bytes()

    return write


def seed(order) -> None:
    for number in order:
        make_contact(number, turns=TALKS[number])


def test_the_same_versions_and_data_give_the_same_bytes(export):
    make_rule()
    make_rule(LENGTH)
    seed(["B2", "A1", "C3"])
    services.inspect_all(Contact.objects.all())
    first = export("first")
    Finding.objects.all().delete()
    Inspection.objects.all().delete()
    Contact.objects.all().delete()
    seed(["C3", "B2", "A1"])
    services.inspect_all(Contact.objects.order_by("-pk"))
    assert export("second") == first
    assert first


def test_it_is_sorted_and_says_where_without_the_words(export):
    make_rule()
    seed(["B2", "A1"])
    services.inspect_all(Contact.objects.all())
    lines = [json.loads(line) for line in export("out").splitlines()]
    assert [(line["conversation"], line["turn"], line["start"]) for line in lines] == [
        ("A1", 2, 0), ("B2", 2, 2), ("B2", 2, 9),
    ]  # fmt: skip
    assert lines[0] == {
        "source": "test", "conversation": "A1", "rule": "ownership.shirking", "version": 1,
        "verdict": "hit", "turn": 2, "start": 0, "end": 5, "value": 1.0, "threshold": 1.0,
    }  # fmt: skip


def test_only_the_latest_judgement_is_exported(export):
    version = make_rule()
    seed(["A1"])
    services.inspect_all(Contact.objects.all())
    second = services.save_draft(version.rule, SHIRKING, by=None)
    services.activate_version(second, by=None)
    services.inspect_all(Contact.objects.all())
    assert [json.loads(line)["version"] for line in export("out").splitlines()] == [2]


def test_the_command_says_how_much_it_wrote(tmp_path, capsys):
    make_rule()
    seed(["A1"])
    services.inspect_all(Contact.objects.all())
    call_command("export_findings", tmp_path / "out")
    digest = hashlib.sha256((tmp_path / "out").read_bytes()).hexdigest()
    assert capsys.readouterr().out.strip() == f"1 findings, SHA-256 {digest}"
