"""Reminders in working days, each exactly once for each person and threshold (TIME-11)."""

import datetime as dt

import pytest
import time_machine

from sanwei.core.notifications.models import Notification
from tests import make
from tests.cast import beijing
from tests.post import tell_all
from units.plans.reminders import remind, threshold_reached

DUE_DAY = dt.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (dt.date(2026, 2, 6), None),
        (dt.date(2026, 2, 7), None),
        (dt.date(2026, 2, 9), "T-10"),  # 10 working days: Feb 10–14, 24–28
        (dt.date(2026, 2, 13), "T-10"),
        (dt.date(2026, 2, 14), "T-5"),  # the long holiday counts nothing
        (dt.date(2026, 2, 23), "T-5"),
        (dt.date(2026, 2, 24), "T-5"),
        (dt.date(2026, 2, 25), "T-3"),
        (dt.date(2026, 2, 27), "T-1"),
        (DUE_DAY, "T"),
        (dt.date(2026, 3, 1), "T"),
        (dt.date(2026, 3, 2), "T+1"),
        (dt.date(2026, 3, 6), "T+1"),
        (dt.date(2026, 3, 9), "T+6"),
        (dt.date(2026, 3, 16), "T+11"),
    ],
)
def test_the_threshold_reached_on_a_day(db, today, name):
    reached = threshold_reached(DUE_DAY, today)

    assert (reached.name if reached else None) == name


def reminders_of(user) -> list[str]:
    tell_all()
    kept = Notification.objects.filter(user=user, kind="reminder").order_by("pk")
    return [*kept.values_list("title", flat=True)]


def test_clerk_then_head_then_office_are_told(cast):
    for day in (9, 14, 25, 27, 28):
        with time_machine.travel(beijing(2026, 2, day, 9, 0), tick=False):
            remind()
    with time_machine.travel(beijing(2026, 3, 2, 9, 0), tick=False):
        remind()

    assert reminders_of(cast.clerk) == [
        "2026年度实施方案：还剩10个工作日",
        "2026年度实施方案：还剩5个工作日",
        "2026年度实施方案：还剩3个工作日",
        "2026年度实施方案：还剩1个工作日",
        "2026年度实施方案：今日截止",
        "2026年度实施方案：已逾期1个工作日",
    ]
    assert reminders_of(cast.head) == reminders_of(cast.clerk)[2:]
    assert reminders_of(cast.officer) == ["2026年度实施方案：2个单位逾期未报"]
    assert reminders_of(cast.leader) == []


@time_machine.travel(beijing(2026, 2, 25, 9, 0), tick=False)
def test_a_clock_that_runs_twice_reminds_once(cast):
    assert remind() == 2
    assert remind() == 0

    assert len(reminders_of(cast.clerk)) == 1


@time_machine.travel(beijing(2026, 2, 27, 9, 0), tick=False)
def test_a_clock_that_stood_still_sends_one_message_not_a_pile(cast):
    remind()

    assert reminders_of(cast.clerk) == ["2026年度实施方案：还剩1个工作日"]


@time_machine.travel(beijing(2026, 2, 25, 22, 0), tick=False)
def test_nothing_is_sent_at_night(cast):
    assert remind() == 0


def test_who_has_handed_in_is_left_in_peace(cast):
    with time_machine.travel(beijing(2026, 2, 24, 9, 0), tick=False):
        make.submitted_plan(cast.plan, cast.clerk, cast.head)
    with time_machine.travel(beijing(2026, 2, 25, 9, 0), tick=False):
        remind()

    assert reminders_of(cast.clerk) == []
    assert reminders_of(cast.stranger) == ["2026年度实施方案：还剩3个工作日"]
