"""Questions asked on every page: the ORM makes their SQL once, and they are asked again with other values.

Building a queryset and compiling it costs several times what the database needs to answer it, and most of what the
database needs goes into planning (docs/performance.md). PostgreSQL is therefore given each question once on each
connection (PREPARE) and plans it once.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.transaction import TransactionManagementError

from sanwei.core.statements import Prepared, Sent

NUMBERS = itertools.count(1)
MARKS = {  # values no row has: they stand for ours while the SQL is made
    int: lambda place: 987_654_321_000 + place,
    str: lambda place: f"\x1a{place}",
    dt.date: lambda place: dt.date(1, 1, 1 + place),
    dt.datetime: lambda place: dt.datetime(1, 1, 1 + place, tzinfo=dt.UTC),
}

BEYOND = 2**63  # no key is as large, and SQLite takes no such number


class Question:
    """A queryset made by a function of values, each given by name and of one kind: int, str, date or datetime.

    >>> sections = Question(lambda plan: Section.objects.filter(plan=plan), plan=int)
    >>> sections(plan=7)
    [<Section: …>, …]

    The answers are what list() of the queryset would give: rows with their select_related, or values. The values must
    go into the SQL as they are: a key for a foreign key, no texts for `contains`, no lists, nothing prefetched. A number
    that no row can have, as people may type into an address, has no answers.
    """

    def __init__(self, queryset, spare: frozenset[str] = frozenset(), **kinds: type):
        """`spare` names values that the queryset may do without."""
        self.queryset, self.spare, self.kinds = queryset, spare, kinds
        self.made: dict[str, Made] = {}  # by kind of database

    def __call__(self, **values) -> list:
        if any(type(value) is int and not -BEYOND <= value < BEYOND for value in values.values()):
            return []
        made = self.made.get(connection.vendor) or self.make()
        return made.ask({name: adapted(value) for name, value in values.items()})

    def make(self) -> "Made":
        marks = {name: MARKS[kind](place) for place, (name, kind) in enumerate(self.kinds.items())}
        places = {adapted(mark): name for name, mark in marks.items()}
        queryset = self.queryset(**marks)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # it can have no answer, whatever the values
            made = Made(sql="", read=list)
        else:
            names = [places.get(it) for it in parameters]
            if missing := self.kinds.keys() - self.spare - set(names):
                raise ValueError(f"{', '.join(sorted(missing))} changed on the way into the SQL")
            way = Sent(sql, parameters, names)
            if connection.vendor == "postgresql":
                name = (
                    f"{queryset.model._meta.db_table}_{next(NUMBERS)}"  # what the logs of the database show
                )
                way = Prepared(name, sql, parameters, names, self.kinds)
            made = Made(sql, reader(queryset, compiler), way, queryset.query.select_for_update)
        self.made[connection.vendor] = made
        return made


@dataclasses.dataclass(frozen=True)
class Made:
    """What is kept of a question: the SQL, how it is sent, how the rows of its answer are read."""

    sql: str
    read: Callable
    way: Sent | Prepared | None = None
    locks: bool = False

    def ask(self, given: dict) -> list:
        if not self.sql:
            return []
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("a lock asked for outside a transaction holds nothing")
        with connection.cursor() as cursor:
            cursor.execute(*self.way.statement(given))
            return self.read(cursor.fetchall())


def reader(queryset, compiler) -> Callable:
    """What makes answers of the rows: models with their select_related and annotations, dicts, tuples or single values.

    Django's own iterables do the same, and look up again for every answer what is looked up here once.
    """
    columns = compiler.select[: compiler.col_count]
    converters = compiler.get_converters([column for column, *_ in columns])
    read = READERS[queryset._iterable_class](queryset, compiler)

    def read_all(rows) -> list:
        if compiler.has_extra_select:  # columns that only the order needs
            rows = [row[: compiler.col_count] for row in rows]
        return read(compiler.apply_converters(rows, converters) if converters else rows)

    return read_all


def of_models(queryset, compiler) -> Callable:
    model, made_of = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = made_of[0], made_of[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[start:end]]
    related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    annotations = tuple((compiler.annotation_col_map or {}).items())

    def one(row):
        obj = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for populator in related:
            populator.populate(row, obj)
        for name, place in annotations:
            setattr(obj, name, row[place])
        return obj

    return lambda rows: [one(row) for row in rows]


def named(query) -> list[str]:
    """The columns of an answer of values, in their order."""
    return list(query.selected or (*query.extra_select, *query.values_select, *query.annotation_select))


def of_values(queryset, compiler) -> Callable:
    names = named(queryset.query)
    return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]


def of_lists(queryset, compiler) -> Callable:
    names = named(queryset.query)
    wanted = [names.index(field) for field in queryset._fields or names]
    if wanted == [*range(len(names))]:
        return lambda rows: [tuple(row) for row in rows]
    return lambda rows: [tuple(row[place] for place in wanted) for row in rows]


def of_single_values(queryset, compiler) -> Callable:
    return lambda rows: [row[0] for row in rows]


READERS = {
    ModelIterable: of_models,
    ValuesIterable: of_values,
    ValuesListIterable: of_lists,
    FlatValuesListIterable: of_single_values,
}


def adapted(value):
    """A value as the database takes it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
