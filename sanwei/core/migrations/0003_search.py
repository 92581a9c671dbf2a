"""The text index of the search: GIN on PostgreSQL, FTS5 kept by triggers on SQLite."""

from django.db import migrations

POSTGRESQL = [
    "CREATE INDEX core_searchentry_words ON core_searchentry USING gin (to_tsvector('simple', terms))",
]
SQLITE = [
    """
    CREATE VIRTUAL TABLE core_searchwords
    USING fts5(terms, content='core_searchentry', content_rowid='id', tokenize='unicode61')
    """,
    """
    CREATE TRIGGER core_searchentry_added AFTER INSERT ON core_searchentry
    BEGIN INSERT INTO core_searchwords(rowid, terms) VALUES (new.id, new.terms); END
    """,
    """
    CREATE TRIGGER core_searchentry_gone AFTER DELETE ON core_searchentry
    BEGIN INSERT INTO core_searchwords(core_searchwords, rowid, terms) VALUES ('delete', old.id, old.terms); END
    """,
]
UNDO = {
    "postgresql": ["DROP INDEX core_searchentry_words"],
    "sqlite": [
        "DROP TRIGGER core_searchentry_added",
        "DROP TRIGGER core_searchentry_gone",
        "DROP TABLE core_searchwords",
    ],
}


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_guards")]
    operations = [migrations.RunPython(make, unmake)]
