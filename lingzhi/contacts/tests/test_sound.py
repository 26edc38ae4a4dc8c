import io

import pytest

from lingzhi.contacts.sound import is_sound


@pytest.mark.parametrize(
    "head",
    [
        b"RIFF\x24\x08\x00\x00WAVEfmt ",
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
        b"\xff\xfb\x90\x64\x00",
        b"\xff\xf3\x84\xc4\x00",
        b"fLaC\x00\x00\x00\x22",
        b"OggS\x00\x02",
        b"\x00\x00\x00\x20ftypM4A ",
    ],
)
def test_sound_is_known_by_its_beginning(head):
    file = io.BytesIO(head + b"rest")
    assert is_sound(file)
    assert file.read() == head + b"rest"


@pytest.mark.parametrize(
    "head", [b"", b"\xff", b"MZ\x90\x00", b"<html>", b"%PDF-1.7", b"RIFF\x24\x08\x00\x00AVI LIST",
             b"PK\x03\x04", b"\xff\xd8\xff\xe0"],
)  # fmt: skip
def test_anything_else_is_not(head):
    assert not is_sound(io.BytesIO(head + b"rest of the file"))
