from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from lingzhi.accounts.services import CodeSpent, spend_code
from lingzhi.audit.models import Entry

SECRET = "JBSWY3DPEHPK3PXP"
NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
SIGN_IN = reverse("account_login")
CODE = reverse("mfa_authenticate")
HOME = reverse("accounts:settings")


@pytest.fixture(autouse=True)
def _strict(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.AXES_ENABLED = True


def code_at(moment) -> str:
    return format_hotp_value(hotp_value(SECRET, int(moment.timestamp()) // 30))


def password_given(client, staff_no="9001"):
    return client.post(SIGN_IN, {"login": staff_no, "password": "correct horse"})


def test_a_privileged_role_must_set_it_up_first(client, cast):
    password_given(client)
    assert client.get(HOME)["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_setting_it_up_shows_recovery_codes_once(client, cast):
    url = reverse("mfa_activate_totp")
    with time_machine.travel(NOON, tick=False):
        password_given(client)
        secret = client.get(url).context["form"].secret
        code = format_hotp_value(hotp_value(secret, int(NOON.timestamp()) // 30))
        response = client.post(url, {"code": code}, follow=True)
        assert len(response.context["unused_codes"]) == 10
        again = client.get(reverse("mfa_view_recovery_codes"))
        assert set(again.context["unused_codes"]) == {"****"}
        assert client.get(HOME).status_code == 200


def test_long_after_signing_in_the_password_is_asked_again(client, cast):
    with time_machine.travel(NOON, tick=False) as clock:
        password_given(client, "1002")
        client.get(HOME)
        clock.shift(timedelta(minutes=10))
        location = client.get(reverse("mfa_activate_totp"))["Location"]
    assert location.startswith(reverse("account_reauthenticate"))


def test_an_agent_needs_none(client, cast):
    password_given(client, "1002")
    assert client.get(HOME).status_code == 200


def test_a_demonstration_needs_none(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    password_given(client)
    assert client.get(HOME).status_code == 200


def test_the_password_alone_opens_nothing(client, cast):
    TOTP.activate(cast.sol, SECRET)
    assert password_given(client)["Location"] == CODE
    assert client.get(HOME).status_code == 302


def test_the_code_opens(client, cast):
    TOTP.activate(cast.sol, SECRET)
    with time_machine.travel(NOON, tick=False):
        password_given(client)
        assert client.post(CODE, {"code": code_at(NOON)}).status_code == 302
        assert client.get(HOME).status_code == 200


def test_a_code_is_good_once(cast):
    spend_code(cast.sol, "123456")
    with pytest.raises(CodeSpent):
        spend_code(cast.sol, "123456")


def test_wrong_codes_lock_like_wrong_passwords(client, cast):
    TOTP.activate(cast.sol, SECRET)
    password_given(client)
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            assert client.post(CODE, {"code": "000000"}).status_code == 422
        assert client.post(CODE, {"code": code_at(NOON)}).status_code == 422


def test_a_recovery_code_opens_once(client, cast):
    TOTP.activate(cast.sol, SECRET)
    code = RecoveryCodes.activate(cast.sol).get_unused_codes()[0]
    password_given(client)
    assert client.post(CODE, {"code": code}).status_code == 302
    client.logout()
    password_given(client)
    assert client.post(CODE, {"code": code}).status_code == 422


def test_the_secret_is_encrypted_at_rest(cast):
    TOTP.activate(cast.sol, SECRET)
    assert SECRET not in str(Authenticator.objects.get(user=cast.sol).data)


def test_the_security_administrator_resets_a_lost_one(as_, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    TOTP.activate(cast.sol, SECRET)
    RecoveryCodes.activate(cast.sol)
    response = as_(cast.sam).post(reverse("org:second_factor", args=[cast.sol.pk]))
    assert response.status_code == 302
    assert not Authenticator.objects.filter(user=cast.sol).exists()
    assert Entry.objects.filter(action="accounts.second_factor_reset").count() == 1


def test_resetting_none_is_refused(as_, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    url = reverse("org:second_factor", args=[cast.bo.pk])
    assert as_(cast.sam).post(url).status_code == 409


def test_the_code_that_set_it_up_does_not_sign_in(client, cast):
    url = reverse("mfa_activate_totp")
    with time_machine.travel(NOON, tick=False):
        password_given(client)
        secret = client.get(url).context["form"].secret
        code = format_hotp_value(hotp_value(secret, int(NOON.timestamp()) // 30))
        client.post(url, {"code": code})
        client.logout()
        password_given(client)
        assert client.post(CODE, {"code": code}).status_code == 422
