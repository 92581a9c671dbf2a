"""A house in which two rows are already many."""

import pytest


@pytest.fixture(autouse=True)
def two_rows_are_many(settings, tmp_path):
    settings.SANWEI_EXPORT_AT_ONCE_ROWS = 1
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
