"""Two people publish, and what was sent in or said is not reworded: the database itself holds to it (PostgreSQL and SQLite).

A check constraint keeps apart two accounts; these triggers keep apart two persons, who may have several accounts.
"""

from django.db import migrations

PUBLISHED = ("assessments_exposure", "assessments_modelcase")
FROZEN = ("assessments_caseversion", "assessments_explanation")
ONE_PERSON = "what one person proposed another person approves"
REWORDED = "what was sent in or said cannot be changed or deleted"
PERSON = "(SELECT person FROM core_user WHERE id = NEW.{}_by_id)"
SAME_PERSON = f"NEW.published_by_id IS NOT NULL AND {PERSON.format('published')} = {PERSON.format('proposed')}"


def on_postgresql():
    yield f"""
        CREATE FUNCTION assessments_two_people() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {SAME_PERSON} THEN RAISE EXCEPTION '{ONE_PERSON}' USING ERRCODE = 'check_violation'; END IF;
            RETURN NEW;
        END $$
    """
    yield f"""
        CREATE FUNCTION assessments_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REWORDED}'; END $$
    """
    for table in PUBLISHED:
        yield f"""
            CREATE TRIGGER {table}_two_people BEFORE INSERT OR UPDATE OF published_by_id, proposed_by_id ON {table}
            FOR EACH ROW EXECUTE FUNCTION assessments_two_people()
        """
    for table in FROZEN:
        yield f"""
            CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION assessments_frozen()
        """


def on_sqlite():
    for table in PUBLISHED:
        for moment, name in (("INSERT", "insert"), ("UPDATE OF published_by_id, proposed_by_id", "update")):
            yield f"""
                CREATE TRIGGER {table}_two_people_{name} BEFORE {moment} ON {table} WHEN {SAME_PERSON}
                BEGIN SELECT RAISE(ABORT, '{ONE_PERSON}'); END
            """
    for table in FROZEN:
        for verb in ("UPDATE", "DELETE"):
            yield f"""
                CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
                BEGIN SELECT RAISE(ABORT, '{REWORDED}'); END
            """


def undo_on_postgresql():
    for table in PUBLISHED:
        yield f"DROP TRIGGER {table}_two_people ON {table}"
    for table in FROZEN:
        yield f"DROP TRIGGER {table}_frozen ON {table}"
    yield "DROP FUNCTION assessments_two_people()"
    yield "DROP FUNCTION assessments_frozen()"


def undo_on_sqlite():
    for table in PUBLISHED:
        yield f"DROP TRIGGER {table}_two_people_insert"
        yield f"DROP TRIGGER {table}_two_people_update"
    for table in FROZEN:
        yield f"DROP TRIGGER {table}_no_update"
        yield f"DROP TRIGGER {table}_no_delete"


def guard(apps, schema_editor):
    for statement in on_postgresql() if schema_editor.connection.vendor == "postgresql" else on_sqlite():
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    undoing = undo_on_postgresql() if schema_editor.connection.vendor == "postgresql" else undo_on_sqlite()
    for statement in undoing:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_draws"), ("core", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
