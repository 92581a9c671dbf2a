"""Questions asked on every page: their SQL is made once, by the ORM, and asked again with other values.

Building a queryset and compiling it costs several times what the database needs to answer it (docs/performance.md).
"""

import dataclasses
import datetime as dt

from django.db import DEFAULT_DB_ALIAS, connection

MARKS = {  # values no row has: they stand for ours while the SQL is made
    int: lambda place: 987_654_321_000 + place,
    str: lambda place: f"\x1a{place}",
    dt.date: lambda place: dt.date(1, 1, 1 + place),
    dt.datetime: lambda place: dt.datetime(1, 1, 1 + place, tzinfo=dt.UTC),
}


@dataclasses.dataclass(frozen=True)
class Place:
    """Where one of our values goes among the parameters."""

    name: str


@dataclasses.dataclass(frozen=True)
class Made:
    """What is kept of a question: its SQL, the parameters with places in them, and how answers become Python's."""

    sql: str
    parameters: list
    converters: dict

    def answers(self, rows) -> list:
        for position, (steps, column) in self.converters.items():
            for row in rows:
                for step in steps:
                    row[position] = step(row[position], column, connection)
        return rows


class Question:
    """A queryset of values_list() made by a function of values, each given by name and of one kind.

    >>> posts = Question(lambda user, today: Post.objects.active(today).filter(user=user).values_list("role"), user=int, today=dt.date)
    >>> posts(user=7, today=clock.today())
    [["unit_clerk"]]

    An answer is what values_list() would give, as lists. Kinds: int, str, date, datetime.
    """

    def __init__(self, queryset, **kinds: type):
        self.queryset, self.kinds = queryset, kinds
        self.made: dict[str, Made] = {}  # by kind of database

    def __call__(self, **values) -> list[list]:
        made = self.made.get(connection.vendor) or self.make()
        given = {name: adapted(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(
                made.sql, [given[it.name] if isinstance(it, Place) else it for it in made.parameters]
            )
            return made.answers([*map(list, cursor.fetchall())])

    def make(self) -> Made:
        marks = {name: MARKS[kind](place) for place, (name, kind) in enumerate(self.kinds.items())}
        places = {adapted(mark): Place(name) for name, mark in marks.items()}
        compiler = self.queryset(**marks).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        made = Made(
            sql,
            [places.get(parameter, parameter) for parameter in parameters],
            compiler.get_converters([expression for expression, *_ in compiler.select]),
        )
        self.made[connection.vendor] = made
        return made


def adapted(value):
    """A value as the database takes it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
