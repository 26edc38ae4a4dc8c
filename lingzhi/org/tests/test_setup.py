from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.core.serving import invitation
from lingzhi.org.models import Post, Unit
from lingzhi.org.queries import business_calendar, calendar_of
from lingzhi.org.services import AlreadySetUp, Founder, Founding, set_up, setup_token

URL = reverse("org:setup")
GOOD = "Sunny-Harbour-42"


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def given(**fields):
    people = {
        f"{role}_{part}": value
        for role, number in (("system", "1"), ("security", "2"), ("audit", "3"))
        for part, value in (("staff_no", number), ("name", f"管理员{number}"), ("password", GOOD))
    }
    return {"company": "云栖", "centre": "热线中心", **people, **fields}


@pytest.mark.django_db
def test_it_founds_the_installation(client):
    response = client.post(URL, given(token=setup_token()))
    assert response.status_code == 200
    assert [unit.kind for unit in Unit.objects.all()] == ["company", "centre"]
    roles = {user.staff_no: user.roles - {"employee"} for user in User.objects.all()}
    assert roles == {"1": {"system_admin"}, "2": {"security_admin"}, "3": {"audit_admin"}}
    assert Post.objects.count() == 17
    assert business_calendar(calendar_of(None)).is_working_day(date(2026, 10, 10))


@pytest.mark.django_db
def test_afterwards_the_page_is_gone(client):
    client.post(URL, given(token=setup_token()))
    assert client.get(URL).status_code == 404
    assert client.post(URL, given(token="x")).status_code == 404
    assert setup_token() is None


@pytest.mark.django_db
def test_a_stranger_without_the_token_cannot_claim_it(client):
    assert client.post(URL, given(token="guess")).status_code == 422
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_token_lies_in_the_data_directory_for_its_owner_only(tmp_path):
    token = setup_token()
    file = tmp_path / "setup-token"
    assert (file.read_text(), file.stat().st_mode & 0o777) == (token, 0o600)
    assert setup_token() == token


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"audit_staff_no": "1"}, {"company": ""}, {"system_password": "short"}],
)
def test_wrong_input_comes_back(client, fields):
    assert client.post(URL, given(token=setup_token(), **fields)).status_code == 422
    assert not User.objects.exists()


@pytest.mark.django_db
def test_serve_prints_the_way_in_until_somebody_went_it(client):
    line = invitation("http://127.0.0.1:8000")
    path = line.partition("http://127.0.0.1:8000")[2].strip()
    page = client.get(path)
    assert page.context["form"]["token"].value() == setup_token()
    client.post(path, given(token=setup_token()))
    assert invitation("http://127.0.0.1:8000") == ""


@pytest.mark.django_db
def test_without_a_password_a_one_time_one_is_shown(client):
    page = client.post(URL, given(token=setup_token(), audit_password=""))
    issued = page.context["issued"]
    assert list(issued) == ["3"]
    assert User.objects.get(staff_no="3").check_password(issued["3"])


@pytest.mark.django_db
def test_it_happens_once():
    people = {role: Founder(role, role) for role in ("system", "security", "audit")}
    founding = Founding(company="云栖", centre="热线中心", **people)
    set_up(founding)
    with pytest.raises(AlreadySetUp):
        set_up(founding)


# --- init-instance ------------------------------------------------------------------------------


def init(*arguments) -> str:
    out = StringIO()
    call_command("init-instance", *arguments, stdout=out)
    return out.getvalue()


ALL = [
    "--company=云栖",
    "--centre=热线中心",
    "--system-admin=1:甲",
    "--security-admin=2:乙:yi@example.com",
    "--audit-admin=3:丙",
]


@pytest.mark.django_db
def test_the_command_prints_a_password_for_each():
    passwords = dict(line.split() for line in init(*ALL).splitlines()[1:])
    assert passwords.keys() == {"1", "2", "3"}
    assert all(User.objects.get(staff_no=n).check_password(p) for n, p in passwords.items())
    assert User.objects.get(staff_no="2").email == "yi@example.com"


@pytest.mark.django_db
def test_run_again_it_changes_nothing():
    init(*ALL)
    assert "already" in init(*ALL)
    assert User.objects.count() == 3


@pytest.mark.django_db
def test_without_options_it_points_to_the_page():
    assert setup_token() in init()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments", [ALL[:2], [*ALL[:4], "--audit-admin=nobody"], [*ALL[:4], "--audit-admin=1:丁"]]
)
def test_half_an_order_is_refused(arguments):
    with pytest.raises(CommandError):
        init(*arguments)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_environment_may_give_the_options(monkeypatch):
    monkeypatch.setenv("INIT_COMPANY", "云栖")
    monkeypatch.setenv("INIT_CENTRE", "热线中心")
    for role, number in (("SYSTEM", 1), ("SECURITY", 2), ("AUDIT", 3)):
        monkeypatch.setenv(f"INIT_{role}_ADMIN", f"{number}:甲")
    init()
    assert User.objects.count() == 3
