"""What several checks need."""

import pytest
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
