"""A disk that fills up during an import: nothing is lost, nothing is half, and it goes on by itself
when there is room again.
"""

import io
import os
import shutil
import subprocess
import time

import pytest
from django.db import OperationalError

from lingzhi.contacts.intake import KIND
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.files.services import NoRoom
from lingzhi.imports.models import Batch
from lingzhi.imports.samples import propose
from lingzhi.imports.services import file_path, receive_file, start_batch

pytestmark = [pytest.mark.processes, pytest.mark.slow]

ROWS = 2000
TALK = '"客服：您好，云栖热线\n客户：我要退款，手机13800002071\n客服：好的，马上为您登记"'


@pytest.fixture
def tmp_path(tmp_path):
    """A small disk of its own, which only root may mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(disk)]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("the disk of PostgreSQL is elsewhere")
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    inner = disk / "house"
    inner.mkdir()
    yield inner
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.contacts.tests.process_settings"


def bring(name: str) -> Batch:
    lines = [f"{name}-{number},电话,呼入,13800002071,{TALK}" for number in range(ROWS)]
    content = "\n".join(["编号,渠道,方向,客户电话,对话内容", *lines]).encode()
    return receive_file(KIND, io.BytesIO(content), name=f"{name}.csv", source="pbx", by=None)


def fill(path) -> None:
    """Take all the room there is."""
    with (path / "ballast").open("wb", buffering=0) as ballast:
        try:
            for size in (1 << 20, 1 << 12, 1):
                while ballast.write(b"x" * size) == size:
                    continue
        except OSError:
            return


def test_an_import_outlives_a_full_disk(house, until, tmp_path):
    batch = bring("B")
    proposal = propose(KIND, file_path(batch), batch.options, None)
    start_batch(batch, columns=proposal.columns, options=proposal.options, by=None)
    worker = house.start("worker", "--queue", "long")
    until(lambda: Batch.objects.get(pk=batch.pk).staged_rows > 0, 60)
    fill(tmp_path)
    time.sleep(4)
    assert shutil.disk_usage(tmp_path).free < 1 << 16
    assert worker.poll() is None
    assert not published().exists()
    with pytest.raises((NoRoom, OperationalError)):
        bring("C")
    assert len(list((tmp_path / "files").rglob("*"))) <= 4  # import/year/month and the file

    (tmp_path / "ballast").unlink()
    until(lambda: Batch.objects.get(pk=batch.pk).finished_at is not None, 120)
    house.stop()
    assert published().count() == Contact.objects.count() == ROWS
    assert Batch.objects.get(pk=batch.pk).published_rows == ROWS
