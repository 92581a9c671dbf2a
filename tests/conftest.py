"""What every test may rely on. The environment is set before Django reads its settings."""

import importlib
import os

os.environ.setdefault("SANWEI_ENV", "test")

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template import Context
from django.template.backends.jinja2 import Template as JinjaTemplate
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from hypothesis import settings as effort

pytest_plugins = ["tests.cast", "tests.rights.world"]
effort.register_profile("house", deadline=None)  # a busy machine is no fault of ours: nothing here is timed
effort.load_profile("house")

GUARDS = (
    "sanwei.core.migrations.0002_guards",
    "units.migrations.0002_guards",
    "units.migrations.0003_tallies",
    "assessments.migrations.0003_guards",
    "assessments.migrations.0004_draws",
    "assessments.migrations.0005_publicity",
)
DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items):
    """A test that may not open the database cannot depend on its kind: pytest-django would fail it. So it runs once."""
    for item in items:
        if not item.get_closest_marker("django_db") and DATABASE.isdisjoint(item.fixturenames):
            item.add_marker("once")


@pytest.fixture(autouse=True, scope="session")
def contexts_are_told():
    """`response.context` of our pages: Django's test client learns it by a signal, which only its own language sends."""
    render = JinjaTemplate.render

    def told(template, context=None, request=None):
        template_rendered.send(template, template=template, context=Context(context), request=request)
        return render(template, context, request)

    JinjaTemplate.render = told
    yield
    JinjaTemplate.render = render


@pytest.fixture(autouse=True)
def guards_stand_aside_for_the_flush(request):
    """After a test with real transactions Django empties the tables, which the guards of SQLite refuse.

    So they stand during the test and are taken down before the flush; the next such test puts them up again. Tests
    in a rolled-back transaction come first (pytest-django orders them so) and always see them.
    """
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")) and "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    if connection.vendor == "postgresql":
        yield
        return
    seed_calendar()
    if not guards_stand():
        change_guards("guard")
    yield
    change_guards("unguard")


@pytest.fixture(autouse=True, scope="session")
def postgresql_is_emptied_at_once():
    """PostgreSQL can set its triggers aside for a session, so that guards and foreign keys stand as they are.

    Django's flush truncates every table, which takes new files for each, and makes content types and rights anew.
    """
    flush = TransactionTestCase._fixture_teardown

    def emptied(test):
        if connection.vendor == "postgresql":
            empty_tables()
        else:
            flush(test)

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = flush


def empty_tables() -> None:
    """What migrations entered stays or comes back; everything else goes."""
    from assessments.inspections.classes import load_classes

    kept = ("django_migrations", "django_content_type", "auth_permission")
    tables = [name for name in connection.introspection.django_table_names() if name not in kept]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(";".join(f'DELETE FROM "{name}"' for name in tables))
    seed_calendar()
    load_classes()


@pytest.fixture(autouse=True)
def calendar_is_asked_for_anew():
    """What a test imported was rolled back; the next one asks whether the calendar in memory is still the right one."""
    from sanwei.core.workdays import table

    yield
    table.look_again()


def seed_calendar() -> None:
    """The flush of an earlier test took the calendar that a migration entered."""
    from sanwei.core.workdays import table
    from sanwei.core.workdays.models import CalendarDay, CalendarYear
    from sanwei.core.workdays.seed import seed

    seed(CalendarYear, CalendarDay)
    table.forget()


def guards_stand() -> bool:
    catalogue = {"postgresql": "SELECT tgname FROM pg_trigger", "sqlite": "SELECT name FROM sqlite_master"}
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return any(name.startswith("core_entry_") for (name,) in cursor.fetchall() if "no_" in name)


def change_guards(what: str) -> None:
    for module in GUARDS:
        with connection.schema_editor() as editor:
            getattr(importlib.import_module(module), what)(None, editor)


@pytest.fixture
def no_locks(monkeypatch):
    """Rows are read without being locked; the SQL that locks is made anew, before and after."""
    from sanwei.core.workflow import lock_on

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows._chain())
    lock_on.cache_clear()
    yield
    lock_on.cache_clear()
