"""Counts kept by the database: every change of a plan, a measure or a unit's group adds the row of its difference."""

from django.db import migrations

PLAN_COUNTED = {
    "expected": "1",
    "handed_in": "CASE WHEN {row}.submitted_at IS NOT NULL THEN 1 ELSE 0 END",
    "on_time": "CASE WHEN {row}.submitted_at IS NOT NULL AND {row}.late_days = 0 THEN 1 ELSE 0 END",
    "late": "CASE WHEN {row}.submitted_at IS NOT NULL AND {row}.late_days > 0 THEN 1 ELSE 0 END",
    "missing": "CASE WHEN {row}.submitted_at IS NULL THEN 1 ELSE 0 END",
    "returned": "CASE WHEN {row}.returned_at IS NOT NULL THEN 1 ELSE 0 END",
    "approved": "CASE WHEN {row}.approved_version_id IS NOT NULL THEN 1 ELSE 0 END",
}
PLAN_WATCHED = ("submitted_at", "late_days", "returned_at", "approved_version_id")
MEASURE_WATCHED = ("plan_id", "due_on", "done_on", "dropped")
COLUMNS = ", ".join(PLAN_COUNTED)


def difference(new: str, old: str) -> str:
    """The counted columns of one plan: what `new` adds less what `old` did; either may be empty."""
    parts = [
        " - ".join([f"({text.format(row=new)})" if new else "0", *([f"({text.format(row=old)})"] if old else [])])
        for text in PLAN_COUNTED.values()
    ]
    return ", ".join(parts)


def plan_row(new: str, old: str) -> str:
    known = new or old
    return f"""
        INSERT INTO units_plantally (campaign_id, category, tier, {COLUMNS})
        SELECT {known}.campaign_id, u.category, u.tier, {difference(new, old)}
        FROM units_unit u WHERE u.id = {known}.unit_id
    """


def unit_rows(unit: str, sign: str) -> str:
    """All the plans of a unit, added to or taken from the group the unit is in."""
    counted = ", ".join(f"{sign}({text.format(row='p')})" for text in PLAN_COUNTED.values())
    return f"""
        INSERT INTO units_plantally (campaign_id, category, tier, {COLUMNS})
        SELECT p.campaign_id, {unit}.category, {unit}.tier, {counted} FROM units_plan p WHERE p.unit_id = {unit}.id
    """


def measure_row(row: str, number: int) -> str:
    return f"""
        INSERT INTO units_measuretally (campaign_id, due_on, done, number)
        SELECT p.campaign_id, {row}.due_on, {row}.done_on IS NOT NULL, {number}
        FROM units_plan p WHERE p.id = {row}.plan_id AND NOT {row}.dropped
    """


# trigger → (table, event, columns watched, statements)
TRIGGERS = {
    "units_plan_counted": ("units_plan", "INSERT", (), [plan_row("NEW", "")]),
    "units_plan_recounted": ("units_plan", "UPDATE", PLAN_WATCHED, [plan_row("NEW", "OLD")]),
    "units_plan_uncounted": ("units_plan", "DELETE", (), [plan_row("", "OLD")]),
    "units_unit_regrouped": (
        "units_unit", "UPDATE", ("category", "tier"), [unit_rows("OLD", "-"), unit_rows("NEW", "")],
    ),
    "units_measure_counted": ("units_measure", "INSERT", (), [measure_row("NEW", 1)]),
    "units_measure_recounted": (
        "units_measure", "UPDATE", MEASURE_WATCHED, [measure_row("OLD", -1), measure_row("NEW", 1)],
    ),
    "units_measure_uncounted": ("units_measure", "DELETE", (), [measure_row("OLD", -1)]),
}  # fmt: skip


def changed(columns, unlike: str) -> str:
    return " OR ".join(f"OLD.{column} {unlike} NEW.{column}" for column in columns)


def postgresql():
    for name, (table, event, columns, statements) in TRIGGERS.items():
        body = "; ".join(statements)
        yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$"
        watched = f" OF {', '.join(columns)}" if columns else ""
        when = f"WHEN ({changed(columns, 'IS DISTINCT FROM')})" if columns else ""
        yield f"CREATE TRIGGER {name} AFTER {event}{watched} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()"


def sqlite():
    for name, (table, event, columns, statements) in TRIGGERS.items():
        watched = f" OF {', '.join(columns)}" if columns else ""
        when = f"WHEN {changed(columns, 'IS NOT')}" if columns else ""
        yield f"CREATE TRIGGER {name} AFTER {event}{watched} ON {table} {when} BEGIN {'; '.join(statements)}; END"


def guard(apps, schema_editor):
    for statement in postgresql() if schema_editor.connection.vendor == "postgresql" else sqlite():
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for name, (table, *_) in TRIGGERS.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("units", "0002_guards")]
    operations = [migrations.RunPython(guard, unguard)]
