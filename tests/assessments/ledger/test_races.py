"""Two at once on the ledger, with real transactions on a real server; each race has its control."""

import contextlib
import datetime as dt
import importlib

import pytest
import time_machine
from django.db import connection

from assessments.ledger import actions
from assessments.ledger.gathering import gather_all
from assessments.ledger.models import LedgerEntry
from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Announcement
from tests import make
from tests.cast import beijing
from tests.security.crowd import at_once, browser, meeting_after, names, same_browser
from units.rectification import actions as tasks
from units.rectification.models import Task

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]
WHY = "因停电延误"
READ = 'FROM "assessments_ledgerentry"'


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 17, 9), tick=False):
        yield


@contextlib.contextmanager
def without(name: str):
    """The ledger without one of its constraints; what was entered meanwhile goes, for which the guards stand aside."""
    guards = importlib.import_module("assessments.migrations.0003_guards")
    constraint = next(one for one in LedgerEntry._meta.constraints if one.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(LedgerEntry, constraint)
    yield
    with connection.schema_editor() as editor:
        guards.unguard(None, editor)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_ledgerentry")
    with connection.schema_editor() as editor:
        editor.add_constraint(LedgerEntry, constraint)
        guards.guard(None, editor)


def entering_twice(cast, guard="guarded") -> list:
    entering = lambda: make.ledger_entry(cast.campaign, cast.unit, cast.officer, event="finding:12")  # noqa: E731
    return meeting_after(READ, entering, entering, guard=guard)


def test_one_event_entered_by_two_at_once_is_one_line_and_both_get_it(cast):
    first, second = entering_twice(cast, "unguarded")

    assert (first, second) == (LedgerEntry.objects.get(),) * 2
    assert Entry.objects.filter(verb="enter").count() == Announcement.objects.count() == 1


def test_control_without_the_unique_event_it_is_entered_twice(cast):
    with without("ledger_event_once"):
        assert names(entering_twice(cast, "unguarded")) == ["LedgerEntry", "LedgerEntry"]
        assert LedgerEntry.objects.count() == 2


def test_two_strike_one_line_at_once_and_one_counter_entry_stands(cast):
    row = make.ledger_entry(cast.campaign, cast.unit, cast.officer)
    striking = lambda: actions.reverse(entry=row, by=cast.office_head, reason=WHY)  # noqa: E731

    assert names(meeting_after(READ, striking, striking, guard="unguarded")) == ["LedgerEntry", "Refused"]
    assert LedgerEntry.objects.of(cast.campaign).total() == {"points": 0, "entries": 2}
    assert Entry.objects.filter(verb="reverse").count() == 1


def test_a_double_click_strikes_once_and_is_answered_the_same(cast):
    row = make.ledger_entry(cast.campaign, cast.unit, cast.officer)
    client = browser(cast.office_head)
    path, words = (
        f"/assessments/ledger/{row.pk}/reverse/",
        {"reason": WHY, "confirmed": "1", "_once": "a1b2c3"},
    )
    answers = at_once(*[lambda: same_browser(client).post(path, words)] * 6)

    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {
        (302, f"/assessments/ledger/{row.pk}/")
    }
    assert LedgerEntry.objects.count() == 2


def late_tasks(cast, count: int) -> None:
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        for number in range(count):
            words = {"due_on": dt.date(2026, 3, 16), "title": f"事项{number}"}
            make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, **words)


def test_two_workers_share_the_portions_and_enter_each_event_once(cast, monkeypatch):
    monkeypatch.setattr("units.rectification.events.PORTION", 2)
    late_tasks(cast, 7)
    answers = meeting_after('FROM "units_task"', gather_all, gather_all)

    assert sum(answer.entered for answer in answers) == sum(answer.looked for answer in answers) == 7
    assert [answer.entered > 0 for answer in answers] == [True, True]
    assert LedgerEntry.objects.count() == 7


@pytest.mark.usefixtures("no_locks")
def test_control_without_the_lock_both_look_at_all_of_them_and_still_enter_each_once(cast):
    late_tasks(cast, 3)
    answers = meeting_after('FROM "units_task"', gather_all, gather_all, guard="unguarded")

    assert [answer.looked for answer in answers] == [3, 3]
    assert LedgerEntry.objects.count() == 3


def test_a_task_cancelled_while_it_is_gathered_costs_nothing_in_the_end(cast):
    late_tasks(cast, 1)
    task = Task.objects.get()
    cancelling = lambda: tasks.cancel(task=task, by=cast.officer, reason="重复交办")  # noqa: E731
    meeting_after('FROM "units_task"', gather_all, cancelling)
    gather_all()

    assert LedgerEntry.objects.of(cast.campaign).total()["points"] == 0
