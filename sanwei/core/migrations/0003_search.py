"""The text index of the search: GIN on PostgreSQL, FTS5 kept by triggers on SQLite."""

from django.db import migrations

POSTGRESQL = [
    # Stored, since a phrase is checked on the row itself: making the vector anew for each would cost seconds.
    """
    ALTER TABLE core_searchentry
    ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED
    """,
    "CREATE INDEX core_searchentry_words ON core_searchentry USING gin (words)",
    # Every character and every pair of neighbours of a short text, for `holds` (sanwei/core/search/holds.py).
    """
    CREATE FUNCTION core_grams(given text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
        SELECT array_agg(DISTINCT substr(given, place, size))
        FROM generate_series(1, length(given)) AS place, generate_series(1, 2) AS size
    $$
    """,
    "CREATE INDEX core_searchentry_title ON core_searchentry USING gin (core_grams(title)) WHERE piece = 0",
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
    "postgresql": [
        "DROP INDEX core_searchentry_title",
        "DROP FUNCTION core_grams(text)",
        "DROP INDEX core_searchentry_words",
        "ALTER TABLE core_searchentry DROP COLUMN words",
    ],
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
