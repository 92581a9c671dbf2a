"""What several checks need."""

import pytest
from django.test import Client


@pytest.fixture
def client_elsewhere() -> Client:
    """A second browser, perhaps somebody else's."""
    return Client()
