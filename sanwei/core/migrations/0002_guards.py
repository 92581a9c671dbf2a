"""The record is only added to: the database refuses UPDATE and DELETE on entries and seals (AUD-03)."""

from django.db import migrations

TABLES = ("core_entry", "core_seal")
MESSAGE = "the audit record is append-only"


def statements(vendor):
    if vendor == "postgresql":
        yield f"""
            CREATE FUNCTION core_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
        """
        for table in TABLES:
            yield f"""
                CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION core_audit_append_only()
            """
            yield f"""
                CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION core_audit_append_only()
            """
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            yield f"""
                CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
                BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
            """


def undo(vendor):
    for table in TABLES:
        if vendor == "postgresql":
            yield f"DROP TRIGGER {table}_append_only ON {table}"
            yield f"DROP TRIGGER {table}_no_truncate ON {table}"
        else:
            yield f"DROP TRIGGER {table}_no_update"
            yield f"DROP TRIGGER {table}_no_delete"
    if vendor == "postgresql":
        yield "DROP FUNCTION core_audit_append_only()"


def guard(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in undo(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
