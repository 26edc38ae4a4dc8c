"""What was copied in from elsewhere is exactly what the lock file says, with its licence."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCK: dict[str, Any] = json.loads((ROOT / "vendor.lock.json").read_text())
VENDOR = ROOT / LOCK["root"]
PARTS: list[dict[str, Any]] = LOCK["parts"]
BY_NAME = pytest.mark.parametrize("part", PARTS, ids=lambda part: part["name"])


@BY_NAME
def test_files_have_the_locked_hash(part: dict[str, Any]) -> None:
    folder = VENDOR / part["folder"]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found == part["files"]


@BY_NAME
def test_the_licence_lies_beside_the_files(part: dict[str, Any]) -> None:
    assert "LICENSE" in part["files"]
    assert part["licence"] in {"MIT", "0BSD", "BSD-3-Clause", "Apache-2.0"}


@BY_NAME
def test_the_folder_names_the_exact_version(part: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", part["version"])
    assert part["folder"].endswith(f"-{part['version']}")


def test_nothing_lies_there_unlocked() -> None:
    assert {path.name for path in VENDOR.iterdir()} == {part["folder"] for part in PARTS}


@BY_NAME
def test_the_document_lists_it(part: dict[str, Any]) -> None:
    table = (ROOT / "docs/reference/vendored.md").read_text()
    assert re.search(
        rf"^\| {re.escape(part['name'])} \| {re.escape(part['version'])} \| {part['licence']} \|",
        table,
        re.M,
    )


def test_pages_name_only_versions_that_are_here() -> None:
    """A part that moves to a new version must move in the templates and scripts too."""
    named = {
        name
        for path in (ROOT / "lingzhi").rglob("*")
        if path.suffix in {".html", ".js", ".py"} and not path.is_relative_to(VENDOR)
        for name in re.findall(r"([\w.]+(?:-[a-z]+)*-\d+\.\d+\.\d+)/", path.read_text())
    }
    assert "echarts-6.1.0" in named
    assert named - {part["folder"] for part in PARTS} == set()


def test_pages_name_only_files_that_exist() -> None:
    named = {
        name
        for path in (ROOT / "lingzhi").rglob("*.html")
        for name in re.findall(r"vendor/[\w.@-]+/[\w.-]+", path.read_text())
    }
    assert named
    assert {name for name in named if not (VENDOR.parent / name).is_file()} == set()
