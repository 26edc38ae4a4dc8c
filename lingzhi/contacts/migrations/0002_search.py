"""The full-text index of contacts: an FTS5 table or a tsvector with GIN."""

from django.db import migrations


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TABLE contacts_search (contact_id bigint PRIMARY KEY, words tsvector NOT NULL)"
        )
        schema_editor.execute("CREATE INDEX contacts_search_words ON contacts_search USING GIN (words)")
    else:
        schema_editor.execute("CREATE VIRTUAL TABLE contacts_search USING fts5(words, tokenize='unicode61')")


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE contacts_search")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_first")]
    operations = [migrations.RunPython(create, drop)]
