"""How many rows the clock that reminds of tasks reads among a million, for each one that is due."""

import contextlib
import datetime as dt

import psycopg2

from scripts.bench.figures import Figure
from scripts.trial.house import House

DATABASE = "million"
TASKS, DUE = 1_000_000, 5_000
OWN_KEYS = "id, number, source_key, remind_on, asked_extension_id, extension_signed_at"
# The tasks of a city again and again: half of them closed, the others to be looked at within the next sixty days.
MULTIPLY = """
    INSERT INTO units_task ({columns}, number, source_key, remind_on)
    SELECT {columns}, '整改〔2000〕' || row_number() OVER () || '号', '',
           CASE WHEN state IN ('assigned', 'in_progress', 'unit_review', 'verifying')
                THEN current_date + 1 + (random() * 60)::int END
    FROM units_task, generate_series(1, {times}) LIMIT {wanted}
"""
NAME_TODAY = """
    UPDATE units_task SET remind_on = %s WHERE id IN (
        SELECT id FROM units_task WHERE state = 'in_progress' AND suspended_on IS NULL ORDER BY random() LIMIT %s)
"""
# What is read to find rows: each found one is read once more, by its key, to be written.
READ = """
    SELECT (SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'units_task')
         + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes
            WHERE relname = 'units_task' AND indexrelname <> 'units_task_pkey')
"""
REMIND = "from units.rectification import reminders; print(reminders.remind())"
ALL_DAY = {"SANWEI_QUIET_UNTIL": "0", "SANWEI_QUIET_FROM": "24"}


def figure(server, broker, folder) -> Figure:
    """A house with a million tasks, its clock of reminders run once: rows read to find them by tasks that were due."""
    server.drop_database(DATABASE)
    server.create_database(DATABASE)
    home = House(server.url(DATABASE), broker.url, folder / DATABASE, **ALL_DAY)
    home.prepare()
    home.manage("populate", "--size", "city", "--force")
    link = psycopg2.connect(server.url(DATABASE))
    link.autocommit = True
    with contextlib.closing(link), link.cursor() as cursor:
        multiply(cursor)
        cursor.execute(NAME_TODAY, (today(), DUE))
        cursor.execute("VACUUM ANALYZE units_task")
        before = read(cursor)
        looked = int(home.manage("shell", "-c", REMIND).split()[-1])
        after = read(cursor)
    server.drop_database(DATABASE)
    if looked != DUE:
        raise RuntimeError(f"{DUE} tasks were due, and the clock looked at {looked}")
    return Figure("reminders.rows_read_per_due", round((after - before) / DUE, 3), "rows")


def multiply(cursor) -> None:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'units_task' ORDER BY ordinal_position"
    )
    own = OWN_KEYS.split(", ")
    columns = ", ".join(name for (name,) in cursor.fetchall() if name not in own)
    cursor.execute("SELECT count(*) FROM units_task")
    [[there]] = cursor.fetchall()
    cursor.execute("UPDATE units_task SET remind_on = NULL")
    cursor.execute("ALTER TABLE units_task DISABLE TRIGGER USER")
    wanted = TASKS - there
    cursor.execute(MULTIPLY.format(columns=columns, times=wanted // there + 1, wanted=wanted))


def read(cursor) -> int:
    cursor.execute("SELECT pg_stat_clear_snapshot()")
    cursor.execute(READ)
    [[rows]] = cursor.fetchall()
    return int(rows)


def today() -> dt.date:
    """In the city, whose clock the house goes by."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
