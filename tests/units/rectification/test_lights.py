"""The lights of tasks, at every threshold, across holidays and pauses (dossier 3.3); in SQL as in Python."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sanwei.core.workdays import calendar
from sanwei.core.workdays.actions import import_year
from sanwei.core.workdays.lights import Light
from sanwei.core.workdays.models import CalendarDay
from sanwei.core.workdays.table import Thresholds
from tests import make
from tests.cast import beijing
from units.rectification import deadlines, pauses
from units.rectification.models import Task

D = dt.date.fromisoformat

# 2026: 2/15–2/23 rest, 2/14 and 2/28 worked; 5/1–5/5 rest, 5/9 worked; 10/1–10/7 rest, 9/20 and 10/10 worked.
# (assigned, due, today, percent, sent back, light)
TABLE = [
    # a short period across the Spring Festival: 2/13 → 2/27 is five working days, yellow from three before the end
    ("2026-02-13", "2026-02-27", "2026-02-13", 0, 0, "green"),
    ("2026-02-13", "2026-02-27", "2026-02-14", 40, 0, "green"),
    ("2026-02-13", "2026-02-27", "2026-02-18", 40, 0, "green"),
    ("2026-02-13", "2026-02-27", "2026-02-23", 40, 0, "green"),
    ("2026-02-13", "2026-02-27", "2026-02-24", 40, 0, "yellow"),
    ("2026-02-13", "2026-02-27", "2026-02-27", 90, 0, "yellow"),
    ("2026-02-13", "2026-02-27", "2026-02-28", 90, 0, "red"),
    # a rest day after the due day is overdue at once, though no working day has passed
    ("2026-03-02", "2026-03-13", "2026-03-13", 95, 0, "yellow"),
    ("2026-03-02", "2026-03-13", "2026-03-14", 95, 0, "red"),
    ("2026-03-02", "2026-03-13", "2026-03-16", 95, 0, "red"),
    # due on a rest day: its working days end before, it is overdue after it
    ("2026-03-02", "2026-03-14", "2026-03-14", 95, 0, "yellow"),
    ("2026-03-02", "2026-03-14", "2026-03-15", 95, 0, "red"),
    # deep red from ten working days overdue: 3/13 + 10 = 3/27
    ("2026-03-02", "2026-03-13", "2026-03-26", 95, 0, "red"),
    ("2026-03-02", "2026-03-13", "2026-03-27", 95, 0, "deep_red"),
    ("2026-03-02", "2026-03-13", "2026-06-30", 95, 0, "deep_red"),
    # ten working days from 4/24 across Labour Day: 5/12, since 5/9 is worked
    ("2026-04-01", "2026-04-24", "2026-05-11", 95, 0, "red"),
    ("2026-04-01", "2026-04-24", "2026-05-12", 95, 0, "deep_red"),
    # twenty per cent of a long period: 40 working days from 3/2 end on 4/28, yellow when eight are left
    ("2026-03-02", "2026-04-28", "2026-04-15", 99, 0, "green"),
    ("2026-03-02", "2026-04-28", "2026-04-16", 99, 0, "yellow"),
    # 21 working days: a fifth is 4.2, rounded up to five
    ("2026-03-02", "2026-03-31", "2026-03-23", 99, 0, "green"),
    ("2026-03-02", "2026-03-31", "2026-03-24", 99, 0, "yellow"),
    # behind plan by more than ten points: after 10 of 40 days 25 % are due
    ("2026-03-02", "2026-04-28", "2026-03-16", 15, 0, "green"),
    ("2026-03-02", "2026-04-28", "2026-03-16", 14, 0, "yellow"),
    ("2026-03-02", "2026-04-28", "2026-03-06", 0, 0, "green"),
    ("2026-03-02", "2026-04-28", "2026-03-09", 0, 0, "yellow"),
    ("2026-03-02", "2026-04-28", "2026-03-07", 0, 0, "green"),
    # nothing is due on the day it is given
    ("2026-03-02", "2026-04-28", "2026-03-02", 0, 0, "green"),
    # sent back: once is nothing, twice is red, and overdue is worse
    ("2026-03-02", "2026-04-28", "2026-03-03", 0, 1, "green"),
    ("2026-03-02", "2026-04-28", "2026-03-03", 0, 2, "red"),
    ("2026-03-02", "2026-04-28", "2026-04-29", 99, 2, "red"),
    ("2026-03-02", "2026-03-13", "2026-03-27", 95, 2, "deep_red"),
    # across National Day: 9/24 + 5 = 10/9, three before the end is 9/29
    ("2026-09-24", "2026-10-09", "2026-09-28", 40, 0, "green"),
    ("2026-09-24", "2026-10-09", "2026-09-29", 40, 0, "yellow"),
    ("2026-09-24", "2026-10-09", "2026-10-05", 60, 0, "yellow"),
    ("2026-09-24", "2026-10-09", "2026-10-10", 99, 0, "red"),
    # one working day
    ("2026-03-02", "2026-03-03", "2026-03-02", 0, 0, "yellow"),
]


def task_with(cast, assigned, due, **fields) -> Task:
    return Task.objects.create(
        campaign=cast.campaign,
        number=f"整改〔2026〕{Task.objects.count() + 1}号",
        source="bulletin",
        unit=cast.unit,
        unit_order=1,
        title="事项",
        requirement="要求",
        opened_by=cast.officer,
        assigned_on=assigned,
        sign_for_due_on=assigned,
        first_due_on=due,
        **{**deadlines.due_of(assigned, due), **fields},
    )


def in_sql(task, today) -> str:
    return Task.objects.with_light(today).get(pk=task.pk).light


@pytest.mark.parametrize(("assigned", "due", "today", "percent", "sent_back", "light"), TABLE)
def test_a_light_at_its_threshold(cast, assigned, due, today, percent, sent_back, light):
    task = task_with(cast, D(assigned), D(due), percent=percent, sent_back=sent_back)

    assert (task.course.light(D(today)), in_sql(task, D(today))) == (light, light)


@pytest.mark.parametrize(
    ("stopped", "sent_back", "light", "why"),
    [
        ("2026-03-11", 0, "green", "按期上报，等待验收。"),
        ("2026-03-13", 1, "green", "按期上报，等待验收。"),
        ("2026-03-13", 2, "red", "已退办2次。"),
        ("2026-03-14", 0, "red", "已逾期1个工作日。"),
        ("2026-03-27", 0, "deep_red", "已逾期10个工作日，达到10个工作日。"),
    ],
)
def test_time_does_not_run_against_those_who_have_reported(cast, stopped, sent_back, light, why):
    """Due on 3/13, looked at in summer, when the office has still not verified it."""
    fields = {"state": "verifying", "percent": 100, "sent_back": sent_back, **deadlines.stopped(D(stopped))}
    task = task_with(cast, D("2026-03-02"), D("2026-03-13"), **fields)
    summer = D("2026-06-30")

    assert (task.course.light(summer), in_sql(task, summer), task.course.why(summer)) == (light, light, why)


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_what_is_closed_shows_no_other_light(cast, state):
    closed_at = beijing(2026, 3, 5) if state == "closed" else None
    task = task_with(cast, D("2026-03-02"), D("2026-03-03"), state=state, closed_at=closed_at)

    assert (task.course.light(D("2026-06-30")), in_sql(task, D("2026-06-30"))) == ("closed", "closed")


@pytest.mark.parametrize(
    ("suspended", "resumed", "due", "light_before", "light_after"),
    [
        ("2026-03-04", "2026-03-04", "2026-03-13", "green", "green"),  # the same day: nothing stood still
        ("2026-03-04", "2026-03-05", "2026-03-16", "green", "green"),
        (
            "2026-03-06",
            "2026-03-16",
            "2026-03-23",
            "green",
            "green",
        ),  # six working days, two weekends between
        ("2026-03-11", "2026-03-18", "2026-03-20", "yellow", "yellow"),
        ("2026-03-13", "2026-03-20", "2026-03-20", "yellow", "yellow"),  # on the last day
        ("2026-03-16", "2026-03-20", "2026-03-19", "red", "red"),  # overdue before, overdue by as much after
    ],
)
def test_time_that_stood_still_does_not_count(cast, suspended, resumed, due, light_before, light_after):
    """Given on 3/2, due on 3/13, half done."""
    with time_machine.travel(beijing(2026, 3, 2, 9)):
        task = make.task_in_progress(
            cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=D("2026-03-13")
        )
        task.percent = 60
        task.save(update_fields=["percent"])
    assert task.course.light(D(suspended)) == light_before
    with time_machine.travel(beijing(*D(suspended).timetuple()[:3], 9)):
        task = pauses.suspend(task=task, by=cast.officer, reason="待上级批复")
    between = D(suspended) + dt.timedelta(days=1)
    assert (task.course.light(between), in_sql(task, between)) == ("paused", "paused")
    with time_machine.travel(beijing(*D(resumed).timetuple()[:3], 9)):
        task = pauses.resume(task=task, by=cast.officer)

    assert task.due_on == D(due)
    assert (task.course.light(D(resumed)), in_sql(task, D(resumed))) == (light_after, light_after)


@pytest.mark.parametrize(
    ("today", "percent", "sent_back", "why"),
    [
        ("2026-03-03", 0, 0, "还剩39个工作日，进度正常。"),
        ("2026-03-16", 14, 0, "还剩30个工作日，进度14%，按时间应达25%，滞后超过10个百分点。"),
        ("2026-04-27", 99, 0, "还剩1个工作日。"),
        ("2026-04-29", 99, 0, "已逾期1个工作日。"),
        ("2026-03-03", 0, 2, "已退办2次。"),
        ("2026-05-14", 99, 0, "已逾期10个工作日，达到10个工作日。"),
    ],
)
def test_a_light_says_why(cast, today, percent, sent_back, why):
    task = task_with(cast, D("2026-03-02"), D("2026-04-28"), percent=percent, sent_back=sent_back)

    assert task.course.why(D(today)) == why


@pytest.mark.parametrize(
    ("today", "percent", "fields", "pace"),
    [
        ("2026-03-16", 36, {}, "ahead"),  # 25 are due
        ("2026-03-16", 35, {}, "on_plan"),
        ("2026-03-16", 15, {}, "on_plan"),
        ("2026-03-16", 14, {}, "behind"),
        ("2026-04-29", 99, {}, "behind"),  # the day after the limit
        ("2026-03-16", 14, {"state": "closed", "closed_at": beijing(2026, 3, 5)}, "done"),
        ("2026-03-16", 50, {"suspended_on": dt.date(2026, 3, 10)}, "other"),
        ("2026-03-16", 0, {"state": "declined"}, "other"),
        ("2026-06-30", 100, {"state": "verifying", "stopped_on": dt.date(2026, 4, 1)}, "ahead"),
    ],
)
def test_the_five_classes_of_progress(cast, today, percent, fields, pace):
    """Given on 3/2, forty working days."""
    if "stopped_on" in fields:
        fields = fields | deadlines.stopped(fields["stopped_on"])
    task = task_with(cast, D("2026-03-02"), D("2026-04-28"), percent=percent, **fields)

    assert Task.objects.with_pace(D(today)).get(pk=task.pk).pace == pace
    if fields.get("state") != "declined":  # a course knows no states
        assert task.course.pace(D(today)) == pace


class Laws(TestCase):
    """For random tasks on random days: SQL says what Python says, and Python what counting day by day says."""

    @effort(max_examples=120, deadline=None)
    @given(
        start=st.dates(D("2025-11-03"), D("2026-11-01")),
        length=st.integers(1, 150),
        passed=st.integers(0, 220),
        percent=st.integers(0, 100),
        sent_back=st.integers(0, 3),
    )
    def test_sql_and_python_and_counting_agree(self, start, length, passed, percent, sent_back):
        cast = self.cast()
        due, today = start + dt.timedelta(length), start + dt.timedelta(passed)
        task = task_with(cast, start, due, percent=percent, sent_back=sent_back)

        assert in_sql(task, today) == task.course.light(today)
        assert Task.objects.with_pace(today).get(pk=task.pk).pace == task.course.pace(today)
        assert task.course.light(today) == counted(start, due, today, percent, sent_back)

    def cast(self):
        """Just enough of a city."""
        officer, unit = make.user("陈静"), make.unit("市发展改革委")
        return type("Cast", (), {"campaign": make.campaign(2026), "unit": unit, "officer": officer})


def counted(start, due, today, percent, sent_back) -> str:
    """The light by the dossier's words, day by day."""
    limits = Thresholds()
    days = lambda after, until: sum(  # noqa: E731
        calendar.is_workday(after + dt.timedelta(step)) for step in range(1, (until - after).days + 1)
    )
    whole, left, gone = days(start, due), days(today, due), days(start, today)
    if days(due, today) >= limits.deep_red:
        return Light.DEEP_RED
    if today > due or sent_back >= limits.sent_back:
        return Light.RED
    near = left <= limits.near or left * 100 <= -(-whole * limits.near_percent // 100) * 100
    behind = whole and gone / whole * 100 > percent + limits.behind
    return Light.YELLOW if near or behind else Light.GREEN


def test_an_import_of_the_calendar_counts_the_days_of_open_tasks_anew(cast):
    """A day off announced later: one working day less between start and end, in the database too."""
    task = task_with(cast, D("2026-03-02"), D("2026-04-28"), percent=99)
    closed = task_with(cast, D("2026-03-02"), D("2026-04-28"), state="closed", closed_at=beijing(2026, 3, 5))
    known = [
        {"date": day.date, "kind": day.get_kind_display(), "name": day.name}
        for day in CalendarDay.objects.filter(year=2026)
    ]
    rows = [*known, {"date": D("2026-03-20"), "kind": "休息", "name": "市庆"}]
    import_year(year=2026, status="official", source="测试", rows=rows, by=cast.officer)

    fresh, old = Task.objects.get(pk=task.pk), Task.objects.get(pk=closed.pk)
    assert (fresh.due_workday - fresh.start_workday, old.due_workday - old.start_workday) == (39, 40)
    today = D("2026-04-16")
    assert in_sql(fresh, today) == fresh.course.light(today)
