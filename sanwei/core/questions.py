"""Questions asked on every page: the ORM makes their SQL once, and they are asked again with other values.

Building a queryset and compiling it costs several times what the database needs to answer it, and most of what the
database needs goes into planning (docs/performance.md). PostgreSQL is therefore given each question once on each
connection (PREPARE) and plans it once.
"""

import copy
import dataclasses
import datetime as dt
import itertools

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
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
            sql, parameters = "", ()
        converters = compiler.get_converters([column for column, *_ in compiler.select or ()])
        names = [places.get(it) for it in parameters]
        way = Sent(sql, parameters, names)
        if connection.vendor == "postgresql":
            name = f"{queryset.model._meta.db_table}_{next(NUMBERS)}"  # what the logs of the database show
            way = Prepared(name, sql, parameters, names, self.kinds)
        made = Made(queryset, compiler, converters, way)
        if sql and (missing := self.kinds.keys() - self.spare - set(names)):
            raise ValueError(f"{', '.join(sorted(missing))} changed on the way into the SQL")
        self.made[connection.vendor] = made
        return made


@dataclasses.dataclass(frozen=True)
class Made:
    """What is kept of a question."""

    queryset: models.QuerySet
    compiler: object
    converters: dict
    way: Sent | Prepared

    def ask(self, given: dict) -> list:
        """Let Django read the answers as it would those of the queryset, from a compiler that has compiled already."""
        if not self.way.sql:
            return []
        if self.queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("a lock asked for outside a transaction holds nothing")
        statement = self.way.statement(given)
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        compiler.as_sql = lambda *args, **options: statement
        compiler.get_converters = lambda columns: self.converters
        return list(
            self.queryset._iterable_class(Asked(self.queryset, Compiled(self.queryset.query, compiler)))
        )


class Compiled:
    """A query whose compiler is at hand."""

    def __init__(self, query, compiler):
        self.query, self.compiler = query, compiler

    def get_compiler(self, *args, **options):
        return self.compiler

    def __getattr__(self, name):
        return getattr(self.query, name)


class Asked:
    """What Django's iterables read of a queryset."""

    db = DEFAULT_DB_ALIAS

    def __init__(self, queryset, query):
        self.model, self.query = queryset.model, query
        self._fields, self._known_related_objects = queryset._fields, queryset._known_related_objects


def adapted(value):
    """A value as the database takes it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
