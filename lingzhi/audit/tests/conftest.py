"""A log of thirty acts, sealed and signed, and a forger who writes past the program."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from lingzhi.audit.canon import FIELDS, GENESIS, digest_of, hash_of
from lingzhi.audit.keys import public_key
from lingzhi.audit.models import Entry, Link
from lingzhi.audit.services import make_checkpoints, record, seal_log
from lingzhi.audit.verifying import Report, verify_chain

ROWS = 30


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def act(cast) -> Callable[[str], Entry]:
    """`act("one")`: something happens and is recorded."""

    @transaction.atomic
    def happen(label: str) -> Entry:
        return record(cast.sol, "test.happened", cast.bo, after={"label": label, "share": 0.5})

    return happen


@pytest.fixture
def log(act) -> list[int]:
    """Entry ids in the order of the chain; the first twenty are covered by a checkpoint."""
    seal_log()
    Link.objects.all()._raw_delete("default")
    Entry.objects.all()._raw_delete("default")
    ids = [act(str(number)).pk for number in range(20)]
    seal_log()
    return ids


@pytest.fixture
def checkpoints(log, act, tmp_path) -> Path:
    directory = tmp_path / "elsewhere"
    make_checkpoints(directory)
    log.extend(act(str(number)).pk for number in range(20, ROWS))
    make_checkpoints(directory)
    return directory


@pytest.fixture
def verify() -> Callable[[Path | None], Report]:
    return lambda directory: verify_chain(directory, public_key())


class Forger:
    """Somebody with a password of the database."""

    def execute(self, sql: str, *parameters: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    def edit(self, entry_id: int) -> None:
        self.execute("UPDATE audit_entry SET reason = 'nothing' WHERE id = %s", entry_id)

    def delete_row(self, entry_id: int) -> None:
        self.execute("DELETE FROM audit_entry WHERE id = %s", entry_id)

    def delete_seal(self, position: int) -> None:
        self.execute("DELETE FROM audit_link WHERE position = %s", position)

    def swap_contents(self, one: int, other: int) -> None:
        for first, second in ((one, -1), (other, one), (-1, other)):
            self.execute("UPDATE audit_link SET entry_id = %s WHERE entry_id = %s", second, first)

    def stamp_anew(self, from_position: int = 1) -> None:
        """Recompute every seal, as somebody who knows our code can."""
        before = Link.objects.filter(position=from_position - 1).first()
        previous = before.hash if before else GENESIS
        for link in Link.objects.filter(position__gte=from_position):
            row = Entry.objects.filter(pk=link.entry_id).values(*FIELDS).get()
            previous = hash_of(link.position, previous, digest_of(row), link.sealed_at)
            self.execute(
                "UPDATE audit_link SET hash = %s WHERE position = %s", previous, link.position
            )

    def close_gap(self, position: int) -> None:
        """Move all places behind `position` up by one."""
        for link in Link.objects.filter(position__gt=position):
            self.execute(
                "UPDATE audit_link SET position = %s WHERE position = %s",
                link.position - 1,
                link.position,
            )


@pytest.fixture
def forger() -> Forger:
    return Forger()
