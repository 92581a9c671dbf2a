"""Every change of what a task is counted by leaves a row, so that the clock that counts knows it (models/counts.py)."""

from django.db import migrations

WATCHED = (
    "campaign_id", "unit_id", "lead_department_id", "source", "state", "assigned_on", "due_on", "start_workday",
    "due_workday", "percent", "sent_back", "suspended_on", "stopped_on", "stopped_workday", "closed_at",
)  # fmt: skip
# trigger → (event, columns watched, which row)
TRIGGERS = {
    "units_task_came": ("INSERT", (), "NEW"),
    "units_task_moved": ("UPDATE", WATCHED, "NEW"),
    "units_task_went": ("DELETE", (), "OLD"),
}


def statement(row: str) -> str:
    return f"INSERT INTO units_taskmove (task_key) VALUES ({row}.id)"


def changed(columns, unlike: str) -> str:
    return " OR ".join(f"OLD.{column} {unlike} NEW.{column}" for column in columns)


def postgresql():
    for name, (event, columns, row) in TRIGGERS.items():
        yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statement(row)}; RETURN NULL; END $$"
        watched = f" OF {', '.join(columns)}" if columns else ""
        when = f"WHEN ({changed(columns, 'IS DISTINCT FROM')})" if columns else ""
        yield f"CREATE TRIGGER {name} AFTER {event}{watched} ON units_task FOR EACH ROW {when} EXECUTE FUNCTION {name}()"


def sqlite():
    for name, (event, columns, row) in TRIGGERS.items():
        watched = f" OF {', '.join(columns)}" if columns else ""
        when = f"WHEN {changed(columns, 'IS NOT')}" if columns else ""
        yield f"CREATE TRIGGER {name} AFTER {event}{watched} ON units_task {when} BEGIN {statement(row)}; END"


def guard(apps, schema_editor):
    for text in postgresql() if schema_editor.connection.vendor == "postgresql" else sqlite():
        schema_editor.execute(text)


def unguard(apps, schema_editor):
    for name in TRIGGERS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON units_task")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("units", "0004_search")]
    operations = [migrations.RunPython(guard, unguard)]
