"""The ledger is only added to, and a counter-entry mirrors its entry: the database itself refuses anything else, on both
PostgreSQL and SQLite."""

from django.db import migrations

TABLE = "assessments_ledgerentry"
ADDED_TO = "the ledger is append-only"
MIRROR = "a counter-entry must mirror its entry"
# An entry of the same campaign, unit and indicator with opposite points that is no counter-entry itself.
MIRRORED = f"""
    EXISTS (SELECT 1 FROM {TABLE} AS entry WHERE entry.id = NEW.reverses_id AND entry.reverses_id IS NULL
            AND entry.campaign_id = NEW.campaign_id AND entry.unit_id = NEW.unit_id
            AND entry.indicator = NEW.indicator AND entry.points = -NEW.points)
"""

POSTGRESQL = [
    f"""
    CREATE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{ADDED_TO}'; END $$
    """,
    f"""
    CREATE FUNCTION {TABLE}_mirror() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.reverses_id IS NOT NULL AND NOT {MIRRORED} THEN RAISE EXCEPTION '{MIRROR}'; END IF;
      RETURN NEW;
    END $$
    """,
    f"""
    CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only()
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_append_only()
    """,
    f"""
    CREATE TRIGGER {TABLE}_mirrors BEFORE INSERT ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_mirror()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{ADDED_TO}'); END
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{ADDED_TO}'); END
    """,
    f"""
    CREATE TRIGGER {TABLE}_mirrors BEFORE INSERT ON {TABLE}
    WHEN NEW.reverses_id IS NOT NULL AND NOT {MIRRORED}
    BEGIN SELECT RAISE(ABORT, '{MIRROR}'); END
    """,
]
DROP_POSTGRESQL = [
    f"DROP TRIGGER {TABLE}_append_only ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
    f"DROP TRIGGER {TABLE}_mirrors ON {TABLE}",
    f"DROP FUNCTION {TABLE}_append_only()",
    f"DROP FUNCTION {TABLE}_mirror()",
]
DROP_SQLITE = [f"DROP TRIGGER {TABLE}_{name}" for name in ("no_update", "no_delete", "mirrors")]


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in DROP_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else DROP_SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
