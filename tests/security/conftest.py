"""What several checks need."""

import pytest
from django.db.models import QuerySet
from django.test import Client

from sanwei.core.workflow import lock_on
from tests.security.hashing import Counting


@pytest.fixture
def client_elsewhere() -> Client:
    """A second browser, perhaps somebody else's."""
    return Client()


@pytest.fixture
def counting(settings) -> type[Counting]:
    """Passwords are hashed cheaply, and each hashing is counted."""
    settings.PASSWORD_HASHERS = ["tests.security.hashing.Counting"]
    return Counting


@pytest.fixture
def no_locks(monkeypatch):
    """Rows are read without being locked; the SQL that locks is made anew, before and after."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows._chain())
    lock_on.cache_clear()
    yield
    lock_on.cache_clear()
