"""Many new tables in one operation."""

import pytest
from django.db import connection, connections, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState
from django.db.utils import IntegrityError

from lingzhi.core.migrating import NewTables

KEY = ("id", models.BigAutoField(primary_key=True))
TABLES = NewTables([
    migrations.CreateModel("Hen", [KEY, ("name", models.CharField(max_length=9))]),
    migrations.CreateModel("Egg", [KEY, ("of", models.ForeignKey("core.Hen", models.CASCADE))]),
    migrations.AddField("Hen", "out_of", models.ForeignKey("core.Egg", models.CASCADE, null=True)),
    migrations.AddConstraint("Hen", models.UniqueConstraint(fields=["name"], name="hen_once")),
])  # fmt: skip


@pytest.mark.django_db
def test_tables_come_whole_and_go(tmp_path):
    """Columns and constraints that later operations added are there; going back drops all."""
    settings = {**connection.settings_dict, "NAME": tmp_path / "hens.sqlite3"}
    connections["hens"] = store = DatabaseWrapper(settings, "hens")
    before, after = ProjectState(), ProjectState()
    TABLES.state_forwards("core", after)
    with store.schema_editor() as editor:
        TABLES.database_forwards("core", editor, before, after)
    assert {"core_hen", "core_egg"} <= set(store.introspection.table_names())
    with store.cursor() as cursor:
        cursor.execute("INSERT INTO core_hen (name, out_of_id) VALUES ('芦花', NULL)")
        with pytest.raises(IntegrityError):
            cursor.execute("INSERT INTO core_hen (name) VALUES ('芦花')")
    with store.schema_editor() as editor:
        TABLES.database_backwards("core", editor, after, before)
    assert not store.introspection.table_names()
    store.close()
    del connections["hens"]
