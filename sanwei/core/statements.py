"""How SQL that was made once reaches the database again with other values."""

import datetime as dt
import re
import weakref

from django.db import connection

TYPES = {int: "bigint", str: "text", dt.date: "date", dt.datetime: "timestamptz"}
PREPARED = weakref.WeakKeyDictionary()  # session with the database -> names of the statements it knows


class Sent:
    """The whole SQL goes to the database each time."""

    def __init__(self, sql, parameters, names):
        """`names` says for each parameter which of our values goes there, if any."""
        self.sql, self.parameters, self.names = sql, parameters, names

    def statement(self, given: dict) -> tuple[str, list]:
        """SQL and parameters for these values."""
        own = zip(self.names, self.parameters, strict=True)
        return self.sql, [given[name] if name else it for name, it in own]


class Prepared:
    """The database keeps the SQL under a name, for each connection; ours are its arguments, the rest stands in it."""

    def __init__(self, name, sql, parameters, names, kinds):
        self.name, self.sql, self.parameters, self.names, self.kinds = name, sql, parameters, names, kinds
        self.used = [name for name in kinds if name in names]
        marks = ", ".join(["%s"] * len(self.used))
        self.execute = f"EXECUTE {self.name} ({marks})" if marks else f"EXECUTE {self.name}"

    def statement(self, given: dict) -> tuple[str, list]:
        """SQL and parameters for these values."""
        connection.close_if_health_check_failed()  # what a lost connection knew is lost
        connection.ensure_connection()
        session = connection.connection
        known = PREPARED.setdefault(session, set())
        if self.name not in known:
            with connection.wrap_database_errors, session.cursor() as cursor:
                cursor.execute(self.preparation(cursor))
            known.add(self.name)
        return self.execute, [given[name] for name in self.used]

    def preparation(self, cursor) -> str:
        """PREPARE, with $1, $2 … for our values, and the others written out, so that partial indexes are seen to fit."""
        places = {name: f"${place}" for place, name in enumerate(self.used, 1)}
        values = iter(zip(self.names, self.parameters, strict=True))

        def written(mark) -> str:
            if mark[0] == "%%":
                return "%"
            name, value = next(values)
            return places[name] if name else cursor.mogrify("%s", [value]).decode()

        types = ", ".join(TYPES[self.kinds[name]] for name in self.used)
        sql = re.sub("%s|%%", written, self.sql)
        return f"PREPARE {self.name}{f' ({types})' if types else ''} AS {sql}"
