"""What several checks need."""

import pytest
from django.db.models import QuerySet
from django.test import Client

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
    """Rows are read without being locked."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows._chain())
