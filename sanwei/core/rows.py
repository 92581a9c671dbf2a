"""Rows written by every act: their SQL is made once for each table, and run again with other values.

Preparing a row of twelve fields takes the ORM four times what the database needs to be asked (docs/performance.md).
What stands here writes what save() would. No signal is sent, and values that the database makes are not for these
tables.
"""

import functools

from django.db import DEFAULT_DB_ALIAS, connection

AT_ONCE = 8  # more rows than this are a batch, and the ORM's own


def require_transaction(what: str) -> None:
    """What is written beside an act must stand or fall with it."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{what} must be called inside the transaction of the act")


def append(row):
    """Insert a new row, as row.save(force_insert=True) does, and return it with its key."""
    with connection.cursor() as cursor:
        cursor.execute(f"{insertion(type(row), 1)} RETURNING {column(row._meta.pk)}", all_values(row))
        [[row.pk]] = cursor.fetchall()
    return as_stored(row)


def append_missing(*rows) -> None:
    """Insert new rows of one model in one INSERT, without those whose unique key is taken. They do not learn their keys."""
    if len(rows) > AT_ONCE:
        type(rows[0]).objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    elif rows:
        with connection.cursor() as cursor:
            sql = f"{insertion(type(rows[0]), len(rows))} ON CONFLICT DO NOTHING"
            cursor.execute(sql, [value for row in rows for value in all_values(row)])


def rewrite(row, *names: str):
    """Write the named fields of a row that is there, as row.save(update_fields=names) does, and return it."""
    fields = [row._meta.get_field(name) for name in sorted(names)]
    with connection.cursor() as cursor:
        cursor.execute(update(type(row), tuple(fields)), [*values(row, fields, new=False), row.pk])
        if cursor.rowcount != 1:
            raise row.DoesNotExist(f"{row._meta.label} {row.pk} is no longer there")
    return row


def all_values(row) -> list:
    return values(row, inserted_fields(type(row)), new=True)


def values(row, fields, new: bool) -> list:
    """The values of `fields` as the database takes them."""
    return [field.get_db_prep_save(field.pre_save(row, new), connection) for field in fields]


def as_stored(row):
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


@functools.cache
def inserted_fields(model) -> tuple:
    return tuple(field for field in model._meta.concrete_fields if field is not model._meta.auto_field)


@functools.cache
def insertion(model, count: int) -> str:
    fields = inserted_fields(model)
    one = f"({', '.join(['%s'] * len(fields))})"
    return f"INSERT INTO {table(model)} ({', '.join(map(column, fields))}) VALUES {', '.join([one] * count)}"


@functools.cache
def update(model, fields: tuple) -> str:
    setting = ", ".join(f"{column(field)} = %s" for field in fields)
    return f"UPDATE {table(model)} SET {setting} WHERE {column(model._meta.pk)} = %s"


def table(model) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def column(field) -> str:
    return connection.ops.quote_name(field.column)
