"""What every test may rely on. The environment is set before Django reads its settings."""

import os

os.environ.setdefault("SANWEI_ENV", "test")

pytest_plugins = ["tests.cast"]
