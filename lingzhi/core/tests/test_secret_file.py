import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from config.env import secret_file
from lingzhi.core.durable import write_once

STARTS = 8


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path):
    together = Barrier(STARTS)

    def make() -> str:
        together.wait()  # everybody found no file, and now everybody writes one
        return secrets.token_hex()

    def start(_number: int) -> str:
        return secret_file("NOT_SET", tmp_path / "keys" / "secret", make)

    with ThreadPoolExecutor(STARTS) as pool:
        [secret] = set(pool.map(start, range(STARTS)))
    [file] = (tmp_path / "keys").iterdir()
    assert (file.name, file.read_text()) == ("secret", secret)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_start_that_is_cut_short_leaves_no_half_secret(tmp_path, monkeypatch):
    def fail(_handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        secret_file("NOT_SET", tmp_path / "secret", lambda: "first")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
    assert secret_file("NOT_SET", tmp_path / "secret", lambda: "second") == "second"


def test_the_file_that_is_named_is_read_and_none_is_made(tmp_path, monkeypatch):
    given = tmp_path / "given"
    given.write_text("from outside\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(given))
    assert secret_file("SECRET_KEY_FILE", tmp_path / "own", lambda: "made") == "from outside"
    assert not (tmp_path / "own").exists()


def test_a_file_is_written_once(tmp_path: Path):
    path = tmp_path / "once"
    assert write_once(path, b"first", 0o444)
    assert not write_once(path, b"second", 0o444)
    assert path.read_bytes() == b"first"
