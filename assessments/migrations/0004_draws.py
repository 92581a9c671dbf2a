"""A drawing of lots stands as it came out: the database itself refuses to change or delete it (both PostgreSQL and SQLite)."""

from django.db import migrations

TABLE, STANDS = "assessments_draw", "a drawing of lots cannot be changed or deleted"

POSTGRESQL = [
    f"""
    CREATE FUNCTION {TABLE}_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{STANDS}'; END $$
    """,
    f"""
    CREATE TRIGGER {TABLE}_stands BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_stands()
    """,
]
SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{STANDS}'); END"
    for verb in ("UPDATE", "DELETE")
]
DROP_POSTGRESQL = [f"DROP TRIGGER {TABLE}_stands ON {TABLE}", f"DROP FUNCTION {TABLE}_stands()"]
DROP_SQLITE = [f"DROP TRIGGER {TABLE}_no_update", f"DROP TRIGGER {TABLE}_no_delete"]


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in DROP_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else DROP_SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_guards")]
    operations = [migrations.RunPython(guard, unguard)]
