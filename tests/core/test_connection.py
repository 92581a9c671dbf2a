"""A connection that the server has ended is noticed without asking, before the first question of a request."""

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]  # an embedded database has none


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(pid: int) -> None:
    """As an administrator would, from another connection; returns when the server has ended it."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


def next_request() -> None:
    """What Django does when a request begins."""
    for each in connections.all():
        each.close_if_unusable_or_obsolete()
        each.health_check_done = False


def test_a_connection_that_stands_is_kept_and_nothing_is_asked():
    pid = backend()
    next_request()
    with CaptureQueriesContext(connection) as asked:
        connection.close_if_health_check_failed()

    assert (asked.captured_queries, backend()) == ([], pid)


def test_one_that_the_server_ended_is_replaced(settings):
    connection.health_check_enabled = True
    pid = backend()
    end(pid)
    next_request()

    assert backend() != pid


def test_control_without_the_check_the_first_question_fails(monkeypatch):
    monkeypatch.setattr(type(connection._connections[connection._alias]), "is_usable", lambda self: True)
    connection.health_check_enabled = True
    end(backend())
    next_request()

    with pytest.raises(Exception, match=r"terminat|closed"):
        backend()
    connection.close()
