"""A wrong value stops the start and names its variable."""

import runpy
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lingzhi.core.middleware import client_address

SETTINGS = Path(__file__).resolve().parents[3] / "config" / "settings.py"


@pytest.fixture(autouse=True)
def _apart(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXIES", "foo"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("CSRF_TRUSTED_ORIGINS", "quality.example"),
        ("DATABASE_URL", "sqlite:///x?timeout=long"),
        ("EGRESS_ALLOW", "models.example"),
        ("EGRESS_ALLOW", "https://models.example/v1"),
        ("LLM_URL", "models.example/v1"),
        ("LLM_URL", "https://user:word@models.example/v1"),
        ("LLM_CALLS", "-1"),
        ("LIVE_STREAMS", "-1"),
        ("LIVE_STREAMS", "many"),
        ("EMAIL_PORT", "70000"),
        ("LOG_FORMAT", "yaml"),
        ("LOG_LEVEL", "foo"),
        ("CALENDAR_FILE", "/nowhere/days.csv"),
        ("RECORDINGS_FOLDER", "/nowhere"),
        ("EMAIL_PASSWORD_FILE", "/nowhere/password"),
        ("SECRET_KEY_FILE", "/nowhere/key"),
        ("TZ", "Moon/Base"),
        ("HTTPS", "perhaps"),
        ("DATABASE_URL", "mysql://localhost/lingzhi"),
        ("DATABASE_URL", "postgres://localhost:many/lingzhi"),
    ],
)
def test_a_wrong_value_stops_the_start(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        runpy.run_path(str(SETTINGS))


def test_right_values_are_read(monkeypatch, tmp_path):
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", "https://quality.example:8443")
    monkeypatch.setenv("RECORDINGS_FOLDER", str(tmp_path))
    monkeypatch.setenv("LIVE_STREAMS", "12")
    monkeypatch.setenv("LLM_URL", "http://127.0.0.1:8000/v1")
    monkeypatch.setenv("EGRESS_ALLOW", "http://127.0.0.1:8000")
    read = runpy.run_path(str(SETTINGS))
    assert [str(network) for network in read["TRUSTED_PROXIES"]] == ["10.0.0.0/8", "::1/128"]
    assert read["CSRF_TRUSTED_ORIGINS"] == ["https://quality.example:8443"]
    assert (read["RECORDINGS_FOLDER"], read["LIVE_STREAMS"]) == (str(tmp_path), 12)


def test_an_empty_value_is_the_default(monkeypatch):
    for name in ("TZ", "LOG_LEVEL", "LOG_FORMAT", "LIVE_STREAMS", "CALENDAR_FILE"):
        monkeypatch.setenv(name, "")
    read = runpy.run_path(str(SETTINGS))
    assert (read["TIME_ZONE"], read["LIVE_STREAMS"]) == ("Asia/Shanghai", 100)
    assert read["LOGGING"]["root"]["level"] == "INFO"


def test_the_address_behind_a_trusted_proxy_is_believed(settings, rf):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    forwarded = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9"}
    assert client_address(rf.get("/", REMOTE_ADDR="10.1.2.3", **forwarded)) == "203.0.113.9"
    assert client_address(rf.get("/", REMOTE_ADDR="192.0.2.1", **forwarded)) == "192.0.2.1"
