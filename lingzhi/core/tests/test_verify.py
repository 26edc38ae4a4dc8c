import json

import pytest
from django.core.management import CommandError, call_command

from lingzhi.core.verification import Problem

HERE = "lingzhi.core.tests.test_verify"


def holds():
    return []


def is_broken():
    yield Problem("contact 7", "has no turns")


@pytest.fixture(autouse=True)
def _checks(settings) -> None:
    settings.CHECKS = [f"{HERE}.holds", f"{HERE}.is_broken"]


def test_every_problem_is_named_and_the_exit_code_is_one(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--all", "--json")
    assert ended.value.code == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    assert [check["name"] for check in report["checks"]] == [
        "core.tests.test_verify.holds",
        "core.tests.test_verify.is_broken",
    ]
    assert report["checks"][1]["problems"] == [{"subject": "contact 7", "message": "has no turns"}]


def test_one_check_alone(capsys):
    call_command("verify", "core.tests.test_verify.holds")
    assert capsys.readouterr().out.startswith("core.tests.test_verify.holds: holds")


def test_people_read_the_same(capsys):
    with pytest.raises(SystemExit):
        call_command("verify")
    assert "  contact 7: has no turns" in capsys.readouterr().out


def test_a_check_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match=r"lingzhi\.nothing"):
        call_command("verify", "nothing")
