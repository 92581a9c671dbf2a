"""Who handles the cases of these tests, on a Monday morning."""

import pytest

from tests.assessments.accountability import build


@pytest.fixture(autouse=True)
def frozen():
    with build.on(2026, 3, 2):
        yield


@pytest.fixture
def discipline(cast):
    """冯涛."""
    return build.disciplinarian()
