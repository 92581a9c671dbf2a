"""Reminders of tasks: each threshold once for each circle, wider the later; the clock reads what is due and no more."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sanwei.core.notifications.models import Announcement
from sanwei.core.workdays import thresholds
from tests import make
from tests.cast import beijing
from tests.units.rectification.test_life import told
from units.rectification import actions, extensions, pauses, reminders
from units.rectification.models import Task
from units.rectification.reminders import remind

DUE = dt.date(2026, 3, 16)


def on(month, day, hour=9):
    return time_machine.travel(beijing(2026, month, day, hour), tick=False)


@pytest.fixture
def task(cast):
    """Given on 2 March, due on the 16th, delegated to 审批科."""
    with on(3, 2):
        task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=DUE)
        return actions.delegate(task=task, by=cast.clerk, department=cast.department)


def days(*dates):
    for month, day in dates:
        with on(month, day):
            remind()


def circles(key: str) -> list[str]:
    """The circles that were told under a threshold, in the order of the alphabet."""
    keys = Announcement.objects.filter(key__contains=f":{key}:", kind="reminder").values_list(
        "key", flat=True
    )
    return sorted(found.rsplit(":", 1)[1] for found in keys)


def test_the_later_the_wider(cast, task):
    days((3, 2), (3, 9), (3, 11), (3, 13), (3, 16), (3, 17), (3, 24))

    assert {name: circles(f"{DUE}:{name}") for name in ("T-10", "T-5", "T-3", "T-1", "T", "T+1", "T+6")} == {
        "T-10": ["clerk", "department"],
        "T-5": ["clerk", "department"],
        "T-3": ["clerk", "department", "head"],
        "T-1": ["clerk", "department", "head"],
        "T": ["clerk", "department", "head"],
        "T+1": ["clerk", "department", "head", "office"],
        "T+6": ["clerk", "department", "head", "leaders", "office"],
    }
    assert told(f"{DUE}:T+6:leaders") == ["王书记"]
    assert told(f"{DUE}:T+1:department") == ["赵磊"]
    assert told(f"{DUE}:T-3:head") == ["张建国"]


def test_not_signed_for_in_time_is_another_reminder(cast):
    with on(3, 2):
        make.task(cast.campaign, cast.unit, cast.officer, due_on=DUE)
    days((3, 2), (3, 3), (3, 4))

    assert [circles(f"sign_for:2026-03-03:{name}") for name in ("T-1", "T", "T+1")] == [
        ["clerk", "head"],
        ["clerk", "head"],
        ["clerk", "head", "office"],
    ]
    assert circles(f"report:{DUE}:T-5") == []


def test_the_office_is_reminded_of_what_it_owes(cast, task):
    with on(3, 4):
        extensions.request_extension(
            task=task,
            by=cast.clerk,
            wanted_due_on=dt.date(2026, 3, 25),
            reason="设备未到货",
            progress="已招标",
        )
        task = extensions.sign_extension(task=task, by=cast.head)
    days((3, 4), (3, 9))
    assert circles("decide:2026-03-09:T") == ["office"]
    with on(3, 9):
        task = actions.report_done(task=task, by=cast.clerk, result="已整改")
        actions.confirm(task=task, by=cast.head)
    days((3, 9), (3, 16), (3, 24))

    assert circles("verify:2026-03-16:T") == ["office"]
    assert circles("verify:2026-03-16:T+6") == ["leaders", "office"]


def test_twice_is_once_and_silence_is_one_message(cast, task):
    days((3, 13), (3, 13))

    assert Announcement.objects.filter(kind="reminder").count() == 3  # T-1 alone, to three circles
    assert circles(f"report:{DUE}:T-1") == ["clerk", "department", "head"]


def test_nothing_is_said_at_night_of_what_is_suspended_or_closed(cast, task):
    with on(3, 13, 22):
        assert remind() == 0
    with on(3, 13):
        pauses.suspend(task=task, by=cast.officer, reason="待批复")
        assert remind() == 0
        pauses.resume(task=task, by=cast.officer)
        actions.cancel(task=task, by=cast.officer, reason="重复交办")
        assert remind() == 0
    assert Announcement.objects.filter(kind="reminder").count() == 0


def test_a_new_limit_is_reminded_of_anew(cast, task):
    days((3, 16))
    with on(3, 16):
        extensions.request_extension(
            task=task,
            by=cast.clerk,
            wanted_due_on=dt.date(2026, 3, 25),
            reason="设备未到货",
            progress="已招标",
        )
        extensions.sign_extension(task=task, by=cast.head)
        extensions.grant_extension(task=task, by=cast.officer, due_on=dt.date(2026, 3, 25))
    days((3, 20), (3, 25))

    assert (
        circles("report:2026-03-25:T-3") == circles("report:2026-03-25:T") == ["clerk", "department", "head"]
    )


def test_a_clock_reads_what_is_due_and_nothing_else(cast, task):
    with on(3, 2):
        others = [make.task(cast.campaign, cast.other_unit, cast.officer) for _ in range(5)]
        remind()
    Task.objects.filter(pk__in=[other.pk for other in others]).update(remind_on=dt.date(2026, 3, 30))
    with on(3, 9), CaptureQueriesContext(connection) as asked:
        assert remind() == 1
    assert len(asked) <= 12


@pytest.mark.parametrize("today", [dt.date(2026, 2, 2) + dt.timedelta(step) for step in range(40)])
def test_no_threshold_is_passed_over_between_two_looks(db, today):
    """The next look is the first day with another threshold than today's."""
    due_on = dt.date(2026, 2, 28)
    look = thresholds.next_day(due_on, today)
    between = [today + dt.timedelta(step) for step in range((look - today).days)]

    assert {thresholds.reached(due_on, day) for day in between} == {thresholds.reached(due_on, today)}
    assert thresholds.reached(due_on, look) != thresholds.reached(due_on, today)


def test_after_days_of_silence_every_day_is_caught_up_with_in_portions(cast, monkeypatch):
    """Five tasks named for three different days, read two at a time; none is left and none read twice."""
    monkeypatch.setattr(reminders, "PORTION", 2)
    with on(3, 2):
        for day in (9, 9, 9, 10, 12):
            make.task_in_progress(
                cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 3, day)
            )
        assert remind() == 5
    assert len({*Task.objects.values_list("remind_on", flat=True)}) == 3

    with on(3, 12):
        assert remind() == 5
        assert remind() == 0
        assert Task.objects.to_remind(dt.date(2026, 3, 12)).count() == 0
