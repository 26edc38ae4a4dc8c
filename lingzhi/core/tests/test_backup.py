"""A backup brings everything back; an archive that is unfit touches nothing."""

import io
import json
import shutil
import tarfile
import threading
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from lingzhi.core.backup import databases
from lingzhi.core.backup.manifest import MANIFEST
from lingzhi.core.running import mark_running

pytestmark = [pytest.mark.processes, pytest.mark.slow]


def note(label: str) -> None:
    ContentType.objects.create(app_label="trial", model=label)


def notes() -> list[str]:
    rows = ContentType.objects.filter(app_label="trial").order_by("model")
    return list(rows.values_list("model", flat=True))


@pytest.fixture
def full_house(house, settings):
    """A house with rows, files, checkpoints and keys; this process works on it too."""
    settings.DATA_DIR = house.data_dir
    settings.MIGRATION_MODULES = {}
    settings.MEDIA_ROOT = house.data_dir / "files"
    for name in ("files/2026/recording.wav", "checkpoints/note.txt", "keys/audit.pem"):
        path = house.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")
    (house.data_dir / "secret_key").write_text("secret of before")
    note("one")
    return house


@pytest.fixture
def passphrase(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("safe") / "passphrase"
    path.write_text("a horse with a battery\n")
    return path


@pytest.fixture
def archive(full_house, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("backups") / "backup.tar.gz"
    call_command("backup", str(path))
    return path


def repack(archive: Path, change) -> Path:
    """The archive with its members passed through `change(name, content)`; None leaves one out."""
    target = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as changed:
        for info in source:
            content = change(info.name, source.extractfile(info).read())
            if content is not None:
                info.size = len(content)
                changed.addfile(info, io.BytesIO(content))
    return target


def manifest_with(archive: Path, **values) -> Path:
    def change(name, content):
        if name != MANIFEST:
            return content
        return json.dumps({**json.loads(content), **values}).encode()

    return repack(archive, change)


def test_everything_comes_back(full_house, archive, capfd):
    house = full_house
    note("two")
    (house.data_dir / "files/2026/recording.wav").write_text("overwritten")
    (house.data_dir / "files/new.wav").write_text("new")
    (house.data_dir / "keys/audit.pem").write_text("another key")
    connection.close()
    house.run("restore", str(archive), "--keys", f"{archive}.keys")
    assert notes() == ["one"]
    files = house.data_dir / "files"
    assert (files / "2026/recording.wav").read_text() == "content of files/2026/recording.wav"
    assert not (files / "new.wav").exists()
    assert (house.data_dir / "keys/audit.pem").read_text() == "content of keys/audit.pem"
    assert (house.data_dir / "checkpoints/note.txt").exists()
    [aside] = house.data_dir.glob("before-restore-*")
    assert (aside / "files/new.wav").read_text() == "new"
    assert (aside / "keys/audit.pem").read_text() == "another key"
    assert not list(house.data_dir.glob(".restore-*"))
    assert "audit.checks.chain: holds" in capfd.readouterr().out


def test_it_restores_onto_nothing(full_house, archive):
    house = full_house
    connection.close()
    if connection.vendor == "sqlite":
        for path in house.data_dir.iterdir():
            if path.name != "log":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    house.run("restore", str(archive), "--keys", f"{archive}.keys")
    assert notes() == ["one"]
    assert (house.data_dir / "secret_key").read_text() == "secret of before"


def test_a_dry_run_shows_counts_and_touches_nothing(full_house, archive, capsys):
    before = sorted(full_house.data_dir.rglob("*"))
    note("two")
    call_command("restore", str(archive), "--dry-run")
    told = capsys.readouterr().out
    assert "django_content_type" in told
    assert "Nothing was touched." in told
    assert notes() == ["one", "two"]
    assert sorted(full_house.data_dir.rglob("*")) == before


def test_keys_stand_apart_or_sealed(full_house, archive, passphrase):
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert not [name for name in names if "key" in name]
    assert Path(f"{archive}.keys").stat().st_mode & 0o777 == 0o600
    sealed = archive.with_name("sealed.tar.gz")
    call_command("backup", str(sealed), "--passphrase-file", str(passphrase))
    assert b"secret of before" not in repack(sealed, lambda _name, content: content).read_bytes()
    with tarfile.open(sealed) as tar:
        assert b"secret of before" not in tar.extractfile("keys.sealed").read()
    assert not Path(f"{sealed}.keys").exists()


def test_sealed_keys_come_back_with_their_passphrase_only(full_house, passphrase, tmp_path_factory):
    sealed = tmp_path_factory.mktemp("sealed") / "backup.tar.gz"
    call_command("backup", str(sealed), "--passphrase-file", str(passphrase))
    (full_house.data_dir / "secret_key").write_text("another")
    with pytest.raises(CommandError, match="give --passphrase-file"):
        call_command("restore", str(sealed), "--dry-run")
    wrong = passphrase.with_name("wrong")
    wrong.write_text("a mule with a battery")
    with pytest.raises(CommandError, match="does not open its keys"):
        call_command("restore", str(sealed), "--passphrase-file", str(wrong), "--dry-run")
    changed = manifest_with(sealed, made_at="2020-01-01T00:00:00+00:00")
    with pytest.raises(CommandError, match="manifest was changed"):
        call_command("restore", str(changed), "--passphrase-file", str(passphrase), "--dry-run")
    connection.close()
    full_house.run("restore", str(sealed), "--passphrase-file", str(passphrase))
    assert (full_house.data_dir / "secret_key").read_text() == "secret of before"


def test_a_short_passphrase_is_refused(full_house, passphrase, tmp_path):
    passphrase.write_text("secret")
    with pytest.raises(CommandError, match="shorter than 12"):
        call_command("backup", str(tmp_path / "x"), "--passphrase-file", str(passphrase))


def test_a_newer_or_foreign_archive_is_refused(archive):
    for values, reason in (
        ({"version": "99.0.0"}, "newer program"),
        ({"migrations": [["audit", "9999_of_tomorrow"]]}, "newer program"),
        ({"database": "oracle"}, "oracle database"),
        ({"format": "other/1"}, "format is other/1"),
        ({"members": {}}, "not in its manifest"),
        ({"unexpected": 1}, "manifest cannot be read"),
    ):
        refused(manifest_with(archive, **values), reason)


def refused(path: Path, reason: str) -> None:
    before = notes()
    with pytest.raises(CommandError, match=reason):
        call_command("restore", str(path), "--dry-run")
    assert notes() == before


def test_a_changed_file_is_refused(archive):
    path = repack(archive, lambda name, content: b"x" if name.startswith("files") else content)
    refused(path, r"files/2026/recording.wav was changed")


def test_a_missing_file_is_refused(archive):
    path = repack(archive, lambda name, content: None if name.startswith("files") else content)
    refused(path, r"files/2026/recording.wav is missing")


def test_a_torn_archive_is_refused(archive):
    content = archive.read_bytes()
    torn = archive.with_name("torn.tar.gz")
    for length in (0, 10, len(content) // 3, len(content) - 3_000, len(content) - 1):
        torn.write_bytes(content[:length])
        refused(torn, "Nothing was touched")


def test_an_archive_that_reaches_out_is_refused(archive):
    evil = archive.with_name("evil.tar.gz")
    for name in ("../evil", "/etc/evil", "files/../../evil", "other/file", "x"):
        with tarfile.open(evil, "w:gz") as tar:
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())
        refused(evil, "It holds")


def test_a_link_in_an_archive_is_refused(archive):
    evil = archive.with_name("evil.tar.gz")
    with tarfile.open(evil, "w:gz") as tar:
        info = tarfile.TarInfo("files/link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    refused(evil, "It holds")


def test_a_running_program_is_not_pulled_from_under(full_house, archive):
    with mark_running(), pytest.raises(CommandError, match="stop it first"):
        call_command("restore", str(archive))
    assert notes() == ["one"]


def test_a_backup_is_never_written_over(archive):
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(archive))


def test_a_failure_leaves_no_half_archive(full_house, tmp_path_factory, monkeypatch):
    target = tmp_path_factory.mktemp("backups") / "backup.tar.gz"

    def fail(_target):
        raise CommandError("no space left")

    monkeypatch.setattr(databases, "_copy_sqlite", fail)
    monkeypatch.setattr(databases, "_copy_postgres", fail)
    with pytest.raises(CommandError, match="no space"):
        call_command("backup", str(target))
    assert list(target.parent.iterdir()) == []


def test_it_is_consistent_while_others_write(full_house, tmp_path_factory):
    """Pairs are written together; no backup may hold half a pair."""
    stopping = threading.Event()

    def write() -> None:
        number = 0
        with full_house.inside():
            while not stopping.is_set():
                with transaction.atomic():
                    note(f"a{number}")
                    note(f"b{number}")
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    folder = tmp_path_factory.mktemp("backups")
    for number in range(5):
        call_command("backup", str(folder / f"{number}.tar.gz"))
    stopping.set()
    writer.join()
    connection.close()
    full_house.run("restore", str(folder / "4.tar.gz"))
    found = notes()
    firsts = {label[1:] for label in found if label.startswith("a")}
    assert firsts == {label[1:] for label in found if label.startswith("b")}
    assert len(firsts) > 3
