"""Files of conversations, brought by the quality manager."""

import io
from collections.abc import Callable

import pytest

from lingzhi.accounts.models import User
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.models import Batch
from lingzhi.imports.queries import remembered_mapping
from lingzhi.imports.samples import propose
from lingzhi.imports.services import file_path, receive_file, start_batch

HEADING = "会话编号,渠道,呼叫方向,客户号码,对话内容"


def line(number: object, channel: str = "电话", direction: str = "呼入") -> str:
    return f'{number},{channel},{direction},13800002071,"客服：您好\n客户：我要退款"'


def table(*lines: str) -> bytes:
    return "\n".join([HEADING, *lines]).encode()


GOOD = table(line("C1"), line("C2"))
HALF = table(line("C1"), line("C2", channel="飞鸽"))
BAD = table(line("C1", channel="飞鸽"))


@pytest.fixture
def watcher(cast, hold) -> User:
    """Nora as auditor of the company: she sees the background work and may not import."""
    hold(cast.nora, "auditor", cast.company)
    return cast.nora


@pytest.fixture
def received(cast) -> Callable[..., Batch]:
    """`received(content)`: a file whose mapping is open."""

    def receive(content: bytes = GOOD, *, name: str = "a.csv", by=None, source="pbx") -> Batch:
        return receive_file(
            kind_named("contacts"), io.BytesIO(content), name=name, source=source,
            by=by or cast.quan,
        )  # fmt: skip

    return receive


@pytest.fixture
def started(received) -> Callable[..., Batch]:
    """`started(content)`: a file that waits to be read as proposed."""

    def start(content: bytes = GOOD, **options) -> Batch:
        batch = received(content, **options)
        kind = kind_named("contacts")
        found = propose(kind, file_path(batch), batch.options, remembered_mapping(batch))
        start_batch(batch, columns=found.columns, options=found.options, by=batch.created_by)
        return batch

    return start


@pytest.fixture
def brought(started, run_jobs) -> Callable[..., Batch]:
    """`brought(content)`: a file after the workers did what they could."""

    def bring(content: bytes = GOOD, **options) -> Batch:
        batch = started(content, **options)
        run_jobs()
        return Batch.objects.select_related("run", "file").get(pk=batch.pk)

    return bring
