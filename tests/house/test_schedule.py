"""Every clock of the house knocks at a task that the worker knows."""

from sanwei.celery import app
from sanwei.schedule import BEAT


def test_every_knock_has_a_task():
    app.loader.import_default_modules()

    assert [name for name, (task, _) in BEAT.items() if task not in app.tasks] == []
