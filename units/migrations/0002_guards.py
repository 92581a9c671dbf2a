"""What was handed in cannot be rewritten: the database itself refuses (both PostgreSQL and SQLite)."""

from django.db import migrations

FROZEN = ("plan_id", "number", "receipt_number", "content", "sha256", "signed_by_id", "received_at", "due_at", "late_days")

POSTGRESQL = [
    """
    CREATE FUNCTION units_planversion_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a version that was handed in cannot be changed or deleted'; END $$
    """,
    f"""
    CREATE TRIGGER units_planversion_no_update BEFORE UPDATE OF {", ".join(FROZEN)} ON units_planversion
    FOR EACH ROW EXECUTE FUNCTION units_planversion_frozen()
    """,
    """
    CREATE TRIGGER units_planversion_no_delete BEFORE DELETE ON units_planversion
    FOR EACH ROW EXECUTE FUNCTION units_planversion_frozen()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER units_planversion_no_update BEFORE UPDATE OF {", ".join(FROZEN)} ON units_planversion
    BEGIN SELECT RAISE(ABORT, 'a version that was handed in cannot be changed or deleted'); END
    """,
    """
    CREATE TRIGGER units_planversion_no_delete BEFORE DELETE ON units_planversion
    BEGIN SELECT RAISE(ABORT, 'a version that was handed in cannot be changed or deleted'); END
    """,
]
DROP_POSTGRESQL = [
    "DROP TRIGGER units_planversion_no_update ON units_planversion",
    "DROP TRIGGER units_planversion_no_delete ON units_planversion",
    "DROP FUNCTION units_planversion_frozen()",
]
DROP_SQLITE = ["DROP TRIGGER units_planversion_no_update", "DROP TRIGGER units_planversion_no_delete"]


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in DROP_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else DROP_SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
