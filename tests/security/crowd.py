"""Several people at once, brought together at the dangerous moment instead of hoping for it."""

import contextlib
import re
import threading

from django.conf import settings
from django.db import connection
from django.test import Client

PATIENCE = {
    "guarded": 0.3,
    "unguarded": 20,
}  # seconds the first waits; where a guard stands, the other cannot come


def at_once(*works) -> list:
    """Run every work in a thread of its own, all starting together; their answers or the exceptions they raised."""
    start, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        start.wait()
        try:
            answers[place] = work()
        except Exception as error:  # noqa: BLE001 - the exception is the answer under test
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=place) for place in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def meeting_after(words: str, *works, guard="guarded") -> list:
    """at_once(), where each waits for the others when its first statement with `words` in it has been answered."""
    meeting = threading.Barrier(len(works))

    def slowed(work):
        met = []

        def statement(execute, sql, params, many, context):
            answer = execute(sql, params, many, context)
            if says(sql, words) and not met:
                met.append(sql)
                with contextlib.suppress(threading.BrokenBarrierError):
                    meeting.wait(PATIENCE[guard])
            return answer

        def run():
            with connection.execute_wrapper(statement):
                return work()

        return run

    return at_once(*map(slowed, works))


def says(sql: str, words: str) -> bool:
    """Whether `words` stand in a statement; one that the database knows by name reads from the table it is named after."""
    known = re.match(r"EXECUTE (\w+)_\d", sql)
    return words in sql or bool(known and words.startswith(f'FROM "{known[1]}"'))


def names(answers) -> list[str]:
    """What each thread came back with, by the name of its kind."""
    return sorted(type(answer).__name__ for answer in answers)


def browser(user) -> Client:
    """A browser in which `user` is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def same_browser(client) -> Client:
    """The session of `client` for a thread of its own."""
    other, name = Client(raise_request_exception=False), settings.SESSION_COOKIE_NAME
    other.cookies[name] = client.cookies[name].value
    return other


@contextlib.contextmanager
def constraint_dropped(model, name: str):
    """The database without one of its guards."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    yield
    model.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(model, constraint)
