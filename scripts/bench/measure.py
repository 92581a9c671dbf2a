"""What a request costs: processor time of the web's workers and the database's backends, statements, rows."""

import dataclasses
import statistics
from collections.abc import Callable

import psycopg2

from scripts.trial import processor
from scripts.trial.client import Line

STATEMENTS = """
    SELECT coalesce(sum(calls), 0), coalesce(sum(rows), 0) FROM pg_stat_statements
    JOIN pg_database ON pg_database.oid = dbid AND datname = current_database()
    WHERE query NOT LIKE '%pg_stat_statements%'
"""


@dataclasses.dataclass(frozen=True)
class Cost:
    """Of one request, on average over a batch: milliseconds of processor, statements and rows."""

    web_ms: float
    database_ms: float
    statements: float
    rows: float

    @property
    def ms(self) -> float:
        return self.web_ms + self.database_ms


class Side:
    """One house under measurement: its web master, its database, and the line to it."""

    def __init__(self, web_pid: int, port: int, server, database: str):
        self.web_pid, self.server, self.database = web_pid, server, database
        self.line = Line(port)
        url = f"host=127.0.0.1 port={server.port} user=sanwei dbname={database} application_name=watcher"
        self.watcher = psycopg2.connect(url)
        self.watcher.autocommit = True
        self.ask("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")

    def ask(self, query: str, *values) -> list[tuple]:
        with self.watcher.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def web(self) -> float:
        return processor.seconds(processor.children(self.web_pid))

    def backends(self) -> float:
        mine = self.watcher.info.backend_pid
        pids = processor.backends(self.server.pid, self.database)
        return processor.seconds(pid for pid in pids if pid != mine)

    def cost(self, requests: list[Callable]) -> Cost:
        """Make the requests one after the other and say what one of them cost."""
        self.ask("SELECT pg_stat_statements_reset()")
        web, database = self.web(), self.backends()
        for request in requests:
            request()
        web, database = self.web() - web, self.backends() - database
        [(calls, rows)] = self.ask(STATEMENTS)
        count = len(requests)
        return Cost(1000 * web / count, 1000 * database / count, float(calls) / count, float(rows) / count)


def median(costs: list[Cost]) -> Cost:
    """Field by field."""
    names = [field.name for field in dataclasses.fields(Cost)]
    return Cost(**{name: statistics.median(getattr(cost, name) for cost in costs) for name in names})
