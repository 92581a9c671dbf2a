import pytest


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """A store of its own for each test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
